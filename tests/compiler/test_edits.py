"""What a slip of the hand in our own Bicep gives: misspelt, mistyped, missing and read-only properties, each on its line with the official code.

corpora/edits.json: the file below bicep/, the text that stands there, what is written instead, and what the official compiler says: [line, code, level].
"""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from orchestrator.compiler import compile_file
from orchestrator.model.diagnostics import Level
from tests.compiler.harness import CORPORA, PROJECT, RELEASE, Official, find_official

EDITS: list[dict[str, Any]] = json.loads((CORPORA / "edits.json").read_text())
NAMES = [f"{number}-{Path(edit['file']).stem}" for number, edit in enumerate(EDITS)]


@pytest.fixture
def edited(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of bicep/ with one slip in it."""
    edit = request.param
    shutil.copytree(PROJECT / "bicep", tmp_path / "bicep")
    path = tmp_path / "bicep" / edit["file"]
    text = path.read_text()
    assert edit["old"] in text, "the file has changed: change corpora/edits.json too"
    path.write_text(text.replace(edit["old"], edit["new"], 1))
    return path


@pytest.fixture(scope="module")
def official() -> Iterator[Official]:
    program = find_official()
    if program is None:
        pytest.skip("the official Bicep CLI is not here (BICEP, PATH or ../shared/official/bicep), or ICU is missing (apt-get install libicu72)")
    with Official(program) as found:
        if found.version() != RELEASE.read_text().strip():
            pytest.skip(f"the official Bicep CLI is {found.version()}, the goldens are from {RELEASE.read_text().strip()}")
        yield found


def test_there_are_thirty_and_more() -> None:
    assert len(EDITS) >= 30
    assert {code for edit in EDITS for _, code, _ in edit["says"]} >= {"BCP035", "BCP036", "BCP037", "BCP073", "BCP089"}


@pytest.mark.parametrize(("edited", "says"), [(edit, edit["says"]) for edit in EDITS], indirect=["edited"], ids=NAMES)
def test_a_slip_is_found_on_its_line(edited: Path, says: list[list[Any]]) -> None:
    found = [[entry.line, entry.code, str(entry.level)] for entry in compile_file(edited).diagnostics if entry.path == edited and entry.level is not Level.INFO]
    assert sorted(found) == says


@pytest.mark.official
@pytest.mark.parametrize(("edited", "says"), [(edit, edit["says"]) for edit in EDITS], indirect=["edited"], ids=NAMES)
def test_the_official_compiler_says_the_same(official: Official, edited: Path, says: list[list[Any]]) -> None:
    found = [[line, code, level] for level, code, line, _ in official.compile(edited)[1]]
    assert sorted(found) == says
