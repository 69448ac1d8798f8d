"""JSON as text: how `string` and `format` print it, and how `json` reads it (Newtonsoft's lenient reader)."""

import json
import re

from orchestrator.arm.functions.values import Value, invalid, print_float
from orchestrator.model.json_value import Json

_QUOTED = r'("(?:[^"\\]|\\.|\\\Z)*(?:"|\Z))'
_TRAILING_COMMA = re.compile(_QUOTED + r"|,(\s*[\]}])", re.DOTALL)
_COMMENT = re.compile(_QUOTED + r"|/\*.*?(?:\*/|\Z)|//[^\n]*", re.DOTALL)
_SINGLE_QUOTED = re.compile(_QUOTED + r"|'((?:[^'\\]|\\.|\\\Z)*)(?:'|\Z)", re.DOTALL)
_SHORT = {
    '"': '\\"',
    "\\": "\\\\",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\b": "\\b",
    "\f": "\\f",
    "\x85": "\\u0085",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}


_NAME = re.compile(_QUOTED + r"|([{,]\s*)([A-Za-z_$][\w$]*)(?=\s*:)", re.DOTALL)
_DECODER = json.JSONDecoder(strict=False, parse_constant=str)


_ESCAPES = str.maketrans({**{chr(code): f"\\u{code:04x}" for code in range(32)}, **_SHORT})


def print_json(value: Value) -> str:
    """Minified JSON."""
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
            return f'"{value.translate(_ESCAPES)}"'
        case list():
            return "[" + ",".join(print_json(item) for item in value) + "]"
        case _:
            return "{" + ",".join(f"{print_json(str(key))}:{print_json(item)}" for key, item in value.items()) + "}"


def parse_json(text: str) -> Json:
    """Read JSON; comments, a comma too many and single quotes are let pass. ArmError where it is none, which never repeats the text: it may be a secret."""
    try:
        return _parse(text)
    except ValueError:
        pass
    lenient = _COMMENT.sub(lambda m: m.group(1) or "", text)
    lenient = _SINGLE_QUOTED.sub(lambda m: m.group(1) or json.dumps(m.group(2).replace("\\'", "'")), lenient)
    lenient = _NAME.sub(lambda m: m.group(1) or f'{m.group(2)}"{m.group(3)}"', lenient)
    lenient = _TRAILING_COMMA.sub(lambda m: m.group(1) or m.group(2), lenient)
    try:
        return _parse(lenient)
    except ValueError as error:
        raise invalid(
            f"Unable to evaluate the template language function 'json'. The argument provided is not a valid JSON string: {error}. "
            "Please see https://aka.ms/arm-functions#json for usage details."
        ) from None


def _parse(text: str) -> Json:
    stripped = text.lstrip(" \t\r\n\ufeff")
    value, end = _DECODER.raw_decode(stripped)
    if isinstance(value, int | float) and stripped[end : end + 1].isalnum():
        raise ValueError("a number ends in the middle")
    return value
