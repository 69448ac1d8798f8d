"""Starts, finds and ends the lab's daemon. Standard library only: every command asks here first, and must not wait for imports."""

import http.client
import json
import os
import ssl
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

from orchestrator.lab.directory import LabDirectory, LabFile
from orchestrator.lab.exclusive import hold_exclusively
from orchestrator.lab.tokens import make_token
from orchestrator.model.errors import OperationFailed
from orchestrator.model.json_value import JsonObject
from orchestrator.model.targets import Target

_START_SECONDS = 30.0
_STOP_SECONDS = 15.0


def running(directory: Path) -> Target | None:
    """How to reach the lab of a directory, where its daemon runs; nothing is started."""
    lab = LabDirectory(directory.resolve())
    lab_file = _find_healthy(lab)
    return None if lab_file is None else lab.target(lab_file)


def ensure_started(directory: Path, *, pace: float | None = None) -> Target:
    """Start the daemon where it does not run, and wait until it answers. OperationFailed, with the end of its log, where it does not.

    Two starters at a time are no harm: both may start a process, and the one that gets the directory's lock serves both.
    """
    lab = LabDirectory(directory.resolve())
    lab_file = _find_healthy(lab) or _start(lab)
    if pace is not None:
        _request(lab, lab_file, "PUT", "/lab/pace", {"seconds": pace})
    return lab.target(lab_file)


def stop(directory: Path) -> bool:
    """End the daemon and wait until it is gone; False where none runs."""
    lab = LabDirectory(directory.resolve())
    lab_file = _find_healthy(lab)
    if lab_file is None:
        return False
    _request(lab, lab_file, "POST", "/lab/shutdown", {})
    deadline = time.monotonic() + _STOP_SECONDS
    while time.monotonic() < deadline:
        if not _is_served(lab):
            return True
        time.sleep(0.02)
    raise OperationFailed(f"The lab (process {lab_file.pid}) does not end.", f"See {lab.log}.")


def status(directory: Path) -> dict[str, Any]:
    """What the lab says of itself; `{"running": False}` where it does not run."""
    lab = LabDirectory(directory.resolve())
    lab_file = _find_healthy(lab)
    if lab_file is None:
        return {"running": False, "directory": str(lab.path)}
    return {"running": True, "directory": str(lab.path), **_request(lab, lab_file, "GET", "/lab/status", None)}


def cut_command_output(directory: Path, size: int) -> None:
    """Have the running lab's run-command give that many bytes of an output, in place of 512 kB."""
    lab = LabDirectory(directory.resolve())
    lab_file = _find_healthy(lab)
    if lab_file is None:
        raise OperationFailed("The lab does not run.", "Start it: ./inv lab.up")
    _request(lab, lab_file, "PUT", "/lab/command-output", {"bytes": size})


def read_firewall_log(directory: Path, resource_group: str) -> JsonObject:
    """{"firewalls": [id], "records": [row]} of a group: the rows of AZFWApplicationRule and AZFWNetworkRule. The lab must run, and have packets."""
    lab = LabDirectory(directory.resolve())
    lab_file = _find_healthy(lab)
    if lab_file is None:
        raise OperationFailed("The lab does not run, so there is no log: it lives as long as the lab.", "Run ./inv deploy, and then what is to be logged.")
    return _request(lab, lab_file, "GET", f"/lab/firewall-log?resourceGroup={quote(resource_group)}", None)


def _start(lab: LabDirectory) -> LabFile:
    lab.make()
    deadline = time.monotonic() + _START_SECONDS
    process = _spawn(lab)
    while time.monotonic() < deadline:
        lab_file = _find_healthy(lab)
        if lab_file is not None:
            process.returncode = 0  # it lives on without us: no ResourceWarning when the object goes
            return lab_file
        ended = process.poll()
        if ended not in (None, 0):
            raise OperationFailed(f"The lab did not start: {_last_line(lab.log)}", f"See {lab.log}.")
        if ended == 0 and not _is_served(lab):
            process = _spawn(lab)  # it gave way to a daemon that was about to end
        time.sleep(0.02)
    raise OperationFailed(f"The lab did not answer within {_START_SECONDS:.0f} s.", f"See {lab.log}.")


def _spawn(lab: LabDirectory) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "orchestrator.lab.daemon", "--directory", str(lab.path)]
    source = str(Path(__file__).resolve().parents[2])
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [source, os.environ.get("PYTHONPATH")]))}
    detached: dict[str, Any] = {"creationflags": 0x00000208} if sys.platform == "win32" else {"start_new_session": True}
    with lab.log.open("ab") as log:
        lab.log.chmod(0o600)
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment, cwd=source, **detached)


def _find_healthy(lab: LabDirectory) -> LabFile | None:
    """What `lab.json` says, where the process that wrote it answers: another server at its port has not this lab's certificate."""
    lab_file = lab.read()
    if lab_file is None or not lab.ca.exists():
        return None
    try:
        health = _exchange(lab, lab_file, "GET", "/lab/health", None, {})
    except (OSError, http.client.HTTPException):
        return None
    return lab_file if health[1].get("pid") == lab_file.pid else None


def _is_served(lab: LabDirectory) -> bool:
    with hold_exclusively(lab.lock) as free:
        return not free


def _request(lab: LabDirectory, lab_file: LabFile, method: str, path: str, body: JsonObject | None) -> JsonObject:
    token = make_token(lab_file.client_secret, lab_file.url)
    code, answer = _exchange(lab, lab_file, method, path, body, {"Authorization": f"Bearer {token}"})
    if code >= 400:
        raise OperationFailed(f"The lab refused {path}: {answer.get('error', {}).get('message')}", f"See {lab.log}.")
    return answer


def _exchange(lab: LabDirectory, lab_file: LabFile, method: str, path: str, body: JsonObject | None, headers: dict[str, str]) -> tuple[int, JsonObject]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(lab.ca)
    connection = http.client.HTTPSConnection("localhost", lab_file.port, timeout=10, context=context)
    try:
        connection.request(method, path, None if body is None else json.dumps(body), headers | {"Content-Type": "application/json"})
        response = connection.getresponse()
        return response.status, json.loads(response.read() or b"{}")
    except ValueError as error:
        raise http.client.HTTPException(f"no JSON from {lab_file.url}") from error
    finally:
        connection.close()


def _last_line(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return lines[-1] if lines else "it said nothing."
