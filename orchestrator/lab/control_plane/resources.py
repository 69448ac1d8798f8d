"""Resources of any type, by the one grammar that ARM has for all of them."""

import re

from orchestrator.lab import errors
from orchestrator.lab.control_plane.messages import Answer, Call
from orchestrator.lab.control_plane.operations import Operations
from orchestrator.lab.control_plane.run_command import RunCommand
from orchestrator.lab.directory import SUBSCRIPTION_ID
from orchestrator.lab.kubernetes.clusters import Clusters
from orchestrator.lab.resource_manager import ResourceManager
from orchestrator.lab.state.world import Stored
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import JsonObject
from orchestrator.model.resource_id import ResourceId, parse_resource_id

_TYPE_FILTER = re.compile(r"resourceType\s+eq\s+'([^']+)'", re.IGNORECASE)
_BAD_NAME = re.compile(r"[<>%&\\?#\x00-\x1f]|[.\s]\Z|\A\s*\Z")
_CREDENTIALS = {"listclusterusercredential": False, "listclusteradmincredential": True}
_LISTED = ("id", "name", "type", "location", "tags", "sku", "identity", "kind", "zones")


class Resources:
    """Handlers of everything below `/providers/`, and of the lists of resources."""

    def __init__(self, manager: ResourceManager, operations: Operations, run_command: RunCommand, clusters: Clusters) -> None:
        self._manager = manager
        self._operations = operations
        self._run_command = run_command
        self._clusters = clusters

    async def handle(self, call: Call) -> Answer:
        """Anything at `{scope}/providers/{namespace}/...`."""
        segments = call.path.rpartition("/providers/" if "/providers/" in call.path else "/PROVIDERS/")[2].split("/")
        if len(segments) % 2 == 0:
            return await self._handle_collection(call)
        resource_id = parse_resource_id(call.path)
        if resource_id.type.lower() == "microsoft.containerservice/managedclusters/commandresults":
            return await self._run_command.result(call, resource_id)
        handler = {"GET": self._get, "HEAD": self._head, "PUT": self._put, "PATCH": self._patch, "DELETE": self._delete}.get(call.method)
        if handler is None:
            raise ArmError("MethodNotAllowed", f"{call.method} is not allowed on {resource_id}.", status=405)
        self._manager.check_type(resource_id.type, call.api_version)
        return await handler(call, resource_id)

    async def list_in_group(self, call: Call) -> Answer:
        """GET .../resourceGroups/{g}/resources."""
        scope = f"/subscriptions/{SUBSCRIPTION_ID}/resourceGroups/{call.parts['group']}"
        if self._manager.world.find_group(scope) is None:
            raise errors.resource_group_not_found(call.parts["group"])
        return self._list(call, scope)

    async def list_in_subscription(self, call: Call) -> Answer:
        """GET /subscriptions/{s}/resources."""
        return self._list(call, f"/subscriptions/{SUBSCRIPTION_ID}")

    def _list(self, call: Call, scope: str) -> Answer:
        wanted = _TYPE_FILTER.search(call.query.get("$filter", ""))
        expand = {name.strip().lower() for name in call.query.get("$expand", "").split(",")}
        found = [s for s in self._manager.list_tracked(scope) if wanted is None or s.body["type"].lower() == wanted[1].lower()]
        top = int(call.query["$top"]) if call.query.get("$top", "").isdigit() else len(found)
        return Answer(200, {"value": [_listed(stored, expand) for stored in found[:top]]})

    async def _handle_collection(self, call: Call) -> Answer:
        parent, _, last = call.path.rpartition("/")
        if call.method == "POST":
            return await self._action(call, parse_resource_id(parent), last)
        if call.method != "GET":
            raise ArmError("MethodNotAllowed", f"{call.method} is not allowed on {call.path}.", status=405)
        scope, _, tail = _split_providers(call.path)
        segments = tail.split("/")
        type_name = "/".join([segments[0], *segments[1::2]])
        self._manager.check_type(type_name, call.api_version)
        listed_scope = parent if len(segments) > 2 else scope
        return Answer(200, {"value": self._manager.list_type(listed_scope, type_name)})

    async def _action(self, call: Call, resource_id: ResourceId, action: str) -> Answer:
        body = self._manager.get(resource_id)
        if resource_id.type.lower() == "microsoft.containerservice/managedclusters":
            if action.lower() == "runcommand":
                return await self._run_command.begin(call, resource_id, body)
            if action.lower() in _CREDENTIALS:
                return Answer(200, self._clusters.list_credentials(body, call.base, admin=_CREDENTIALS[action.lower()]))
        raise ArmError("LabNotSupported", f"The lab has no action '{action}' of {resource_id.type}.", status=404)

    async def _get(self, call: Call, resource_id: ResourceId) -> Answer:
        del call
        body = self._manager.get(resource_id)
        return Answer(200, body, {"ETag": body["etag"]} if "etag" in body else {})

    async def _head(self, call: Call, resource_id: ResourceId) -> Answer:
        del call
        return Answer(404 if self._manager.find(resource_id) is None else 204)

    async def _put(self, call: Call, resource_id: ResourceId) -> Answer:
        for name in resource_id.names:
            if _BAD_NAME.search(name) or len(name) > 260:
                raise ArmError("InvalidResourceName", f"Resource name {name} is invalid.")
        self._check_conditions(call, resource_id)
        change = self._manager.begin_put(resource_id, call.object_body())
        status = 201 if change.created else 200
        return await self._operations.answer(call, change.task, scope=self._scope(resource_id), status=status, body=lambda: self._manager.find(resource_id))

    async def _patch(self, call: Call, resource_id: ResourceId) -> Answer:
        change = self._manager.begin_patch(resource_id, call.object_body())
        return await self._operations.answer(call, change.task, scope=self._scope(resource_id), status=200, body=lambda: self._manager.find(resource_id))

    async def _delete(self, call: Call, resource_id: ResourceId) -> Answer:
        self._check_conditions(call, resource_id)
        task = self._manager.begin_delete(resource_id)
        if task is None:
            return Answer(204)
        return await self._operations.answer(call, task, scope=self._scope(resource_id), status=200, body=lambda: None)

    def _check_conditions(self, call: Call, resource_id: ResourceId) -> None:
        """If-Match and If-None-Match (RFC 9110): PreconditionFailed where the resource is not in the state that the client has seen."""
        if call.if_match is None and call.if_none_match is None:
            return
        existing = self._manager.find(resource_id)
        etag = existing.get("etag") if existing is not None else None
        matches = call.if_match is None or (existing is not None and call.if_match in ("*", etag))
        if not matches or (call.if_none_match is not None and existing is not None and call.if_none_match in ("*", etag)):
            raise ArmError("PreconditionFailed", f"Precondition failed: the etag of {resource_id} is {etag}.", status=412)

    def _scope(self, resource_id: ResourceId) -> str:
        group = self._manager.world.find_group(f"/subscriptions/{SUBSCRIPTION_ID}/resourceGroups/{resource_id.resource_group}")
        location = group["location"] if group is not None else "global"
        return f"/subscriptions/{SUBSCRIPTION_ID}/providers/{resource_id.namespace}/locations/{location}"


def _listed(stored: Stored, expand: set[str]) -> JsonObject:
    entry = {name: stored.body[name] for name in _LISTED if name in stored.body}
    if "provisioningstate" in expand:
        entry["provisioningState"] = stored.body["properties"].get("provisioningState", "Succeeded")
    if stored.managed_by is not None:
        entry["managedBy"] = stored.managed_by
    return entry


def _split_providers(path: str) -> tuple[str, str, str]:
    index = path.lower().rfind("/providers/")
    return path[:index], path[index : index + 11], path[index + 11 :]
