"""The map of networks: the places that traced flows pass, what is said of them, and what becomes of the flows."""

import pytest

from orchestrator.egress.addresses.knowledge import lab_knowledge
from orchestrator.egress.dispositions import Kind
from orchestrator.egress.map.draw import WHY, draw_map
from orchestrator.egress.network.build import build_network
from orchestrator.egress.trace.flow import Origin
from orchestrator.egress.trace.trace import trace_endpoint
from orchestrator.model.flows import Endpoint
from orchestrator.model.topology_map import MapFlow, PlaceKind, Standing, TopologyMap
from tests.egress.worked_networks import build

DOCKER, EXAMPLE = Endpoint("https", "registry-1.docker.io", 443), Endpoint("https", "example.com", 443)
ALLOW = ["https:443 from * to *.docker.io"]


def draw(snapshot, cluster_id, *endpoints, knowledge=None, origins=(Origin.POD,)) -> TopologyMap:
    network = build_network(snapshot)
    known = knowledge or lab_knowledge()
    return draw_map(network, [trace for endpoint in endpoints for origin in origins for trace in trace_endpoint(network, known, cluster_id, endpoint, origin)])


def draw_worked(given, *endpoints) -> TopologyMap:
    snapshot, _, cluster_id = build(given)
    return draw(snapshot, cluster_id, *endpoints)


def ways(topology: TopologyMap) -> list[tuple[list[str], Standing]]:
    return [([topology.place(key).name for key in path.places], path.standing) for path in topology.paths]


@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("lb", ["aks-subnet", "load balancer", "public address", "internet"]),
        ("managed-natgw", ["aks-subnet", "NAT gateway", "public address", "internet"]),
        ("user-natgw", ["natCluster", "myNatGateway", "myNatGatewayPip", "internet"]),
        ("udr", ["aks-subnet", "hub-firewall", "firewall-publicip", "internet"]),
    ],
)
def test_the_way_out_of_each_topology(name, way, plan):
    made = plan(name)
    assert ways(draw(made.snapshot(), made.cluster_id, DOCKER)) == [(way, Standing.ARRIVES)]


@pytest.mark.parametrize(("name", "address"), [("lb", "20.100.0.1"), ("user-natgw", "20.100.0.4"), ("udr", "20.100.0.5")])
def test_after_the_deployment_the_addresses_are_known(name, address, deployed):
    made = deployed(name)
    topology = draw(made.snapshot(), made.cluster_id, DOCKER)
    (place,) = [place for place in topology.places if place.kind is PlaceKind.PUBLIC_ADDRESS]
    assert place.facts == (address,)


def test_flows_that_go_the_same_way_are_one_path_pods_and_nodes_alike(plan):
    made = plan("udr")
    topology = draw(made.snapshot(), made.cluster_id, DOCKER, EXAMPLE, Endpoint("https", "mcr.microsoft.com", 443), origins=(Origin.POD, Origin.NODE))
    assert [(path.number, path.standing, len(path.flows), len(path.endpoints)) for path in topology.paths] == [
        (1, Standing.ARRIVES, 4, 2),
        (2, Standing.DENIED, 2, 1),
    ]
    assert topology.paths[1].says == "denied by the firewall: no rule matched"
    assert MapFlow("pod of aks-udr/nodepool1", "https://example.com") in topology.paths[1].flows


def test_what_is_said_of_the_places_of_udr(plan):
    made = plan("udr")
    facts = {place.name: place.facts for place in draw(made.snapshot(), made.cluster_id, DOCKER).places}
    assert facts["aks-vnet"] == ("10.42.0.0/16", "DNS servers 10.42.2.4")
    assert facts["aks-subnet"][:4] == ("10.42.1.0/24", "aks-udr/nodepool1: 3 nodes", "route table firewall-routetable", "0.0.0.0/0 to 10.42.2.4")
    assert facts["hub-firewall"][1] == "10.42.2.4 (predicted)"
    assert facts["hub-firewall"][-1] == "in AzureFirewallSubnet 10.42.2.0/24"
    assert facts["firewall-publicip"] == ("not known before creation",)


def test_hub_and_spoke_are_two_networks_with_their_peering():
    given = {"hub": True, "firewall": {"public": ["20.100.0.5", "20.100.0.6"], "rules": ALLOW}}
    topology = draw_worked(given, DOCKER, EXAMPLE)
    assert ways(topology) == [(["aks-subnet", "fw", "2 public addresses", "internet"], Standing.ARRIVES), (["aks-subnet", "fw"], Standing.DENIED)]
    inside = {place.name: topology.place(place.inside).name for place in topology.places if place.inside is not None}
    assert inside == {"aks-subnet": "vnet", "fw": "hub"}
    (peering,) = topology.peerings
    assert (topology.place(peering.here).name, topology.place(peering.there).name, peering.mutual) == ("vnet", "hub", True)


def test_a_nat_gateway_on_the_firewalls_subnet_is_on_the_way():
    given = {"firewall": {"rules": ALLOW}, "firewall_nat": ["20.100.2.1"]}
    assert ways(draw_worked(given, DOCKER)) == [(["aks-subnet", "fw", "firewall-nat", "firewall-nat-0", "internet"], Standing.ARRIVES)]


def test_a_path_ends_where_its_flow_ends():
    routes = ["0.0.0.0/0 -> 10.42.2.4", "6.6.6.6/32 -> None", "7.0.0.0/8 -> VirtualNetworkGateway"]
    given = {"firewall": {"rules": ALLOW}, "routes": routes, "nsg": ["200 deny out Tcp 25 from * to Internet"]}
    snapshot, _, cluster_id = build(given)
    endpoints = [Endpoint("tcp", "6.6.6.6", 443), Endpoint("tcp", "7.7.7.7", 443), Endpoint("tcp", "9.9.9.9", 25)]
    topology = draw(snapshot, cluster_id, *endpoints)
    by_endpoint = {path.endpoints[0]: path for path in topology.paths}
    lost, unknown, denied = by_endpoint["tcp://6.6.6.6:443"], by_endpoint["tcp://7.7.7.7:443"], by_endpoint["tcp://9.9.9.9:25"]
    assert (denied.says, len(denied.places)) == ("denied by a network security group", 1)
    assert (lost.standing, lost.says, len(lost.places)) == (Standing.DENIED, "lost: no route leads there", 1)
    assert (unknown.standing, len(unknown.places)) == (Standing.UNKNOWN, 1)


def test_every_kind_of_ending_has_few_words():
    assert set(WHY) == set(Kind)
    assert max(len(words) for words in WHY.values()) <= 24
