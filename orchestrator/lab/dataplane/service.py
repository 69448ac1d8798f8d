"""The child's side of the conversation: requests as JSON lines on stdin, answers on stdout, several at once.

    {"id": 1, "method": "apply", "params": {"resources": [...]}}      ->  {"id": 1, "result": {"notes": [...]}}
    {"id": 2, "method": "run", "params": {"task": {...}}}             ->  {"id": 2, "result": {"exit_code": 0, "output": "...", "timed_out": false}}
    {"id": 5, "method": "stop", "params": {"run": 2}}                 ->  {"id": 2, "error": "cancelled"}
    {"id": 3, "method": "firewall_log", "params": {"firewall": ...}}  ->  {"id": 3, "result": {"lines": [...]}}
    {"id": 4, "method": "firewall_records", "params": {"firewall": ...}}  ->  {"id": 4, "result": {"records": [...]}}

A run with "stream": true says {"id": 2, "output": "..."} as its output comes. A request that fails is answered with {"id": ..., "error": "..."}.
The first line of all is {"ready": true}. The end of stdin ends the process.
"""

import asyncio
import codecs
import json
import sys
import traceback
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from orchestrator.lab.dataplane.lab_network import LabNetwork, Task, UnknownPlace
from orchestrator.model.json_value import JsonObject

LINE_LIMIT = 1 << 28


class Service:
    """Serves one LabNetwork."""

    def __init__(self, network: LabNetwork) -> None:
        self._network = network
        self._applying = asyncio.Lock()
        self._tasks: dict[int, asyncio.Task[JsonObject]] = {}
        self._writer: asyncio.StreamWriter | None = None
        self._methods: dict[str, Callable[[JsonObject], Coroutine[Any, Any, JsonObject]]] = {
            "apply": self._apply,
            "run": self._run,
            "firewall_log": self._firewall_log,
            "firewall_records": self._firewall_records,
        }

    async def serve(self) -> None:
        """Answer until stdin ends."""
        loop = asyncio.get_running_loop()
        reader = asyncio.StreamReader(limit=LINE_LIMIT)
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
        transport, protocol = await loop.connect_write_pipe(asyncio.streams.FlowControlMixin, sys.stdout)
        writer = self._writer = asyncio.StreamWriter(transport, protocol, None, loop)
        await self._network.start()
        _send(writer, {"ready": True})
        while line := await reader.readline():
            request = json.loads(line)
            if request["method"] == "stop":
                self._stop(request["params"]["run"])
                continue
            task = self._tasks[request["id"]] = loop.create_task(self._answer(request))
            task.add_done_callback(partial(self._finish, writer, request["id"]))

    async def _answer(self, request: JsonObject) -> JsonObject:
        return await self._methods[request["method"]]({"id": request["id"], **request["params"]})

    def _stop(self, number: int) -> None:
        if number in self._tasks:
            self._tasks[number].cancel()

    def _finish(self, writer: asyncio.StreamWriter, number: int, task: asyncio.Task[JsonObject]) -> None:
        """Whatever a request came to is an answer; what nobody expected is in the log as well."""
        self._tasks.pop(number, None)
        error = None if task.cancelled() else task.exception()
        if task.cancelled():
            _send(writer, {"id": number, "error": "cancelled"})
        elif error is None:
            _send(writer, {"id": number, "result": task.result()})
        elif isinstance(error, UnknownPlace):
            _send(writer, {"id": number, "error": str(error)})
        else:
            traceback.print_exception(error)
            _send(writer, {"id": number, "error": f"{type(error).__name__}: {error}"})

    async def _apply(self, params: JsonObject) -> JsonObject:
        async with self._applying:
            return {"notes": list(await self._network.apply(params["resources"]))}

    async def _run(self, params: JsonObject) -> JsonObject:
        decoder = codecs.getincrementaldecoder("utf-8")("replace")

        def report(data: bytes) -> None:
            if self._writer is not None:
                _send(self._writer, {"id": params["id"], "output": decoder.decode(data)})

        finished = await self._network.run(Task(**params["task"]), report if params.get("stream") else None)
        return {"exit_code": finished.exit_code, "output": finished.output.decode("utf-8", "replace"), "timed_out": finished.timed_out}

    async def _firewall_log(self, params: JsonObject) -> JsonObject:
        return {"lines": self._network.firewall_log(params["firewall"])}

    async def _firewall_records(self, params: JsonObject) -> JsonObject:
        return {"records": self._network.firewall_records(params["firewall"])}


def _send(writer: asyncio.StreamWriter, message: JsonObject) -> None:
    writer.write(json.dumps(message).encode() + b"\n")
