"""JSON as text: how `string` and `format` print it, and how `json` reads it (Newtonsoft's lenient reader)."""

import json
import re
from typing import Any

from orchestrator.arm.functions.values import Value, invalid, print_float
from orchestrator.model.json_value import Json

_TRAILING_COMMA = re.compile(r'("(?:[^"\\]|\\.)*")|,(\s*[\]}])', re.DOTALL)
_COMMENT = re.compile(r'("(?:[^"\\]|\\.)*")|/\*.*?\*/|//[^\n]*', re.DOTALL)
_SINGLE_QUOTED = re.compile(r"(\"(?:[^\"\\]|\\.)*\")|'((?:[^'\\]|\\.)*)'", re.DOTALL)
_SHORT = {
    '"': '\\"',
    "\\": "\\\\",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\b": "\\b",
    "\f": "\\f",
    "'": "\\'",
    "\x85": "\\u0085",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}


def print_json(value: Value, quote: str = '"') -> str:
    """Minified JSON; `format` quotes with an apostrophe."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case float():
            text = print_float(value)
            return text if "E" in text or "." in text else f"{text}.0"
        case int():
            return str(value)
        case str():
            return quote + "".join(_escape(character, quote) for character in value) + quote
        case list():
            return "[" + ",".join(print_json(item, quote) for item in value) + "]"
        case _:
            return "{" + ",".join(f"{print_json(str(key), quote)}:{print_json(item, quote)}" for key, item in value.items()) + "}"


def _escape(character: str, quote: str) -> str:
    if character in "'\"" and character != quote:
        return character
    if character in _SHORT:
        return _SHORT[character]
    return f"\\u{ord(character):04x}" if character < " " else character


def parse_json(text: str) -> Json:
    """Read JSON; comments, a comma too many and single quotes are let pass. ArmError where it is none."""
    try:
        return _parse(text)
    except ValueError:
        pass
    lenient = _COMMENT.sub(lambda m: m.group(1) or "", text)
    lenient = _SINGLE_QUOTED.sub(lambda m: m.group(1) or json.dumps(m.group(2).replace("\\'", "'")), lenient)
    lenient = _TRAILING_COMMA.sub(lambda m: m.group(1) or m.group(2), lenient)
    try:
        return _parse(lenient)
    except ValueError as error:
        raise invalid(
            f"The template language function 'json' parameter is not valid. The provided value '{text:.200}' cannot be parsed: {error}. "
            "Please see https://aka.ms/arm-functions#json for usage details."
        ) from None


def _parse(text: str) -> Json:
    return json.loads(text, parse_int=_parse_integer, parse_constant=_refuse_constant)


def _parse_integer(text: str) -> int:
    value = int(text)
    if not -(1 << 63) <= value < 1 << 63:
        raise ValueError(f"the number {text} is too large")
    return value


def _refuse_constant(text: str) -> Any:
    raise ValueError(f"{text} is no JSON")
