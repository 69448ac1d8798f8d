"""Every option of the five commands, ours and the official one's answers on one set of files: exit status, stdout, files, places of diagnostics."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

import pytest
from side_by_side import HERE, STAMP, Case, ask_official, observe, official_is_missing, read_cases

from orchestrator.workflows.bicep_cli import run
from orchestrator.workflows.bicep_cli.options import COMMANDS

RECORDED = json.loads((HERE / "recorded.json").read_text(encoding="utf-8"))["cases"]
CASES = read_cases()
ALL = bool(os.environ.get("BICEP_CLI_ASK_ALL"))  # four minutes
OWN = {"--generator"}


@pytest.fixture
def ask_ours(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch):
    def runner(words: tuple[str, ...], environ: Mapping[str, str], folder: Path) -> tuple[int, bytes, bytes]:
        monkeypatch.chdir(folder)
        status = run(words, {**environ, "BICEP_CLI_GENERATOR": STAMP})
        said = capsysbinary.readouterr()
        return status, said.out, said.err

    return runner


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text)
def test_ours_does_as_the_official_one_did(case: Case, ask_ours, tmp_path: Path) -> None:
    assert observe(case, tmp_path / "files", ask_ours) == RECORDED[case.text]


@pytest.mark.official
@pytest.mark.skipif(official_is_missing() is not None, reason=official_is_missing() or "")
@pytest.mark.parametrize("case", [case for case in CASES if case.asked or ALL], ids=lambda case: case.text)
def test_the_official_one_still_does(case: Case, tmp_path: Path) -> None:
    assert observe(case, tmp_path / "files", ask_official) == RECORDED[case.text]


def test_each_option_is_asked_of_both() -> None:
    for command in COMMANDS:
        words = [word.partition("=")[0].partition(":")[0] for case in CASES if case.asked and case.words[0] == command.name for word in case.words]
        assert {option.name for option in command.options} - OWN <= set(words), command.name
