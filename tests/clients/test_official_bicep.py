"""The official Bicep CLI: where it is looked for, what its lines say, and, where it is, what it makes."""

from pathlib import Path

import pytest

from orchestrator.clients.official_bicep import compile_officially, find_official_bicep, get_official_bicep, read_diagnostics
from orchestrator.model.errors import UserError

BESIDE = Path(__file__).resolve().parents[3] / "shared" / "official" / "bicep"


def make_program(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_it_is_looked_for_in_three_places(tmp_path: Path) -> None:
    named, on_path, by_az = (make_program(tmp_path / name) for name in ("a/mine", "b/bicep", "home/.azure/bin/bicep"))
    everywhere = {"BICEP": str(named), "PATH": str(on_path.parent), "HOME": str(tmp_path / "home")}
    assert find_official_bicep(everywhere) == named
    assert find_official_bicep(everywhere | {"BICEP": ""}) == on_path
    assert find_official_bicep({"PATH": str(tmp_path), "HOME": str(tmp_path / "home")}) == by_az
    assert find_official_bicep({"PATH": str(tmp_path), "HOME": str(tmp_path)}) is None


def test_none_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(UserError) as raised:
        get_official_bicep({"PATH": str(tmp_path), "HOME": str(tmp_path)})
    assert "az bicep install" in (raised.value.problems[0].remedy or "")


def test_a_wrong_variable_is_no_other_compiler(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="the variable BICEP names"):
        find_official_bicep({"BICEP": str(tmp_path / "none"), "PATH": "/usr/bin"})


def test_its_lines_become_diagnostics(tmp_path: Path) -> None:
    source = tmp_path / "a (1).bicep"
    source.write_text("param x string\noutput y string = z\n")
    text = f'WARNING: something\n{source}(2,19) : Error BCP057: The name "z" (of a symbol): unknown. [https://aka.ms/bicep/core-diagnostics#BCP057]\n'
    (found,) = read_diagnostics(text)
    assert (found.level, found.code, found.message) == ("error", "BCP057", 'The name "z" (of a symbol): unknown.')
    assert (found.path, found.line, found.column, found.source_line) == (source, 2, 19, "output y string = z")


@pytest.mark.official
def test_it_compiles_parameters_and_their_template(tmp_path: Path) -> None:
    bicep = find_official_bicep() or (BESIDE if BESIDE.is_file() else None)
    if bicep is None:
        pytest.skip("the official Bicep CLI is not here")
    (tmp_path / "t.bicep").write_text("param x string\noutput y string = x\n")
    (tmp_path / "t.bicepparam").write_text("using 't.bicep'\nparam x = 'v'\n")
    made = compile_officially(bicep, tmp_path / "t.bicepparam")
    assert made.parameters is not None
    assert made.template is not None
    assert made.parameters["parameters"] == {"x": {"value": "v"}}
    assert made.template["parameters"] == {"x": {"type": "string"}}
    assert made.diagnostics == ()
    (tmp_path / "t.bicep").write_text("param x string\noutput y string = z\n")
    broken = compile_officially(bicep, tmp_path / "t.bicepparam")
    assert (broken.template, broken.parameters) == (None, None)
    assert "BCP057" in [diagnostic.code for diagnostic in broken.diagnostics]
