"""Peered networks with real packets: hub and spoke, both directions needed, forwarded traffic, access, no way through."""

import copy

import pytest

from tests.lab.dataplane import topologies
from tests.lab.dataplane.hub_and_spoke import ADDRESS, hub, hub_and_spokes, join, spoke

pytestmark = pytest.mark.packets

ECHO = "curl -sS --max-time 4 http://ifconfig.me"
TIMED_OUT = 28
REFUSED = 7


def ask(plane, resources, command):
    result = plane.run(resources, command)
    return result.exit_code, result.output.strip()


def knock(plane, resources, address, seconds=2):
    """7: the machine itself answered that nothing listens there; 28: silence."""
    return plane.run(resources, f"curl -sS --max-time {seconds} http://{address}:8081").exit_code


@pytest.fixture
def network(plane):
    """(plane, hub, spoke, spoke) that hang together."""
    middle, one, two = hub_and_spokes()
    assert plane.apply(middle, one, two) == ()
    return plane, middle, one, two


def test_spokes_leave_by_the_firewall_in_the_hub_with_its_dns(network):
    plane, _, one, two = network
    for each in (one, two):
        assert ask(plane, each, ECHO) == (0, ADDRESS)
        assert ask(plane, each, "curl -sS --max-time 4 http://example.com")[1].startswith("Action: Deny")


def test_a_peering_needs_both_directions_and_comes_and_goes_in_place(network):
    plane, middle, one, two = network
    alone = copy.deepcopy(middle)
    alone[0]["properties"]["virtualNetworkPeerings"].pop(0)
    plane.apply(alone, one, two)
    assert ask(plane, one, ECHO)[0] in (6, TIMED_OUT)
    assert ask(plane, two, ECHO) == (0, ADDRESS)
    plane.apply(middle, one, two)
    assert ask(plane, one, ECHO) == (0, ADDRESS)


def test_a_peering_as_a_resource_of_its_own(plane):
    middle, one = hub(), spoke(0)
    join(one, middle)
    body = one[0]["properties"].pop("virtualNetworkPeerings")[0]
    own = {**body, "id": f"{one[0]['id']}/virtualNetworkPeerings/{body['name']}", "type": "Microsoft.Network/virtualNetworks/virtualNetworkPeerings"}
    plane.apply(middle, one, [own])
    assert ask(plane, one, ECHO) == (0, ADDRESS)


def test_peering_is_not_transitive_and_forwarded_traffic_has_to_be_taken(network):
    plane, middle, one, two = network
    assert knock(plane, one, "10.30.0.4") == REFUSED, "by the firewall, which both spokes' routes lead to"
    direct = spoke(0, routes=())
    join(direct, middle, back=False)
    plane.apply(middle, direct, two)
    assert knock(plane, direct, "10.30.0.4") == TIMED_OUT
    closed = copy.deepcopy(two)
    closed[0]["properties"]["virtualNetworkPeerings"][0]["properties"]["allowForwardedTraffic"] = False
    plane.apply(middle, one, closed)
    assert knock(plane, one, "10.30.0.4") == TIMED_OUT
    assert ask(plane, closed, ECHO) == (0, ADDRESS), "answers are not concerned"


def test_without_virtual_network_access_only_a_rule_of_ones_own_lets_packets_pass(plane):
    one, two = spoke(0, routes=(), dns=False), spoke(1, routes=(), dns=False)
    join(one, two)
    plane.apply(one, two)
    assert knock(plane, one, "10.30.0.4") == REFUSED
    one[0]["properties"]["virtualNetworkPeerings"][0]["properties"]["allowVirtualNetworkAccess"] = False
    plane.apply(one, two)
    assert knock(plane, one, "10.30.0.4") == TIMED_OUT
    rule = {"priority": 100, "direction": "Outbound", "access": "Allow", "protocol": "*", "sourceAddressPrefix": "*", "destinationPortRange": "*"}
    body = {"securityRules": [{"name": "open", "properties": {**rule, "destinationAddressPrefix": "10.30.0.0/16"}}]}
    nsg = topologies.resource(topologies.group("rg-spoke0"), "Microsoft.Network/networkSecurityGroups", "nsg", body)
    one[0]["properties"]["subnets"][0]["properties"]["networkSecurityGroup"] = topologies.reference(nsg)
    plane.apply(one, two, [nsg])
    assert knock(plane, one, "10.30.0.4") == REFUSED


def test_security_groups_at_the_destination(plane):
    one, two = spoke(0, routes=(), dns=False), spoke(1, routes=(), dns=False)
    join(one, two)
    rule = {"priority": 100, "direction": "Inbound", "access": "Deny", "protocol": "Tcp", "destinationAddressPrefix": "*", "destinationPortRange": "8081"}
    body = {"securityRules": [{"name": "shut", "properties": {**rule, "sourceAddressPrefix": "10.20.0.0/16"}}]}
    nsg = topologies.resource(topologies.group("rg-spoke1"), "Microsoft.Network/networkSecurityGroups", "nsg", body)
    two[0]["properties"]["subnets"][0]["properties"]["networkSecurityGroup"] = topologies.reference(nsg)
    plane.apply(one, two, [nsg])
    assert knock(plane, one, "10.30.0.4") == TIMED_OUT
    assert knock(plane, one, "10.30.0.5") == TIMED_OUT
    assert plane.run(one, "curl -sS --max-time 2 http://10.30.0.4:8082").exit_code == REFUSED
