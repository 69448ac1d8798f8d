"""Load functions stay inside the project's root; paths into JSON find what they name."""

from pathlib import Path

import pytest

from orchestrator.compiler import compile_file
from orchestrator.compiler.artifacts.data_files import BadDataError, parse_yaml_file
from orchestrator.compiler.artifacts.json_path import BadPathError, select_tokens

STORE = {"items": [{"name": "a", "price": 1}, {"name": "b", "price": 5, "sold": True}], "deep": {"name": "c"}}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("$.deep.name", ["c"]),
        ("items[0].name", ["a"]),
        ("$['deep']['name']", ["c"]),
        ("$..name", ["a", "b", "c"]),
        ("$.items[*].price", [1, 5]),
        ("$.items[-1:].name", ["b"]),
        ("$.items[?(@.price > 3)].name", ["b"]),
        ("$.items[?(@.sold)].name", ["b"]),
        ("$.items[?(@.name == 'a' || @.price >= 5)].name", ["a", "b"]),
        ("$.nothing", []),
        ("$.items[7]", []),
    ],
)
def test_a_path_finds(path: str, found: list[object]) -> None:
    assert select_tokens(STORE, path) == found


@pytest.mark.parametrize("path", ["$.items[", "$.items[x]", "$.items[?(@.price >)]"])
def test_a_bad_path_is_refused(path: str) -> None:
    with pytest.raises(BadPathError):
        select_tokens(STORE, path)


@pytest.mark.parametrize("text", ["", "a: [1", "a: 1\n b: 2\n- c"])
def test_bad_yaml_is_refused(text: str) -> None:
    with pytest.raises(BadDataError):
        parse_yaml_file(text)


def test_a_file_outside_the_project_needs_leave(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("outside")
    project = tmp_path / "project"
    (project / ".git").mkdir(parents=True)
    source = project / "main.bicep"
    source.write_text("output o string = loadTextContent('../secret.txt')\n")
    refused = compile_file(source)
    assert refused.template is None
    assert [entry.code for entry in refused.diagnostics if entry.level == "error"] == ["AEO002"]
    lifted = compile_file(source, allow_outside=True)
    assert lifted.template is not None
    assert lifted.template["variables"] == {"$fxv#0": "outside"}


def test_a_link_out_of_the_project_is_outside(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("outside")
    project = tmp_path / "project"
    (project / ".git").mkdir(parents=True)
    (project / "link.txt").symlink_to(tmp_path / "secret.txt")
    (project / "main.bicep").write_text("output o string = loadTextContent('link.txt')\n")
    assert [entry.code for entry in compile_file(project / "main.bicep").diagnostics if entry.level == "error"] == ["AEO002"]
