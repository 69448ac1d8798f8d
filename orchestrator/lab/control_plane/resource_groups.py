"""Resource groups: made, listed, tagged, and deleted with everything in them."""

import asyncio
import re

from orchestrator.lab import errors
from orchestrator.lab.control_plane.discovery import check_subscription
from orchestrator.lab.control_plane.messages import Answer, Call
from orchestrator.lab.control_plane.operations import Operations
from orchestrator.lab.directory import SUBSCRIPTION_ID
from orchestrator.lab.groups import make_group, normal_location
from orchestrator.lab.resource_manager import ResourceManager
from orchestrator.lab.state.world import copy_json
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import JsonObject

_NAME = re.compile(r"[-\w.()]{0,89}[-\w()]\Z")


class ResourceGroups:
    """Handlers of /subscriptions/{s}/resourceGroups."""

    def __init__(self, manager: ResourceManager, operations: Operations) -> None:
        self._manager = manager
        self._world = manager.world
        self._operations = operations

    async def list(self, call: Call) -> Answer:
        """GET: all groups, or those with a tag (`$filter=tagName eq 'x' and tagValue eq 'y'`)."""
        check_subscription(call)
        wanted = re.fullmatch(r"\s*tagName eq '([^']*)'(?: and tagValue eq '([^']*)')?\s*", call.query.get("$filter", ""))
        groups = list(self._world.groups.values())
        if wanted:
            groups = [g for g in groups if wanted[1] in g["tags"] and wanted[2] in (None, g["tags"][wanted[1]])]
        return Answer(200, {"value": groups})

    async def get(self, call: Call) -> Answer:
        """GET one."""
        return Answer(200, self._get(call))

    async def head(self, call: Call) -> Answer:
        """HEAD: 204 where it exists."""
        return Answer(204 if self._world.find_group(_group_id(call)) else 404)

    async def put(self, call: Call) -> Answer:
        """PUT: make one, or change its tags."""
        check_subscription(call)
        body, name = call.object_body(), call.parts["group"]
        if not _NAME.match(name):
            raise ArmError("InvalidResourceGroup", f"The provided resource group name '{name}' has these invalid characters or ends with a full stop.")
        location = body.get("location")
        if not isinstance(location, str) or not location:
            raise ArmError("LocationRequired", "The location property is required for this definition.")
        existing = self._world.find_group(_group_id(call))
        if existing is None:
            group = make_group(_group_id(call), location, _tags(body))
            self._world.put_group(group)
            return Answer(201, group)
        if existing["location"] != normal_location(location):
            message = f"Invalid resource group location '{location}'. The Resource group already exists in location '{existing['location']}'."
            raise ArmError("InvalidResourceGroupLocation", message, status=409)
        if existing["properties"]["provisioningState"] == "Deleting":
            raise ArmError(
                "ResourceGroupBeingDeleted", f"The resource group '{name}' is in deprovisioning state and cannot perform this operation.", status=409
            )
        return Answer(200, self._with_tags(existing, _tags(body)))

    async def patch(self, call: Call) -> Answer:
        """PATCH: replace the tags."""
        group = self._get(call)
        body = call.object_body()
        return Answer(200, self._with_tags(group, _tags(body)) if "tags" in body else group)

    async def delete(self, call: Call) -> Answer:
        """DELETE: a long-running operation."""
        group = self._get(call)
        if group["properties"]["provisioningState"] != "Deleting":
            self._world.put_group({**group, "properties": {"provisioningState": "Deleting"}})
        task = asyncio.get_running_loop().create_task(self.finish_delete(group["id"]))
        return await self._operations.answer(call, task, scope=f"/subscriptions/{SUBSCRIPTION_ID}", status=200, body=lambda: None)

    async def finish_delete(self, group_id: str) -> None:
        """Delete everything in a group, then the group; at start, too, for one that was being deleted when the lab ended."""
        await asyncio.sleep(self._manager.pace)
        for stored in list(self._world.in_scope(group_id)):
            if self._world.find_stored(stored.body["id"]) is stored:
                self._manager.forget(stored)
        self._world.delete_group(group_id)
        self._world.commit()
        await self._manager.data_plane.applied()

    def _get(self, call: Call) -> JsonObject:
        check_subscription(call)
        group = self._world.find_group(_group_id(call))
        if group is None:
            raise errors.resource_group_not_found(call.parts["group"])
        return group

    def _with_tags(self, group: JsonObject, tags: JsonObject) -> JsonObject:
        changed = {**group, "tags": copy_json(tags)}
        if changed != group:
            self._world.put_group(changed)
        return changed


def _group_id(call: Call) -> str:
    return f"/subscriptions/{SUBSCRIPTION_ID}/resourceGroups/{call.parts['group']}"


def _tags(body: JsonObject) -> JsonObject:
    tags = body.get("tags") or {}
    if not isinstance(tags, dict) or not all(isinstance(value, str) for value in tags.values()):
        raise ArmError("InvalidRequestContent", "The request content was invalid: tags must be an object of texts.")
    return tags
