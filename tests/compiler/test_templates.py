"""Templates and parameter files: the same as the official compiler's, in the same order of keys, with the same hashes."""

import json
from pathlib import Path
from typing import Any

import pytest

from orchestrator.arm.expressions import parse_template_string, print_template_string
from orchestrator.compiler import compile_file, compile_params
from orchestrator.model.diagnostics import Level
from tests.compiler.harness import PARAMETERS, PROJECT, TEMPLATES, generator_of, golden_of

TOPOLOGIES = sorted((PROJECT / "bicep").rglob("*.bicep"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_a_template_is_the_official_one(path: Path) -> None:
    golden = json.loads(golden_of(path).read_text())
    compiled = compile_file(path, generator=generator_of(golden))
    assert [entry for entry in compiled.diagnostics if entry.level is Level.ERROR] == []
    assert compiled.template == golden
    assert json.dumps(compiled.template) == json.dumps(golden)


@pytest.mark.parametrize("path", PARAMETERS, ids=lambda path: path.stem)
def test_a_parameters_file_is_the_official_one(path: Path) -> None:
    compiled = compile_params(path, environ={})
    assert json.dumps(compiled.parameters) == json.dumps(json.loads(golden_of(path).read_text()))


def test_the_environment_is_passed_in() -> None:
    compiled = compile_params(PARAMETERS[0], environ={"NO_SUCH_VARIABLE": "given"})
    assert compiled.parameters is not None
    assert compiled.parameters["parameters"]["name"] == {"value": "a-given"}


def expressions(value: Any) -> list[str]:
    """Every string of a template that is an expression, keys included."""
    if isinstance(value, dict):
        return [text for key, inner in value.items() for text in (*expressions(key), *expressions(inner))]
    if isinstance(value, list):
        return [text for inner in value for text in expressions(inner)]
    return [value] if isinstance(value, str) and value.startswith("[") and value.endswith("]") and not value.startswith("[[") else []


@pytest.mark.parametrize("path", [*TEMPLATES, *TOPOLOGIES], ids=lambda path: path.stem)
def test_what_is_printed_can_be_parsed(path: Path) -> None:
    found = expressions(compile_file(path).template)
    assert found
    assert [print_template_string(parse_template_string(text)) for text in found] == found
