"""Runs a deployment: every resource as soon as those it depends on are there, the rest in parallel; nested deployments as deployments of their own."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from orchestrator.arm.engine import Deployment, Node
from orchestrator.lab.deployments.records import deployment_failed, duration, finish_operation, make_operation, make_record, nested_failed, timestamp
from orchestrator.lab.deployments.runtime import DEPLOYMENT_TYPE, LabRuntime
from orchestrator.lab.errors import UNFORESEEN, internal_error
from orchestrator.lab.groups import GROUP_TYPE, make_group
from orchestrator.lab.resource_body import ENVELOPE
from orchestrator.lab.resource_manager import ResourceManager
from orchestrator.lab.state.world import FINAL_STATES, DeploymentRecord
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import JsonObject
from orchestrator.model.resource_id import parse_resource_id

_LOG = logging.getLogger(__name__)
_CLUSTER = "microsoft.containerservice/managedclusters"
"""A cluster is done only when packets see it: its nodes must have come up."""


Finish = Callable[[list[str]], Awaitable[None]]


class DeploymentRun:
    """One deployment of a tree; `deployed` gathers the ids that it wrote. `finish`: what the outermost one does with them before it has succeeded."""

    def __init__(self, manager: ResourceManager, record: DeploymentRecord, deployment: Deployment, runtime: LabRuntime, finish: Finish | None = None) -> None:
        self._finish = finish
        self._manager = manager
        self._record = record
        self._deployment = deployment
        self._runtime = runtime
        self._began = datetime.now(UTC)
        self._failures: list[ArmError] = []
        self.deployed: list[str] = []

    async def run(self) -> None:
        """Deploy everything; ArmError (DeploymentFailed) where an operation failed. Ends in a final state, whatever happens."""
        self._set_state("Running")
        error: ArmError | None = None
        try:
            await self._run_nodes()
            if self._failures:
                error = deployment_failed(self._record, self._failures)
            else:
                self._evaluate_outputs()
                if self._finish is not None:
                    await self._finish(self.deployed)
        except ArmError as failure:
            error = deployment_failed(self._record, [failure])
        except asyncio.CancelledError:
            self._end("Canceled", None)
            raise
        self._end("Succeeded" if error is None else "Failed", error)
        if error is not None:
            raise error

    async def _run_nodes(self) -> None:
        loop = asyncio.get_running_loop()
        outcomes: dict[str, asyncio.Future[bool]] = {node.key: loop.create_future() for node in self._deployment.nodes}
        tasks = [loop.create_task(self._run_node(node, outcomes)) for node in self._deployment.nodes]
        try:
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()

    async def _run_node(self, node: Node, outcomes: dict[str, "asyncio.Future[bool]"]) -> None:
        """A node after those it depends on; one that depends on a failure is not begun."""
        for key in node.depends_on:
            if key in outcomes and not await outcomes[key]:
                outcomes[node.key].set_result(False)
                return
        succeeded = True
        if node.condition and not node.existing:
            succeeded = await self._run_operation(node)
        outcomes[node.key].set_result(succeeded)

    async def _run_operation(self, node: Node) -> bool:
        operation = make_operation(self._record, node)
        began = datetime.now(UTC)
        self._manager.world.put_deployment_operation(self._record, operation)
        failure: ArmError | None = None
        created = False
        try:
            created = await self._write(node)
        except ArmError as error:
            failure = error
        except UNFORESEEN as error:
            _LOG.exception("deploying %s", node.resource_id)
            failure = internal_error(error)
        self._failures += [] if failure is None else [failure]
        finish_operation(operation, began, created=created, error=failure)
        self._manager.world.put_deployment_operation(self._record, operation)
        return failure is None

    async def _write(self, node: Node) -> bool:
        """Write one resource and wait for its provisioning; True where it is new."""
        if node.type.lower() == DEPLOYMENT_TYPE.lower():
            await self._run_nested(node)
            return False
        body = self._deployment.evaluate(node, self._runtime)
        asked = {key: value for key, value in body.items() if key not in ENVELOPE}
        if node.type.lower() == GROUP_TYPE.lower():
            return self._write_group(node, asked)
        change = self._manager.begin_put(parse_resource_id(node.resource_id), asked, wait_for_packets=node.type.lower() == _CLUSTER)
        await asyncio.shield(change.task)  # cancelling a deployment leaves what a provider has begun
        self.deployed.append(node.resource_id)
        return change.created

    def _write_group(self, node: Node, asked: JsonObject) -> bool:
        group = self._manager.world.find_group(node.resource_id)
        if group is None or group["tags"] != (asked.get("tags") or {}):
            self._manager.world.put_group(make_group(node.resource_id, str(asked.get("location", "")), asked.get("tags") or {}))
        self.deployed.append(node.resource_id)
        return group is None

    async def _run_nested(self, node: Node) -> None:
        inner = self._deployment.nested(node, self._runtime)
        resource_id = parse_resource_id(node.resource_id)
        correlation_id = self._record.body["properties"]["correlationId"]
        record = make_record(resource_id, {}, inner, mode="Incremental", tags={}, correlation_id=correlation_id)
        record.template = None
        self._manager.world.put_deployment(record)
        run = DeploymentRun(self._manager, record, inner, self._runtime)
        try:
            await run.run()
        except ArmError as error:
            raise nested_failed(node.resource_id, error) from error
        finally:
            self.deployed += run.deployed

    def _evaluate_outputs(self) -> None:
        """Outputs, secure ones without their value; the run alone remembers those."""
        operation = make_operation(self._record, None)
        began = datetime.now(UTC)
        failure: ArmError | None = None
        try:
            outputs = self._deployment.outputs(self._runtime)
            self._runtime.outputs[self._record.id.lower()] = outputs
            secure = self._deployment.secure_outputs
            shown = {name: {"type": output["type"]} if name in secure else output for name, output in outputs.items()}
            self._record.body["properties"]["outputs"] = shown
        except ArmError as error:
            failure = ArmError("DeploymentOutputEvaluationFailed", "Unable to evaluate template outputs: see details.", target=self._record.id, details=[error])
        finish_operation(operation, began, error=failure)
        self._manager.world.put_deployment_operation(self._record, operation)
        if failure is not None:
            raise failure

    def _set_state(self, state: str) -> None:
        properties = self._record.body["properties"]
        properties["provisioningState"] = state
        properties["timestamp"] = timestamp()
        properties["duration"] = duration(self._began)
        self._manager.world.put_deployment(self._record)

    def _end(self, state: str, error: ArmError | None) -> None:
        properties = self._record.body["properties"]
        properties["outputResources"] = [{"id": resource_id} for resource_id in self.deployed]
        if error is not None:
            properties["error"] = error.to_json()
        self._set_state(state)


def mark_interrupted(manager: ResourceManager) -> None:
    """What was running when the lab ended: failed, with its operations kept, and free to be run again."""
    world = manager.world
    error = ArmError("DeploymentInterrupted", "The lab ended while this deployment was running. What was deployed is kept: run it again.", status=409)
    for record in list(world.deployments.values()):
        if record.state in FINAL_STATES:
            continue
        for operation in list(record.operations.values()):
            if operation["properties"]["provisioningState"] not in FINAL_STATES:
                finish_operation(operation, datetime.now(UTC), error=error)
                world.put_deployment_operation(record, operation)
        record.body["properties"] |= {"provisioningState": "Failed", "error": error.to_json(), "timestamp": timestamp()}
        world.put_deployment(record)
    for stored in list(world.resources.values()):
        if stored.body["properties"].get("provisioningState", "Succeeded") not in FINAL_STATES:
            stored.body["properties"]["provisioningState"] = "Failed"
            world.put(stored)
    world.commit()
