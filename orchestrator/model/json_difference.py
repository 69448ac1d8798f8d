"""The difference of two JSON values, in ARM's words for a what-if.

Absent and null are alike. Objects are compared by key. Array elements that carry a `name` belong together by it, in whatever order; other elements by
equality first, then in order. What counts as equal is an argument: ids and expressions have rules of their own.
"""

from collections.abc import Callable, Sequence

from orchestrator.model.changes import PropertyChange, PropertyChangeType
from orchestrator.model.json_value import Json, JsonObject

Equal = Callable[[Json, Json], bool]


def strictly_equal(left: Json, right: Json) -> bool:
    """Equal as JSON: true is not 1."""
    return type(left) is type(right) and bool(left == right)


def ids_alike(left: Json, right: Json) -> bool:
    """Equal as JSON, or the same resource id in another case."""
    if isinstance(left, str) and isinstance(right, str) and left.startswith("/") and right.startswith("/"):
        return left.rstrip("/").lower() == right.rstrip("/").lower()
    return strictly_equal(left, right)


def compare_json(before: JsonObject, after: JsonObject, *, equal: Equal = strictly_equal) -> tuple[PropertyChange, ...]:
    """What became of each property, by path; empty where nothing did."""
    return tuple(_compare_objects(before, after, equal, ""))


def _compare_objects(before: JsonObject, after: JsonObject, equal: Equal, prefix: str) -> list[PropertyChange]:
    changes: list[PropertyChange] = []
    for key in [*before, *(key for key in after if key not in before)]:
        changes += _compare_values(before.get(key), after.get(key), equal, f"{prefix}{key}")
    return changes


def _compare_values(before: Json, after: Json, equal: Equal, path: str) -> list[PropertyChange]:
    if before is None or after is None:
        if before is after or equal(before, after):
            return []
        kind = PropertyChangeType.CREATE if before is None else PropertyChangeType.DELETE
        return [PropertyChange(path, kind, before, after)]
    if isinstance(before, dict) and isinstance(after, dict):
        return _compare_objects(before, after, equal, f"{path}.")
    if isinstance(before, list) and isinstance(after, list):
        children = _compare_arrays(before, after, equal)
        return [PropertyChange(path, PropertyChangeType.ARRAY, before, after, tuple(children))] if children else []
    return [] if equal(before, after) else [PropertyChange(path, PropertyChangeType.MODIFY, before, after)]


def _compare_arrays(before: Sequence[Json], after: Sequence[Json], equal: Equal) -> list[PropertyChange]:
    children: list[PropertyChange] = []
    pairs, removed, added = _pair(before, after, equal)
    for left, right in pairs:
        changes = _compare_values(before[left], after[right], equal, "")
        children += (
            [_as_element(right, change, before[left], after[right]) for change in changes[:1]]
            if _is_whole(changes)
            else _nest(right, before[left], after[right], changes)
        )
    children += [PropertyChange(str(index), PropertyChangeType.DELETE, before[index], None) for index in removed]
    children += [PropertyChange(str(index), PropertyChangeType.CREATE, None, after[index]) for index in added]
    return children


def _is_whole(changes: list[PropertyChange]) -> bool:
    return len(changes) == 1 and changes[0].path == ""


def _as_element(index: int, change: PropertyChange, before: Json, after: Json) -> PropertyChange:
    return PropertyChange(str(index), change.type, before, after, change.children)


def _nest(index: int, before: Json, after: Json, changes: list[PropertyChange]) -> list[PropertyChange]:
    if not changes:
        return []
    children = tuple(PropertyChange(c.path.removeprefix("."), c.type, c.before, c.after, c.children) for c in changes)
    return [PropertyChange(str(index), PropertyChangeType.MODIFY, before, after, children)]


def _pair(before: Sequence[Json], after: Sequence[Json], equal: Equal) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """(pairs of indices, indices only before, indices only after)."""
    names_before, names_after = _names(before), _names(after)
    if names_before is not None and names_after is not None:
        pairs = [(names_before[name], index) for name, index in names_after.items() if name in names_before]
    else:
        pairs = _pair_unnamed(before, after, equal)
    lefts, rights = {left for left, _ in pairs}, {right for _, right in pairs}
    return pairs, [i for i in range(len(before)) if i not in lefts], [i for i in range(len(after)) if i not in rights]


def _pair_unnamed(before: Sequence[Json], after: Sequence[Json], equal: Equal) -> list[tuple[int, int]]:
    same: list[tuple[int, int]] = []
    free = list(range(len(before)))
    for alike in (strictly_equal, equal):  # `equal` may be lenient: what is really the same comes first
        for right in sorted(set(range(len(after))) - {right for _, right in same}):
            left = next((i for i in free if not _compare_values(before[i], after[right], alike, "")), None)
            if left is not None:
                free.remove(left)
                same.append((left, right))
    if len(before) == len(after) == len(same):
        return [(index, index) for index in range(len(before))]  # the same elements: their order, if it differs, is the difference
    taken = {right for _, right in same}
    rest = [right for right in range(len(after)) if right not in taken]
    changed = zip(free, rest, strict=False) if all(isinstance(value, dict) for value in [*before, *after]) or len(before) == len(after) else ()
    return sorted([*same, *changed], key=lambda pair: pair[1])


def _names(values: Sequence[Json]) -> dict[str, int] | None:
    """Index by lower-case name, where every element is an object with a name of its own."""
    names = [value.get("name") if isinstance(value, dict) else None for value in values]
    if not all(isinstance(name, str) for name in names):
        return None
    found = {str(name).lower(): index for index, name in enumerate(names)}
    return found if len(found) == len(values) else None
