"""Reads ARM's answer to what-if (Azure's or the lab's): `{"status": ..., "properties": {"changes": [...]}}`."""

from collections.abc import Mapping

from orchestrator.changes.noise import is_unknown, without_noise
from orchestrator.model.changes import ChangeType, ResourceChange, WhatIf, property_changes_from_json
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import Json, JsonObject

_UNKNOWN = "what would change is known only to the deployment: "


def read_what_if(body: JsonObject) -> WhatIf:
    """The changes of an answer, noise removed. A resource that is left with none is NoChange; with nothing but unknown values, Unsupported with the reason."""
    error = body.get("error")
    if error is not None:
        raise ArmError.from_json(error)
    properties = body.get("properties")
    holder: Mapping[str, Json] = properties if isinstance(properties, dict) else body
    changes = [_read_change(entry) for entry in holder.get("changes") or ()]
    changes += [_read_potential_change(entry) for entry in holder.get("potentialChanges") or ()]
    return WhatIf(tuple(changes))


def read_what_if_notes(body: JsonObject) -> tuple[str, ...]:
    """What ARM remarks beside the changes (`diagnostics`: short-circuited modules and the like), as sentences."""
    properties = body.get("properties")
    holder: Mapping[str, Json] = properties if isinstance(properties, dict) else body
    return tuple(f"{entry.get('code', 'Note')}: {entry.get('message', '')}" for entry in holder.get("diagnostics") or ())


def _read_change(entry: JsonObject) -> ResourceChange:
    kind = ChangeType(entry["changeType"])
    delta = without_noise(property_changes_from_json(entry.get("delta")))
    reason = entry.get("unsupportedReason")
    if kind is ChangeType.MODIFY and entry.get("delta") is not None and not delta:
        kind = ChangeType.NO_CHANGE
    elif kind is ChangeType.MODIFY and delta and all(is_unknown(change) for change in delta):
        kind, reason = ChangeType.UNSUPPORTED, _UNKNOWN + ", ".join(change.path for change in delta)
    return ResourceChange(_id_of(entry), kind, entry.get("before"), entry.get("after"), delta, reason)


def _read_potential_change(entry: JsonObject) -> ResourceChange:
    """A change that ARM says may happen: whether it does is known only to the deployment."""
    delta = without_noise(property_changes_from_json(entry.get("delta")))
    reason = entry.get("unsupportedReason") or f"ARM calls this a potential {entry['changeType']}"
    return ResourceChange(_id_of(entry), ChangeType.UNSUPPORTED, entry.get("before"), entry.get("after"), delta, reason)


def _id_of(entry: JsonObject) -> str:
    """The resource's id; ARM leaves it out where it cannot be computed, and gives the symbolic name."""
    return str(entry.get("resourceId") or entry.get("symbolicName") or "")
