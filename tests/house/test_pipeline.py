"""The release names the environments that there are, and commands and options that ./inv knows."""

import re

import yaml

from orchestrator.environments import list_environments
from tests.house.commands import ROOT, known_options

RELEASE = re.sub(r"(?m)^\s*#.*\n", "", (ROOT / "azure-pipelines.yml").read_text(encoding="utf-8"))
STEP = (ROOT / "pipelines" / "inv.yml").read_text(encoding="utf-8")


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
