"""Every file of the corpus: the official compiler's diagnostics at its places, and its template or parameters, in its order of keys, with its hashes."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from orchestrator.compiler import compile_file, compile_params
from orchestrator.model.diagnostics import Diagnostic, Level
from tests.compiler.harness import Official, find_official
from tests.corpora.bicep_corpus import CASES, DIFFERENCES, RELEASE, Said, ask, in_order, name_of, read_golden

by_name = pytest.mark.parametrize("path", CASES, ids=name_of)


def compiled(path: Path, generator: tuple[str, str]) -> tuple[Said, Any]:
    """What ours says of this very file, and the document."""
    if path.suffix == ".bicepparam":
        params = compile_params(path, environ={})
        document, diagnostics = params.parameters, params.diagnostics
    else:
        file = compile_file(path, generator=generator)
        document, diagnostics = file.template, file.diagnostics
    return in_order([[str(entry.level), entry.code, entry.line, entry.column] for entry in diagnostics if entry.path == path and not _is_ours(entry)]), document


def _is_ours(entry: Diagnostic) -> bool:
    """A warning that only we give: of what both compilers print, and the engine refuses."""
    return entry.code.startswith("AEO") and entry.level is Level.WARNING


def generator_of(document: Any) -> tuple[str, str]:
    """The stamp of a template, which its hash covers."""
    stamp = ((document or {}).get("metadata") or {}).get("_generator") or {"name": "bicep", "version": ""}
    return stamp["name"], stamp["version"]


def case_of(path: Path) -> object:
    """A case, marked where ours is known to differ."""
    reason = DIFFERENCES.get(name_of(path))
    return pytest.param(path, id=name_of(path), marks=[pytest.mark.xfail(strict=True, reason=reason)] if reason else [])


@pytest.mark.parametrize("path", [case_of(path) for path in CASES])
def test_as_the_official_compiler(path: Path) -> None:
    said, document = read_golden(path)
    ours, made = compiled(path, generator_of(document))
    assert ours == said
    assert json.dumps(made) == json.dumps(document)


@pytest.fixture(scope="module")
def official() -> Iterator[Official]:
    program = find_official()
    if program is None:
        pytest.skip("the official Bicep CLI is not here (BICEP, PATH or ../shared/official/bicep), or ICU is missing (apt-get install libicu72)")
    with Official(program) as found:
        if found.version() != RELEASE.read_text().strip():
            pytest.skip(f"the official Bicep CLI is {found.version()}, the corpus is from {RELEASE.read_text().strip()}")
        yield found


@pytest.mark.official
@by_name
def test_the_official_compiler_still_says_so(official: Official, path: Path) -> None:
    assert ask(official, path) == read_golden(path)
