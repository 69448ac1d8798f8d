"""What the documents name is there: files, commands of ./inv, and their options."""

import re
from pathlib import Path

import pytest

from orchestrator.workflows.exit_status import ExitStatus
from tests.house.commands import ROOT, known_options

PATTERNS = ("*.md", "docs/*.md", "orchestrator/*.md", "benchmarks/*.md", "tests/*/*.md")
DOCUMENTS = [path for pattern in PATTERNS for path in sorted(ROOT.glob(pattern))]
NOT_OURS = {"Azure/aks-deployer", "pkg/apierror"}
"""Paths in somebody else's repositories. What is below out/ is there once a command has written it."""

OTHER_PROGRAMS = {"docs/bicep.md", "benchmarks/README.md", "tests/fuzz/README.md"}
"""Documents whose options are those of other programs than ./inv."""

_PATH = re.compile(r"`([\w.-]+(?:/[\w.-]+)+/?|[\w-]+\.(?:py|md|yml|toml))`")
_LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)")
_COMMAND = re.compile(r"\./inv ([a-z][\w.-]*)([^`\n|#]*)")
_OPTION = re.compile(r"(?<!\S)\[?(--[a-z][\w-]*)")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_the_files_are_there(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    paths = {path for path in _PATH.findall(text) if path not in NOT_OURS and not path.startswith("out/")}
    assert sorted(path for path in paths if not any((base / path).exists() for base in (ROOT, document.parent, ROOT / "orchestrator"))) == []
    assert sorted(link for link in _LINK.findall(text) if not (document.parent / link).exists()) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_the_commands_and_options_are_there(document: Path) -> None:
    known, text = known_options(), document.read_text(encoding="utf-8")
    for command, words in _COMMAND.findall(text):
        options = {option.replace("--no-", "--") for option in _OPTION.findall(words.partition(" -- ")[0])} - {"--help"}
        assert options <= known[command], (command, words)
    if name_of(document) not in OTHER_PROGRAMS:
        alone = {option.replace("--no-", "--") for option in re.findall(r"`(--[a-z][\w-]*)[` ]", text)}
        assert alone <= set().union(*known.values()) | {"--counterfactual"}


def test_every_command_is_in_the_readme() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = {name.rpartition(".")[2] for name in known_options()} - {"cli", "install"}
    assert {name for name in commands if not re.search(rf"`(?:\./inv (?:lab\.)?|\.)?{name}\b", text)} == set()


def test_the_exit_statuses_are_those_of_the_readme() -> None:
    rows = re.findall(r"(?m)^\| (\d+) \|", (ROOT / "README.md").read_text(encoding="utf-8").partition("| exit status |")[2])
    assert [int(row) for row in rows] == sorted(ExitStatus)
