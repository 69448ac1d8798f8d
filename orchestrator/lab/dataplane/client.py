"""The data plane as the lab's daemon sees it: a child process that is spoken to in JSON lines."""

import asyncio
import itertools
import json
import os
import shutil
import socket
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from orchestrator.model.errors import CouldNotRun, OperationFailed
from orchestrator.model.json_value import JsonObject

OUTPUT_LIMIT = 512 * 1024
"""Bytes of a command's output that are kept."""

_LINE_LIMIT = 1 << 23  # 512 kB of output, each byte up to six characters in JSON, and then some
_START_SECONDS = 20.0
_SLACK_SECONDS = 10.0
_PACKAGE = Path(__file__).resolve().parents[3]
_LINUX_REMEDY = "On Windows use WSL2 (wsl --install), elsewhere a Linux machine or virtual machine."
_CURL_REMEDY = "Install the package curl (apt-get install curl, dnf install curl)."


@dataclass(frozen=True, slots=True)
class ProcessResult:
    """How a command ended; stdout and stderr together. `timed_out`: it was ended, and exit_code is 124, as timeout(1) has it."""

    exit_code: int
    output: str
    timed_out: bool = False


Door = Callable[[socket.socket], None]
"""Takes a connection that a machine of the lab made to an API server; TLS is done with, and HTTP comes through it."""


class DataPlane:
    """A running data plane; make it with `start`. `notes`: what of the last resources is not modelled, in words."""

    def __init__(self, process: asyncio.subprocess.Process, log: Path) -> None:
        self.notes: tuple[str, ...] = ()
        self._process = process
        self._log = log
        self._ids = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[JsonObject]] = {}
        self._death: str | None = None
        self._closing = False
        self._listening: asyncio.Task[None] | None = None
        self._reports: dict[int, Callable[[str], None]] = {}
        self._door: socket.socket | None = None

    @classmethod
    async def start(cls, directory: Path, door: Door | None = None) -> "DataPlane":
        """Start one that keeps its files in the lab's directory. CouldNotRun where this host cannot. door: who answers for the API servers."""
        curl = _find_curl()
        folder = directory / "dataplane"
        folder.mkdir(parents=True, exist_ok=True)
        log = directory / "dataplane.log"
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [str(_PACKAGE), os.environ.get("PYTHONPATH")]))}
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with log.open("wb") as errors, theirs:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "orchestrator.lab.dataplane",
                str(folder.resolve()),
                curl,
                *([str(theirs.fileno())] if door is not None else []),
                pass_fds=[theirs.fileno()],
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=errors,
                env=environment,
                limit=_LINE_LIMIT,
            )
        plane = cls(process, log)
        plane._open_door(ours, door)
        try:
            await plane._greet()
        except BaseException:
            await plane.close()
            raise
        plane._listening = asyncio.get_running_loop().create_task(plane._listen())
        return plane

    async def apply(self, resources: Sequence[JsonObject]) -> None:
        """Become what all resources of the lab describe. OperationFailed where that is not possible."""
        result = await self._request("apply", {"resources": list(resources)}, seconds=60.0)
        self.notes = tuple(result["notes"])

    async def run(
        self,
        cluster_id: str,
        command: str,
        *,
        network: Literal["pod", "node"] = "pod",
        timeout: float,  # noqa: ASYNC109 - the child keeps it
        node: int = 0,
        environment: Mapping[str, str] | None = None,
        files: Mapping[str, str] | None = None,
        bare: bool = False,
        report: Callable[[str], None] | None = None,
    ) -> ProcessResult:
        """`sh -c command` in a pod of a node, or on that node's own network.

        files: of the pod's service account, with the authority's certificate beside them. bare: without capabilities. report: is given the output as it comes.
        """
        task = {"cluster": cluster_id, "node": node, "network": network, "command": command, "seconds": timeout, "bare": bare}
        params = {"task": {**task, "environment": dict(environment or {}), "files": dict(files or {})}, "stream": report is not None}
        result = await self._request("run", params, seconds=timeout + _SLACK_SECONDS, report=report)
        return ProcessResult(result["exit_code"], result["output"], result["timed_out"])

    async def firewall_log(self, firewall_id: str) -> tuple[str, ...]:
        """The last denials of a firewall, oldest first."""
        return tuple((await self._request("firewall_log", {"firewall": firewall_id}, seconds=_SLACK_SECONDS))["lines"])

    async def firewall_records(self, firewall_id: str) -> list[JsonObject]:
        """The last rows of a firewall's tables AZFWApplicationRule and AZFWNetworkRule, oldest first."""
        return list((await self._request("firewall_records", {"firewall": firewall_id}, seconds=_SLACK_SECONDS))["records"])

    async def close(self) -> None:
        """End it, and everything in it."""
        self._closing = True
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            await asyncio.wait_for(self._process.wait(), 2.0)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()
        if self._listening is not None:
            await self._listening
        if self._door is not None:
            asyncio.get_running_loop().remove_reader(self._door)
            self._door.close()
            self._door = None

    def _open_door(self, ours: socket.socket, door: Door | None) -> None:
        self._door = ours
        ours.setblocking(False)
        if door is not None:
            asyncio.get_running_loop().add_reader(ours, self._admit, ours, door)

    def _admit(self, ours: socket.socket, door: Door) -> None:
        """Take the connection that the child hands over."""
        data, descriptors, _, _ = socket.recv_fds(ours, 1, 1)
        for descriptor in descriptors:
            door(socket.socket(fileno=descriptor))
        if not data:
            asyncio.get_running_loop().remove_reader(ours)

    async def _greet(self) -> None:
        assert self._process.stdout is not None
        try:
            line = await asyncio.wait_for(self._process.stdout.readline(), _START_SECONDS)
        except TimeoutError as error:
            raise OperationFailed(f"the data plane did not start within {_START_SECONDS:.0f} s", f"see {self._log}") from error
        message = json.loads(line) if line else {}
        if "refused" in message:
            raise CouldNotRun(message["refused"]["reason"], message["refused"]["remedy"])
        if not message.get("ready"):
            raise OperationFailed(f"the data plane ended while it started: {self._last_words()}", f"see {self._log}")

    async def _request(self, method: str, params: JsonObject, *, seconds: float, report: Callable[[str], None] | None = None) -> JsonObject:
        if self._death is not None:
            raise OperationFailed(self._death, "start the lab again")
        assert self._process.stdin is not None
        number = next(self._ids)
        answer: asyncio.Future[JsonObject] = asyncio.get_running_loop().create_future()
        self._waiting[number] = answer
        if report is not None:
            self._reports[number] = report
        try:
            self._send(number, method, params)
            with suppress(ConnectionError):  # then it has died, and `_listen` says so
                await self._process.stdin.drain()
            message = await asyncio.wait_for(answer, seconds)
        except TimeoutError as error:
            raise OperationFailed(f"the data plane did not answer ({method}) within {seconds:.0f} s", f"see {self._log}") from error
        except asyncio.CancelledError:
            self._send(next(self._ids), "stop", {"run": number})
            raise
        finally:
            del self._waiting[number]
            self._reports.pop(number, None)
        if "error" in message:
            raise OperationFailed(f"the data plane could not {method}: {message['error']}", f"see {self._log}")
        return dict(message["result"])

    def _send(self, number: int, method: str, params: JsonObject) -> None:
        if self._process.stdin is not None and not self._process.stdin.is_closing():
            self._process.stdin.write(json.dumps({"id": number, "method": method, "params": params}).encode() + b"\n")

    async def _listen(self) -> None:
        assert self._process.stdout is not None
        while line := await self._process.stdout.readline():
            message = json.loads(line)
            if "output" in message:
                if message["id"] in self._reports:
                    self._reports[message["id"]](message["output"])
                continue
            waiting = self._waiting.get(message["id"])
            if waiting is not None and not waiting.done():
                waiting.set_result(message)
        code = await self._process.wait()
        said = "the data plane was closed" if self._closing else f"the data plane has ended (exit status {code}): {self._last_words()}"
        self._death = said
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_exception(OperationFailed(self._death, "start the lab again"))

    def _last_words(self) -> str:
        lines = self._log.read_text(errors="replace").strip().splitlines()
        return lines[-1][:500] if lines else "it said nothing"


def _find_curl() -> str:
    if sys.platform != "linux":
        raise CouldNotRun(f"Real packets need Linux namespaces, and this is {sys.platform}.", _LINUX_REMEDY)
    curl = shutil.which("curl")
    if curl is None:
        raise CouldNotRun("There is no curl on PATH, and the probes run it.", _CURL_REMEDY)
    return str(Path(curl).absolute())
