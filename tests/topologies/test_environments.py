"""Every environment of the project: build, deploy, deploy again (nothing changes), what-if (no change), verify, destroy. A new one needs no Python."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestrator.clients.connection import Connection, connect
from orchestrator.clients.resource_groups import find_resource_group
from orchestrator.clients.resources import read_resources
from orchestrator.environments import list_environments, load_environment
from orchestrator.lab import lifecycle
from orchestrator.model.json_value import JsonObject
from orchestrator.model.targets import Target
from orchestrator.reporting.outputs import Outputs
from orchestrator.workflows import build, deploy, destroy, verify, whatif

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def connection(lab: Target) -> Iterator[Connection]:
    opened = connect(lab, {})
    yield opened
    opened.close()


def report(path: Path) -> JsonObject:
    """The one environment of a report."""
    (environment,) = json.loads(path.read_text())["environments"]
    return dict(environment)


def bodies(connection: Connection, group: str) -> dict[str, JsonObject]:
    return {body["id"].lower(): body for body in read_resources(connection, group)}


@pytest.mark.parametrize("name", list_environments(ROOT))
def test_an_environment(name: str, connection: Connection, lab_directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    environment = load_environment(ROOT, name)
    proven = 0 if lifecycle.status(lab_directory)["dataPlane"]["available"] else 4
    outputs = Outputs(json=str(tmp_path / "report.json"))

    assert whatif.run(name, "local", outputs=outputs) == 0
    preview = report(tmp_path / "report.json")["whatIf"]
    assert (preview["source"], preview["hasChanges"]) == ("snapshot", True)
    assert find_resource_group(connection, environment.resource_group) is None

    assert deploy.run(name, "local", timeout="3", outputs=outputs) == proven, report(tmp_path / "report.json")["verification"]
    first = bodies(connection, environment.resource_group)
    predicted = {change["resourceId"].lower() for change in preview["changes"]}
    assert {id_ for id_ in predicted if "/roleassignments/" not in id_} <= set(first)

    assert deploy.run(name, "local", verify=False) == 0
    assert bodies(connection, environment.resource_group) == first

    assert whatif.run(name, "local", exit_code=True, outputs=outputs) == 0
    assert report(tmp_path / "report.json")["whatIf"]["hasChanges"] is False

    assert verify.run(name, "local", timeout="3", outputs=outputs) == proven
    assert {check["status"] for check in report(tmp_path / "report.json")["verification"]["checks"]} <= {"passed"}

    assert destroy.run(name, "local") == 0
    assert find_resource_group(connection, environment.resource_group) is None
    assert destroy.run(name, "local") == 0


def test_every_environment_builds_what_it_deploys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("bicep", "parameters"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    monkeypatch.chdir(tmp_path)
    assert build.run() == 0
    written = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.json")}
    assert written == {f"{name}/{file}.json" for name in list_environments(ROOT) for file in ("template", "parameters")}
