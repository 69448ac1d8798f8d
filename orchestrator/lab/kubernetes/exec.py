"""`exec`: a command in a running pod, over a WebSocket whose messages begin with the number of their channel (v5.channel.k8s.io, KEP-4006).

The command's output goes to channel 1 as it comes (the data plane joins stdout and stderr); how it ended goes to channel 3 as a Status. It gets no input.
"""

import asyncio
import json
import shlex
from typing import Literal

from aiohttp import WSMsgType, web

from orchestrator.lab.kubernetes.cluster import Cluster
from orchestrator.lab.kubernetes.failures import bad_request, make_status
from orchestrator.lab.kubernetes.kinds import POD
from orchestrator.lab.kubernetes.kubelet import Finished
from orchestrator.lab.kubernetes.requests import Question
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import JsonObject

_PROTOCOLS = ("v5.channel.k8s.io", "v4.channel.k8s.io")
_OUT, _ERROR = b"\x01", b"\x03"
_SECONDS = 3600.0
_NO_INPUT = "the lab's exec takes no input: give the whole command, as in kubectl exec POD -- sh -c '...'\n"


async def handle_exec(cluster: Cluster, question: Question, request: web.Request) -> web.StreamResponse:
    """Run `command` (given once for each word) in a container."""
    pod = cluster.objects.get(POD, question.namespace, question.name)
    names = [container["name"] for container in pod["spec"]["containers"]]
    container = question.query.get("container") or names[0]
    running = [status["name"] for status in pod["status"].get("containerStatuses") or () if "running" in status["state"]]
    place = cluster.kubelet.find_place(pod)
    if container not in running or place is None:
        return web.Response(status=404, text=f'container not found ("{container}")')  # plain text: what kubectl shows after "unable to upgrade connection"
    command = request.query.getall("command", [])
    if not command:
        raise bad_request("you must specify at least 1 command")
    socket = web.WebSocketResponse(protocols=_PROTOCOLS)
    if not socket.can_prepare(request).ok:
        raise bad_request("the lab's exec speaks WebSocket only: use kubectl 1.31 or later")
    await socket.prepare(request)
    session = _Session(socket, tty=question.is_set("tty"))
    listening = asyncio.get_running_loop().create_task(session.listen())
    try:
        network: Literal["pod", "node"] = "node" if pod["spec"].get("hostNetwork") else "pod"
        work = cluster.run(f"exec {shlex.join(command)}", network=network, seconds=_SECONDS, node=place.number, report=session.write)
        running_command = asyncio.ensure_future(work)
        await asyncio.wait([running_command, listening], return_when=asyncio.FIRST_COMPLETED)
        if running_command.done():
            await session.end(_read_status(running_command))
        else:
            running_command.cancel()
    finally:
        listening.cancel()
    return socket


class _Session:
    """One WebSocket. Messages go out in the order in which they were written."""

    def __init__(self, socket: web.WebSocketResponse, *, tty: bool) -> None:
        self._socket = socket
        self._tty = tty
        self._sending: asyncio.Queue[bytes] = asyncio.Queue()
        self._sender = asyncio.get_running_loop().create_task(self._send())

    def write(self, text: str) -> None:
        """Output of the command; a terminal wants carriage returns."""
        self._sending.put_nowait(_OUT + (text.replace("\n", "\r\n") if self._tty else text).encode())

    async def listen(self) -> None:
        """Until the client goes, or sends input, which is refused in words."""
        async for message in self._socket:
            data = message.data
            if message.type is WSMsgType.BINARY and data[:1] == b"\x00" and len(data) > 1:
                self.write(_NO_INPUT)
                return

    async def end(self, status: JsonObject) -> None:
        """Say how it ended, after all output, and close."""
        self._sending.put_nowait(_ERROR + json.dumps(status).encode())
        await self._sending.join()
        self._sender.cancel()
        await self._socket.close()

    async def _send(self) -> None:
        while True:
            data = await self._sending.get()
            try:
                await self._socket.send_bytes(data)
            except ConnectionError:
                self._socket.force_close()
            finally:
                self._sending.task_done()


def _read_status(command: "asyncio.Future[Finished]") -> JsonObject:
    error = command.exception()
    if isinstance(error, ArmError):
        return make_status("Failure", error.message, reason="InternalError", code=500)
    exit_code = command.result().exit_code
    if exit_code == 0:
        return make_status("Success")
    causes = [{"reason": "ExitCode", "message": str(exit_code)}]
    return make_status("Failure", f"command terminated with non-zero exit code: exit status {exit_code}", reason="NonZeroExitCode", details={"causes": causes})
