"""Each broken variant, by the real command against a running lab: stopped before the first write, with code and remedy; the lab's request log shows it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from orchestrator.lab import lifecycle
from orchestrator.lab.directory import LabDirectory
from orchestrator.model.json_value import JsonObject
from orchestrator.reporting.outputs import Outputs
from orchestrator.workflows import deploy, preflight
from tests.broken.project_copy import copy_project, edit_project

VARIANTS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "variants.yaml").read_text())
WRITES = frozenset({"PUT", "POST", "PATCH", "DELETE"})
NOT_ABOUT_RESOURCES = ("/oauth2/", "/lab/")
"""Logging in is a POST; the lab's own surface is none of Azure's."""

NO_REFUSALS = frozenset({"BootEndpointDenied", "BootEndpointUnknown", "EmptyRuleList", "InvalidWildcard", "RepeatedPriority", "FqdnNetworkRule"})
"""What nodes suffer, and what the lint finds: nothing that AKS has a code for."""


@dataclass(frozen=True)
class Lab:
    """A running lab, and what it was asked."""

    directory: Path

    def requests(self) -> list[JsonObject]:
        """All requests until now."""
        return [json.loads(line) for line in LabDirectory(self.directory).requests.read_text().splitlines()]

    def writes(self) -> list[JsonObject]:
        """Those that would change something."""
        asked = (row for row in self.requests() if not any(part in row["path"] for part in NOT_ABOUT_RESOURCES))
        return [row for row in asked if row["method"] in WRITES]


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    path = tmp_path_factory.mktemp("broken-lab")
    lifecycle.ensure_started(path)
    yield path
    lifecycle.stop(path)


@pytest.fixture
def lab(directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lab:
    for name in ("CI", "TF_BUILD", "AZURE_SUBSCRIPTION_ID", "AZURE_AUTHORITY_HOST", "AZURE_RESOURCE_MANAGER_ENDPOINT", "ARM_CLOUD_METADATA_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AKS_LAB_DIR", str(directory))
    monkeypatch.chdir(copy_project(tmp_path / "project"))
    return Lab(directory)


def report() -> JsonObject:
    (environment,) = json.loads(Path("r.json").read_text())["environments"]
    return dict(environment)


@pytest.mark.parametrize("variant", VARIANTS, ids=[variant["name"] for variant in VARIANTS])
def test_a_variant_is_stopped_before_the_first_write(variant: dict[str, Any], lab: Lab) -> None:
    edit_project(Path(), variant)
    before = lab.writes()

    assert deploy.run(variant["environment"], "local", outputs=Outputs(json="r.json")) == variant["status"]
    assert lab.writes() == before

    candidates = [finding for finding in report()["findings"] if finding["code"] == variant["code"]]
    found = next(finding for finding in candidates if variant["message"] in finding["message"])
    assert found["severity"] == variant["severity"]
    assert found["remedy"]
    assert variant["remedy"] in found["remedy"]
    assert found["source"].startswith("https://")
    if variant["azure"] is None and variant["code"] not in NO_REFUSALS:
        assert "(Azure's code not known)" in found["message"]
    elif variant["azure"] not in (None, variant["code"]):
        assert f"(Azure's code: {variant['azure']})" in found["message"]
    assert preflight.run(variant["environment"], "local") == variant["status"]


def test_without_a_fault_the_same_log_shows_the_writes(lab: Lab) -> None:
    before = lab.writes()
    assert deploy.run("lb", "local", verify=False, yes=True) == 0
    new = [(row["method"], row["path"].rsplit("/", 2)[-2]) for row in lab.writes()[len(before) :]]
    assert ("PUT", "resourcegroups") in [(method, kind.lower()) for method, kind in new]
    assert ("PUT", "deployments") in new


def test_there_are_enough_of_each_kind() -> None:
    environments = [variant["environment"] for variant in VARIANTS]
    assert {name: environments.count(name) >= 4 for name in ("lb", "managed-natgw", "user-natgw", "udr")} == dict.fromkeys(set(environments), True)
    assert len(VARIANTS) >= 20
    assert {4, 3} == {variant["status"] for variant in VARIANTS}
