"""Values as Bicep, in the layout of this project's files: an array's items on lines of their own, short arrays of plain texts on one line."""

import json
import re
from collections.abc import Iterable

from orchestrator.model.json_value import Json, JsonObject

UNIT = "  "
_NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_SHORT = 3
_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def render_value(value: Json, level: int) -> str:
    """A value that begins on a line of `level`; its further lines are indented below it."""
    match value:
        case dict():
            return _block("{", "}", (f"{_key(name)}: {render_value(member, level + 1)}" for name, member in value.items()), level)
        case list() | tuple():
            if len(value) < _SHORT and all(isinstance(item, str) for item in value):
                return f"[{', '.join(render_text(item) for item in value)}]"
            return _block("[", "]", (render_value(item, level + 1) for item in value), level)
        case str():
            return render_text(value)
        case _:
            return json.dumps(value)


def render_text(text: str) -> str:
    """A string literal: nothing in it is an expression."""
    escaped = "".join(_ESCAPES.get(character, character) for character in text).replace("${", "\\${")
    return f"'{escaped}'"


def render_items(items: Iterable[JsonObject], level: int) -> str:
    """Items as they stand in an array, each beginning at `level`, with the end of the last line."""
    return "".join(f"{UNIT * level}{render_value(item, level)}\n" for item in items)


def _block(opening: str, closing: str, members: Iterable[str], level: int) -> str:
    lines = [f"{UNIT * (level + 1)}{member}" for member in members]
    return "\n".join([opening, *lines, f"{UNIT * level}{closing}"]) if lines else opening + closing


def _key(name: str) -> str:
    return name if _NAME.fullmatch(name) else render_text(name)
