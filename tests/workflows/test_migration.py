"""What-if of another way out, for clusters that exist in the lab: verdict, addresses before and after."""

import json

from cli import Project, validate_report

from orchestrator.model.json_value import JsonObject

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


def migration_of(project: Project, environment: str) -> tuple[JsonObject, str]:
    ended = project.inv("whatif", "--env", environment, "--json", "report.json", "--summary", "report.md")
    assert ended.status == 0, ended.err
    validate_report(project.path / "report.json")
    (report,) = json.loads((project.path / "report.json").read_text())["environments"]
    (migration,) = report["migrations"]
    return dict(migration), ended.out


def test_moves_of_clusters_that_exist(own_lab: Project) -> None:
    for environment in ("lb", "user-natgw"):
        assert own_lab.inv("deploy", "--env", environment, "--no-verify").status == 0

    use(own_lab, "lb", "managed-natgw", USING["managed-natgw"])
    moved, text = migration_of(own_lab, "lb")
    assert moved["verdict"] == "supported"
    assert moved["addressesBefore"]["known"][0]["address"].startswith("20.")
    assert moved["addressesAfter"]["known"] == [{"address": None, "resourceId": moved["clusterId"]}]
    assert text.index("Resource changes: ") < text.index(
        "Outbound migration of aks-lb: loadBalancer (managed network) => managedNATGateway (managed network): supported"
    )
    assert f"partners must allow: not known before creation: {moved['clusterId']}" in text
    assert f"    before: {moved['addressesBefore']['known'][0]['address']} (publicIPAddresses/" in text
    assert "pods and nodes of aks-lb leave with another address to https://sample.hcp.westeurope.azmk8s.io" in text
    assert "Outbound migration of aks-lb" in (own_lab.path / "report.md").read_text()

    use(own_lab, "lb", "user-natgw", USING["user-natgw"])
    moved, text = migration_of(own_lab, "lb")
    assert moved["verdict"] == "needs a new cluster"
    assert "loadBalancer (managed network) => userAssignedNATGateway (own network): needs a new cluster" in text

    use(own_lab, "user-natgw", "udr", FIREWALL)
    moved, text = migration_of(own_lab, "user-natgw")
    assert (moved["verdict"], moved["before"]["outboundType"], moved["after"]["outboundType"]) == ("supported", "userAssignedNATGateway", "userDefinedRouting")
    assert moved["partnersMustAllow"][0]["resourceId"].endswith("/publicIPAddresses/firewall-publicip")
    assert [one["resourceId"] for one in moved["addressesAfter"]["known"]] == [moved["partnersMustAllow"][0]["resourceId"]]
    assert f"    before: {moved['addressesBefore']['known'][0]['address']} (publicIPAddresses/myNatGatewayPip)\n" in text
    assert f"    after: not known before creation: {moved['partnersMustAllow'][0]['resourceId']}\n" in text
    assert "pods and nodes of natCluster lose https://example.com" in text
    assert moved["partnersMayDrop"][0]["address"] == moved["addressesBefore"]["known"][0]["address"]


def test_a_cluster_that_stays_has_no_migration(own_lab: Project) -> None:
    assert own_lab.inv("deploy", "--env", "lb", "--no-verify").status == 0
    own_lab.edit("parameters/lb.bicepparam", r"^param nodeCount = 3$", "param nodeCount = 4")
    ended = own_lab.inv("whatif", "--env", "lb", "--json", "report.json")
    assert ended.status == 0
    (report,) = json.loads((own_lab.path / "report.json").read_text())["environments"]
    assert "migrations" not in report
    assert "Outbound migration" not in ended.out
