"""`preflight`, and what it stops `deploy` from: in the process, in a copy of the project; the lab is not even started."""

import json
import os

import pytest
from cli import Project

from orchestrator.model.json_value import JsonObject
from orchestrator.reporting.outputs import Outputs
from orchestrator.workflows import deploy, preflight

NAMES = ("lb", "managed-natgw", "udr", "user-natgw")
UDR = "bicep/topologies/udr.bicep"


def read(project: Project) -> JsonObject:
    (environment,) = json.loads((project.path / "r.json").read_text())["environments"]
    return dict(environment)


def names_instead_of_the_tag(project: Project, names: str) -> None:
    project.edit(UDR, r"^            fqdnTags: \['AzureKubernetesService'\]$", f"            targetFqdns: [{names}]")


@pytest.mark.parametrize("name", NAMES)
def test_every_topology_passes_with_its_assumptions_counted(name: str, copy: Project) -> None:
    assert preflight.run(name, outputs=Outputs(json="r.json")) == 0
    found = read(copy)["preflight"]
    assert found["status"] == "passed"
    assert {one["standing"] for one in found["endpoints"]} == {"met"}
    assert bool(found["assumptions"]) is (name == "udr")
    assert [one["demand"] for one in found["snat"]] == [500]
    assert not copy.lab.exists()


def test_nodes_that_would_not_boot_stop_a_deployment(copy: Project, capsys: pytest.CaptureFixture[str]) -> None:
    names_instead_of_the_tag(copy, "'mcr.microsoft.com', '*.data.mcr.microsoft.com'")
    assert preflight.run("udr", outputs=Outputs(json="r.json", junit="r.xml")) == 3
    assert read(copy)["preflight"]["status"] == "failed"
    assert 'type="error"' in (copy.path / "r.xml").read_text()
    assert deploy.run("udr", outputs=Outputs(json="r.json")) == 3
    (denied,) = [finding for finding in read(copy)["findings"] if finding["severity"] == "error"]
    assert denied["code"] == "BootEndpointDenied"
    assert "its nodes would not boot, with exit code 51 ERR_K8S_API_SERVER_CONN_FAIL" in denied["message"]
    assert denied["remedy"]
    captured = capsys.readouterr()
    assert captured.err == (
        "error: the preflight stops the deployment of udr: 1 check failed; nothing was created\n"
        "    fix: Do what the findings say; --force deploys all the same.\n"
    )
    assert not copy.lab.exists()


def test_what_is_not_known_of_a_boot_row_stops_a_deployment_with_its_own_status(copy: Project, capsys: pytest.CaptureFixture[str]) -> None:
    copy.edit(UDR, r"fqdnTags: \['AzureKubernetesService'\]", "fqdnTags: ['WindowsUpdate']")
    assert preflight.run("udr", outputs=Outputs(json="r.json")) == 4
    assert read(copy)["preflight"]["status"] == "inconclusive"
    assert deploy.run("udr") == 4
    assert "could not run: the preflight stops the deployment of udr: whether its nodes would boot is not known" in capsys.readouterr().err
    assert not copy.lab.exists()


def test_what_azure_refuses_is_no_question_of_force(copy: Project, capsys: pytest.CaptureFixture[str]) -> None:
    copy.edit(UDR, r"^      outboundType: 'userDefinedRouting'$", "      outboundType: 'userAssignedNATGateway'")
    assert deploy.run("udr", force=True) == 3
    assert "Azure would refuse this, so --force does not help." in capsys.readouterr().err
    assert not copy.lab.exists()


def test_a_demand_that_does_not_fit_warns(copy: Project) -> None:
    copy.edit("parameters/udr.yaml", r"connectionsPerNode: 500", "connectionsPerNode: 5000")
    assert preflight.run("udr", outputs=Outputs(json="r.json")) == 0
    assert "SnatDemandNotMet" in {finding["code"] for finding in read(copy)["findings"]}
    assert [one["enough"] for one in read(copy)["preflight"]["snat"]] == [False]


def test_adding_the_regions_tag_as_a_network_rule_is_reported_as_shadowing(copy: Project) -> None:
    text = (copy.path / UDR).read_text()
    assert "AzureCloud" in text
    copy.edit(UDR, r"^            destinationPorts: \['9000'\]$", "            destinationPorts: ['443']")
    preflight.run("udr", outputs=Outputs(json="r.json"))
    assert any("shadow" in finding["code"].lower() for finding in read(copy)["findings"]), read(copy)["findings"]


def test_service_tags_are_an_input_of_azure_alone(copy: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert os.environ.get("AKS_LAB_DIR")
    assert preflight.run("udr", service_tags="tags.json") == 1
    assert "the lab has service tags of its own" in capsys.readouterr().err
    assert preflight.run("udr", resolve="mcr.microsoft.com") == 1
    assert "error InvalidResolve: --resolve mcr.microsoft.com: no name=address" in capsys.readouterr().err
