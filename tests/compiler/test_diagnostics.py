"""Diagnostics: each shows its line, names what is near, and stands where its file does (tests/corpora has codes and places)."""

from pathlib import Path

import pytest

from orchestrator.compiler import compile_file, compile_params
from orchestrator.model.diagnostics import Diagnostic
from orchestrator.model.errors import UserError
from tests.corpora.bicep_corpus import CASES, name_of, read_golden

INVALID = [path for path in CASES if read_golden(path)[1] is None]


def compiled(path: Path) -> tuple[object, tuple[Diagnostic, ...]]:
    """The document, and what was said about this file."""
    if path.suffix == ".bicepparam":
        params = compile_params(path, environ={})
        return params.parameters, tuple(entry for entry in params.diagnostics if entry.path == path)
    file = compile_file(path)
    return file.template, tuple(entry for entry in file.diagnostics if entry.path == path)


@pytest.mark.parametrize("path", INVALID, ids=name_of)
def test_each_shows_its_line(path: Path) -> None:
    lines = path.read_text().split("\n")
    for entry in compiled(path)[1]:
        assert entry.source_line == lines[entry.line - 1]
        assert entry.message


@pytest.mark.parametrize(
    ("source", "remedy"),
    [
        ("output a string = toLwer('x')", "Did you mean 'toLower'?"),
        ("param location string\noutput a string = locaton", "Did you mean 'location'?"),
        ("param a strin", "Did you mean 'string'?"),
        ("output a string = resourceGroup().locaton", "Did you mean 'location'?"),
        ("param a 'Standard' | 'Premium' = 'Standart'", "Did you mean ''Standard''?"),
        ("@descripton('x')\nparam a string", "Did you mean 'description'?"),
    ],
)
def test_a_near_name_is_named(tmp_path: Path, source: str, remedy: str) -> None:
    (path := tmp_path / "main.bicep").write_text(source)
    assert remedy in [entry.remedy for entry in compile_file(path).diagnostics]


def test_what_is_not_supported_says_so(tmp_path: Path) -> None:
    (path := tmp_path / "main.bicep").write_text("param a resource 'Microsoft.Storage/storageAccounts@2023-01-01'\noutput b string = a.id\n")
    result = compile_file(path)
    assert result.template is None
    assert [(entry.code, entry.line, entry.column) for entry in result.diagnostics] == [("AEO001", 1, 9)]


def test_an_error_below_leaves_no_template(tmp_path: Path) -> None:
    (tmp_path / "below.bicep").write_text("output a string = nothing\n")
    (path := tmp_path / "main.bicep").write_text("module below 'below.bicep' = {\n  name: 'below'\n}\n")
    result = compile_file(path)
    assert result.template is None
    assert sorted((entry.path.name, entry.code, entry.line) for entry in result.diagnostics) == [("below.bicep", "BCP057", 1), ("main.bicep", "BCP104", 1)]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no readable file"):
        compile_file(tmp_path / "none.bicep")


def test_the_levels_come_from_bicepconfig(tmp_path: Path) -> None:
    (path := tmp_path / "main.bicep").write_text("param a string\n#disable-next-line no-unused-params\nparam b string\n")
    assert [(str(entry.level), entry.line) for entry in compile_file(path).diagnostics] == [("warning", 1)]
    (tmp_path / "bicepconfig.json").write_text('{ "analyzers": { "core": { "rules": { "no-unused-params": { "level": "error" } } } } } // levels\n')
    result = compile_file(path)
    assert [(str(entry.level), entry.line) for entry in result.diagnostics] == [("error", 1)]
    assert result.template is None


def test_a_trailing_comma_in_bicepconfig_is_refused(tmp_path: Path) -> None:
    (path := tmp_path / "main.bicep").write_text("param a string\n")
    (tmp_path / "bicepconfig.json").write_text('{ "analyzers": {}, }\n')
    with pytest.raises(UserError) as raised:
        compile_file(path)
    assert [problem.code for problem in raised.value.problems] == ["BCP271"]
