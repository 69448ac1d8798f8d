"""Where firewalls, NAT gateways and application gateways may stand."""

import pytest

from orchestrator.egress.network.build import build_network
from orchestrator.egress.preflight.placement import check_placement
from orchestrator.model.resources import make_snapshot
from tests.egress.worked_networks import NETWORK, build, resource

FIREWALL = {"firewall": {"rules": []}}


def look(given, change=lambda bodies: None):
    snapshot, _, _ = build(given)
    bodies = {one.body["id"]: dict(one.body) for one in snapshot}
    change(bodies)
    return [(finding.code, finding.severity.value) for finding in check_placement(build_network(make_snapshot(bodies.values())))]


def address(**values):
    def change(bodies):
        bodies[f"{NETWORK}/publicIPAddresses/fw-0"] |= values

    return change


def elsewhere(bodies):
    body = bodies.pop(f"{NETWORK}/publicIPAddresses/fw-0")
    moved = body["id"].replace("resourceGroups/rg/", "resourceGroups/other/")
    bodies[moved] = {**body, "id": moved}
    firewall = bodies[f"{NETWORK}/azureFirewalls/fw"]
    firewall["properties"]["ipConfigurations"][0]["properties"]["publicIPAddress"]["id"] = moved


def application_gateway(subnet):
    return resource("applicationGateways", "agw", {"gatewayIPConfigurations": [{"properties": {"subnet": {"id": f"{NETWORK}/virtualNetworks/vnet/{subnet}"}}}]})


@pytest.mark.parametrize(
    ("given", "change", "expected"),
    [
        (FIREWALL, lambda bodies: None, []),
        (FIREWALL, address(sku={"name": "Standard"}), []),
        (FIREWALL, address(sku={"name": "Basic"}), [("FirewallAddressSku", "error")]),
        (FIREWALL, address(properties={"publicIPAllocationMethod": "Dynamic"}), [("FirewallAddressSku", "error")]),
        (FIREWALL, address(location="northeurope"), [("FirewallPlacement", "error")]),
        (FIREWALL, address(location="[parameters('location')]"), []),
        (FIREWALL, elsewhere, [("FirewallPlacement", "error")]),
        ({**FIREWALL, "bodies": [application_gateway("subnets/aks-subnet")]}, lambda bodies: None, [("ApplicationGatewayDefaultRoute", "error")]),
        ({**FIREWALL, "bodies": [application_gateway("subnets/AzureFirewallSubnet")]}, lambda bodies: None, []),
    ],
)
def test_findings(given, change, expected):
    assert look(given, change) == expected


def test_a_nat_gateway_on_a_gateways_subnet():
    gateway = resource("natGateways", "out", {})
    subnet = {"name": "GatewaySubnet", "properties": {"addressPrefix": "10.42.9.0/27", "natGateway": {"id": gateway["id"]}}}
    assert look({"subnets": [subnet], "bodies": [gateway]}) == [("NatGatewayOnGatewaySubnet", "error")]
