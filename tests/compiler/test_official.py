"""The official compiler, where it is found: it says of bicep/ and parameters/ what we say (tests/corpora has the rest)."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestrator.compiler import compile_file, compile_params
from orchestrator.model.diagnostics import Level
from tests.compiler.harness import PROJECT, RELEASE, Official, find_official, generator_of

pytestmark = pytest.mark.official
SOURCES = sorted([*(PROJECT / "bicep").rglob("*.bicep"), *(PROJECT / "parameters").glob("*.bicepparam")])


@pytest.fixture(scope="module")
def official() -> Iterator[Official]:
    program = find_official()
    if program is None:
        pytest.skip("the official Bicep CLI is not here (BICEP, PATH or ../shared/official/bicep), or ICU is missing (apt-get install libicu72)")
    with Official(program) as found:
        if found.version() != RELEASE.read_text().strip():
            pytest.skip(f"the official Bicep CLI is {found.version()}, the goldens are from {RELEASE.read_text().strip()}")
        yield found


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_bicep_and_parameters(official: Official, path: Path) -> None:
    document, said = official.compile(path)
    assert said == []
    if path.suffix == ".bicepparam":
        ours = compile_params(path)
        assert json.dumps(ours.parameters) == json.dumps(document)
    else:
        ours = compile_file(path, generator=generator_of(document))
        assert json.dumps(ours.template) == json.dumps(document)
    assert [entry for entry in ours.diagnostics if entry.level is not Level.INFO] == []
