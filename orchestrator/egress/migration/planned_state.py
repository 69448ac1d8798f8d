"""What will be there after an incremental deployment: what is planned, and what the plan does not name."""

from collections.abc import Iterable

from orchestrator.egress.migration.ways import CLUSTER
from orchestrator.model.json_value import JsonObject
from orchestrator.model.resources import Resource, Snapshot, is_expression


def planned_state(before: Snapshot, planned: Iterable[JsonObject]) -> Snapshot:
    """The resources of a plan, and those that stay. AKS makes the node resource groups anew, so what is in them says nothing of later."""
    new = [Resource(str(body["id"]), body) for body in planned]
    named = {resource.id.lower() for resource in new}
    made = {str(cluster.properties.get("nodeResourceGroup", "")).lower() for cluster in before.of_type(CLUSTER)}
    staying = [one for one in before if one.id.lower() not in named and (is_expression(one.id) or (one.resource_id.resource_group or "").lower() not in made)]
    return Snapshot((*new, *staying), before.unread)
