"""The linter's rules: each is registered, documented, has a file and a folder of the corpus."""

from pathlib import Path

import pytest

from orchestrator.compiler.rules import RULES
from tests.corpora.bicep_corpus import BICEP, CASES, read_golden

LINTER = BICEP / "linter"
FOLDERS = sorted(folder for folder in LINTER.iterdir() if folder.is_dir())


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_case_has_what_is_found_and_what_is_not(folder: Path) -> None:
    """tests/corpora holds each rule to what the official linter says; here each has something to say, and something to pass over."""
    sources = [path for path in CASES if path.is_relative_to(folder)]
    said = {path: {entry[2] for entry in read_golden(path)[0] if entry[1] == folder.name} for path in sources}
    assert any(said.values())
    assert any(len(lines) < len(path.read_text().splitlines()) for path, lines in said.items())


def test_each_rule_is_registered_once_documented_and_has_a_case() -> None:
    codes = [rule.code for rule in RULES]
    assert len(codes) == len(set(codes))
    assert {folder.name for folder in FOLDERS} == set(codes)
    for rule in RULES:
        assert rule.what.endswith(".")
        assert rule.remedy.endswith((".", "'"))


def test_each_rule_has_a_file_of_its_name() -> None:
    folder = Path(__file__).parents[3] / "orchestrator" / "compiler" / "rules"
    files = {path.stem.replace("_", "").lower() for path in folder.glob("*.py") if path.stem != "__init__"}
    assert files == {rule.code.replace("-", "") for rule in RULES}
