"""What the compiler is given, and what it stamps; what it prints of our own Bicep can be parsed. Templates are held to the official ones in tests/corpora."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from orchestrator.arm.expressions import parse_template_string, print_template_string
from orchestrator.compiler import compile_file, compile_params
from orchestrator.compiler.compile import GENERATOR
from orchestrator.compiler.configuration import Configuration
from orchestrator.model import release
from tests.compiler.harness import PROJECT
from tests.corpora.bicep_corpus import BICEP

TOPOLOGIES = sorted((PROJECT / "bicep").rglob("*.bicep"))


def test_the_environment_is_passed_in() -> None:
    compiled = compile_params(BICEP / "parameters_more" / "values.bicepparam", environ={"NO_SUCH_VARIABLE": "given"})
    assert compiled.parameters is not None
    assert compiled.parameters["parameters"]["name"] == {"value": "a-given"}


def expressions(value: Any) -> list[str]:
    """Every string of a template that is an expression, keys included."""
    if isinstance(value, dict):
        return [text for key, inner in value.items() for text in (*expressions(key), *expressions(inner))]
    if isinstance(value, list):
        return [text for inner in value for text in expressions(inner)]
    return [value] if isinstance(value, str) and value.startswith("[") and value.endswith("]") and not value.startswith("[[") else []


@pytest.mark.parametrize("path", TOPOLOGIES, ids=lambda path: path.stem)
def test_what_is_printed_can_be_parsed(path: Path) -> None:
    found = expressions(compile_file(path).template)
    assert found
    assert [print_template_string(parse_template_string(text)) for text in found] == found


def test_the_stamp_is_the_projects_name_and_version() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]
    assert (project["name"], project["version"]) == GENERATOR == (release.NAME, release.VERSION)


def test_a_configuration_and_a_text_are_passed_in(tmp_path: Path) -> None:
    (path := tmp_path / "main.bicep").write_text("param a string\n")
    (params := tmp_path / "main.bicepparam").write_text("using 'main.bicep'\nparam a = 'disk'\n")
    levels = {"analyzers": {"core": {"rules": {"no-unused-params": {"level": "off"}}}}}
    assert compile_file(path, configuration=Configuration(None, levels)).diagnostics == ()
    compiled = compile_params(params, text="using 'main.bicep'\nparam a = 'given'\n", configuration=Configuration(None, levels))
    assert compiled.parameters is not None
    assert compiled.parameters["parameters"] == {"a": {"value": "given"}}
