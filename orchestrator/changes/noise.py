"""What a what-if answer says that no deployment would do: noise, class by class (learn.microsoft.com/azure/azure-resource-manager/bicep/deploy-what-if).

- properties that only Azure writes, which no template can set
- a property that is null on one side and absent on the other; equal values on both
- ids that differ in case only: ARM compares them without regard to it
- what ARM itself calls NoEffect

A change whose new value only the deployment will know is no noise, and no change either: it is unknown.
"""

from collections.abc import Sequence

from orchestrator.model.changes import PropertyChange, PropertyChangeType
from orchestrator.model.json_value import Json
from orchestrator.model.resources import is_expression

READ_ONLY = frozenset({"etag", "provisioningstate", "resourceguid"})
"""Names of properties that Azure writes on every resource of a network; in lower case."""

_ID_STARTS = ("/subscriptions/", "/providers/")


def without_noise(delta: Sequence[PropertyChange]) -> tuple[PropertyChange, ...]:
    """The changes that a deployment would make, or might make; a parent whose children are all noise is noise."""
    return tuple(kept for change in delta if (kept := _kept(change)) is not None)


def is_unknown(change: PropertyChange) -> bool:
    """True where every new value in a change is known only to the deployment."""
    if change.children:
        return all(is_unknown(child) for child in change.children)
    return change.type is not PropertyChangeType.DELETE and _has_expression(change.after)


def _kept(change: PropertyChange) -> PropertyChange | None:
    if change.type is PropertyChangeType.NO_EFFECT or _is_read_only(change.path):
        return None
    if change.children:
        children = without_noise(change.children)
        if not children:
            return None
        return PropertyChange(change.path, change.type, change.before, change.after, children)
    return None if _same(change.before, change.after) else change


def _is_read_only(path: str) -> bool:
    return path.rpartition(".")[2].lower() in READ_ONLY


def _same(before: Json, after: Json) -> bool:
    """Equal where null counts as absent, read-only properties do not count, and ids compare without regard to case."""
    match before, after:
        case dict(), dict():
            keys = {*before, *after}
            return all(key.lower() in READ_ONLY or _same(before.get(key), after.get(key)) for key in keys)
        case list(), list():
            return len(before) == len(after) and all(_same(*pair) for pair in zip(before, after, strict=True))
        case str(), str() if before.lower().startswith(_ID_STARTS) and after.lower().startswith(_ID_STARTS):
            return before.rstrip("/").lower() == after.rstrip("/").lower()
        case bool(), _:
            return before is after
        case _, bool():
            return False
        case _:
            return bool(before == after)


def _has_expression(value: Json) -> bool:
    match value:
        case dict():
            return any(_has_expression(inner) for inner in value.values())
        case list():
            return any(_has_expression(inner) for inner in value)
        case _:
            return is_expression(value)
