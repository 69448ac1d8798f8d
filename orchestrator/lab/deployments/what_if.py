"""What a deployment would change, as ARM answers it.

Both sides are what somebody asked for, with the same defaults: the stored request against the template, expanded with `reference()` answered from the
lab's state. So what Azure computes never shows, and a what-if after a deployment is empty. A value that is unknown before the deployment is no
difference where the same expression gave what is there; else the resource is Unsupported, with the reason: never Modify for it alone.
"""

from dataclasses import dataclass, field

from orchestrator.arm import engine
from orchestrator.lab import errors
from orchestrator.lab.deployments.request import DeploymentRequest, check_types, read_request
from orchestrator.lab.deployments.runtime import DEPLOYMENT_TYPE, LabRuntime
from orchestrator.lab.groups import GROUP_TYPE
from orchestrator.lab.resource_body import ENVELOPE, drop_secrets
from orchestrator.lab.resource_manager import ResourceManager
from orchestrator.lab.resource_types import ResourceType, fill_defaults
from orchestrator.model.changes import ChangeType, ResourceChange, property_changes_to_json
from orchestrator.model.json_difference import compare_json, ids_alike
from orchestrator.model.json_value import Json, JsonObject
from orchestrator.model.resource_id import ResourceId, parse_resource_id
from orchestrator.model.resources import is_expression


@dataclass(slots=True)
class _Comparison:
    """Equality that remembers what it could not know. `known`: expressions that gave what is there, as they were at the last deployment."""

    known: frozenset[str]
    unknown: list[str] = field(default_factory=list)

    def equal(self, before: Json, after: Json) -> bool:
        """Equal, or not to be known."""
        if isinstance(after, str) and is_expression(after):
            if after not in self.known:
                self.unknown.append(after)
            return True
        if isinstance(after, dict | list) and before is None:
            return False
        return ids_alike(before, after)


class WhatIfService:
    """Answers what-if requests from the lab's state."""

    def __init__(self, manager: ResourceManager) -> None:
        self._manager = manager
        self._world = manager.world

    def answer(self, resource_id: ResourceId, body: JsonObject) -> JsonObject:
        """The body of ARM's answer: {status, properties: {changes}}. ArmError where the deployment would be refused at once."""
        request = read_request(self._world, resource_id, body)
        check_types(self._manager, request.template)
        changes = self._compare_all(request)
        settings = body["properties"].get("whatIfSettings") or {}
        payloads = settings.get("resultFormat") != "ResourceIdOnly"
        return {
            "status": "Succeeded",
            "properties": {"correlationId": self._world.new_guid(), "changes": [_to_json(change, payloads=payloads) for change in changes]},
        }

    def _compare_all(self, request: DeploymentRequest) -> list[ResourceChange]:
        runtime = LabRuntime(self._manager, strict=False)
        expansion = engine.expand(request.template, request.parameters, request.scope, runtime)
        made = {str(body["id"]).lower() for body in expansion.resources if str(body["type"]).lower() == GROUP_TYPE.lower()}
        changes = [self._compare(body, made) for body in expansion.resources if str(body["type"]).lower() != DEPLOYMENT_TYPE.lower()]
        if request.scope.resource_group is not None:
            changes += self._others(request, {change.resource_id.lower() for change in changes})
        return sorted(changes, key=lambda change: change.resource_id.lower())

    def _compare(self, body: JsonObject, made: set[str]) -> ResourceChange:
        resource_id = str(body["id"])
        if "[" in resource_id:
            return ResourceChange(resource_id, ChangeType.UNSUPPORTED, None, body, (), "The resource's id is known only during the deployment.")
        parsed = parse_resource_id(resource_id)
        if parsed.type == GROUP_TYPE:
            return self._compare_group(parsed, body)
        self._check_group(parsed, made)
        asked = self._find_asked(parsed)
        api_version = body.get("apiVersion")
        after = self._normal(parsed, body)
        if asked is None:
            return ResourceChange(resource_id, ChangeType.CREATE, None, _shown(parsed, api_version, after))
        before = self._normal(parsed, asked)
        _keep_unnamed(self._manager.find_embedding(parsed.type) is None, self._row(parsed), before, after)
        comparison = _Comparison(self._known(parsed))
        delta = compare_json(before, after, equal=comparison.equal)
        shown_before, shown_after = _shown(parsed, api_version, before), _shown(parsed, api_version, after)
        if delta:
            return ResourceChange(resource_id, ChangeType.MODIFY, shown_before, shown_after, delta)
        if comparison.unknown:
            reason = f"Known only during the deployment: {', '.join(dict.fromkeys(comparison.unknown))}."
            return ResourceChange(resource_id, ChangeType.UNSUPPORTED, shown_before, shown_after, (), reason)
        return ResourceChange(resource_id, ChangeType.NO_CHANGE, shown_before, shown_after)

    def _compare_group(self, parsed: ResourceId, body: JsonObject) -> ResourceChange:
        group = self._world.find_group(str(parsed))
        after = {key: value for key, value in body.items() if value is not None}
        if group is None:
            return ResourceChange(str(parsed), ChangeType.CREATE, None, after)
        delta = compare_json({"tags": group["tags"]}, {"tags": body.get("tags") or {}})
        kind = ChangeType.MODIFY if delta else ChangeType.NO_CHANGE
        return ResourceChange(str(parsed), kind, group, after, delta)

    def _check_group(self, parsed: ResourceId, made: set[str]) -> None:
        """A nested deployment may go to another group, which must be there, or be made by the same template."""
        scope = _group_scope(parsed)
        if parsed.resource_group is not None and self._world.find_group(scope) is None and scope.lower() not in made:
            raise errors.resource_group_not_found(parsed.resource_group)

    def _row(self, parsed: ResourceId) -> ResourceType:
        embedding = self._manager.find_embedding(parsed.type)
        return embedding[0] if embedding is not None else self._manager.get_row(parsed.type)

    def _find_asked(self, parsed: ResourceId) -> JsonObject | None:
        """What was last asked for this resource; for an embedded child, on its own or as a part of its parent."""
        stored = self._world.find_stored(str(parsed))
        if stored is not None:
            return stored.asked
        embedding = self._manager.find_embedding(parsed.type)
        parent = self._world.find_stored(str(parsed.parent)) if embedding is not None else None
        if embedding is None or parent is None:
            return None
        if parsed.key in parent.children:
            return parent.children[parsed.key]
        elements = (parent.asked.get("properties") or {}).get(embedding[1].name) or ()
        return next((e for e in elements if str(e["name"]).lower() == parsed.name.lower()), self._world.find(str(parsed)))

    def _known(self, parsed: ResourceId) -> frozenset[str]:
        stored = self._world.find_stored(str(parsed)) or self._world.find_stored(str(parsed.parent))
        return frozenset(stored.expressions if stored is not None else ())

    def _normal(self, parsed: ResourceId, body: JsonObject) -> JsonObject:
        """What counts of a request: defaults filled in, empty tags as none, the region's one spelling, no secrets."""
        row = self._row(parsed)
        embedding = self._manager.find_embedding(parsed.type)
        rest = {key: value for key, value in drop_secrets(row, body).items() if key not in ENVELOPE}
        if embedding is None:
            defaults: Json = row.defaults
        else:
            described = (row.defaults.get("properties") or {}).get(embedding[1].name) or [{}]
            defaults = described[0]
        normal: JsonObject = fill_defaults(rest, defaults)
        if not normal.get("tags"):
            normal.pop("tags", None)
        if isinstance(normal.get("location"), str):
            normal["location"] = normal["location"].replace(" ", "").lower()
        return normal

    def _others(self, request: DeploymentRequest, named: set[str]) -> list[ResourceChange]:
        """Resources of the group that the template does not name: ignored, or deleted where the mode is Complete."""
        scope = f"/subscriptions/{request.scope.subscription_id}/resourceGroups/{request.scope.resource_group}"
        kind = ChangeType.DELETE if request.mode == "Complete" else ChangeType.IGNORE
        others = [s.body for s in self._manager.list_tracked(scope) if s.body["id"].lower() not in named]
        return [ResourceChange(body["id"], kind, _shown(parse_resource_id(body["id"]), None, body)) for body in others]


def _group_scope(parsed: ResourceId) -> str:
    return f"/subscriptions/{parsed.subscription}/resourceGroups/{parsed.resource_group}"


def _keep_unnamed(whole: bool, row: ResourceType, before: JsonObject, after: JsonObject) -> None:
    """A PUT that does not name such an array (subnets) leaves it as it is."""
    for elements in row.elements if whole else ():
        if elements.kept and elements.name not in (after.get("properties") or {}):
            (before.get("properties") or {}).pop(elements.name, None)


def _shown(parsed: ResourceId, api_version: str | None, body: JsonObject) -> JsonObject:
    """A body in ARM's envelope."""
    head: JsonObject = {"id": str(parsed), "name": parsed.name, "type": parsed.type}
    version = {"apiVersion": api_version} if api_version else {}
    return {**version, **head, **{key: value for key, value in body.items() if key not in ENVELOPE}}


def _to_json(change: ResourceChange, *, payloads: bool) -> JsonObject:
    kind = change.type
    if not payloads:
        kind = ChangeType.DEPLOY if kind in (ChangeType.MODIFY, ChangeType.NO_CHANGE) else kind
        return {"resourceId": change.resource_id, "changeType": kind.value}
    answer: JsonObject = {"resourceId": change.resource_id, "changeType": kind.value}
    if change.before is not None:
        answer["before"] = change.before
    if change.after is not None:
        answer["after"] = change.after
    if kind is ChangeType.MODIFY:
        answer["delta"] = property_changes_to_json(change.delta)
    if change.unsupported_reason is not None:
        answer["unsupportedReason"] = change.unsupported_reason
    return answer
