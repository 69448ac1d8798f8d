"""The data plane's process: `python -m orchestrator.lab.dataplane FOLDER CURL [DOOR]`; `client` starts it.

It leaves for namespaces of its own (user, network, mount, process) before anything else, while it has one thread; then a child becomes the first process of the
process namespace and does all the work, so that the kernel ends everything in the lab when it ends, and it ends with whoever started it.
"""

import asyncio
import json
import os
import signal
import socket
import sys
import tempfile
from pathlib import Path

from orchestrator.lab.dataplane.refusals import explain
from orchestrator.lab.dataplane.syscalls import (
    CLONE_NEWNET,
    CLONE_NEWNS,
    CLONE_NEWPID,
    CLONE_NEWUSER,
    MS_NODEV,
    MS_NOSUID,
    MS_PRIVATE,
    MS_REC,
    die_with_parent,
    mount,
    unshare,
)

_REFUSED = 3


def main(arguments: list[str]) -> int:
    """Serve until stdin ends; 3 where the host does not allow it, and then one line says why."""
    folder, curl = Path(arguments[1]), Path(arguments[2])
    door = socket.socket(fileno=int(arguments[3])) if len(arguments) > 3 else None
    die_with_parent(signal.SIGKILL)
    try:
        _leave()
        child = os.fork()
        if child:
            return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        die_with_parent(signal.SIGKILL)
        _settle(folder)
    except OSError as error:
        return _refuse(error)
    return _serve(folder, curl, door)


def _leave() -> None:
    user, group = os.geteuid(), os.getegid()
    unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWNS | CLONE_NEWPID)
    for name, text in (("setgroups", "deny"), ("uid_map", f"0 {user} 1"), ("gid_map", f"0 {group} 1")):
        descriptor = os.open(f"/proc/self/{name}", os.O_WRONLY)
        try:
            os.write(descriptor, text.encode())
        finally:
            os.close(descriptor)


def _settle(folder: Path) -> None:
    """Mounts of our own: nothing goes back to the host, and what we write stays in memory."""
    mount("none", "/", None, MS_REC | MS_PRIVATE)
    mount("lab", str(folder), "tmpfs", MS_NOSUID | MS_NODEV, "mode=700,size=16m")
    tempfile.tempdir = str(folder)


def _serve(folder: Path, curl: Path, door: socket.socket | None) -> int:
    from orchestrator.lab.dataplane.lab_network import LabNetwork
    from orchestrator.lab.dataplane.service import Service

    async def work() -> int:
        try:
            network = LabNetwork(folder, curl, door)
        except OSError as error:
            return _refuse(error)
        await Service(network).serve()
        return 0

    return asyncio.run(work())


def _refuse(error: OSError) -> int:
    refusal = explain(error)
    sys.stdout.write(json.dumps({"refused": {"reason": refusal.reason, "remedy": refusal.remedy}}) + "\n")
    sys.stdout.flush()
    return _REFUSED


if __name__ == "__main__":
    os._exit(main(sys.argv))
