"""What-if of another way out, for clusters that exist in the lab: verdict, addresses before and after."""

import json

import pytest
from cli import Project, validate_report

from orchestrator.model.json_value import JsonObject
from orchestrator.reporting.outputs import Outputs
from orchestrator.workflows import deploy, whatif

USING = {"managed-natgw": "param clusterName = 'aks-lb'", "user-natgw": "param clusterName = 'aks-lb'"}
FIREWALL = """param clusterName = 'natCluster'
param virtualNetworkName = 'myVnet'
param nodeSubnetName = 'natCluster'
param virtualNetworkPrefix = '172.16.0.0/20'
param nodeSubnetPrefix = '172.16.0.0/22'
param firewallSubnetPrefix = '172.16.4.0/24'
"""


def use(project: Project, environment: str, topology: str, parameters: str) -> None:
    (project.path / "parameters" / f"{environment}.bicepparam").write_text(f"using '../bicep/topologies/{topology}.bicep'\n{parameters}\n")


def migration_of(project: Project, environment: str, capsys: pytest.CaptureFixture[str]) -> tuple[JsonObject, str]:
    capsys.readouterr()
    status = whatif.run(environment, outputs=Outputs(json="report.json", summary="report.md"))
    out, err = capsys.readouterr()
    assert status == 0, err
    validate_report(project.path / "report.json")
    (report,) = json.loads((project.path / "report.json").read_text())["environments"]
    (migration,) = report["migrations"]
    return dict(migration), out


def test_moves_of_clusters_that_exist(inside: Project, capsys: pytest.CaptureFixture[str]) -> None:
    for environment in ("lb", "user-natgw"):
        assert deploy.run(environment, verify=False) == 0

    use(inside, "lb", "managed-natgw", USING["managed-natgw"])
    moved, text = migration_of(inside, "lb", capsys)
    assert moved["verdict"] == "supported"
    assert moved["addressesBefore"]["known"][0]["address"].startswith("20.")
    assert moved["addressesAfter"]["known"] == [{"address": None, "resourceId": moved["clusterId"]}]
    assert text.index("Resource changes: ") < text.index(
        "Outbound migration of aks-lb: loadBalancer (managed network) => managedNATGateway (managed network): supported"
    )
    assert f"partners must allow: not known before creation: {moved['clusterId']}" in text
    assert f"    before: {moved['addressesBefore']['known'][0]['address']} (publicIPAddresses/" in text
    assert "pods and nodes of aks-lb leave with another address to https://sample.hcp.westeurope.azmk8s.io" in text
    assert "Outbound migration of aks-lb" in (inside.path / "report.md").read_text()

    use(inside, "lb", "user-natgw", USING["user-natgw"])
    moved, text = migration_of(inside, "lb", capsys)
    assert moved["verdict"] == "needs a new cluster"
    assert "loadBalancer (managed network) => userAssignedNATGateway (own network): needs a new cluster" in text

    use(inside, "user-natgw", "udr", FIREWALL)
    moved, text = migration_of(inside, "user-natgw", capsys)
    assert (moved["verdict"], moved["before"]["outboundType"], moved["after"]["outboundType"]) == ("supported", "userAssignedNATGateway", "userDefinedRouting")
    assert moved["partnersMustAllow"][0]["resourceId"].endswith("/publicIPAddresses/firewall-publicip")
    assert [one["resourceId"] for one in moved["addressesAfter"]["known"]] == [moved["partnersMustAllow"][0]["resourceId"]]
    assert f"    before: {moved['addressesBefore']['known'][0]['address']} (publicIPAddresses/myNatGatewayPip)\n" in text
    assert f"    after: not known before creation: {moved['partnersMustAllow'][0]['resourceId']}\n" in text
    assert "pods and nodes of natCluster lose https://example.com" in text
    assert moved["partnersMayDrop"][0]["address"] == moved["addressesBefore"]["known"][0]["address"]


def test_a_cluster_that_stays_has_no_migration(inside: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert deploy.run("lb", verify=False) == 0
    inside.edit("parameters/lb.bicepparam", r"^param nodeCount = 3$", "param nodeCount = 4")
    assert whatif.run("lb", outputs=Outputs(json="report.json")) == 0
    (report,) = json.loads((inside.path / "report.json").read_text())["environments"]
    assert "migrations" not in report
    assert "Outbound migration" not in capsys.readouterr().out
