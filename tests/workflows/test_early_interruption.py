"""Ctrl-C while ./inv still loads modules: it ends at once, as an interrupted program does, without a traceback."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from cli import ROOT, Project

SLOW_TASKS = "import time\nprint('loading', flush=True)\ntime.sleep(60)\n"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
def test_ctrl_c_while_modules_are_loaded(tmp_path: Path) -> None:
    (tmp_path / "tasks.py").write_text(SLOW_TASKS)
    program = (ROOT / "inv").read_text(encoding="utf-8").split('INVOKE = """\\\n')[1].split('"""')[0]
    command = [sys.executable, "-c", program, "--search-root", str(tmp_path), "preflight"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "loading\n"
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert process.returncode == -signal.SIGINT, err
    assert err == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_stdout_that_takes_nothing_is_said(project: Project) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            project.command("preflight", "--env", "lb"), cwd=project.path, env=project.environment(), stdin=subprocess.DEVNULL, stdout=full,
            stderr=subprocess.PIPE, text=True, timeout=60, check=False,
        )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert "error: cannot write to stdout: No space left on device" in done.stderr
