"""From one kind of value to another."""

import re

from orchestrator.arm.functions.json_text import parse_json
from orchestrator.arm.functions.signature import Function, Style
from orchestrator.arm.functions.strings import get_text, text_of
from orchestrator.arm.functions.values import Value, invalid, invalid_argument

_INTEGER = re.compile(r"\s*[+-]?\d+\s*\Z")


def to_string(value: Value) -> str:
    """Texts as they are, `True`, `1`; arrays and objects as JSON."""
    if isinstance(value, float) or value is None:
        raise invalid_argument("string", "the argument must be a string, an integer, a boolean, an array or an object")
    return text_of(value)


def to_int(value: Value) -> int:
    """A whole number, also out of a text."""
    if isinstance(value, str) and _INTEGER.match(value) and -(1 << 63) <= int(value) < 1 << 63:
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise invalid("The template language function 'int' parameter is not valid: the value cannot be converted to the target type.")


def to_float(value: Value) -> float:
    """A floating point number out of a text or a whole number."""
    try:
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            return float(value)
    except ValueError:
        pass
    raise invalid("The template language function 'float' parameter is not valid: the value cannot be converted to the target type.")


def to_bool(value: Value) -> bool:
    """`true` and `false` in any case, and whole numbers."""
    if isinstance(value, bool | int):
        return bool(value)
    if isinstance(value, str) and value.strip().lower() in ("true", "false"):
        return value.strip().lower() == "true"
    raise invalid("The template language function 'bool' parameter is not valid: the value cannot be converted to the target type.")


def to_array(value: Value) -> list[Value]:
    """An array stays, anything else becomes its only item."""
    return value if isinstance(value, list) else [value]


def from_json(text: Value) -> Value:
    """JSON out of a text."""
    return parse_json(get_text("json", text))


FUNCTIONS = {
    "string": Function(to_string, 1, 1),
    "int": Function(to_int, 1, 1),
    "float": Function(to_float, 1, 1),
    "bool": Function(to_bool, 1, 1),
    "array": Function(to_array, 1, 1, Style.PARTIAL),
    "json": Function(from_json, 1, 1),
}
