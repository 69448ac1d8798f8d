"""Commands as whole processes: what stands on stdout, in files, and in the exit status."""

import json

import pytest
from cli import ROOT, Project

from orchestrator.clients.official_bicep import find_official_bicep

BESIDE = ROOT.parent / "shared" / "official" / "bicep"
NAMES = ["lb", "managed-natgw", "udr", "user-natgw"]


def test_whatif_covers_all_environments_and_writes_nothing(project: Project) -> None:
    ended = project.inv("whatif", "--json", "-", "--summary", "out/whatif.md")
    assert ended.status == 0, ended.err
    report = json.loads(ended.out)
    assert (report["version"], report["command"]) == (1, "whatif")
    assert [environment["name"] for environment in report["environments"]] == NAMES
    assert {environment["whatIf"]["source"] for environment in report["environments"]} == {"snapshot"}
    lines = ended.err.splitlines()
    assert lines[0].startswith("LAB  local target: nothing is deployed to Azure")
    assert lines[-1].startswith("LAB  local target: nothing was deployed to Azure")
    assert (project.path / "out" / "whatif.md").read_text().count("**Lab: nothing was deployed to Azure.**") == 4
    assert project.inv("envs").out.count("  no\n") == 4


def test_whatif_says_by_its_status_that_there_are_changes(project: Project) -> None:
    assert project.inv("whatif", "--env", "lb", "--exit-code").status == 2


def test_what_is_not_deployed_cannot_be_verified_but_destroyed(project: Project) -> None:
    ended = project.inv("verify", "--env", "lb")
    assert ended.status == 1
    assert ended.err == "error NotDeployed: lb is not deployed: there is no resource group rg-aks-lb\n    fix: Run ./inv deploy --env lb\n"
    assert project.inv("destroy", "--env", "lb").status == 0


def test_build_writes_the_documents(project: Project) -> None:
    ended = project.inv("build", "--env", "lb,udr")
    assert (ended.status, ended.err) == (0, "")
    template = json.loads((project.path / "out" / "udr" / "template.json").read_text())
    assert template["$schema"].endswith("deploymentTemplate.json#")
    assert json.loads((project.path / "out" / "lb" / "parameters.json").read_text())["contentVersion"] == "1.0.0.0"


@pytest.mark.official
def test_the_official_compiler_makes_the_same(project: Project) -> None:
    bicep = find_official_bicep() or (BESIDE if BESIDE.is_file() else None)
    if bicep is None:
        pytest.skip("the official Bicep CLI is not here")
    ended = project.inv("build", "--compare", BICEP=str(bicep))
    assert ended.status == 0, ended.out + ended.err
    assert ended.out.splitlines() == [f"  {name}: ours and the official compiler agree" for name in NAMES]


def test_a_report_that_cannot_be_written_is_said(project: Project) -> None:
    (project.path / "out").write_text("a file, where a folder is needed")
    ended = project.inv("whatif", "--env", "lb", "--json", "out/report.json")
    assert ended.status == 1
    assert ended.err.startswith("error: cannot write out/report.json: ")
