"""Ways out that outboundType does not tell, deployed and proven: a load balancer behind a route to a firewall, a NAT gateway on the firewall's subnet."""

import json
from pathlib import Path

import pytest
from cli import Project, copy_project

from orchestrator.lab import lifecycle
from orchestrator.model.json_value import JsonObject

NAT_GATEWAY = """
@description('The address that the firewall leaves from.')
module natIp '../modules/publicip.bicep' = {
  params: { name: 'nat-publicip', location: location, tags: tags }
}

@description('The way out of the firewall.')
module natGateway '../modules/natgw.bicep' = {
  params: { name: 'firewall-natgw', location: location, tags: tags, publicIpAddressIds: [natIp.outputs.resourceId] }
}
"""
TOPOLOGY = "bicep/topologies/udr.bicep"


def deploy(project: Project) -> JsonObject:
    """The report of a deployment that passed."""
    ended = project.inv("deploy", "--env", "udr", "--timeout", "3", "--json", "r.json")
    assert ended.status == 0, ended.out + ended.err
    (environment,) = json.loads((project.path / "r.json").read_text())["environments"]
    return dict(environment)


def addresses(report: JsonObject) -> dict[str, tuple[str, str]]:
    """Subject -> the names of the resources that were expected and seen."""
    checks = [check for check in report["verification"]["checks"] if check["kind"] == "egress-address"]
    return {check["subject"]: tuple(check[key].rpartition("/")[2].rstrip(")") for key in ("expected", "observed")) for check in checks}


@pytest.mark.packets
def test_the_way_out_is_the_paths_and_not_the_outbound_types(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project", tmp_path / "lab")
    project.edit("bicep/modules/aks.bicep", r"^      outboundType: outbound.outboundType$", "      outboundType: 'loadBalancer'")
    try:
        lifecycle.ensure_started(project.lab)
        if not lifecycle.status(project.lab)["dataPlane"]["available"]:
            pytest.skip("no packets here: this host has no user namespaces")
        report = deploy(project)
        assert addresses(report) == dict.fromkeys(("pods of aks-udr", "nodes of aks-udr"), ("firewall-publicip", "firewall-publicip"))
        (finding,) = [one["message"] for one in report["findings"] if "outbound type" in one["message"]]
        assert finding.startswith("aks-udr has the outbound type loadBalancer, but the default route leads through the firewall hub-firewall")

        subnet = r"\{ name: 'AzureFirewallSubnet', addressPrefix: firewallSubnetPrefix"
        project.edit(TOPOLOGY, subnet, "{ name: 'AzureFirewallSubnet', addressPrefix: firewallSubnetPrefix, natGatewayId: natGateway.outputs.resourceId")
        project.edit(TOPOLOGY, r"concat\(\['\$\{firewallPublicIp.outputs", "concat(['${natIp.outputs")
        topology = project.path / TOPOLOGY
        topology.write_text(topology.read_text() + NAT_GATEWAY)
        assert addresses(deploy(project)) == dict.fromkeys(("pods of aks-udr", "nodes of aks-udr"), ("nat-publicip", "nat-publicip"))
        explained = project.inv("explain", "--env", "udr", "--to", "https://mcr.microsoft.com", "--live")
        assert explained.status == 0, explained.out + explained.err
        assert "NAT gateway firewall-natgw of the subnet AzureFirewallSubnet" in explained.out
    finally:
        lifecycle.stop(project.lab)
