"""JSON values as what-if shows them: objects flattened to dotted paths, values aligned, arrays with their indexes."""

import json

from orchestrator.model.json_value import Json, JsonObject
from orchestrator.reporting.styled_text import EMPTY, Line, Segment, line

UNIT = "  "
_LONGEST_ALIGNED = 80
"""A path that is longer (a resource id as a key) does not push all other values to the right."""


def is_block(value: Json) -> bool:
    """True for what needs lines of its own: an object or array that is not empty."""
    return isinstance(value, dict | list) and bool(value)


def render_scalar(value: Json) -> str:
    """A value on one line, as JSON."""
    return json.dumps(value, ensure_ascii=False)


def render_labelled(label: Line, value: Json, *, level: int, padding: int = 1, style: str = "") -> list[Line]:
    """A label and its value: on one line, or below it. `level`: of indentation of the label's line; `padding`: blanks after the colon."""
    match value:
        case dict() if value:
            return [label, EMPTY, *render_object(value, level=level + 1, style=style), EMPTY]
        case list() if value:
            return [(*label, *line(" [")), *_render_items(value, level=level + 1, style=style), line(f"{UNIT * level}]")]
        case _:
            return [(*label, (" " * padding, ""), (render_scalar(value), style))]


def render_object(value: JsonObject, *, level: int, style: str = "") -> list[Line]:
    """The lines of an object that is not empty."""
    leaves = _flatten(value)
    longest = max((len(path) for path, leaf in leaves if not is_block(leaf) and len(path) <= _LONGEST_ALIGNED), default=0)
    lines: list[Line] = []
    for path, leaf in leaves:
        lines += render_labelled(_label(path, level, style), leaf, level=level, padding=max(longest - len(path), 0) + 1, style=style)
    return lines


def _render_items(items: list[Json], *, level: int, style: str) -> list[Line]:
    longest = len(str(len(items) - 1))
    lines: list[Line] = []
    for index, item in enumerate(items):
        text = str(index)
        lines += render_labelled(_label(text, level, style), item, level=level, padding=longest - len(text) + 1, style=style)
    return lines


def _label(path: str, level: int, style: str) -> Line:
    name: Segment = (path, style)
    return line(UNIT * level, name, ":")


def _flatten(value: JsonObject, prefix: str = "") -> list[tuple[str, Json]]:
    leaves: list[tuple[str, Json]] = []
    for name, member in value.items():
        path = f"{prefix}.{name}" if prefix else str(name)
        leaves += _flatten(member, path) if isinstance(member, dict) and member else [(path, member)]
    return leaves
