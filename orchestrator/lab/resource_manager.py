"""Reads and writes resources of any type: what ARM does the same for all of them, around a provider's row.

A PUT is checked and stored at once; what takes time (the pace, the data plane) goes on in a task, during which the resource is Creating or Updating.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass

from orchestrator.lab import errors
from orchestrator.lab.data_plane_link import DataPlaneLink
from orchestrator.lab.groups import GROUP_TYPE, make_group, normal_location
from orchestrator.lab.providers import BY_NAME, NAMESPACES
from orchestrator.lab.resource_body import drop_secrets, mark_elements, merge_patch, same_body, shape_body
from orchestrator.lab.resource_types import Companions, Elements, Put, ResourceType
from orchestrator.lab.state.world import Stored, World, copy_json
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import JsonObject
from orchestrator.model.resource_id import ResourceId, parse_resource_id

_LOG = logging.getLogger(__name__)


@dataclass(slots=True)
class Change:
    """A write that was accepted. `task` ends when it is done, and raises what became of it."""

    body: JsonObject
    created: bool
    task: asyncio.Task[None]


class ResourceManager:
    """All resources of the lab. `pace`: seconds that every operation takes."""

    def __init__(self, world: World, data_plane: DataPlaneLink, pace: float = 0.0) -> None:
        self.world = world
        self.data_plane = data_plane
        self.pace = pace
        self._busy: Counter[str] = Counter()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def busy(self) -> bool:
        """True while anything is being written."""
        return bool(self._tasks)

    # -- rows --------------------------------------------------------------------------------------------------------------------------------

    def get_row(self, type_name: str, api_version: str | None = None) -> ResourceType:
        """The row of a type; an ARM error where the lab has none. An embedded child's is its parent's (see `find_embedding`)."""
        row = BY_NAME.get(type_name.lower())
        if row is None:
            namespace, _, _ = type_name.partition("/")
            raise errors.invalid_resource_type(type_name, api_version) if namespace.lower() in NAMESPACES else errors.invalid_namespace(namespace)
        return row

    def find_embedding(self, type_name: str) -> tuple[ResourceType, Elements] | None:
        """Where a type's resources live inside their parent: the parent's row, and the array."""
        parent, _, segment = type_name.rpartition("/")
        row = BY_NAME.get(parent.lower())
        found = [elements for elements in row.elements if elements.child and elements.segment.lower() == segment.lower()] if row else []
        return (row, found[0]) if row is not None and found else None

    def check_type(self, type_name: str, api_version: str | None = None) -> None:
        """ArmError where the lab does not have the type."""
        if type_name.lower() != GROUP_TYPE.lower() and self.find_embedding(type_name) is None:
            self.get_row(type_name, api_version)

    # -- reading -----------------------------------------------------------------------------------------------------------------------------

    def get(self, resource_id: ResourceId) -> JsonObject:
        """The body of a resource; ResourceNotFound where it is not there."""
        body = self.find(resource_id)
        if body is None:
            group = resource_id.resource_group
            if group is not None and self.world.find_group(f"/subscriptions/{resource_id.subscription}/resourceGroups/{group}") is None:
                raise errors.resource_group_not_found(group)
            raise errors.resource_not_found(resource_id)
        return body

    def find(self, resource_id: ResourceId) -> JsonObject | None:
        """The body of a resource as Azure answers it, back-references included; a copy."""
        embedding = self.find_embedding(resource_id.type)
        if embedding is not None and resource_id.parent is not None:
            parent = self.find(resource_id.parent)
            return None if parent is None else _find_element(parent, embedding[1], resource_id)
        stored = self.world.find_stored(str(resource_id))
        if stored is not None:
            return self.view(stored)
        builtin = BY_NAME.get(resource_id.type.lower())
        found = [copy_json(body) for body in builtin.builtin if body["name"].lower() == resource_id.name.lower()] if builtin is not None else []
        return found[0] if found else None

    def view(self, stored: Stored) -> JsonObject:
        """A stored resource as Azure answers it."""
        body: JsonObject = copy_json(stored.body)
        row = BY_NAME[str(body["type"]).lower()]
        row.view(body, self.world)
        return body

    def list_type(self, scope: str, type_name: str) -> list[JsonObject]:
        """All resources of a type below a scope, in the order of their making."""
        prefix = scope.rstrip("/").lower() + "/"
        parsed = None if "/providers/" not in prefix else parse_resource_id(scope)
        embedding = self.find_embedding(type_name)
        if embedding is not None and parsed is not None:
            parent = self.get(parsed)
            children = (parsed.child(embedding[1].segment, element["name"]) for element in parent["properties"].get(embedding[1].name) or ())
            return [_find_element(parent, embedding[1], child) or {} for child in children]
        row = self.get_row(type_name)
        return [copy_json(body) for body in row.builtin] + [self.view(s) for s in self.world.in_scope(scope) if s.body["type"].lower() == row.name.lower()]

    def list_tracked(self, scope: str) -> Iterator[Stored]:
        """What ARM lists as resources of a scope: no children that live below another resource's lock, no role assignments."""
        return (stored for stored in self.world.in_scope(scope) if BY_NAME[str(stored.body["type"]).lower()].tracked)

    def all_bodies(self) -> list[JsonObject]:
        """Everything, as the data plane wants it."""
        return [self.view(stored) for stored in self.world.resources.values()]

    # -- writing -----------------------------------------------------------------------------------------------------------------------------

    def begin_put(self, resource_id: ResourceId, asked: JsonObject, *, wait_for_packets: bool = True) -> Change:
        """Check and store; ArmError where the resource is refused. wait_for_packets: it is done only when the data plane holds it."""
        embedding = self.find_embedding(resource_id.type)
        if embedding is not None:
            return self._begin_put_child(resource_id, asked, embedding, wait_for_packets=wait_for_packets)
        row = self.get_row(resource_id.type)
        if not row.writable:
            raise ArmError("OperationNotAllowed", f"Resources of type {row.name} cannot be written in the lab.", status=409)
        resource_id = _spell(row, resource_id)
        self._check_scope(row, resource_id)
        existing = self.world.find_stored(str(resource_id))
        asked = drop_secrets(row, asked)
        body = self._compute(row, resource_id, asked, existing)
        stored = Stored(body, copy_json(asked), {}, existing.managed_by if existing else None, existing.expressions if existing else [])
        return self._store(row, stored, existing, wait_for_packets=wait_for_packets)

    def begin_patch(self, resource_id: ResourceId, patch: JsonObject) -> Change:
        """A merge patch (RFC 7396) of what was last asked for."""
        stored = self.world.find_stored(str(resource_id))
        if stored is None:
            self.get(resource_id)
            raise ArmError("OperationNotAllowed", f"{resource_id.type} cannot be patched: put its parent, or itself.", status=409)
        return self.begin_put(resource_id, merge_patch(stored.asked, patch))

    def _begin_put_child(self, resource_id: ResourceId, asked: JsonObject, embedding: tuple[ResourceType, Elements], *, wait_for_packets: bool) -> Change:
        row, elements = embedding
        parent_id = resource_id.parent
        parent = self.world.find_stored(str(parent_id))
        if parent is None or parent_id is None:
            raise _parent_not_found(resource_id)
        self._check_scope(row, parent_id)
        if elements.read_only:
            raise ArmError(
                "OperationNotAllowed", f"Resources of type {resource_id.type} cannot be written on their own in the lab: put their parent.", status=409
            )
        created = _find_element(parent.body, elements, resource_id) is None
        others = [e for e in parent.body["properties"].get(elements.name) or () if str(e["name"]).lower() != resource_id.name.lower()]
        changed = copy_json(parent.asked)
        changed.setdefault("properties", {})[elements.name] = [
            *copy_json(others),
            {"name": resource_id.name, "properties": copy_json(asked.get("properties") or {})},
        ]
        body = self._compute(row, parent_id, changed, parent)
        children = parent.children | {str(resource_id).lower(): copy_json(asked)}
        change = self._store(row, Stored(body, parent.asked, children, parent.managed_by, parent.expressions), parent, wait_for_packets=wait_for_packets)
        return Change(_find_element(self.view(Stored(change.body, {})), elements, resource_id) or {}, created, change.task)

    def _check_scope(self, row: ResourceType, resource_id: ResourceId) -> None:
        if row.scope == "extension":
            if resource_id.resource_group is not None:
                scope = parse_resource_id(resource_id.scope)
                self.get(scope) if scope.types else self._check_group(scope)
        else:
            self._check_group(resource_id)
        self._check_idle(row, resource_id)

    def _check_idle(self, row: ResourceType, resource_id: ResourceId) -> None:
        parent = resource_id.parent
        if parent is not None and self.world.find_stored(str(parent)) is None:
            raise _parent_not_found(resource_id)
        if parent is not None and row.serial_parent and self._busy[parent.key]:
            raise errors.operation_in_progress(parent)
        if self._busy[resource_id.key]:
            code = "OperationNotAllowed" if row.name.startswith("Microsoft.ContainerService/") else "AnotherOperationInProgress"
            raise errors.operation_in_progress(resource_id, code)

    def _check_group(self, resource_id: ResourceId) -> None:
        if str(resource_id.subscription).lower() != self.world.subscription_id:
            raise errors.subscription_not_found(resource_id.subscription)
        group = self.world.find_group(f"/subscriptions/{resource_id.subscription}/resourceGroups/{resource_id.resource_group}")
        if group is None:
            raise errors.resource_group_not_found(resource_id.resource_group)
        if group["properties"]["provisioningState"] == "Deleting":
            message = f"The resource group '{group['name']}' is in deprovisioning state and cannot perform this operation."
            raise ArmError("ResourceGroupBeingDeleted", message, status=409)

    def _compute(self, row: ResourceType, resource_id: ResourceId, asked: JsonObject, existing: Stored | None) -> JsonObject:
        body = shape_body(row, resource_id, asked, existing.body if existing else None)
        if row.located:
            _check_location(body, resource_id, existing)
        put = Put(resource_id, body, existing.body if existing else None, self.world)
        try:
            row.check(put)
            row.compute(put)
            mark_elements(row, body, existing.body if existing else None, self.world.new_guid)
            row.view(copy_json(body), self.world)  # what is stored can be read back
        except errors.UNFORESEEN as error:
            _LOG.warning("the shape of %s", resource_id, exc_info=True)
            message = f"The request content of {resource_id} was invalid and could not be understood: {type(error).__name__}: {error}."
            raise ArmError("InvalidRequestContent", message) from error
        return body

    def _store(self, row: ResourceType, stored: Stored, existing: Stored | None, *, wait_for_packets: bool) -> Change:
        unchanged = existing is not None and same_body(existing.body, stored.body)
        if existing is not None and unchanged:
            stored.body = existing.body
        if existing is None or not unchanged or existing.asked != stored.asked or existing.children != stored.children:
            self.world.put(stored)
        if row.long_running and not (unchanged and not self.pace):
            stored.body["properties"]["provisioningState"] = "Creating" if existing is None else "Updating"
        companions = row.companions(Put(parse_resource_id(stored.body["id"]), stored.body, None, self.world)) if row.companions else None
        if companions is not None:
            self._put_all(stored, companions, created=existing is None)
        finish = self._finish(row, stored, wait_for_packets=wait_for_packets and row.data_plane)
        return Change(self.view(stored), existing is None, self._begin(finish, row, parse_resource_id(stored.body["id"])))

    def _begin(self, coroutine: Coroutine[None, None, None], row: ResourceType, resource_id: ResourceId) -> asyncio.Task[None]:
        keys = [resource_id.key] + ([resource_id.parent.key] if row.serial_parent and resource_id.parent is not None else [])
        self._busy.update(keys)
        task = asyncio.get_running_loop().create_task(coroutine)
        self._tasks.add(task)

        def done(_: asyncio.Task[None]) -> None:
            self._busy.subtract(keys)
            self._tasks.discard(task)

        task.add_done_callback(done)
        return task

    async def _finish(self, row: ResourceType, stored: Stored, *, wait_for_packets: bool) -> None:
        """The part of a write that takes time."""
        await asyncio.sleep(self.pace)
        properties = stored.body["properties"]
        try:
            if wait_for_packets:
                await self.data_plane.applied()
        except ArmError:
            if row.long_running:
                self._settle(stored, "Failed")
            raise
        if row.long_running and properties["provisioningState"] != "Succeeded":
            self._settle(stored, "Succeeded")

    def _settle(self, stored: Stored, state: str) -> None:
        current = self.world.find_stored(stored.body["id"])
        if current is not None and current.body is stored.body:
            stored.body["properties"]["provisioningState"] = state
            self.world.put(current, packets=False)
            self.world.commit()

    def _put_all(self, stored: Stored, companions: Companions, *, created: bool) -> None:
        """All companions, or neither they nor, where it is new, their owner."""
        try:
            self._put_companions(stored.body["id"], companions)
        except ArmError:
            if created:
                self.forget(stored)
            raise

    def _put_companions(self, owner_id: str, companions: Companions) -> None:
        """Make a managed group hold just what its owner wants in it."""
        world, group_id = self.world, companions.group_id
        if world.find_group(group_id) is None:
            world.put_group(make_group(group_id, companions.location, {}, owner_id))
        wanted = {resource_id.lower() for resource_id, _ in companions.resources}
        for resource_id, asked in companions.resources:
            parsed = parse_resource_id(resource_id)
            existing = world.find_stored(resource_id)
            row = self.get_row(parsed.type)
            body = self._compute(row, parsed, asked, existing)
            if existing is None or not same_body(existing.body, body):
                world.put(Stored(body, asked, {}, owner_id))
        stale = [s.body["id"] for s in world.in_scope(group_id) if s.managed_by == owner_id and s.body["id"].lower() not in wanted]
        for resource_id in stale:
            world.delete(resource_id)

    # -- deleting ----------------------------------------------------------------------------------------------------------------------------

    def begin_delete(self, resource_id: ResourceId) -> asyncio.Task[None] | None:
        """Delete a resource; None where it is not there."""
        embedding = self.find_embedding(resource_id.type)
        if embedding is not None:
            return self._begin_delete_child(resource_id, embedding)
        row = self.get_row(resource_id.type)
        stored = self.world.find_stored(str(resource_id))
        if stored is None:
            return None
        self._check_idle(row, resource_id)
        row.check_delete(stored.body, self.world)
        if row.long_running:
            stored.body["properties"]["provisioningState"] = "Deleting"
            self.world.put(stored)
        return self._begin(self._finish_delete(row, stored), row, resource_id)

    async def _finish_delete(self, row: ResourceType, stored: Stored) -> None:
        await asyncio.sleep(self.pace)
        self.forget(stored)
        self.world.commit()
        if row.data_plane:
            await self.data_plane.applied()

    def forget(self, stored: Stored) -> None:
        """Drop a resource and what it keeps in a group of its own, without a question."""
        group = (stored.body.get("properties") or {}).get("nodeResourceGroup")
        self.world.delete(stored.body["id"])
        if group is not None:
            group_id = f"/subscriptions/{self.world.subscription_id}/resourceGroups/{group}"
            for companion in self.world.in_scope(group_id):
                self.world.delete(companion.body["id"])
            self.world.delete_group(group_id)

    def _begin_delete_child(self, resource_id: ResourceId, embedding: tuple[ResourceType, Elements]) -> asyncio.Task[None] | None:
        row, elements = embedding
        parent_id = resource_id.parent
        parent = self.world.find_stored(str(parent_id))
        if parent is None or parent_id is None or _find_element(parent.body, elements, resource_id) is None:
            return None
        if elements.read_only:
            raise ArmError(
                "OperationNotAllowed", f"Resources of type {resource_id.type} cannot be deleted on their own in the lab: put their parent.", status=409
            )
        self._check_idle(row, parent_id)
        changed = copy_json(parent.asked)
        others = [e for e in parent.body["properties"][elements.name] if str(e["name"]).lower() != resource_id.name.lower()]
        changed.setdefault("properties", {})[elements.name] = copy_json(others)
        body = self._compute(row, parent_id, changed, parent)
        children = {key: value for key, value in parent.children.items() if key != resource_id.key}
        return self._store(row, Stored(body, parent.asked, children, parent.managed_by, parent.expressions), parent, wait_for_packets=True).task


def _check_location(body: JsonObject, resource_id: ResourceId, existing: Stored | None) -> None:
    location = body.get("location")
    if not isinstance(location, str) or not location:
        raise ArmError("LocationRequired", f"The location property is required for the definition of resource '{resource_id}'.")
    body["location"] = normal_location(location)
    if existing is not None and existing.body["location"] != body["location"]:
        raise ArmError(
            "InvalidResourceLocation",
            f"The resource '{resource_id.name}' already exists in location '{existing.body['location']}' in resource group '{resource_id.resource_group}'. "
            f"A resource with the same name cannot be created in location '{body['location']}'. Please select a new resource name.",
            status=409,
        )


def _find_element(parent: JsonObject, elements: Elements, resource_id: ResourceId) -> JsonObject | None:
    for element in parent["properties"].get(elements.name) or ():
        if str(element["name"]).lower() == resource_id.name.lower():
            if not elements.flat:
                return dict(element)
            properties = {key: value for key, value in element.items() if key != "name"}
            return {"id": f"{parent['id']}/{elements.segment}/{element['name']}", "name": element["name"], "type": resource_id.type, "properties": properties}
    return None


def _spell(row: ResourceType, resource_id: ResourceId) -> ResourceId:
    """The id with its type as the provider spells it; scopes and names stay as the client wrote them."""
    namespace, *types = row.name.split("/")
    return ResourceId(resource_id.scope, namespace, tuple(types), resource_id.names)


def _parent_not_found(resource_id: ResourceId) -> ArmError:
    return ArmError(
        "ParentResourceNotFound",
        f"Failed to perform 'write' on resource(s) of type '{resource_id.type}', because the parent resource '{resource_id.parent}' could not be found.",
        status=404,
    )
