"""The release names the environments that there are, and commands and options that ./inv knows."""

import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import yaml

from orchestrator.environments import list_environments

ROOT = Path(__file__).resolve().parents[2]
RELEASE = re.sub(r"(?m)^\s*#.*\n", "", (ROOT / "azure-pipelines.yml").read_text(encoding="utf-8"))
STEP = (ROOT / "pipelines" / "inv.yml").read_text(encoding="utf-8")


def known_options() -> dict[str, set[str]]:
    """Task -> the options that it takes."""
    specification = spec_from_file_location("tasks_of_the_release", ROOT / "tasks.py")
    assert specification is not None
    assert specification.loader is not None
    tasks: Any = module_from_spec(specification)
    specification.loader.exec_module(tasks)
    named = {name: tasks.namespace[name] for name in tasks.namespace.task_names}
    return {name: {f"--{argument.name.replace('_', '-')}" for argument in task.get_arguments()} for name, task in named.items()}


def test_the_environments_are_those_there_are() -> None:
    parameters = {entry["name"]: entry for entry in yaml.safe_load(RELEASE)["parameters"]}
    assert sorted(parameters["environments"]["default"]) == sorted(list_environments(ROOT))


def test_commands_and_options_exist() -> None:
    known = known_options()
    calls = re.findall(r"\./inv ([\w.]+)((?: --?[\w-]+(?: [^-\s]\S*)?)*)", RELEASE)
    calls += re.findall(r"command: ([\w.]+)\n\s+options: (.*)", RELEASE)
    assert {command for command, _ in calls} >= {"check", "test", "build", "whatif", "deploy", "verify"}
    shared = set(re.findall(r"--[\w-]+", STEP.split("inlineScript:")[1].split("env:")[0])) - {"--query"}
    for command, words in calls:
        asked = set(re.findall(r"--[\w-]+", words)) | (shared if command in ("whatif", "deploy", "verify") else set())
        assert {option.replace("--no-", "--") for option in asked} <= known[command], (command, asked)
