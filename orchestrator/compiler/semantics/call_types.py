"""The types of calls: how many arguments (BCP071), of which types (BCP070), and what comes back."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from orchestrator.compiler.functions.results import RESULTS
from orchestrator.compiler.functions.signatures import Signature, find_signature
from orchestrator.compiler.semantics.assignability import is_assignable
from orchestrator.compiler.semantics.declared_types import type_of_result, type_of_syntax
from orchestrator.compiler.semantics.load_functions import LOADERS, load
from orchestrator.compiler.semantics.symbols import FunctionSymbol, MisplacedFunction, NamespaceSymbol, unaliased
from orchestrator.compiler.syntax.expressions import FunctionCall, InstanceCall, Lambda, StringSyntax
from orchestrator.compiler.types.values import (
    ANY,
    BOOLEAN,
    ERROR,
    STRING,
    AnyType,
    ArrayType,
    ErrorType,
    LambdaType,
    NullType,
    ObjectType,
    ResourceType,
    StringLiteralType,
    StringType,
    TupleType,
    Type,
    make_union,
    members_of,
    resolve,
    type_name,
)

if TYPE_CHECKING:
    from orchestrator.compiler.semantics.inference import Inference

_NEEDING_NAMES = {"resourceGroup": ("resourceGroup",), "subscription": ("resourceGroup", "subscription")}
"""In files of these scopes the function may stand without arguments: it means where the file itself goes."""
_OVER_ITEMS = frozenset(("map", "filter", "sort", "toObject", "groupBy", "reduce"))
_PAIRS = frozenset(("sort", "reduce"))
"""Lambdas that are given two items at once."""


def type_of_call(self: "Inference", node: FunctionCall) -> Type:
    """`f(a)`."""
    symbol = unaliased(self.model.symbol_of(node))
    if isinstance(symbol, FunctionSymbol):
        return _user_call(self, node, symbol)
    if isinstance(symbol, MisplacedFunction):
        return ERROR
    return _known_call(self, node)


def type_of_instance_call(self: "Inference", node: InstanceCall) -> Type:
    """`sys.f(a)`, `imported.f(a)`, `resource.listKeys()`."""
    base = resolve(self.type_of(node.base))
    symbol = self.model.symbol_of(node)
    if isinstance(symbol, FunctionSymbol):
        return _user_call(self, node, symbol)
    if isinstance(self.model.symbol_of(node.base), NamespaceSymbol):
        return _known_call(self, node)
    broken = [isinstance(resolve(self.type_of(argument)), ErrorType) for argument in node.arguments]
    if isinstance(base, ErrorType) or any(broken):
        return ERROR
    return StringType(secure=True) if isinstance(base, ResourceType) and node.name.name == "getSecret" else ANY


def _user_call(self: "Inference", node: FunctionCall | InstanceCall, symbol: FunctionSymbol) -> Type:
    parameters = tuple(type_of_syntax(symbol.model, parameter.type) for parameter in symbol.declaration.value.parameters)
    required = len(parameters)
    while required and any(isinstance(member, NullType) for member in members_of(parameters[required - 1])):
        required -= 1
    signature = Signature(symbol.text, parameters, required, False, type_of_result(symbol))
    types = [self.type_of(argument) for argument in node.arguments]
    return _check(self, node, signature, types)


def _known_call(self: "Inference", node: FunctionCall | InstanceCall) -> Type:
    name = node.name.name
    signature = find_signature(name, parameters_file=self.model.is_parameters)
    types: list[Type] = []
    for argument in node.arguments:
        if isinstance(argument, Lambda):
            _type_lambda(self, name, argument, types)
        types.append(self.type_of(argument))
    if signature is None or any([not _is_lambda_sound(self, name, number, argument) for number, argument in enumerate(node.arguments)]):
        return ERROR
    if name in _NEEDING_NAMES and self.model.scope not in _NEEDING_NAMES[name]:
        signature = replace(signature, required=1)
    result = _check(self, node, signature, types)
    if isinstance(result, ErrorType):
        return ERROR
    if name in LOADERS:
        return load(self.model, node, types)
    return _refined(self, name, node.arguments, types) or RESULTS.get(name) or result


def _type_lambda(self: "Inference", name: str, node: Lambda, before: list[Type]) -> None:
    """Enter the types of a lambda's parameters, where they follow from the array it runs over."""
    if name not in _OVER_ITEMS or not before:
        return
    found = resolve(before[0])
    item = found.item if isinstance(found, ArrayType) else make_union(found.items) if isinstance(found, TupleType) and found.items else ANY
    for number, local in enumerate(node.parameters):
        self.model.declared_types[local] = item if number == 0 or (number == 1 and name in _PAIRS) else ANY


_LAMBDAS: dict[str, tuple[int, int, Type | None]] = {
    "map": (1, 2, None),
    "filter": (1, 2, BOOLEAN),
    "sort": (2, 2, BOOLEAN),
    "reduce": (2, 3, None),
    "toObject": (1, 1, None),
    "groupBy": (1, 1, STRING),
    "mapValues": (1, 1, None),
}
"""How many parameters a function's lambda takes, and what it must give."""


def _is_lambda_sound(self: "Inference", name: str, number: int, node: Any) -> bool:
    """Enter what is wrong with a lambda."""
    rule = _LAMBDAS.get(name)
    if rule is None or not isinstance(node, Lambda) or self.is_error(node):
        return True
    least, most, gives = rule
    gives = STRING if (name, number) == ("toObject", 1) else gives
    fits = gives is None or is_assignable(self.type_of(node.body), gives)
    if least <= len(node.parameters) <= most and fits:
        return True
    wanted = f"{least}" if least == most else f"{least} or {most}"
    what = f", and must give {type_name(gives)}" if gives is not None else ""
    self.model.problems.error(node, "BCP070", f"The lambda of '{name}' takes {wanted} parameters{what}.")
    return False


def _check(self: "Inference", node: FunctionCall | InstanceCall, signature: Signature, types: list[Type]) -> Type:
    broken = any(isinstance(resolve(type_), ErrorType) for type_ in types)
    if not signature.accepts(len(types)):
        maximum = "" if signature.variadic else f" to {len(signature.parameters)}" if signature.required < len(signature.parameters) else ""
        least = "at least " if signature.variadic else ""
        said = f"'{signature.name}' takes {least}{signature.required}{maximum} arguments, and is given {len(types)}."
        place = _Parentheses(node)
        self.model.problems.error(place, "BCP071", said)
        return ERROR
    if broken:
        return ERROR
    for number, (argument, type_) in enumerate(zip(node.arguments, types, strict=True)):
        wanted = signature.parameter(number)
        if not _fits(type_, wanted):
            message = f"'{signature.name}' takes {type_name(wanted)} here, and is given {type_name(type_)}."
            self.model.problems.error(argument, "BCP070", message)
            return ERROR
    return signature.result


class _Parentheses:
    """The place of a call's arguments."""

    def __init__(self, node: FunctionCall | InstanceCall) -> None:
        self.start = node.name.end
        self.end = node.end


def _fits(type_: Type, wanted: Type) -> bool:
    if isinstance(resolve(wanted), LambdaType) or isinstance(resolve(type_), LambdaType):
        return isinstance(resolve(type_), LambdaType | AnyType) == isinstance(resolve(wanted), LambdaType | AnyType)
    members = [member for member in members_of(type_) if not isinstance(member, NullType)]
    return not members or any(is_assignable(member, wanted) for member in members)


def _refined(self: "Inference", name: str, arguments: tuple[Any, ...], types: list[Type]) -> Type | None:
    """A closer type than the signature's, where the arguments give one."""
    if name == "any":
        return ANY
    if name == "map" and isinstance(arguments[1], Lambda):
        return ArrayType(self.type_of(arguments[1].body))
    if name in ("filter", "sort") and isinstance(resolve(types[0]), ArrayType):
        return types[0]
    if name in ("first", "last") and isinstance(found := resolve(types[0]), TupleType) and found.items:
        return found.items[0 if name == "first" else -1]
    if name == "toObject":
        return ObjectType({}, _object_value(self, arguments))
    if name == "concat" and all(is_assignable(type_, STRING) for type_ in types):
        return STRING
    if name == "toLower" and isinstance(arguments[0], StringSyntax) and isinstance(types[0], StringLiteralType):
        return StringLiteralType(types[0].value.lower())
    return None


def _object_value(self: "Inference", arguments: tuple[Any, ...]) -> Type:
    return self.type_of(arguments[2].body) if len(arguments) > 2 and isinstance(arguments[2], Lambda) else ANY
