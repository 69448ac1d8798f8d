"""A host that forbids user namespaces: everything is deployed, and the verification says that it could not run, why, and what would help."""

import os
import shutil
import subprocess
import sys

import pytest
from cli import LONGEST, Project

FORBIDDING = ["unshare", "-Ur", "sh", "-c", 'echo 0 >/proc/sys/user/max_user_namespaces; exec "$0" "$@"']


def forbids() -> bool:
    """True where such a host can be made here."""
    if sys.platform != "linux" or shutil.which("unshare") is None:
        return False
    script = "echo 0 >/proc/sys/user/max_user_namespaces"
    return subprocess.run(["unshare", "-Ur", "sh", "-c", script], capture_output=True, timeout=10, check=False).returncode == 0


@pytest.mark.skipif(os.name == "nt" or not forbids(), reason="no user namespaces here to forbid")
def test_deployed_but_not_verified(own_lab: Project) -> None:
    command = [*FORBIDDING, *own_lab.command("deploy", "--env", "lb", "--junit", "report.xml")]
    done = subprocess.run(
        command, cwd=own_lab.path, env=own_lab.environment(), stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=LONGEST, check=False
    )
    assert done.returncode == 4, done.stdout + done.stderr
    assert "  deployed main-lb" in done.stdout
    assert "The egress of lb was not verified (could not run)." in done.stdout
    assert "user.max_user_namespaces" in done.stdout
    assert "Traceback" not in done.stderr
    assert 'type="could not run"' in (own_lab.path / "report.xml").read_text()
