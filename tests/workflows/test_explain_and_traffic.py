"""`explain` and the traffic of `whatif`, before and after a deployment into one lab; with `--live` prediction and packets agree."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli import Project, copy_project

from orchestrator.lab import lifecycle
from orchestrator.model.json_value import JsonObject
from orchestrator.reporting.outputs import Outputs
from orchestrator.workflows import deploy, explain, whatif

DOCKER = "https://registry-1.docker.io"


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """udr, deployed once for all tests of this file."""
    folder = tmp_path_factory.mktemp("explain")
    project = copy_project(folder / "project", folder / "lab")
    with pytest.MonkeyPatch.context() as patch:
        project.enter(patch)
        assert explain.run("udr", DOCKER, outputs=Outputs(json="r.json")) == 0
        assert read(project)["explanation"]["basis"] == "the plan, since nothing is deployed"
        assert explain.run("udr", DOCKER, live=True, outputs=Outputs(json="r.json")) == 4
        assert read(project)["explanation"]["couldNotRun"] == "udr is not deployed: ./inv deploy --env udr"
        assert deploy.run("udr", verify=False, outputs=Outputs(json="r.json")) == 0
        yield project
        lifecycle.stop(project.lab)


def read(project: Project) -> JsonObject:
    (environment,) = json.loads((project.path / "r.json").read_text())["environments"]
    return dict(environment)


def explained(project: Project) -> JsonObject:
    explanation = read(project)["explanation"]
    assert explanation["basis"] == "what is deployed"
    (flow,) = explanation["flows"]
    return dict(flow)


def test_an_allowed_flow_names_what_decides_and_the_address(deployed: Project) -> None:
    assert explain.run("udr", DOCKER, outputs=Outputs(json="r.json", junit="r.xml", summary="r.md")) == 0
    flow = explained(deployed)
    assert (flow["allowed"], flow["grade"], flow["nearest"], flow["reply"]) == (True, "on assumptions", None, None)
    assert [hop["step"] for hop in flow["ways"][0]["hops"]] == ["source", "name", "name", "route", "firewall", "route", "way out"]
    firewall = flow["ways"][0]["hops"][4]
    assert firewall["rule"] == "AllowListRuleCollectionGroup/dockerhub-registry/dockerhub-registry (allow)"
    assert firewall["resourceId"].endswith("/ruleCollectionGroups/AllowListRuleCollectionGroup")
    assert flow["leaving"].startswith("20.")


def test_a_denied_flow_says_what_would_allow_it(deployed: Project) -> None:
    assert explain.run("udr", "http://registry-1.docker.io", origin="node", outputs=Outputs(json="r.json")) == 0
    flow = explained(deployed)
    assert (flow["source"], flow["allowed"], flow["outcome"]) == ("node of aks-udr/nodepool1", False, "denied by HTTP 470")
    assert flow["nearest"]["rule"] is not None
    assert flow["nearest"]["misses"]
    assert flow["nearest"]["change"].startswith("Add to the rule ")


@pytest.mark.packets
def test_the_nodes_network_is_sent_from_too(deployed: Project) -> None:
    if not lifecycle.status(deployed.lab)["dataPlane"]["available"]:
        pytest.skip("no packets on this host")
    assert explain.run("udr", DOCKER, "node", live=True, timeout="2", outputs=Outputs(json="r.json")) == 0, (deployed.path / "r.json").read_text()
    assert [answer["source"] for answer in read(deployed)["explanation"]["live"]] == ["node of aks-udr/nodepool1"]


@pytest.mark.packets
@pytest.mark.parametrize(
    ("to", "allowed"),
    [
        (DOCKER, True),
        ("https://example.com", False),
        ("http://example.com", False),
        ("udp://ntp.ubuntu.com:123", True),
        ("udp://time.windows.com:123", False),
        ("udp://10.42.2.4:53", True),
        ("https://does-not-exist.example.com", False),
    ],
)
def test_prediction_and_packets_agree(to: str, allowed: bool, deployed: Project) -> None:
    if not lifecycle.status(deployed.lab)["dataPlane"]["available"]:
        pytest.skip("no packets on this host")
    assert explain.run("udr", to, live=True, timeout="2", outputs=Outputs(json="r.json")) == 0, (deployed.path / "r.json").read_text()
    assert explained(deployed)["allowed"] is allowed
    assert [answer["status"] for answer in read(deployed)["explanation"]["live"]] == ["passed"]


def test_whatif_shows_the_flows_that_change(deployed: Project, capsys: pytest.CaptureFixture[str]) -> None:
    parameters = deployed.path / "parameters" / "udr.bicepparam"
    before = parameters.read_text()
    try:
        deployed.edit("parameters/udr.bicepparam", r"^      'registry-1\.docker\.io'\n", "")
        deployed.edit("parameters/udr.bicepparam", r"^      'ifconfig\.me'$", "      'ifconfig.me'\n      'neverssl.com'")
        assert whatif.run("udr", outputs=Outputs(json="r.json", summary="r.md")) == 0
    finally:
        parameters.write_text(before)
    report = read(deployed)
    modified = [change["resourceId"].rsplit("/", 1)[-1] for change in report["whatIf"]["changes"] if change["changeType"] == "Modify"]
    assert modified == ["AllowListRuleCollectionGroup"]
    traffic = report["traffic"]
    told = [(change["kind"], change["source"], change["endpoints"]) for change in traffic["changes"]]
    assert told == [("lost", "pods and nodes of aks-udr", [DOCKER]), ("gained", "pods and nodes of aks-udr", ["http://neverssl.com"])]
    (lost, _) = traffic["changes"]
    assert (lost["before"][:3], lost["after"]) == ("20.", "denied by the firewall: no rule matched, seen as TLS refused")
    assert "registry-1.docker.io" in lost["remedy"]
    assert traffic["new"] == []
    assert f"  - pods and nodes of aks-udr lose {DOCKER}\n" in capsys.readouterr().out
    assert "lose https://registry-1.docker.io" in (deployed.path / "r.md").read_text()


def test_a_network_rule_for_the_regions_tag_shows_what_it_opens(deployed: Project, capsys: pytest.CaptureFixture[str]) -> None:
    topology = deployed.path / "bicep" / "topologies" / "udr.bicep"
    before = topology.read_text()
    try:
        topology.write_text(before.replace("            destinationPorts: ['9000']\n", "            destinationPorts: ['9000', '443']\n"))
        assert whatif.run("udr", outputs=Outputs(json="r.json")) == 0
    finally:
        topology.write_text(before)
    told = [(change["kind"], change["endpoints"]) for change in read(deployed)["traffic"]["changes"]]
    assert told == [("gained", ["tcp://AzureCloud.westeurope:443"])]
    assert "  + pods and nodes of aks-udr gain tcp://AzureCloud.westeurope:443\n" in capsys.readouterr().out


def test_another_address_out_is_not_known_before_its_creation(deployed: Project) -> None:
    topology = deployed.path / "bicep" / "topologies" / "udr.bicep"
    before = topology.read_text()
    try:
        topology.write_text(before.replace("firewall-publicip", "other-publicip"))
        assert whatif.run("udr", outputs=Outputs(json="r.json")) == 0
    finally:
        topology.write_text(before)
    changes = read(deployed)["traffic"]["changes"]
    assert {change["kind"] for change in changes} == {"another address out"}
    (change,) = changes
    assert change["before"].startswith("20.")
    assert change["after"].startswith("not known before creation: /subscriptions/")
    assert change["after"].endswith("/publicIPAddresses/other-publicip")


def test_a_forced_deployment_says_what_it_overrides(deployed: Project) -> None:
    topology = deployed.path / "bicep" / "topologies" / "udr.bicep"
    before = topology.read_text()
    try:
        topology.write_text(before.replace("fqdnTags: ['AzureKubernetesService']", "targetFqdns: ['mcr.microsoft.com']"))
        assert deploy.run("udr", verify=False, outputs=Outputs(json="r.json")) == 3
        assert read(deployed)["whatIf"] is None
        assert whatif.run("udr", outputs=Outputs(json="r.json")) == 0
        lost = [change for change in read(deployed)["traffic"]["changes"] if change["kind"] == "lost"]
        assert any("https://management.azure.com" in change["endpoints"] for change in lost)
        assert deploy.run("udr", verify=False, force=True, outputs=Outputs(json="r.json", junit="r.xml", summary="r.md")) == 0
        assert read(deployed)["preflight"]["forced"] == ["BootEndpointDenied"]
        assert "overridden by --force: aks-udr needs" in (deployed.path / "r.xml").read_text()
        assert "`--force` overrides BootEndpointDenied" in (deployed.path / "r.md").read_text()
    finally:
        topology.write_text(before)
    assert deploy.run("udr", verify=False) == 0


@pytest.mark.parametrize("name", ["lb", "managed-natgw"])
def test_what_aks_made_is_no_other_address_where_the_way_out_stays(name: str, deployed: Project) -> None:
    assert deploy.run(name, "local", verify=False) == 0
    deployed.edit(f"parameters/{name}.bicepparam", r"^param nodeCount = 3$", "param nodeCount = 4")
    assert whatif.run(name, exit_code=True, outputs=Outputs(json="r.json")) == 2
    traffic = read(deployed)["traffic"]
    assert traffic["compared"] > 10
    assert traffic["changes"] == []


def test_no_change_says_nothing_of_traffic(deployed: Project) -> None:
    assert whatif.run("udr", exit_code=True, outputs=Outputs(json="r.json")) == 0
    assert "traffic" not in read(deployed)


def test_a_plan_can_be_asked_whatever_is_deployed(deployed: Project) -> None:
    assert explain.run("udr", DOCKER, plan=True, outputs=Outputs(json="r.json")) == 0
    assert read(deployed)["explanation"]["basis"] == "the plan"
    assert read(deployed)["explanation"]["flows"][0]["leaving"].startswith("not known before creation: ")


@pytest.mark.parametrize(
    ("arguments", "options", "message"),
    [
        (("udr", ""), {}, "error NoDestination: "),
        (("udr", "ftp://a.example"), {}, "error InvalidDestination: --to ftp://a.example: the protocol ftp is none of http, https, tcp, udp"),
        (("udr", "tcp://a.example"), {}, "tcp needs a port"),
        (("udr", "https://*.example"), {}, "it names no host"),
        (("udr", "https://a.example:99999"), {}, "a port is a number from 1 to 65535"),
        (("udr", DOCKER, "vm"), {}, "error UnknownOrigin: --from vm"),
        (("udr", DOCKER), {"live": True, "plan": True}, "error NothingToSend: "),
        (("", DOCKER), {}, "error NoEnvironment: "),
    ],
)
def test_bad_input(arguments: tuple[str, ...], options: dict[str, bool], message: str, deployed: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert explain.run(*arguments, **options) == 1  # type: ignore[arg-type]
    assert message in capsys.readouterr().err


def test_reports_of_an_explanation(deployed: Project) -> None:
    assert explain.run("udr", "tcp://10.42.2.4:8080", outputs=Outputs(junit="r.xml", summary="r.md")) == 4
    assert Path("r.xml").read_text().count("<error ") == 1
    assert "smallest change" not in Path("r.md").read_text()
    assert "not known  (by what is deployed; unknown)" in Path("r.md").read_text()
