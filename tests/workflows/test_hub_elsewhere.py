"""A hub in a resource group of its own, and a spoke whose cluster leaves by it: two environments, two deployments, and everything is told of the whole."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli import ROOT, Project, copy_project

from orchestrator.lab import lifecycle
from orchestrator.model.json_value import JsonObject

PEERING = """
targetScope = 'resourceGroup'
param networkName string
param name string
param remoteId string
resource network 'Microsoft.Network/virtualNetworks@2026-03-01' existing = {
  name: networkName
}
resource peering 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2026-03-01' = {
  parent: network
  name: name
  properties: { remoteVirtualNetwork: { id: remoteId }, allowForwardedTraffic: true }
}
"""
SPOKE = """
targetScope = 'resourceGroup'
param location string = resourceGroup().location
param tags { *: string } = {}
resource hub 'Microsoft.Network/virtualNetworks@2026-03-01' existing = {
  scope: resourceGroup('rg-hub')
  name: 'hub-vnet'
}
module routeTable '../modules/routetable.bicep' = {
  params: {
    name: 'firewall-routetable'
    location: location
    tags: tags
    routes: [{ name: 'firewall-route', addressPrefix: '0.0.0.0/0', nextHopType: 'VirtualAppliance', nextHopIpAddress: '10.10.2.4' }]
  }
}
module virtualNetwork '../modules/vnet.bicep' = {
  params: {
    name: 'spoke-vnet'
    location: location
    tags: tags
    addressPrefixes: ['10.42.0.0/16']
    dnsServers: ['10.10.2.4']
    subnets: [{ name: 'aks-subnet', addressPrefix: '10.42.1.0/24', routeTableId: routeTable.outputs.resourceId }]
  }
}
module toHub '../modules/peering.bicep' = {
  params: { networkName: 'spoke-vnet', name: 'to-hub', remoteId: hub.id }
  dependsOn: [virtualNetwork]
}
module toSpoke '../modules/peering.bicep' = {
  scope: resourceGroup('rg-hub')
  params: { networkName: 'hub-vnet', name: 'to-spoke', remoteId: virtualNetwork.outputs.resourceId }
}
module identity '../modules/identity.bicep' = {
  params: {
    name: 'aks-spoke-identity'
    location: location
    tags: tags
    virtualNetworkName: 'spoke-vnet'
    subnetName: 'aks-subnet'
    routeTableNames: ['firewall-routetable']
  }
  dependsOn: [virtualNetwork]
}
module cluster '../modules/aks.bicep' = {
  params: {
    name: 'aks-spoke'
    location: location
    tags: tags
    systemPool: { name: 'nodepool1', count: 3, vmSize: 'Standard_D2s_v5' }
    outbound: {
      outboundType: 'userDefinedRouting'
      nodeNetwork: { subnetId: virtualNetwork.outputs.subnetIds['aks-subnet'], identityId: identity.outputs.resourceId }
    }
  }
  dependsOn: [toHub, toSpoke]
}
"""
NETWORK = """module virtualNetwork '../modules/vnet.bicep' = {
  params: {
    name: 'hub-vnet'
    location: location
    tags: tags
    addressPrefixes: ['10.10.0.0/16']
    subnets: [{ name: 'AzureFirewallSubnet', addressPrefix: firewallSubnetPrefix }]
  }
}
"""
MODULE = r"^module {0} '[^\n]*\n(?:[^}}][^\n]*\n|\n)*?\}}\n"


def hub_template() -> str:
    """The udr topology without its cluster."""
    text = (ROOT / "bicep/topologies/udr.bicep").read_text()
    text = text[: text.index("@description('Resource id of the cluster.')")]
    for name, instead in (("routeTable", ""), ("identity", ""), ("cluster", ""), ("virtualNetwork", NETWORK)):
        text, count = re.subn(rf"^@description[^\n]*\n{MODULE.format(name)[1:]}", instead, text, flags=re.MULTILINE)
        assert count == 1, name
    for name in re.findall(r"^param (\w+)", text, flags=re.MULTILINE):
        if len(re.findall(rf"\b{name}\b", text)) == 1:
            text = re.sub(rf"^@description[^\n]*\n(?:@[^\n]*\n)*param {name} [^\n]*(?:\[\])?\n", "", text, flags=re.MULTILINE)
    return text


def add_environments(project: Project) -> None:
    """The environments hub and spoke."""
    (project.path / "bicep/topologies/hub.bicep").write_text(hub_template())
    (project.path / "bicep/topologies/spoke.bicep").write_text(SPOKE)
    (project.path / "bicep/modules/peering.bicep").write_text(PEERING)
    udr = (project.path / "parameters/udr.bicepparam").read_text()
    allow_list = udr[udr.index("param allowList") :]
    (project.path / "parameters/hub.bicepparam").write_text(f"using '../bicep/topologies/hub.bicep'\nparam firewallSubnetPrefix = '10.10.2.0/24'\n{allow_list}")
    (project.path / "parameters/spoke.bicepparam").write_text("using '../bicep/topologies/spoke.bicep'\n")
    yaml = (project.path / "parameters/udr.yaml").read_text()
    (project.path / "parameters/spoke.yaml").write_text(yaml.replace("rg-aks-udr", "rg-spoke"))
    (project.path / "parameters/hub.yaml").write_text("resourceGroup: rg-hub\nlocation: westeurope\negress: { mustReach: [], mustBeBlocked: [] }\n")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A copy of the project with the two environments, and a lab whose packets work."""
    made = copy_project(tmp_path / "project", tmp_path / "lab")
    add_environments(made)
    lifecycle.ensure_started(made.lab)
    try:
        if not lifecycle.status(made.lab)["dataPlane"]["available"]:
            pytest.skip("no packets here: this host has no user namespaces")
        yield made
    finally:
        lifecycle.stop(made.lab)


def run(project: Project, *arguments: str, status: int = 0) -> tuple[str, JsonObject]:
    """(the screen, the environment's part of the report)."""
    ended = project.inv(*arguments, "--json", "r.json")
    assert ended.status == status, ended.out + ended.err
    (environment,) = json.loads((project.path / "r.json").read_text())["environments"]
    return ended.out, dict(environment)


@pytest.mark.packets
def test_a_hub_in_another_group(project: Project) -> None:
    said, alone = run(project, "preflight", "--env", "spoke", status=4)
    assert "is not in this plan: it exists already, or is missing" in said
    assert any(one["what"].lower().endswith("/virtualnetworks/hub-vnet") for one in alone["preflight"]["unknowns"])

    run(project, "deploy", "--env", "hub", "--no-verify")
    said, _ = run(project, "whatif", "--env", "spoke")
    assert "aks-spoke is new; its pods will leave with: 20." in said

    _, deployed = run(project, "deploy", "--env", "spoke", "--timeout", "3")
    checks = [check for check in deployed["verification"]["checks"] if check["kind"] == "egress-address"]
    assert {check["expected"].rpartition("/")[2].rstrip(")") for check in checks} == {"firewall-publicip"}
    assert {check["observed"].rpartition("/")[2].rstrip(")") for check in checks} == {"firewall-publicip"}
    run(project, "verify", "--env", "spoke", "--timeout", "3")
    for to in ("https://mcr.microsoft.com", "https://example.com"):
        said, _ = run(project, "explain", "--env", "spoke", "--to", to, "--live", "--timeout", "3")
        assert "hub-firewall" in said
    run(project, "report", "--env", "spoke", "--timeout", "3")
    page = (project.path / "out/spoke/report.html").read_text()
    assert "hub-firewall" in page
    assert "hub-vnet" in page

    run(project, "whatif", "--env", "spoke", "--exit-code")
    project.edit("bicep/topologies/spoke.bicep", r"nextHopIpAddress: '10.10.2.4'", "nextHopIpAddress: '10.10.2.9'")
    said, _ = run(project, "whatif", "--env", "spoke")
    assert "mcr.microsoft.com" in said
    assert "10.10.2.9" in said

    assert project.inv("destroy", "--env", "hub", "--yes").status == 0
    said, _ = run(project, "explain", "--env", "spoke", "--to", "https://mcr.microsoft.com", status=4)
    assert "hub-vnet does not exist" in said
