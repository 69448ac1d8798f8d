"""Calls whose arguments are all written out: their value is known while compiling, so their type is that one value (BCP234 where Azure would refuse it)."""

from typing import Any

from orchestrator.arm.functions import FUNCTIONS
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.types.values import (
    LITERALS,
    NULL,
    BooleanLiteralType,
    IntegerLiteralType,
    NullType,
    ObjectType,
    Property,
    StringLiteralType,
    TupleType,
    Type,
    resolve,
)
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import Json

FOLDED = frozenset(
    (
        *("format", "base64", "padLeft", "replace", "toLower", "toUpper", "length", "split", "join", "uniqueString", "guid", "trim", "uri", "substring"),
        *("take", "skip", "empty", "contains", "intersection", "union", "shallowMerge", "first", "last", "indexOf", "lastIndexOf", "startsWith", "endsWith"),
        *("distinct", "min", "max", "base64ToString", "uriComponentToString", "uriComponent", "dataUriToString", "dataUri", "flatten", "like"),
    )
)
"""The functions that the official compiler evaluates."""
_ITEMS = 1000


def fold_call(model: SemanticModel, node: Any, name: str, types: list[Type]) -> Type | None:
    """The type of a call's one value; None where it is not known. `name`: of an ARM function."""
    function = FUNCTIONS[name.lower()]
    found = [resolve(type_) for type_ in types]
    if len(found) < function.minimum or not all(isinstance(type_, (*LITERALS, NullType, TupleType, ObjectType)) for type_ in found):
        return None
    try:
        values = [_remembered(model, type_) for type_ in found]
    except _UnknownValueError:
        return None
    try:
        return literal_of_value(function.implementation(*values))
    except ArmError as error:
        model.problems.warn(node, "BCP234", f"'{name}' cannot be evaluated with these values: {error.message}", "Correct them: a deployment would fail.")
        return None


class _UnknownValueError(Exception):
    """Not known while compiling."""


def _remembered(model: SemanticModel, type_: Type) -> Json:
    """The one value of a type; of a large one it is made once, however often it is used. The type is kept so that its id stays its own."""
    if not isinstance(type_, TupleType | ObjectType):
        return value_of_literal(type_)
    known = model.literal_values.get(id(type_))
    if known is None:
        known = model.literal_values[id(type_)] = (type_, value_of_literal(type_))
    return known[1]


def value_of_literal(type_: Type, budget: int = _ITEMS) -> Json:
    """The one value of a type; an own error where there are several, or it is too large to be worth it."""
    found = resolve(type_)
    match found:
        case StringLiteralType(value) | IntegerLiteralType(value) | BooleanLiteralType(value):
            return value
        case NullType():
            return None
        case TupleType(items) if len(items) <= budget:
            return [value_of_literal(item, budget // (len(items) or 1)) for item in items]
        case ObjectType() if found.additional is None and found.sealed and len(found.properties) <= budget:
            inner = budget // (len(found.properties) or 1)
            return {key: value_of_literal(entry.type, inner) for key, entry in found.properties.items()}
        case _:
            raise _UnknownValueError


def literal_of_value(value: Json) -> Type | None:
    """The type of one value; None for what has no literal type (a number with a fraction)."""
    match value:
        case None:
            return NULL
        case bool():
            return BooleanLiteralType(value)
        case int():
            return IntegerLiteralType(value)
        case str():
            return StringLiteralType(value)
        case list():
            items = [literal_of_value(item) for item in value]
            return TupleType(tuple(item for item in items if item is not None)) if None not in items else None
        case dict():
            members = {key: literal_of_value(item) for key, item in value.items()}
            return ObjectType({key: Property(item) for key, item in members.items() if item is not None}, sealed=True) if None not in members.values() else None
        case _:
            return None
