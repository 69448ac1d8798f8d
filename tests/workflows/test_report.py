"""`report`: the plan alone, what is deployed with what probes saw, and what it says where nobody can be asked."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from cli import Project, validate_report

from orchestrator.lab import lifecycle
from orchestrator.model.json_value import JsonObject
from orchestrator.reporting.outputs import Outputs
from orchestrator.workflows import deploy, report

NAMES = ("lb", "managed-natgw", "udr", "user-natgw")
UDR = "bicep/topologies/udr.bicep"


def read(project: Project) -> JsonObject:
    validate_report(project.path / "r.json")
    (environment,) = json.loads((project.path / "r.json").read_text())["environments"]
    return dict(environment)


def read_page(path: Path) -> tuple[ElementTree.Element, str]:
    """The page, and what stands on it."""
    page = ElementTree.fromstring(path.read_text(encoding="utf-8").partition("\n")[2])
    body = page.find("body")
    assert body is not None
    return page, " ".join("".join(body.itertext()).split())


@pytest.mark.parametrize("name", NAMES)
def test_without_a_lab_it_is_the_plan(name: str, copy: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert report.run(name, outputs=Outputs(json="r.json", junit="r.xml", summary="r.md")) == 0
    found = read(copy)["report"]
    assert (found["status"], found["predicted"], found["observed"], found["basis"]) == ("passed", "passed", None, "the plan")
    assert found["notObserved"] == f"{name} is not deployed in the lab"
    assert {flow["predicted"]["status"] for flow in found["flows"]} == {"passed"}
    assert all(flow["path"] for flow in found["flows"])
    out = capsys.readouterr().out
    assert f"The egress of {name} is predicted to be as expected.\n" in out
    assert f"  the page: out/{name}/report.html\n" in out
    _, text = read_page(copy.path / "out" / name / "report.html")
    assert text.startswith("Skip to the reportLAB")
    assert f"Nothing was observed: {name} is not deployed in the lab." in text
    assert f"**The egress of {name} is predicted to be as expected.**" in (copy.path / "r.md").read_text()
    assert not copy.lab.exists()


def test_the_map_of_each_topology_has_the_way_out_that_it_deploys(copy: Project) -> None:
    ways = {
        "lb": ["aks-subnet", "load balancer", "public address", "internet"],
        "managed-natgw": ["aks-subnet", "NAT gateway", "public address", "internet"],
        "user-natgw": ["natCluster", "myNatGateway", "myNatGatewayPip", "internet"],
        "udr": ["aks-subnet", "hub-firewall", "firewall-publicip", "internet"],
    }
    for name, way in ways.items():
        assert report.run(name, outputs=Outputs(json="r.json")) == 0
        drawn = read(copy)["report"]["map"]
        names = {place["key"]: place["name"] for place in drawn["places"]}
        assert [names[key] for key in drawn["paths"][0]["places"]] == way
    standings = [(path["standing"], path["says"]) for path in drawn["paths"]]
    assert standings[-1] == ("does not arrive", "denied by the firewall: no rule matched") or name != "udr"


def test_what_the_environment_demands_and_the_plan_denies_fails(copy: Project) -> None:
    copy.edit("parameters/udr.yaml", r"^    - https://registry-1.docker.io", "    - https://www.example.org\n    - https://registry-1.docker.io")
    assert report.run("udr", outputs=Outputs(json="r.json", junit="r.xml")) == 3
    found = read(copy)["report"]
    (denied,) = [flow for flow in found["flows"] if flow["predicted"]["status"] == "failed"]
    assert (denied["demand"], denied["predicted"]["endpoint"]) == ("must be reached", "https://www.example.org")
    assert denied["predicted"]["nearest"]["change"]
    assert found["verdict"] == "The egress of udr is predicted NOT to be as expected"
    assert '<failure message="denied by the firewall: no rule matched, seen as TLS refused" type="failed">' in (copy.path / "r.xml").read_text()


def test_nodes_that_would_not_boot_fail_with_their_exit_code(copy: Project) -> None:
    copy.edit(UDR, r"^            fqdnTags: \['AzureKubernetesService'\]$", "            targetFqdns: ['mcr.microsoft.com', '*.data.mcr.microsoft.com']")
    assert report.run("udr") == 3
    _, text = read_page(copy.path / "out" / "udr" / "report.html")
    assert "exit code 51 ERR_K8S_API_SERVER_CONN_FAIL" in text
    assert "BootEndpointDenied" in text


def test_what_is_deployed_is_predicted_and_observed_side_by_side(copy: Project, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        status = lifecycle.status(copy.lab)
        assert status["running"] is False
        assert deploy.run("udr", verify=False) == 0
        packets = lifecycle.status(copy.lab)["dataPlane"]["available"]
        assert report.run("udr", verify=False, outputs=Outputs(json="r.json")) == 0
        found = read(copy)["report"]
        assert (found["basis"], found["observed"], found["notObserved"]) == ("what is deployed", None, "no probe was sent (--no-verify)")
        assert re.fullmatch(r"20\.\d+\.\d+\.\d+", found["clusters"][0]["publicAddresses"])
        assert report.run("udr", outputs=Outputs(json="r.json", html="page.html")) == (0 if packets else 4)
        assert "  the page: page.html\n" in capsys.readouterr().out
        _check_observed(read(copy), copy.path / "page.html", packets=packets)
        assert report.run("udr", plan=True, outputs=Outputs(json="r.json")) == 0
        assert read(copy)["report"]["basis"] == "the plan"
    finally:
        lifecycle.stop(copy.lab)


def _check_observed(environment: JsonObject, page: Path, *, packets: bool) -> None:
    found = environment["report"]
    _, text = read_page(page)
    if not packets:
        assert (found["status"], found["observed"]) == ("could not run", "could not run")
        assert "could not be verified" in text
        return
    assert (found["status"], found["predicted"], found["observed"]) == ("passed", "passed", "passed")
    demanded = [flow for flow in found["flows"] if flow["demand"] != "required by AKS"]
    assert {flow["agreement"] for flow in demanded} == {"agrees"}
    assert {flow["observed"]["status"] for flow in demanded} == {"passed"}
    assert environment["verification"]["status"] == "passed"
    assert "The egress of udr is as expected: predicted, and observed." in text
    assert "in the lab on this machine, not in Azure" in text


def test_where_azure_cannot_be_asked_the_plan_is_what_is_left_and_it_is_said(copy: Project) -> None:
    nobody = {"AZURE_TOKEN_CREDENTIALS": "EnvironmentCredential"}  # only that login is tried, and it has nothing: no packet leaves this machine
    mine = {"AZURE_SUBSCRIPTION_ID": "12345678-1111-2222-3333-444455556666", "AZURE_CLIENT_ID": "", "AZURE_TENANT_ID": ""}
    done = copy.inv("report", "--env", "lb", "--target", "azure", "--json", "r.json", **nobody, **mine)
    assert done.status == 4
    found = read(copy)
    assert found["target"] == {"kind": "azure", "subscriptionId": "12345678-1111-2222-3333-444455556666"}
    assert (found["report"]["status"], found["report"]["basis"]) == ("could not run", "the plan")
    assert found["report"]["notObserved"].startswith("Azure could not be asked what is deployed: ")
    _, text = read_page(copy.path / "out" / "lb" / "report.html")
    assert "LAB" not in text


def test_files_of_anyone_and_several_environments(copy: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert report.run(file=UDR, outputs=Outputs(json="r.json", html="page.html")) == 0
    found = read(copy)
    assert found["target"]["kind"] == "files"
    assert found["report"]["basis"] == "the files"
    _, text = read_page(copy.path / "page.html")
    assert text.startswith("Skip to the reportFILESNothing is deployed, asked or sent anywhere")
    assert report.run("lb,user-natgw") == 0
    assert [path.parent.name for path in sorted((copy.path / "out").glob("*/report.html"))] == ["lb", "user-natgw"]
    capsys.readouterr()
    assert report.run("lb,udr", outputs=Outputs(html="page.html")) == 1
    assert "--html names one file, and there are 2 environments" in capsys.readouterr().err


def test_the_page_on_stdout_is_alone_there(copy: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert report.run("lb", outputs=Outputs(html="-")) == 0
    captured = capsys.readouterr()
    assert captured.out.startswith("<!DOCTYPE html>\n<html")
    assert captured.out.endswith("</html>\n")
    assert captured.err.startswith("LAB")
