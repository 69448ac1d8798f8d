"""The child process: refusals, its death, unknown places."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from orchestrator.lab.dataplane import client
from orchestrator.lab.dataplane.client import DataPlane
from orchestrator.model.errors import CouldNotRun, OperationFailed
from tests.lab.dataplane import topologies
from tests.waiting import wait_until

ROOT = Path(__file__).resolve().parents[3]
LB = topologies.load_balancer_topology()
PROGRAM = """
import asyncio, sys
from pathlib import Path
from orchestrator.lab.dataplane.client import DataPlane
from orchestrator.model.errors import CouldNotRun
async def main():
    try:
        plane = await DataPlane.start(Path(sys.argv[1]))
    except CouldNotRun as refusal:
        print(refusal.reason, '|', refusal.remedy)
        return
    print('started')
    await plane.close()
asyncio.run(main())
"""


def in_user_namespace(directory, *before):
    if subprocess.run(["unshare", "-Ur", "true"], capture_output=True, check=False).returncode:
        pytest.skip("no packets here: this host forbids user namespaces")
    shell = " ".join([*before, "exec", sys.executable, "-c", '"$1"', '"$2"'])
    done = subprocess.run(
        ["unshare", "-Ur", "sh", "-c", shell, "sh", PROGRAM, str(directory)], cwd=ROOT, capture_output=True, text=True, timeout=30, check=False
    )
    return done.stdout.strip() + done.stderr


@pytest.mark.packets
def test_a_host_without_user_namespaces_is_named_by_its_switch(tmp_path):
    said = in_user_namespace(tmp_path, "echo 0 >/proc/sys/user/max_user_namespaces;")
    assert said == (
        "This host forbids namespaces: user.max_user_namespaces=0; the kernel said: No space left on device (ENOSPC, unshare). "
        "| Set it: sudo sysctl -w user.max_user_namespaces=10000"
    )


@pytest.mark.packets
def test_the_caller_may_sit_in_a_user_namespace(tmp_path):
    assert in_user_namespace(tmp_path) == "started"


@pytest.mark.packets
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
@pytest.mark.skipif(shutil.which("setpriv") is None, reason="no setpriv")
def test_an_ordinary_user_can(tmp_path):
    directory = Path("/tmp") / f"lab-nobody-{os.getpid()}"
    directory.mkdir()
    os.chown(directory, 65534, 65534)
    command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", sys.executable, "-c", PROGRAM, str(directory)]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30, check=False)
    finally:
        shutil.rmtree(directory)
    if "Permission denied" in done.stderr:
        pytest.skip("the project's folder is closed to ordinary users")
    assert (done.stdout.strip(), done.stderr) == ("started", "")


def test_no_curl(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CouldNotRun, match="no curl on PATH") as refusal:
        asyncio.run(DataPlane.start(tmp_path))
    assert "Install the package curl" in refusal.value.remedy


def test_not_linux(tmp_path, monkeypatch):
    monkeypatch.setattr(client.sys, "platform", "win32")
    with pytest.raises(CouldNotRun, match="this is win32") as refusal:
        asyncio.run(DataPlane.start(tmp_path))
    assert "WSL2" in refusal.value.remedy


@pytest.mark.packets
def test_an_unknown_cluster_and_node(plane):
    plane.apply(LB)
    with pytest.raises(OperationFailed, match="no node 7 of a cluster"):
        plane.run(LB, "true", node=7)
    with pytest.raises(OperationFailed, match="no node 0 of a cluster"):
        plane.run(topologies.user_nat_topology(), "true")
    assert plane.run(LB, "true").exit_code == 0


@pytest.mark.packets
def test_its_death_is_noticed_and_said(plane):
    plane.apply(LB)

    async def die_meanwhile():
        running = asyncio.ensure_future(plane.plane.run(topologies.cluster_id(LB), "sleep 30", timeout=30))
        await asyncio.sleep(0.2)
        os.kill(plane.plane._process.pid, signal.SIGKILL)
        await running

    with pytest.raises(OperationFailed, match="the data plane has ended"):
        plane.runner.run(die_meanwhile())
    with pytest.raises(OperationFailed, match="the data plane has ended"):
        plane.run(LB, "true")


def has_ended(process: str) -> bool:
    """True where it is gone, or nobody has asked yet how it ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


@pytest.mark.packets
def test_nothing_is_left_when_it_is_killed(tmp_path, plane):
    plane.apply(LB)
    worker = next(iter(Path(f"/proc/{plane.plane._process.pid}/task/{plane.plane._process.pid}/children").read_text().split()))
    plane.run(LB, "true")
    os.kill(plane.plane._process.pid, signal.SIGKILL)
    wait_until(lambda: has_ended(worker))
