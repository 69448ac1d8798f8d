"""What a deployment would change, in ARM's words (what-if)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from orchestrator.model.json_value import Json, JsonObject


class ChangeType(StrEnum):
    """What happens to a resource; learn.microsoft.com/azure/azure-resource-manager/templates/deploy-what-if."""

    CREATE = "Create"
    DELETE = "Delete"
    MODIFY = "Modify"
    DEPLOY = "Deploy"
    NO_CHANGE = "NoChange"
    IGNORE = "Ignore"
    UNSUPPORTED = "Unsupported"


class PropertyChangeType(StrEnum):
    """What happens to a property."""

    CREATE = "Create"
    DELETE = "Delete"
    MODIFY = "Modify"
    ARRAY = "Array"
    NO_EFFECT = "NoEffect"


@dataclass(frozen=True, slots=True)
class PropertyChange:
    """A changed property. `path` is dotted, relative to what holds it; in an array it is the index. Only Array and Modify have children."""

    path: str
    type: PropertyChangeType
    before: Json = None
    after: Json = None
    children: tuple["PropertyChange", ...] = ()


@dataclass(frozen=True, slots=True)
class ResourceChange:
    """A changed (or unchanged) resource; `before` and `after` are its bodies where it has them."""

    resource_id: str
    type: ChangeType
    before: JsonObject | None = None
    after: JsonObject | None = None
    delta: tuple[PropertyChange, ...] = ()
    unsupported_reason: str | None = None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """An answer to what-if. `source`: who said so ('arm', or 'snapshot' where the resource group does not exist yet and our engine answered)."""

    changes: tuple[ResourceChange, ...]
    source: str = "arm"

    @property
    def has_changes(self) -> bool:
        """True where a deployment would do anything, or where that is unknown."""
        return any(c.type not in (ChangeType.NO_CHANGE, ChangeType.IGNORE) for c in self.changes)


def property_changes_from_json(delta: Sequence[JsonObject] | None) -> tuple[PropertyChange, ...]:
    """Read ARM's `delta`."""
    return tuple(
        PropertyChange(
            str(entry["path"]),
            PropertyChangeType(entry["propertyChangeType"]),
            entry.get("before"),
            entry.get("after"),
            property_changes_from_json(entry.get("children")),
        )
        for entry in delta or ()
    )


def property_changes_to_json(delta: Sequence[PropertyChange]) -> list[JsonObject]:
    """Write ARM's `delta`."""
    return [
        {
            "path": change.path,
            "propertyChangeType": change.type.value,
            "before": change.before,
            "after": change.after,
            "children": property_changes_to_json(change.children) or None,
        }
        for change in delta
    ]
