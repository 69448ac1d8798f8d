"""Deployments as a client asks for them: validate, begin, cancel, delete."""

import asyncio
import uuid
from collections.abc import Iterator
from contextlib import suppress
from functools import partial

from orchestrator.arm import engine
from orchestrator.lab import errors
from orchestrator.lab.deployments.records import make_record
from orchestrator.lab.deployments.request import DeploymentRequest, check_types, read_request
from orchestrator.lab.deployments.runner import DeploymentRun, mark_interrupted
from orchestrator.lab.deployments.runtime import LabRuntime
from orchestrator.lab.resource_body import ENVELOPE
from orchestrator.lab.resource_manager import ResourceManager
from orchestrator.lab.state.world import FINAL_STATES, DeploymentRecord
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import Json, JsonObject
from orchestrator.model.resource_id import ResourceId
from orchestrator.model.resources import is_expression


class DeploymentService:
    """The deployments of the lab; those that run are tasks."""

    def __init__(self, manager: ResourceManager) -> None:
        self._manager = manager
        self._world = manager.world
        self._tasks: dict[str, asyncio.Task[None]] = {}

    @property
    def busy(self) -> bool:
        """True while a deployment runs."""
        return bool(self._tasks)

    def get(self, resource_id: ResourceId) -> DeploymentRecord:
        """A deployment; DeploymentNotFound (or ResourceGroupNotFound) where it is not there."""
        record = self._world.deployments.get(resource_id.key)
        if record is None:
            group = resource_id.resource_group
            if group is not None and self._world.find_group(f"/subscriptions/{resource_id.subscription}/resourceGroups/{group}") is None:
                raise errors.resource_group_not_found(group)
            raise errors.deployment_not_found(resource_id.name)
        return record

    def all_at(self, scope: str) -> list[DeploymentRecord]:
        """All deployments at a scope."""
        prefix = f"{scope.rstrip('/')}/providers/microsoft.resources/deployments/".lower()
        return [record for key, record in self._world.deployments.items() if key.startswith(prefix)]

    def validate(self, resource_id: ResourceId, body: JsonObject) -> DeploymentRecord:
        """What would be accepted, without doing anything; ArmError where it would be refused."""
        request, deployment, _ = self._start(resource_id, body)
        record = make_record(resource_id, request.template, deployment, mode=request.mode, tags=request.tags, correlation_id=str(uuid.uuid4()))
        record.body["properties"]["provisioningState"] = "Succeeded"
        record.body["properties"]["validatedResources"] = [{"id": n.resource_id} for n in deployment.nodes if n.condition and not n.existing]
        return record

    def begin(self, resource_id: ResourceId, body: JsonObject) -> tuple[DeploymentRecord, bool]:
        """Accept a deployment and let it run; ArmError before anything is done. (record, whether it is new)"""
        earlier = self._world.deployments.get(resource_id.key)
        if earlier is not None and earlier.state not in FINAL_STATES:
            raise ArmError(
                "DeploymentActive",
                f"Unable to edit or replace deployment '{resource_id.name}': previous deployment from "
                f"'{earlier.body['properties']['timestamp']}' is still active.",
                status=409,
            )
        request, deployment, runtime = self._start(resource_id, body)
        record = make_record(resource_id, request.template, deployment, mode=request.mode, tags=request.tags, correlation_id=str(uuid.uuid4()))
        if request.location and resource_id.resource_group is None:
            record.body["location"] = request.location
        self._world.put_deployment(record)
        run = DeploymentRun(self._manager, record, deployment, runtime, partial(self._finish, request))
        task = asyncio.get_running_loop().create_task(self._run(run))
        self._tasks[resource_id.key] = task
        task.add_done_callback(lambda _: self._tasks.pop(resource_id.key, None))
        return record, earlier is None

    async def wait(self, resource_id: ResourceId, seconds: float) -> None:
        """Wait a while for a deployment to end: a poll that is answered late is a poll less."""
        task = self._tasks.get(resource_id.key)
        if task is not None:
            await asyncio.wait([task], timeout=seconds)

    def cancel(self, resource_id: ResourceId) -> None:
        """End a running deployment; DeploymentCannotBeCancelled where it has ended."""
        record = self.get(resource_id)
        task = self._tasks.get(resource_id.key)
        if task is None or record.state in FINAL_STATES:
            raise ArmError("DeploymentCannotBeCancelled", f"The deployment '{resource_id.name}' cannot be cancelled because it is not active.", status=409)
        task.cancel()

    def delete(self, resource_id: ResourceId) -> None:
        """Forget a deployment, if it is there; DeploymentActive while it runs."""
        if resource_id.key in self._tasks:
            raise ArmError("DeploymentActive", f"The deployment '{resource_id.name}' is active: cancel it first.", status=409)
        self._world.delete_deployment(str(resource_id))

    async def close(self) -> None:
        """The lab ends: what runs is interrupted, not cancelled."""
        tasks = list(self._tasks.values())
        running = [record for record in self._world.deployments.values() if record.state not in FINAL_STATES]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for record in running:
            record.body["properties"]["provisioningState"] = "Running"
        mark_interrupted(self._manager)

    def _start(self, resource_id: ResourceId, body: JsonObject) -> tuple[DeploymentRequest, engine.Deployment, LabRuntime]:
        request = read_request(self._world, resource_id, body)
        check_types(self._manager, request.template)
        runtime = LabRuntime(self._manager, strict=True)
        return request, engine.start(request.template, request.parameters, request.scope, runtime), runtime

    async def _run(self, run: DeploymentRun) -> None:
        with suppress(ArmError):  # the record says it
            await run.run()
        self._world.commit()

    async def _finish(self, request: DeploymentRequest, deployed: list[str]) -> None:
        """What the mode Complete deletes, what only this deployment could resolve, and the packets."""
        if request.mode == "Complete":
            self._delete_others(request, {resource_id.lower() for resource_id in deployed})
        self._remember_expressions(request)
        await self._manager.data_plane.applied()

    def _remember_expressions(self, request: DeploymentRequest) -> None:
        """Write down, beside each resource, the expressions in its request that only a deployment resolves: the same ones are no change later."""
        expansion = engine.expand(request.template, request.parameters, request.scope, LabRuntime(self._manager, strict=False))
        for body in expansion.resources:
            stored = self._world.find_stored(str(body["id"]))
            expressions = sorted(set(_find_expressions({key: value for key, value in body.items() if key not in ENVELOPE})))
            if stored is not None and stored.expressions != expressions:
                stored.expressions = expressions
                self._world.put(stored, packets=False)

    def _delete_others(self, request: DeploymentRequest, deployed: set[str]) -> None:
        scope = f"/subscriptions/{request.scope.subscription_id}/resourceGroups/{request.scope.resource_group}"
        for stored in [s for s in self._manager.list_tracked(scope) if s.body["id"].lower() not in deployed]:
            self._manager.forget(stored)


def _find_expressions(value: Json) -> Iterator[str]:
    if isinstance(value, dict):
        for item in value.values():
            yield from _find_expressions(item)
    elif isinstance(value, list):
        for item in value:
            yield from _find_expressions(item)
    elif is_expression(value):
        yield str(value)
