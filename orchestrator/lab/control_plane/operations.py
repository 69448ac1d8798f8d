"""Long-running operations: a write that is not done at once is followed by its name. What is still running when the lab ends has failed at the next start."""

import asyncio
import uuid
from collections.abc import Callable

from orchestrator.lab.control_plane.messages import Answer, Call, accepted
from orchestrator.lab.deployments.records import timestamp
from orchestrator.lab.state.world import World
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import Json, JsonObject

GRACE_SECONDS = 0.05
"""A write that ends within this is answered as done: no poll is needed."""

HOLD_SECONDS = 0.2
"""A poll is held this long where the operation is still running."""

_KEPT = 500


class Operations:
    """All long-running operations of the lab."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._tasks: dict[str, asyncio.Task[None]] = {}
        for operation in list(world.operations.values()):
            if operation["status"] == "InProgress":
                error = ArmError("OperationInterrupted", "The lab ended while this operation was running.", status=409)
                world.put_operation({**operation, "status": "Failed", "error": error.to_json(), "endTime": timestamp()})
        world.commit()

    async def answer(self, call: Call, task: "asyncio.Task[None]", *, scope: str, status: int, body: Callable[[], Json]) -> Answer:
        """The answer to a write: done, or where to follow it. `body` is read when the answer is given; None for a deletion."""
        await asyncio.wait([task], timeout=GRACE_SECONDS)
        if task.done():
            task.result()
            return Answer(status, body())
        name = self._follow(task)
        path = f"{scope}/operations/{name}"
        if call.method == "DELETE":
            return accepted(call.link(f"{scope}/operationResults/{name}"), asynchronous=call.link(path))
        return accepted(call.link(f"{scope}/operationResults/{name}"), status=status, asynchronous=call.link(path), body=body())

    def _follow(self, task: "asyncio.Task[None]") -> str:
        name = str(uuid.uuid4())
        operation: JsonObject = {"name": name, "status": "InProgress", "startTime": timestamp()}
        self._world.put_operation(operation)
        self._tasks[name] = task
        for old in list(self._world.operations)[:-_KEPT]:
            self._world.delete_operation(old)

        def done(_: "asyncio.Task[None]") -> None:
            self._tasks.pop(name, None)
            self._end(operation, task)

        task.add_done_callback(done)
        return name

    def _end(self, operation: JsonObject, task: "asyncio.Task[None]") -> None:
        if task.cancelled():
            return
        error = task.exception()
        ended: JsonObject = {**operation, "status": "Succeeded" if error is None else "Failed", "endTime": timestamp()}
        if error is not None:
            failure = error if isinstance(error, ArmError) else ArmError("InternalServerError", f"{type(error).__name__}: {error}", status=500)
            ended["error"] = failure.to_json()
        self._world.put_operation(ended)

    async def status(self, call: Call) -> Answer:
        """GET .../operations/{name}: {status, error?}."""
        operation = await self._get(call)
        headers = {"retry-after-ms": "50"} if operation["status"] == "InProgress" else {}
        return Answer(200, operation, headers)

    async def result(self, call: Call) -> Answer:
        """GET .../operationResults/{name}: 202 until it is done."""
        operation = await self._get(call)
        if operation["status"] == "InProgress":
            return accepted(call.link(call.path))
        if operation["status"] == "Failed":
            raise ArmError.from_json(operation["error"], 409)
        return Answer(200)

    async def _get(self, call: Call) -> JsonObject:
        name = call.parts["operation"].lower()
        task = self._tasks.get(name)
        if task is not None:
            await asyncio.wait([task], timeout=HOLD_SECONDS)
            await asyncio.sleep(0)
        operation = self._world.operations.get(name)
        if operation is None:
            raise ArmError("OperationNotFound", f"The operation '{name}' was not found.", status=404)
        return {"id": call.path, **operation}
