"""Values of the language while it is evaluated: JSON, in which what is not known yet stands as an expression."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from orchestrator.arm.expressions import Access, Call, Expression, Integer, String, print_expression
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import Json, JsonObject


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that is known only as the expression that will give it."""

    expression: Expression


Value: TypeAlias = Json
"""None, bool, int, float, str, list[Value], dict[str, Value] or Unknown."""


class ExpressionKey(str):
    """A key of an object that is known only as an expression; as a text it is `[...]`."""

    __slots__ = ("expression",)
    expression: Expression

    def __new__(cls, expression: Expression) -> "ExpressionKey":
        """The key that an expression will give."""
        key = super().__new__(cls, f"[{print_expression(expression)}]")
        key.expression = expression
        return key


class Stay(Exception):
    """The call stays an expression: as it is, or as the one given."""

    def __init__(self, expression: Expression | None = None) -> None:
        super().__init__()
        self.expression = expression


def invalid(message: str) -> ArmError:
    """The error for an expression that Azure refuses."""
    return ArmError("InvalidTemplate", message)


def invalid_argument(function: str, needed: str) -> ArmError:
    """The error for an argument of the wrong kind."""
    return invalid(
        f"The template language function '{function}' is not valid with these arguments: {needed}. Please see https://aka.ms/arm-functions#{function.lower()}."
    )


LONGEST_TEXT = 131_072


def check_length(length: int) -> None:
    """ArmError for a text that is longer than Azure lets `concat`, `format`, `join`, `replace` and `base64` make."""
    if length > LONGEST_TEXT:
        raise invalid(f"The result of the template language expression exceeds the maximum length limit of {LONGEST_TEXT} characters.")


def kind_of(value: Value) -> str:
    """`Null`, `Boolean`, `Integer`, `Float`, `String`, `Array`, `Object`, as Azure's messages name them."""
    match value:
        case None:
            return "Null"
        case bool():
            return "Boolean"
        case int():
            return "Integer"
        case float():
            return "Float"
        case str():
            return "String"
        case list():
            return "Array"
        case _:
            return "Object"


def is_integer(value: Value) -> bool:
    """True for a whole number; a boolean is none."""
    return isinstance(value, int) and not isinstance(value, bool)


def contains_unknown(value: Value) -> bool:
    """True where anything in the value is known only as an expression."""
    if isinstance(value, list):
        return any(contains_unknown(item) for item in value)
    if isinstance(value, dict):
        return any(isinstance(key, ExpressionKey) or contains_unknown(item) for key, item in value.items())
    return isinstance(value, Unknown)


def same(left: Value, right: Value) -> bool:
    """Equality of JSON: kinds must agree (1, 1.0 and true differ); the order of keys does not count, their case does."""
    if isinstance(left, dict) and isinstance(right, dict):
        return len(left) == len(right) and all(key in right and same(item, right[key]) for key, item in left.items())
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(same(a, b) for a, b in zip(left, right, strict=True))
    return type(left) is type(right) and bool(left == right)


def find_key(entries: JsonObject, key: str) -> str | None:
    """The key as the object spells it, found without regard to case."""
    if key in entries:
        return key
    wanted = key.lower()
    return next((known for known in entries if known.lower() == wanted), None)


def to_expression(value: Value) -> Expression:
    """The canonical expression that gives this value."""
    match value:
        case Unknown(expression):
            return expression
        case None:
            return Call("null")
        case bool():
            return Call("true" if value else "false")
        case int():
            return Integer(value)
        case float():
            return Call("json", (String(print_float(value)),))
        case str():
            return String(value)
        case list():
            return Call("createArray", tuple(to_expression(item) for item in value))
        case _:
            return Call("createObject", tuple(_object_arguments(value)))


def _object_arguments(entries: JsonObject) -> Iterator[Expression]:
    for key, item in entries.items():
        yield key.expression if isinstance(key, ExpressionKey) else String(key)
        yield to_expression(item)


def print_float(value: float) -> str:
    """A number as .NET prints a double: without `.0`, exponents as `1E+20`."""
    text = repr(value)
    mantissa, mark, exponent = text.partition("e")
    if mark:
        return f"{mantissa.removesuffix('.0')}E{exponent[0]}{exponent[1:].zfill(2)}"
    if text.endswith(".0"):
        return text[:-2]
    return text


def render(value: Value) -> Json:
    """The value as JSON: what is unknown becomes `[expression]`."""
    if isinstance(value, Unknown):
        return f"[{print_expression(value.expression)}]"
    if isinstance(value, list):
        return [render(item) for item in value]
    if isinstance(value, dict):
        return {str(key): render(item) for key, item in value.items()}
    return value


def is_call(expression: Expression, name: str) -> bool:
    """True for a call of that function."""
    return isinstance(expression, Call) and expression.name.lower() == name


def walk_calls(expression: Expression) -> Iterator[Call]:
    """Every call in an expression, outer ones first."""
    stack = [expression]
    while stack:
        match stack.pop():
            case Call() as call:
                yield call
                stack.extend(reversed(call.arguments))
            case Access(base, key):
                stack.extend((key, base))
            case _:
                pass
