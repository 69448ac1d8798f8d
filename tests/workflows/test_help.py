"""The list of tasks and their help teach, and cost next to nothing."""

import subprocess
import sys

import pytest
from cli import ROOT, Project

TASKS = [
    "bench",
    "build",
    "check",
    "deploy",
    "destroy",
    "envs",
    "explain",
    "format",
    "lint",
    "preflight",
    "report",
    "suggest",
    "test",
    "verify",
    "whatif",
    "bicep.cli",
    "bicep.install",
    "lab.down",
    "lab.env",
    "lab.firewall-log",
    "lab.log",
    "lab.status",
    "lab.up",
]


def test_every_task_is_listed(project: Project) -> None:
    ended = project.inv("--list")
    assert ended.status == 0
    assert [line.split()[0] for line in ended.out.splitlines()[2:] if line[2:3].strip()] == TASKS


@pytest.mark.parametrize("task", TASKS)
def test_a_task_has_help_for_all_its_options(task: str, project: Project) -> None:
    ended = project.inv("--help", task)
    assert ended.status == 0
    options = ended.out.partition("Options:")[2]
    assert all(len(line.split(None, 2)) > 1 for line in options.splitlines() if line.strip().startswith("-"))
    assert "Docstring:\n  none" not in ended.out


def test_listing_imports_nothing_heavy() -> None:
    code = "import sys, tasks; print([m for m in ('orchestrator.workflows', 'azure', 'rich', 'jsonschema', 'aiohttp') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=30, check=True)
    assert done.stdout == "[]\n"


def test_an_unknown_option_is_said(project: Project) -> None:
    ended = project.inv("deploy", "--envv", "udr")
    assert ended.status == 1
    assert "--envv" in ended.err
    assert "Traceback" not in ended.err
