"""Decorators: which may stand where, on which types, with which arguments."""

from typing import Any

from orchestrator.compiler.functions.decorators import DECORATORS, UNSUPPORTED_DECORATORS, DecoratorRule
from orchestrator.compiler.functions.signatures import find_overloads
from orchestrator.compiler.semantics.constants import refuse_computed
from orchestrator.compiler.semantics.declared_types import integer_argument, type_of_syntax
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
from orchestrator.compiler.syntax.expressions import ArrayLiteral
from orchestrator.compiler.syntax.problems import did_you_mean, is_misspelt
from orchestrator.compiler.syntax.types import Decorator, TupleItem, TypeProperty
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
}
_INTEGER_ARGUMENTS = frozenset(("minLength", "maxLength", "minValue", "maxValue", "batchSize"))


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


def _check(inference: Inference, node: Any, decorator: Decorator) -> None:
    problems = inference.model.problems
    name = decorator.name
    if name in UNSUPPORTED_DECORATORS:
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
        code = "BCP082" if is_misspelt(name, DECORATORS) else "BCP057"
        problems.error(decorator.call.name, code, f"There is no decorator '{name}'.", did_you_mean(name, DECORATORS))
        return
    place = _PLACES.get(type(node))
    if place is not None and place not in rule.places:
        problems.error(
            decorator,
            "BCP125"
            if place == "param"
            else "BCP126"
            if place == "var"
            else "BCP127"
            if place == "resource"
            else "BCP128"
            if place == "module"
            else "BCP129"
            if place == "output"
            else "BCP269",
            f"@{name}() cannot stand here.",
        )
        return
    _check_arguments(inference, decorator, rule)
    _check_length(inference, decorator)
    if name == "allowed" and isinstance(decorator.arguments[0], ArrayLiteral) and not decorator.arguments[0].items:
        problems.error(decorator.arguments[0], "BCP099", "The list of allowed values is empty.", "Remove the decorator, or name values.")
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
        model.problems.error(decorator, code, f"There is no decorator '{name}'.", did_you_mean(name, DECORATORS))


def _check_missing(inference: Inference, statement: MissingDeclaration) -> None:
    """Decorators with nothing below."""
    last = statement.decorators[-1]
    file = inference.model.file
    line = file.source.position(last.start).line
    if any(problem.line == line for problem in file.problems):
        return
    rule = DECORATORS.get(last.name)
    places = rule.places if rule is not None else frozenset()
    code = next((code for wanted, code in _MISSING if places == wanted), "BCP132")
    inference.model.problems.error(last, code, "Expected a declaration behind the decorator.", "Remove it, or write what it stands on.")


_VALUES = frozenset(("param", "type", "member", "output"))
_MISSING = ((frozenset(("param",)), "BCP147"), (_VALUES, "BCP292"), (frozenset(("resource", "module")), "BCP153"), (frozenset(("resource",)), "BCP149"))


def _check_repeated(inference: Inference, node: Any) -> None:
    """The same decorator twice on one thing."""
    names = [decorator.name for decorator in node.decorators]
    for decorator in node.decorators:
        if decorator.name in DECORATORS and names.count(decorator.name) > 1:
            inference.model.problems.error(decorator, "BCP166", f"@{decorator.name}() stands here more than once.", "Remove all but one.")


def _check_arguments(inference: Inference, decorator: Decorator, rule: DecoratorRule) -> None:
    problems, count = inference.model.problems, len(decorator.arguments)
    if not rule.minimum <= count <= rule.maximum:
        problems.error(decorator, "BCP071", f"@{decorator.name}() takes {rule.minimum} arguments, and is given {count}.")
        return
    for argument in decorator.arguments:
        if inference.is_error(argument):
            return
    if any([refuse_computed(inference.model, argument) for argument in decorator.arguments]):
        return
    if decorator.name in _INTEGER_ARGUMENTS and integer_argument(decorator) is None:
        problems.error(decorator.arguments[0], "BCP070", f"@{decorator.name}() takes a whole number.")


def _check_length(inference: Inference, decorator: Decorator) -> None:
    value = integer_argument(decorator)
    if decorator.name in ("minLength", "maxLength") and value is not None and value < 0:
        inference.model.problems.error(decorator.arguments[0], "BCP168", "A length is not negative.")


def _check_target(inference: Inference, node: Any, decorator: Decorator) -> None:
    wanted = _TARGETS.get(decorator.name)
    syntax = getattr(node, "type", None)
    if wanted is None or syntax is None or isinstance(node, ResourceDeclaration):
        return
    type_: Type = type_of_syntax(inference.model, syntax)
    members = [member for member in members_of(type_) if not isinstance(member, NullType)]
    if not all(isinstance(member, (*wanted, AnyType, ErrorType)) for member in members):
        inference.model.problems.error(decorator, "BCP124", f"@{decorator.name}() cannot stand on a value of type {type_name(type_)}.")
