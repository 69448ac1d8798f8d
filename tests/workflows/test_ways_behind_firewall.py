"""Ways out that are deployed and proven: a load balancer behind a route to a firewall, a NAT gateway on the firewall's subnet, a firewall in a peered hub."""

import json

import pytest
from cli import Project

from orchestrator.lab import lifecycle
from orchestrator.model.json_value import JsonObject
from orchestrator.reporting.outputs import Outputs
from orchestrator.workflows import deploy, explain, whatif

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
HUB = """
@description('The network of the firewall.')
module hub '../modules/vnet.bicep' = {
  params: {
    name: 'hub-vnet'
    location: location
    tags: tags
    addressPrefixes: ['10.10.0.0/16']
    subnets: [{ name: 'AzureFirewallSubnet', addressPrefix: firewallSubnetPrefix }]
  }
}

@description('The hub, as the parent of its peering.')
resource hubNetwork 'Microsoft.Network/virtualNetworks@2026-03-01' existing = {
  name: 'hub-vnet'
}

@description('The spoke, as the parent of its peering.')
resource spokeNetwork 'Microsoft.Network/virtualNetworks@2026-03-01' existing = {
  name: virtualNetworkName
}

@description('From the spoke to the hub.')
resource toHub 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2026-03-01' = {
  parent: spokeNetwork
  name: 'to-hub'
  properties: { remoteVirtualNetwork: { id: hub.outputs.resourceId }, allowForwardedTraffic: true }
  dependsOn: [virtualNetwork]
}

@description('From the hub to the spoke.')
resource toSpoke 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2026-03-01' = {
  parent: hubNetwork
  name: 'to-spoke'
  properties: { remoteVirtualNetwork: { id: virtualNetwork.outputs.resourceId } }
  dependsOn: [hub]
}
"""
TOPOLOGY = "bicep/topologies/udr.bicep"


def deploy_udr(project: Project) -> JsonObject:
    """The report of a deployment that passed."""
    assert deploy.run("udr", timeout="3", outputs=Outputs(json="r.json")) == 0
    (environment,) = json.loads((project.path / "r.json").read_text())["environments"]
    return dict(environment)


def addresses(report: JsonObject) -> dict[str, tuple[str, str]]:
    """Subject -> the names of the resources that were expected and seen."""
    checks = [check for check in report["verification"]["checks"] if check["kind"] == "egress-address"]
    return {check["subject"]: tuple(check[key].rpartition("/")[2].rstrip(")") for key in ("expected", "observed")) for check in checks}


@pytest.fixture
def project(inside: Project) -> Project:
    """A copy of the project with a lab whose packets work."""
    lifecycle.ensure_started(inside.lab)
    if not lifecycle.status(inside.lab)["dataPlane"]["available"]:
        pytest.skip("no packets here: this host has no user namespaces")
    return inside


def append(project: Project, text: str) -> None:
    path = project.path / TOPOLOGY
    path.write_text(path.read_text() + text)


def everywhere(name: str) -> dict[str, tuple[str, str]]:
    return dict.fromkeys(("pods of aks-udr", "nodes of aks-udr"), (name, name))


@pytest.mark.packets
def test_the_way_out_is_the_paths_and_not_the_outbound_types(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.edit("bicep/modules/aks.bicep", r"^      outboundType: outbound.outboundType$", "      outboundType: 'loadBalancer'")
    report = deploy_udr(project)
    assert addresses(report) == everywhere("firewall-publicip")
    (finding,) = [one["message"] for one in report["findings"] if "outbound type" in one["message"]]
    assert finding.startswith("aks-udr has the outbound type loadBalancer, but the default route leads through the firewall hub-firewall")

    subnet = r"\{ name: 'AzureFirewallSubnet', addressPrefix: firewallSubnetPrefix"
    project.edit(TOPOLOGY, subnet, "{ name: 'AzureFirewallSubnet', addressPrefix: firewallSubnetPrefix, natGatewayId: natGateway.outputs.resourceId")
    project.edit(TOPOLOGY, r"concat\(\['\$\{firewallPublicIp.outputs", "concat(['${natIp.outputs")
    append(project, NAT_GATEWAY)
    assert addresses(deploy_udr(project)) == everywhere("nat-publicip")
    assert explain.run("udr", "https://mcr.microsoft.com", live=True) == 0
    assert "NAT gateway firewall-natgw of the subnet AzureFirewallSubnet" in capsys.readouterr().out


@pytest.mark.packets
def test_a_firewall_in_a_peered_hub(project: Project) -> None:
    project.edit(TOPOLOGY, r"^      \{ name: 'AzureFirewallSubnet', addressPrefix: firewallSubnetPrefix \}\n", "")
    project.edit(TOPOLOGY, r"virtualNetwork.outputs.subnetIds.AzureFirewallSubnet", "hub.outputs.subnetIds.AzureFirewallSubnet")
    project.edit(TOPOLOGY, r"^  dependsOn: \[firewall\]$", "  dependsOn: [firewall, toHub, toSpoke]")
    project.edit("parameters/udr.bicepparam", "'10.42.2.0/24'", "'10.10.2.0/24'")
    append(project, HUB)
    assert addresses(deploy_udr(project)) == everywhere("firewall-publicip")
    assert whatif.run("udr", exit_code=True) == 0
