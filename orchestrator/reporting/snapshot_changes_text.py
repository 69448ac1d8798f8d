"""The differences of two snapshots, in the layout of `bicep snapshot --mode validate`: scopes, resources, properties; no legend, no count.

Not quite az's layout of a what-if: the elements of an array stand in the order of their indexes, and values are aligned to what stands before an array, too.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from orchestrator.model.changes import ChangeType, PropertyChange, PropertyChangeType, ResourceChange
from orchestrator.model.json_value import Json, JsonObject
from orchestrator.reporting.change_symbols import PROPERTY_LOOKS, RESOURCE_LOOKS
from orchestrator.reporting.styled_text import EMPTY, Line, line
from orchestrator.reporting.values_text import UNIT, is_block, render_labelled, render_scalar
from orchestrator.reporting.what_if_text import relative_name, scope_of

_UNKNOWN = "<unknown>"
_BEFORE = PROPERTY_LOOKS[PropertyChangeType.DELETE].style
_AFTER = PROPERTY_LOOKS[PropertyChangeType.CREATE].style


def render_snapshot_changes(changes: Sequence[ResourceChange]) -> list[Line]:
    """All lines; one that is empty at the beginning, and after each resource."""
    lines: list[Line] = []
    for scope, group in groupby(sorted(changes, key=lambda change: _scope(change).upper()), key=_scope):
        lines += [EMPTY, line(f"Scope: {scope}")]
        for change in sorted(group, key=lambda change: (RESOURCE_LOOKS[change.type].weight, _name(change))):
            lines += _render_resource(change)
    return [*lines, EMPTY] if lines else []


def _scope(change: ResourceChange) -> str:
    return scope_of(change.resource_id) or _UNKNOWN


def _name(change: ResourceChange) -> str:
    return relative_name(change.resource_id) if scope_of(change.resource_id) else change.resource_id


def _render_resource(change: ResourceChange) -> list[Line]:
    look = RESOURCE_LOOKS[change.type]
    head: list[Line] = [EMPTY, line(UNIT, (f"{look.symbol} {_name(change)}", look.style))]
    if change.type is ChangeType.MODIFY:
        return [*head, *_render_changes(change.delta, 2)]
    body = (change.before if change.type is ChangeType.DELETE else change.after) or {}
    return [*head, EMPTY, *_render_body(body, look.style)]


def _render_body(body: JsonObject, style: str) -> list[Line]:
    leaves = list(_flatten(body, ""))
    longest = max((_aligned_length(path, leaf) for path, leaf in leaves), default=0)
    lines: list[Line] = []
    for path, leaf in leaves:
        label = line(UNIT * 3, (path, style), ":")
        lines += render_labelled(label, leaf, level=3, padding=max(longest - len(path), 0) + 1, style=style)
    return lines


def _flatten(value: JsonObject, prefix: str) -> Iterator[tuple[str, Json]]:
    for name, member in value.items():
        if isinstance(member, dict) and member:
            yield from _flatten(member, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", member


def _aligned_length(path: str, leaf: Json) -> int:
    """An array's own name does not count, the path up to it does."""
    return path.rfind(".") + 1 if is_block(leaf) else len(path)


def _render_changes(changes: Sequence[PropertyChange], level: int) -> list[Line]:
    ordered = sorted(changes, key=_order)
    longest = max((len(change.path) for change in ordered if not _is_tall(change)), default=0)
    return [one for change in ordered for one in _render_change(change, level, max(longest - len(change.path), 0) + 1)]


def _order(change: PropertyChange) -> tuple[int, int, str]:
    """The elements of an array by their index; properties by what becomes of them, then by name."""
    weight = PROPERTY_LOOKS[change.type].weight
    return (int(change.path), weight, "") if change.path.isdigit() else (weight, 0, change.path)


def _render_change(change: PropertyChange, level: int, padding: int) -> list[Line]:
    look = PROPERTY_LOOKS[change.type]
    label = line(UNIT * level, (look.symbol, look.style), f" {change.path}:")
    match change.type:
        case PropertyChangeType.ARRAY:
            return [(*label, *line(" [")), *_render_changes(change.children, level + 1), line(f"{UNIT * (level + 1)}]")]
        case PropertyChangeType.MODIFY:
            return _render_modify(label, change, level, padding)
        case _:
            value = change.before if change.type is PropertyChangeType.DELETE else change.after
            return render_labelled(label, value, level=level + 1, padding=padding, style=look.style)


def _render_modify(label: Line, change: PropertyChange, level: int, padding: int) -> list[Line]:
    if not is_block(change.before) and not is_block(change.after):
        return [(*label, *line(" " * padding, (render_scalar(change.before), _BEFORE), " => ", (render_scalar(change.after), _AFTER)))]
    arrow = line(f"{UNIT * (level + 1)}=>")
    before = render_labelled(label, change.before, level=level + 1, style=_BEFORE)
    return [*before, *render_labelled(arrow, change.after, level=level + 1, style=_AFTER)]


def _is_tall(change: PropertyChange) -> bool:
    value = change.before if change.type is PropertyChangeType.DELETE else change.after
    return change.type is PropertyChangeType.ARRAY or is_block(value)
