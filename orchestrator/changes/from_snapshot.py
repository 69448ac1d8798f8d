"""The preview of a resource group that does not exist: ARM has no what-if there, and everything that a deployment would make is new."""

from collections.abc import Iterable

from orchestrator.model.changes import ChangeType, ResourceChange, WhatIf
from orchestrator.model.json_value import JsonObject
from orchestrator.model.resources import Snapshot

_DEPLOYMENT = "microsoft.resources/deployments"


def from_snapshot(resources: Iterable[JsonObject] | Snapshot) -> WhatIf:
    """A Create for every resource (`predictedResources`, or a Snapshot of them), in their order; nested deployments are no resources."""
    bodies = [resource.body for resource in resources] if isinstance(resources, Snapshot) else list(resources)
    created = (body for body in bodies if str(body.get("type", "")).lower() != _DEPLOYMENT)
    return WhatIf(tuple(ResourceChange(str(body["id"]), ChangeType.CREATE, after=body) for body in created), source="snapshot")
