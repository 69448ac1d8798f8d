"""Peered networks in the prediction: both directions, access, forwarded traffic, no way through, and what is known of a network that is not there."""

import pytest

from orchestrator.egress.addresses.knowledge import NOTHING_KNOWN
from orchestrator.egress.dispositions import Kind
from orchestrator.egress.network.build import build_network
from orchestrator.egress.trace.flow import Origin
from orchestrator.egress.trace.trace import trace_endpoint
from orchestrator.model.flows import Endpoint
from orchestrator.model.resources import make_snapshot
from tests.lab.dataplane import topologies
from tests.lab.dataplane.hub_and_spoke import ADDRESS, hub, hub_and_spokes, join, spoke

ELSEWHERE = f"{topologies.group('rg-elsewhere')}/providers/Microsoft.Network/virtualNetworks/shared"


def trace(resources, cluster, host, protocol="tcp", port=443):
    network = build_network(make_snapshot([body for bodies in resources for body in bodies]))
    (found,) = trace_endpoint(network, NOTHING_KNOWN, topologies.cluster_id(cluster), Endpoint(protocol, host, port), Origin.NODE)
    return found.disposition


def peering(network, number=0):
    return network[0]["properties"]["virtualNetworkPeerings"][number]["properties"]


def test_a_spoke_leaves_by_the_firewall_of_its_hub():
    middle, one, two = hub_and_spokes()
    found = trace([middle, one, two], one, "ifconfig.me", "http", 80)
    assert (found.kind, found.leaving.addresses) == (Kind.EXITS_INTERNET, {ADDRESS})


@pytest.mark.parametrize("side", ["there", "back"])
def test_one_direction_is_none(side):
    middle, one = hub(), spoke(0)
    join(one, middle, **{side: False})
    assert trace([middle, one], one, "ifconfig.me", "http", 80).kind is Kind.DNS_FAILURE
    assert trace([middle, one], one, "34.160.111.145").kind is Kind.NO_ROUTE


def test_spokes_reach_each_other_by_the_firewall_where_forwarded_traffic_is_taken():
    middle, one, two = hub_and_spokes()
    assert trace([middle, one, two], one, "10.30.0.4").kind is Kind.DELIVERED_VNET
    peering(two)["allowForwardedTraffic"] = False
    assert trace([middle, one, two], one, "10.30.0.4").kind is Kind.NO_ROUTE
    direct = spoke(0, routes=())
    join(direct, middle, back=False)
    assert trace([middle, direct, two], direct, "10.30.0.4").kind is Kind.NO_ROUTE, "peering is not transitive"


def test_without_access_only_a_rule_of_ones_own_opens_a_peer():
    one, two = spoke(0, routes=(), dns=False), spoke(1, routes=(), dns=False)
    join(one, two)
    assert trace([one, two], one, "10.30.0.4").kind is Kind.DELIVERED_VNET
    peering(two)["allowVirtualNetworkAccess"] = False
    assert trace([one, two], one, "10.30.0.4").kind is Kind.DENIED_NSG
    rule = {"priority": 100, "direction": "Inbound", "access": "Allow", "protocol": "*", "sourceAddressPrefix": "10.20.0.0/16"}
    body = {"securityRules": [{"name": "open", "properties": {**rule, "destinationAddressPrefix": "*", "destinationPortRange": "443"}}]}
    group = topologies.resource(topologies.group("rg"), "Microsoft.Network/networkSecurityGroups", "nsg", body)
    two[0]["properties"]["subnets"][0]["properties"]["networkSecurityGroup"] = topologies.reference(group)
    assert trace([one, two, [group]], one, "10.30.0.4").kind is Kind.DELIVERED_VNET
    assert trace([one, two, [group]], one, "10.30.0.4", port=80).kind is Kind.DENIED_NSG


def test_a_firewall_behind_a_peering_without_access_is_not_known():
    middle, one = hub(), spoke(0, dns=False)
    join(one, middle, there={"allowVirtualNetworkAccess": False})
    found = trace([middle, one], one, "34.160.111.145", "http", 80)
    assert (found.kind, "is without virtual network access" in str(found)) == (Kind.UNKNOWN, True)


@pytest.mark.parametrize(
    ("shown", "host", "kind"),
    [
        ({}, "10.99.0.4", Kind.UNKNOWN),
        ({}, "34.160.111.145", Kind.NO_SNAT),
        ({"peeringState": "Connected", "remoteAddressSpace": {"addressPrefixes": ["10.99.0.0/16"]}}, "10.99.0.4", Kind.UNKNOWN),
        ({"peeringState": "Connected", "remoteAddressSpace": {"addressPrefixes": ["10.99.0.0/16"]}}, "10.98.0.4", Kind.NO_ROUTE),
        ({"peeringState": "Initiated"}, "10.99.0.4", Kind.NO_ROUTE),
    ],
)
def test_a_peer_that_is_not_among_the_resources(shown, host, kind):
    one = spoke(0, routes=(), dns=False)
    body = {"name": "to-shared", "properties": {"remoteVirtualNetwork": {"id": ELSEWHERE}, **shown}}
    one[0]["properties"]["virtualNetworkPeerings"] = [body]
    assert trace([one], one, host).kind is kind
