"""Run-command: the command's own exit code, not the transport's; and ends that are no result."""

from collections.abc import Callable
from pathlib import Path

import pytest
from arm_server import Answer, serve

from orchestrator.clients.connection import Connection
from orchestrator.clients.run_command import CommandResult, run_command
from orchestrator.model.errors import OperationFailed
from orchestrator.model.json_value import JsonObject
from orchestrator.model.targets import Target

Connect = Callable[[Target], Connection]
CLUSTER = "/subscriptions/sub/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/c"
ACCEPTED = Answer("", 202, {"Location": "{base}/result", "retry-after-ms": "10"})


def run(tmp_path: Path, connected: Connect, *answers: Answer, timeout: float = 10) -> CommandResult:
    with serve(tmp_path, {f"POST {CLUSTER}/runCommand": [ACCEPTED], "GET /result": list(answers)}) as (target, _):
        return run_command(connected(target), CLUSTER, "curl", timeout=timeout)


def result(**properties: object) -> Answer:
    body: JsonObject = {"id": "i", "properties": {"provisioningState": "Succeeded", **properties}}
    return Answer(body)


def test_the_exit_code_is_the_commands(tmp_path: Path, connected: Connect) -> None:
    assert run(tmp_path, connected, ACCEPTED, result(exitCode=28, logs="curl: (28)")) == CommandResult(28, "curl: (28)")


def test_no_exit_code_is_no_success(tmp_path: Path, connected: Connect) -> None:
    with pytest.raises(OperationFailed, match="the cluster c ran no command: taints"):
        run(tmp_path, connected, result(provisioningState="Failed", reason="taints"))


def test_who_waits_is_told(tmp_path: Path, connected: Connect) -> None:
    told: list[float] = []
    answers = {f"POST {CLUSTER}/runCommand": [ACCEPTED], "GET /result": [*[ACCEPTED] * 20, result(exitCode=0, logs="")]}
    with serve(tmp_path, answers) as (target, _):
        assert run_command(connected(target), CLUSTER, "x", timeout=30, tick=told.append, every=0.02).exit_code == 0
    assert told
    assert told == sorted(told)


def test_waiting_is_bounded(tmp_path: Path, connected: Connect) -> None:
    with pytest.raises(OperationFailed, match=r"gave no result within 0 s"):
        run(tmp_path, connected, ACCEPTED, timeout=0.3)
