"""Stack files: what they say, and every problem of one at once, where it stands."""

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from orchestrator.environments.stack_file import SCHEMA_FILE, load_stack
from orchestrator.model.errors import UserError

WHOLE = """\
- file: hub.bicep
  values: {location: westeurope, password: hunter2}
  resourceGroup: rg-hub
- {file: hub.bicep, parameters: hub.parameters.json, subscription: 3f2c6a10-7c1e-4a55-9d0b-0c8f3a5e1b77, location: northeurope, existing: true}
- file: spoke/main.bicepparam
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "spoke").mkdir()
    for name in ("hub.bicep", "hub.parameters.json", "spoke/main.bicepparam"):
        (tmp_path / name).touch()
    return tmp_path


def load(folder: Path, text: str) -> list[str]:
    """`line:column code: message (remedy)` of every problem."""
    path = folder / "stack.yaml"
    path.write_text(text)
    with pytest.raises(UserError) as raised:
        load_stack(path)
    assert not raised.value.problems
    assert "hunter2" not in str(raised.value) + str(raised.value.diagnostics)
    return [f"{one.span.start.line}:{one.span.start.column} {one.code}: {one.message} ({one.remedy})" for one in raised.value.diagnostics]


def test_a_whole_one(folder: Path) -> None:
    (folder / "stack.yaml").write_text(WHOLE)
    first, second, third = load_stack(folder / "stack.yaml")
    assert (first.name, first.where, first.file, first.values) == (
        "hub.bicep (1)",
        "stack.yaml:1:3",
        folder / "hub.bicep",
        {"location": "westeurope", "password": "hunter2"},
    )
    assert (first.parameters, first.subscription, first.resource_group, first.location, first.existing) == (None, None, "rg-hub", None, False)
    assert (second.name, second.parameters, second.location, second.existing) == ("hub.bicep (2)", folder / "hub.parameters.json", "northeurope", True)
    assert (third.name, third.values) == ("spoke/main.bicepparam", None)


def test_every_problem_at_once(folder: Path) -> None:
    text = """\
- file: hub.bicepp
  resourcegroup: rg
- file: hubb.bicep
  values: 3
  location: West Europe
- resourceGroup: rg
  subscription: mine
  file: hub.bicep
  parameters: spoke/main.bicepparm
- {}
"""
    found = [line.partition(" (")[0] for line in load(folder, text)]
    assert found == [
        "1:9 InvalidValue: [0].file: 'hub.bicepp' has not the form that is expected",
        "1:9 MissingFile: [0].file: there is no file 'hub.bicepp'",
        "2:3 UnknownKey: [0]: unknown key 'resourcegroup'",
        "3:9 MissingFile: [1].file: there is no file 'hubb.bicep'",
        "4:11 WrongType: [1].values: expected an object, but 3 is a whole number",
        "5:13 InvalidValue: [1].location: 'West Europe' has not the form that is expected",
        "7:17 InvalidValue: [2].subscription: 'mine' has not the form that is expected",
        "9:15 InvalidValue: [2].parameters: 'spoke/main.bicepparm' has not the form that is expected",
        "9:15 MissingFile: [2].parameters: there is no file 'spoke/main.bicepparm'",
        "10:3 MissingKey: [3]: the key 'file' is missing",
    ]


def test_it_says_what_was_meant(folder: Path) -> None:
    found = load(folder, "- file: hubb.bicep\n  resourcegroup: rg\n")
    assert [line.partition(" (")[2] for line in found] == ["did you mean 'hub.bicep'?)", "did you mean 'resourceGroup'?)"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "1:1 MissingKey: the file is empty (None)"),
        ("[]", "1:1 InvalidValue: this list does not satisfy 'minItems'"),
        ("file: hub.bicep", "1:1 WrongType: expected a list, but this value is an object"),
        ("- file: hub.bicep\n  file: hub.bicep", "2:3 DuplicateKey: the key 'file' stands twice in one mapping; first in line 1 (None)"),
        ("- file: hub.bicep\n  values:\n    a: !!python/object hunter2", "3:8 UnsupportedTag"),
        ("- file: hub.bicep\n  values: {a: hunter2", "2:"),
    ],
)
def test_it_is_no_list_of_files(folder: Path, text: str, problem: str) -> None:
    (found,) = load(folder, text)
    assert found.startswith(problem.replace("this list does not satisfy 'minItems'", "expected at least 1 entries"))


def test_a_line_that_may_hold_a_secret_is_not_shown(folder: Path) -> None:
    path = folder / "stack.yaml"
    path.write_text("- file: hub.bicep\n  values:\n    a: hunter2\n    a: hunter2\n")
    with pytest.raises(UserError) as raised:
        load_stack(path)
    assert [one.source_line for one in raised.value.diagnostics] == [None]


def test_there_is_no_stack_file(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="there is no stack file"):
        load_stack(tmp_path / "stack.yaml")


def test_the_schema_is_one() -> None:
    import json

    Draft202012Validator.check_schema(json.loads(SCHEMA_FILE.read_text()))
