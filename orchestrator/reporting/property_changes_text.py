"""The changed properties of a resource, in the layout of az's what-if."""

from collections.abc import Sequence

from orchestrator.model.changes import PropertyChange, PropertyChangeType
from orchestrator.model.json_value import Json
from orchestrator.reporting.change_symbols import PROPERTY_LOOKS, Look
from orchestrator.reporting.styled_text import EMPTY, Line, line
from orchestrator.reporting.values_text import UNIT, is_block, render_labelled, render_scalar

_BEFORE = PROPERTY_LOOKS[PropertyChangeType.DELETE].style
_AFTER = PROPERTY_LOOKS[PropertyChangeType.CREATE].style


def render_property_changes(changes: Sequence[PropertyChange], *, level: int) -> list[Line]:
    """The lines of changed properties: deleted, created, modified, without effect; by path among each."""
    ordered = sorted(changes, key=lambda change: (PROPERTY_LOOKS[change.type].weight, _natural(change.path)))
    longest = max((len(change.path) for change in ordered if not _is_tall(change)), default=0)
    return [one for change in ordered for one in _render_change(change, level, longest)]


def _render_change(change: PropertyChange, level: int, longest: int) -> list[Line]:
    look = PROPERTY_LOOKS[change.type]
    label = line(UNIT * level, (look.symbol, look.style), f" {change.path}:")
    padding = max(longest - len(change.path), 0) + 1
    match change.type:
        case PropertyChangeType.ARRAY:
            return _render_array(label, change.children, level)
        case PropertyChangeType.MODIFY if change.children:
            return [label, EMPTY, *render_property_changes(change.children, level=level + 2), EMPTY]
        case PropertyChangeType.MODIFY:
            return _render_modify(label, change.before, change.after, level, padding)
        case _:
            return _render_value(label, change, look, level, padding)


def _render_value(label: Line, change: PropertyChange, look: Look, level: int, padding: int) -> list[Line]:
    value = change.before if change.type is PropertyChangeType.DELETE else change.after
    return render_labelled(label, value, level=level + 1, padding=padding, style=look.style)


def _render_array(label: Line, children: Sequence[PropertyChange], level: int) -> list[Line]:
    if not children:
        return [(*label, *line(" []"))]
    return [(*label, *line(" [")), *render_property_changes(children, level=level + 1), line(f"{UNIT * (level + 1)}]")]


def _render_modify(label: Line, before: Json, after: Json, level: int, padding: int) -> list[Line]:
    if not is_block(before) and not is_block(after):
        return [(*label, *line(" " * padding, (render_scalar(before), _BEFORE), " => ", (render_scalar(after), _AFTER)))]
    arrow = line(f"{UNIT * (level + 1)}=>")
    return [
        *render_labelled(label, before, level=level + 1, style=_BEFORE),
        *render_labelled(arrow, after, level=level + 1, style=_AFTER),
    ]


def _is_tall(change: PropertyChange) -> bool:
    value = change.before if change.type is PropertyChangeType.DELETE else change.after
    return bool(change.children) or change.type is PropertyChangeType.ARRAY or is_block(value)


def _natural(path: str) -> tuple[int, str]:
    """Array indexes sort as numbers."""
    return (int(path), "") if path.isdigit() else (-1, path)
