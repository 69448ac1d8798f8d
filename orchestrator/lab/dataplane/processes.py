"""Commands inside the lab, each forked into a network namespace, a pod's root and a process namespace of its own.

The end of a command is the end of everything that it started: the kernel sees to that, since the command is the first process of its process namespace.
"""

import asyncio
import contextlib
import os
import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NoReturn

from orchestrator.lab.dataplane.syscalls import (
    CLONE_NEWIPC,
    CLONE_NEWNET,
    CLONE_NEWNS,
    CLONE_NEWPID,
    CLONE_NEWUTS,
    MS_NODEV,
    MS_NOEXEC,
    MS_NOSUID,
    MS_RDONLY,
    die_with_parent,
    drop_capabilities,
    mount,
    set_host_name,
    setns,
    unshare,
)

OUTPUT_LIMIT = 512 * 1024
TIMED_OUT = 124
"""The exit code of a command whose time was up, as timeout(1) has it."""

_KEPT_CAPABILITIES = frozenset({0, 1, 3, 5, 6, 7, 10, 13})  # chown, dac_override, fowner, kill, setgid, setuid, net_bind_service, net_raw
_CANNOT_START = 126
_HOME = "/tmp"  # noqa: S108 - of the pod
SERVICE_ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount"
"""Where a pod finds what it shows the API server."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a command runs: descriptors of its network and mount namespaces, and its host name."""

    network: int
    root: int
    host_name: str


@dataclass(frozen=True, slots=True)
class Finished:
    """How a command ended; stdout and stderr together, cut at OUTPUT_LIMIT."""

    exit_code: int
    output: bytes
    timed_out: bool


@dataclass(frozen=True, slots=True)
class Order:
    """A command for `sh -c`. `files`: names and texts below SERVICE_ACCOUNT. `bare`: without any capability."""

    command: str
    environment: Mapping[str, str]
    seconds: float
    files: Mapping[str, str] = field(default_factory=dict)
    bare: bool = False


class Runner:
    """Starts commands. It has to be made in the process namespace that it forks from."""

    def __init__(self) -> None:
        self._processes = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)

    async def run(self, place: Place, order: Order, report: Callable[[bytes], None] | None = None) -> Finished:
        """Run a command to its end, or for so long. `report`: is given the output as it comes."""
        receiver, sender = os.pipe()
        os.set_blocking(receiver, False)
        try:
            process = self._fork(place, order, sender)
        finally:
            os.close(sender)
        handle = os.pidfd_open(process)
        try:
            return await _follow(handle, process, _Output(receiver, report), order.seconds)
        finally:
            os.close(handle)
            os.close(receiver)

    def _fork(self, place: Place, order: Order, output: int) -> int:
        unshare(CLONE_NEWPID)  # for the next child; this process stays where it is
        try:
            process = os.fork()
            if process == 0:
                _become(place, order, output)
        finally:
            setns(self._processes, CLONE_NEWPID)
        return process


def _become(place: Place, order: Order, output: int) -> NoReturn:
    """In the child: enter the place and become the command. Nothing of the parent's Python may run on."""
    try:
        die_with_parent(signal.SIGKILL)
        os.setsid()
        os.dup2(output, 1)
        os.dup2(output, 2)
        setns(place.network, CLONE_NEWNET)
        setns(place.root, CLONE_NEWNS)
        unshare(CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC)
        set_host_name(place.host_name)
        _mount_own(order.files)
        os.dup2(os.open("/dev/null", os.O_RDONLY), 0)
        os.chdir(_HOME)
        os.umask(0o022)
        for number in (signal.SIGPIPE, signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        drop_capabilities(frozenset() if order.bare else _KEPT_CAPABILITIES)
        os.execve("/bin/sh", ["/bin/sh", "-c", order.command], dict(order.environment))  # noqa: S606 - descriptors of ours close on exec
    except OSError as error:
        os.write(2, f"the lab could not start the command: {error}\n".encode())
    os._exit(_CANNOT_START)


def _mount_own(files: Mapping[str, str]) -> None:
    """The command's own /tmp, service account and /proc; a host that covers parts of /proc (a container) refuses another: that one stays, read-only."""
    mount("lab", _HOME, "tmpfs", MS_NOSUID | MS_NODEV, "mode=1777,size=64m")
    if files:
        mount("lab", SERVICE_ACCOUNT, "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, "mode=755,size=1m")
        for name, text in files.items():
            with open(os.open(f"{SERVICE_ACCOUNT}/{name}", os.O_WRONLY | os.O_CREAT, 0o644), "w", encoding="utf-8") as file:
                file.write(text)
    try:
        mount("proc", "/proc", "proc", MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC)
    except PermissionError:
        return


@dataclass(slots=True)
class _Output:
    """What comes out of a command: kept as far as the limit, and reported."""

    receiver: int
    report: Callable[[bytes], None] | None
    kept: bytearray = field(default_factory=bytearray)

    def collect(self) -> None:
        while True:
            try:
                data = os.read(self.receiver, 65536)
            except BlockingIOError:
                return
            if not data:
                asyncio.get_running_loop().remove_reader(self.receiver)
                return
            data = data[: max(0, OUTPUT_LIMIT - len(self.kept))]
            self.kept += data
            if data and self.report is not None:
                self.report(data)


async def _follow(handle: int, process: int, output: _Output, seconds: float) -> Finished:
    timed_out = False
    ended = _readable(handle)
    asyncio.get_running_loop().add_reader(output.receiver, output.collect)
    try:
        await asyncio.wait_for(ended, seconds)
    except TimeoutError:
        timed_out = True
    finally:
        asyncio.get_running_loop().remove_reader(handle)
        status = _end(handle, process)  # also where the caller lost interest: nothing is left behind
        output.collect()
        asyncio.get_running_loop().remove_reader(output.receiver)
    return Finished(TIMED_OUT if timed_out else os.waitstatus_to_exitcode(status), bytes(output.kept), timed_out)


def _end(handle: int, process: int) -> int:
    with contextlib.suppress(ProcessLookupError):
        signal.pidfd_send_signal(handle, signal.SIGKILL)
    return os.waitpid(process, 0)[1]


def _readable(descriptor: int) -> asyncio.Future[None]:
    loop = asyncio.get_running_loop()
    future: asyncio.Future[None] = loop.create_future()

    def found() -> None:
        loop.remove_reader(descriptor)
        if not future.done():
            future.set_result(None)

    loop.add_reader(descriptor, found)
    return future
