"""Disturbed in the middle: Ctrl-C cancels and says so; a lab that is killed is said, started again, and the deployment can be run again."""

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest
from cli import Project

from orchestrator.clients.connection import connect
from orchestrator.lab import lifecycle
from tests.waiting import wait_until

PACE = {"AKS_LAB_PACE": "0.4"}


def wait_for_progress(process: "subprocess.Popen[str]") -> list[str]:
    """The lines until the first resource is done."""
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if " s  Succeeded " in line:
            return lines
    raise AssertionError("".join(lines) + (process.stderr.read() if process.stderr else ""))


def deployment_of(directory: Path, name: str) -> dict[str, object]:
    """What the lab says of udr's deployment."""
    connection = connect(lifecycle.ensure_started(directory), {})
    try:
        path = f"/subscriptions/{connection.target.subscription_id}/resourceGroups/rg-aks-udr/providers/Microsoft.Resources/deployments/{name}"
        return dict(connection.get(path, "2025-04-01").json()["properties"])
    finally:
        connection.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
def test_ctrl_c_cancels_the_deployment(own_lab: Project) -> None:
    process = own_lab.start("deploy", "--env", "udr", "--no-verify", **PACE)
    wait_for_progress(process)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130, err
    assert "interrupted: asked ARM to cancel the deployment main-udr" in out
    assert out.rstrip().splitlines()[-1].startswith("LAB  local target: nothing was deployed to Azure")
    assert err == "error: interrupted\n    fix: Nothing was undone; run the command again to go on.\n"
    wait_until(lambda: deployment_of(own_lab.lab, "main-udr")["provisioningState"] == "Canceled")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_lab_that_is_killed_loses_nothing_that_it_acknowledged(own_lab: Project) -> None:
    process = own_lab.start("deploy", "--env", "udr", "--no-verify", **PACE)
    wait_for_progress(process)
    os.kill(json.loads((own_lab.lab / "lab.json").read_text())["pid"], signal.SIGKILL)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 1, out
    assert "The lab stopped. Run the command again" in err
    assert "Traceback" not in err
    properties = deployment_of(own_lab.lab, "main-udr")
    assert properties["provisioningState"] == "Failed"
    assert properties["error"]["code"] == "DeploymentInterrupted"  # type: ignore[index]
    again = own_lab.inv("deploy", "--env", "udr", "--no-verify", AKS_LAB_PACE="0")
    assert again.status == 0, again.err
    assert own_lab.inv("whatif", "--env", "udr", "--exit-code").status == 0
