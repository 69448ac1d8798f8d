"""What differs between two snapshots: resources by id, objects by key, arrays by the longest run of equal elements; null is a value like any other."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from orchestrator.model.changes import ChangeType, PropertyChange, PropertyChangeType, ResourceChange
from orchestrator.model.json_value import Json, JsonObject

_ABSENT = object()


def compare_snapshots(before: Sequence[JsonObject], after: Sequence[JsonObject]) -> tuple[ResourceChange, ...]:
    """Only what changed; ids are the same in any case."""
    old, new = ({str(body["id"]).lower(): body for body in bodies} for bodies in (before, after))
    return tuple(_compare_all(old, new))


def _compare_all(old: dict[str, JsonObject], new: dict[str, JsonObject]) -> Iterator[ResourceChange]:
    for key, body in old.items():
        if key not in new:
            yield ResourceChange(str(body["id"]), ChangeType.DELETE, before=body)
        elif delta := tuple(_compare_objects(body, new[key], "")):
            yield ResourceChange(str(new[key]["id"]), ChangeType.MODIFY, body, new[key], delta)
    for key, body in new.items():
        if key not in old:
            yield ResourceChange(str(body["id"]), ChangeType.CREATE, after=body)


def _compare_objects(before: JsonObject, after: JsonObject, prefix: str) -> Iterator[PropertyChange]:
    for name in dict.fromkeys([*before, *after]):
        yield from _compare(before.get(name, _ABSENT), after.get(name, _ABSENT), f"{prefix}{name}")


def _compare(before: Json, after: Json, path: str) -> Iterator[PropertyChange]:
    if before is _ABSENT:
        yield PropertyChange(path, PropertyChangeType.CREATE, after=after)
    elif after is _ABSENT:
        yield PropertyChange(path, PropertyChangeType.DELETE, before=before)
    elif isinstance(before, dict) and isinstance(after, dict):
        yield from _compare_objects(before, after, f"{path}.")
    elif isinstance(before, list) and isinstance(after, list):
        if children := tuple(_compare_arrays(before, after)):
            yield PropertyChange(path, PropertyChangeType.ARRAY, before, after, children)
    elif not _same(before, after):
        yield PropertyChange(path, PropertyChangeType.MODIFY, before, after)


def _compare_arrays(before: Sequence[Json], after: Sequence[Json]) -> Iterator[PropertyChange]:
    matcher = SequenceMatcher(None, [_key(item) for item in before], [_key(item) for item in after], autojunk=False)
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if tag != "equal":
            yield from (PropertyChange(str(at), PropertyChangeType.DELETE, before=before[at]) for at in range(old_start, old_end))
            yield from (PropertyChange(str(at), PropertyChangeType.CREATE, after=after[at]) for at in range(new_start, new_end))


def _same(left: Json, right: Json) -> bool:
    return bool(_key(left) == _key(right))


def _key(value: Json) -> str:
    """Equal for values that are equal as JSON: true is not 1, and the order of keys is nothing."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{name!r}:{_key(value[name])}" for name in sorted(value)) + "}"
    return "[" + ",".join(map(_key, value)) + "]" if isinstance(value, list) else repr(value)
