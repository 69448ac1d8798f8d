"""Decorators: which may stand where, on which types, with which arguments."""

from collections import Counter
from typing import Any

from orchestrator.compiler.functions.decorators import DECORATORS, UNSUPPORTED_DECORATORS
from orchestrator.compiler.functions.signatures import find_overloads
from orchestrator.compiler.semantics.check_types import unwrapped
from orchestrator.compiler.semantics.declared_types import integer_argument, is_derived, type_of_syntax
from orchestrator.compiler.semantics.decorator_arguments import check_arguments
from orchestrator.compiler.semantics.inference import Inference
from orchestrator.compiler.syntax.children import descendants
from orchestrator.compiler.syntax.declarations import (
    Declaration,
    FunctionDeclaration,
    MetadataDeclaration,
    MissingDeclaration,
    ModuleDeclaration,
    OutputDeclaration,
    ParameterDeclaration,
    ResourceDeclaration,
    TypeDeclaration,
    VariableDeclaration,
)
from orchestrator.compiler.syntax.expressions import For, InstanceCall
from orchestrator.compiler.syntax.problems import did_you_mean, is_misspelt
from orchestrator.compiler.syntax.types import Decorator, NullableTypeSyntax, ObjectTypeSyntax, TupleItem, TypeProperty, UnionTypeSyntax
from orchestrator.compiler.types.values import (
    AnyType,
    ArrayType,
    DiscriminatedType,
    ErrorType,
    IntegerLiteralType,
    IntegerType,
    NullType,
    ObjectType,
    StringLiteralType,
    StringType,
    TupleType,
    Type,
    members_of,
    resolve,
    type_name,
)

_PLACES: dict[type, str] = {
    ParameterDeclaration: "param",
    TypeDeclaration: "type",
    VariableDeclaration: "var",
    OutputDeclaration: "output",
    ResourceDeclaration: "resource",
    ModuleDeclaration: "module",
    FunctionDeclaration: "func",
    MetadataDeclaration: "metadata",
    TypeProperty: "member",
    TupleItem: "member",
}
_LENGTHS = (StringType, StringLiteralType, ArrayType, TupleType)
_NUMBERS = (IntegerType, IntegerLiteralType)
_OBJECTS = (ObjectType, DiscriminatedType)
_TARGETS: dict[str, tuple[type, ...]] = {
    "secure": (StringType, StringLiteralType, *_OBJECTS),
    "minLength": _LENGTHS,
    "maxLength": _LENGTHS,
    "minValue": _NUMBERS,
    "maxValue": _NUMBERS,
    "sealed": _OBJECTS,
    "discriminator": _OBJECTS,
}
_MISPLACED = {"param": "BCP125", "var": "BCP126", "resource": "BCP127", "module": "BCP128", "output": "BCP129", "type": "BCP297", "member": "BCP297"}


def check_decorators(inference: Inference, statement: Any) -> None:
    """Check the decorators of a statement and of all parts of types in it."""
    if isinstance(statement, MissingDeclaration):
        _check_missing(inference, statement)
        return
    for node in descendants(statement):
        if isinstance(node, Declaration | TypeProperty | TupleItem) and node.decorators:
            _check_repeated(inference, node)
            for decorator in node.decorators:
                _check(inference, node, decorator)
            _check_order(inference, node)


def _check(inference: Inference, node: Any, decorator: Decorator) -> None:
    problems = inference.model.problems
    name = decorator.name
    if name in UNSUPPORTED_DECORATORS and inference.model.configuration.experimental(UNSUPPORTED_DECORATORS[name]):
        problems.error(decorator, "AEO001", f"@{name}() is experimental, and not supported yet.", "Compile this file with the official compiler.")
        return
    rule = DECORATORS.get(name)
    if not name:
        return
    if decorator.call.end == decorator.call.name.end:
        _refuse_uncalled(inference, decorator)
        return
    if rule is None and find_overloads(name, parameters_file=inference.model.is_parameters):
        problems.error(decorator.call.name, "BCP152", f"'{name}' is a function and no decorator.")
        return
    if rule is None:
        misspelt, qualified = is_misspelt(name, DECORATORS), isinstance(decorator.call, InstanceCall)
        code = ("BCP108" if misspelt else "BCP107") if qualified else "BCP082" if misspelt else "BCP057"
        problems.error(decorator.call.name, code, f"There is no decorator '{name}'.", did_you_mean(name, DECORATORS))
        return
    place = _PLACES.get(type(node))
    if place is not None and place not in rule.places:
        if name == "export" and place == "member":
            problems.error(decorator, "BCP361", "@export() can only stand on a declaration.")
        else:
            problems.error(decorator.call.name, _MISPLACED.get(place, "BCP269"), f"@{name}() cannot stand here.")
        return
    if check_arguments(inference, node, decorator, rule):
        _check_target(inference, node, decorator)


def _refuse_uncalled(inference: Inference, decorator: Decorator) -> None:
    """A decorator without its parentheses."""
    model, name = inference.model, decorator.name
    if name in DECORATORS or find_overloads(name, parameters_file=model.is_parameters):
        model.problems.error(decorator.call, "BCP063", f"'{name}' is used as a decorator and is no call.", f"Write @{name}().")
    elif name in model.names or name in ("sys", "az"):
        model.problems.error(decorator, "BCP141", f"'{name}' cannot be called as a decorator.")
    else:
        code = "BCP082" if is_misspelt(name, DECORATORS) else "BCP057"
        model.problems.error(decorator.call, code, f"There is no decorator '{name}'.", did_you_mean(name, DECORATORS))


def _check_alone(inference: Inference, decorator: Decorator) -> None:
    """A decorator that stands on nothing."""
    model, name, rule = inference.model, decorator.name, DECORATORS.get(decorator.name)
    if rule is not None and decorator.call.end != decorator.call.name.end:
        check_arguments(inference, None, decorator, rule)
    elif name and rule is None and find_overloads(name, parameters_file=model.is_parameters):
        model.problems.error(decorator.call.name, "BCP152", f"'{name}' is a function and no decorator.")


def _check_missing(inference: Inference, statement: MissingDeclaration) -> None:
    """Decorators with nothing below."""
    last = statement.decorators[-1]
    file = inference.model.file
    line = file.source.position(last.start).line
    if any(problem.line == line for problem in file.problems):
        return
    for decorator in statement.decorators:
        _check_alone(inference, decorator)
    rule = DECORATORS.get(last.name)
    places = rule.places - {"func"} if rule is not None else frozenset()
    code = next((code for wanted, code in _MISSING if places == wanted), "BCP132")
    inference.model.problems.error(last, code, "Expected a declaration behind the decorator.", "Remove it, or write what it stands on.")


_VALUES = frozenset(("param", "type", "member", "output"))
_MISSING = ((frozenset(("param",)), "BCP147"), (_VALUES, "BCP292"), (frozenset(("resource", "module")), "BCP153"), (frozenset(("resource",)), "BCP149"))


def _check_repeated(inference: Inference, node: Any) -> None:
    """The same decorator twice on one thing."""
    names = Counter(decorator.name for decorator in node.decorators)
    for decorator in node.decorators:
        if decorator.name in DECORATORS and names[decorator.name] > 1:
            inference.model.problems.error(decorator, "BCP166", f"@{decorator.name}() stands here more than once.", "Remove all but one.")


def _check_order(inference: Inference, node: Any) -> None:
    """The least that is allowed above the most."""
    syntax = getattr(node, "type", None)
    if syntax is None or isinstance(unwrapped(syntax)[0], NullableTypeSyntax):
        return
    named = {decorator.name: decorator for decorator in node.decorators}
    wanted: Type = type_of_syntax(inference.model, syntax)
    for what, kinds in (("Value", (IntegerType,)), ("Length", (StringType, ArrayType))):
        least, most = named.get(f"min{what}"), named.get(f"max{what}")
        low, high = integer_argument(least) if least else None, integer_argument(most) if most else None
        if least is not None and low is not None and high is not None and low > high and isinstance(resolve(wanted), kinds):
            said = f"At least {low} and at most {high}: there is no such {what.lower()}."
            inference.model.problems.error(least, "BCP331", said, "Let the least be no more than the most.")


def _check_target(inference: Inference, node: Any, decorator: Decorator) -> None:
    """Whether the decorator fits the type, or the loop, that it stands on."""
    problems, name = inference.model.problems, decorator.name
    if name == "batchSize" and not isinstance(getattr(node, "value", None), For):
        problems.error(decorator, "BCP155", "@batchSize() needs a loop of resources or modules.", "Remove it.")
    if isinstance(node, FunctionDeclaration) and name == "secure":
        problems.error(decorator, "BCP124", "@secure() cannot stand on a function.", "Put it on the parameter or output that the function's value goes to.")
    wanted = _TARGETS.get(name)
    syntax = getattr(node, "type", None)
    if wanted is None or syntax is None or isinstance(node, ResourceDeclaration):
        return
    bare = unwrapped(syntax)[-1]
    if name == "sealed" and is_derived(bare):
        problems.error(decorator, "BCP386", "@sealed() cannot stand on a type that is derived from a resource's.", "Remove it.")
        return
    if isinstance(bare, ObjectTypeSyntax) and name == "sealed" and bare.additional is not None:
        problems.error(decorator, "BCP316", "An object with further properties (*) cannot be sealed.", "Remove one of the two.")
        return
    type_: Type = type_of_syntax(inference.model, syntax)
    members = [member for member in members_of(type_) if not isinstance(member, NullType)]
    told_apart = name == "discriminator" and isinstance(bare, UnionTypeSyntax)
    if not told_apart and not all(isinstance(member, (*wanted, AnyType, ErrorType)) for member in members):
        problems.error(decorator, "BCP124", f"@{name}() cannot stand on a value of type {type_name(type_)}.")
