"""SNAT capacity: Microsoft's load balancer examples, and all four ways out."""

import pytest

from orchestrator.egress.capacity.load_balancer import automatic_ports
from orchestrator.egress.capacity.snat import check_snat, find_sharing, measure_snat
from orchestrator.egress.checks.invalid_load_balancer_profile_allocated_outbound_ports import CHECK
from orchestrator.egress.network.build import build_network
from orchestrator.model.resources import make_snapshot
from tests.egress.worked_networks import build


def balancer(count, ports, *, ips=1, surge=None, most=None):
    pool = {"count": count, "vnetSubnetID": None, "upgradeSettings": {"maxSurge": surge} if surge else {}}
    if most:
        pool |= {"enableAutoScaling": True, "maxCount": most}
    profile = {"outboundType": "loadBalancer", "loadBalancerProfile": {"allocatedOutboundPorts": ports, "managedOutboundIPs": {"count": ips}}}
    return {"pool": pool, "cluster": {"networkProfile": profile}}


def refusals(given):
    snapshot, _, cluster_id = build(given)
    network = build_network(snapshot)
    return [finding.message for finding in CHECK.findings(network, network.cluster(cluster_id))]


def look(given, demand=None):
    snapshot, _, cluster_id = build(given)
    network = build_network(snapshot)
    cluster = network.cluster(cluster_id)
    return measure_snat(network, cluster, demand), list(check_snat(network, cluster, demand))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (balancer(8, 8000), "Total node count 9 requires 72000 ports but only 64000 ports are available given 1 outbound public IPs"),
        (balancer(3, 21000), "Total node count 4 requires 84000 ports but only 64000 ports are available given 1 outbound public IPs"),
        (balancer(2, 21001), "allocatedOutboundPorts of aks is 21001, which is no multiple of 8 from 0 to 64000"),
        (balancer(3, 16000, most=4), "Total node count 5 requires 80000 ports but only 64000 ports are available given 1 outbound public IPs"),
        (balancer(100, 4000, ips=7, surge="33%"), "Total node count 133 requires 532000 ports but only 448000 ports are available given 7 outbound public IPs"),
        (balancer(7, 8000), None),
        (balancer(3, 21000, ips=2), None),
        (balancer(3, 0), None),
        (balancer(100, 4000, ips=9, surge="33%"), None),
        (balancer(100, 4000, ips=7), None),
    ],
)
def test_what_azure_refuses(given, message):
    assert refusals(given) == ([message] if message else [])


@pytest.mark.parametrize(("nodes", "ports"), [(1, 1024), (50, 1024), (51, 512), (100, 512), (101, 256), (400, 128), (800, 64), (1000, 32)])
def test_automatic_ports_halve_with_the_pool(nodes, ports):
    assert automatic_ports(nodes) == ports


@pytest.mark.parametrize(
    ("given", "method", "total", "per_node"),
    [
        (balancer(3, 0), "load balancer", 64_000, 1024),
        (balancer(3, 0, ips=2), "load balancer", 128_000, 2048),
        (balancer(49, 0), "load balancer", 64_000, 1024),
        (balancer(50, 0), "load balancer", 64_000, 512),
        ({"nat": ["20.100.1.1", "20.100.1.2"]}, "NAT gateway", 129_024, 32_256),
        ({"firewall": {"rules": []}}, "firewall", 4_992, 1_248),
        ({"firewall": {"rules": [], "public": ["20.100.0.5", "20.100.0.6"]}}, "firewall", 9_984, 2_496),
        ({"firewall": {"rules": []}, "firewall_nat": ["20.100.2.1"]}, "NAT gateway", 64_512, 16_128),
        ({"default_outbound": True, "outbound_type": "userDefinedRouting"}, "Azure's default outbound access", None, None),
    ],
)
def test_all_ways_out(given, method, total, per_node):
    [capacity], _ = look(given)
    assert (capacity.method, capacity.total, capacity.per_node, capacity.enough) == (method, total, per_node, None)


def test_a_stated_demand():
    [capacity], findings = look({"firewall": {"rules": []}}, 2000)
    assert (capacity.enough, [finding.code for finding in findings]) == (False, ["SnatDemandNotMet"])
    assert "put a NAT gateway on its subnet" in findings[0].remedy
    [capacity], findings = look({"nat": ["20.100.1.1"]}, 2000)
    assert (capacity.enough, findings) == (True, [])


def test_without_a_stated_demand_a_firewall_with_few_addresses_is_said():
    [capacity], [finding] = look({"firewall": {"rules": []}})
    assert "demand not stated" in capacity.text
    assert (finding.code, finding.severity.value) == ("FewFirewallAddresses", "warning")
    assert "at least 20, older text 5" in finding.message
    assert look({"firewall": {"rules": [], "public": [f"20.100.0.{n}" for n in range(20)]}})[1] == []


def test_automatic_ports_that_halve_as_the_cluster_grows():
    _, [finding] = look(balancer(50, 0))
    assert (finding.code, finding.severity.value) == ("AutomaticPortsHalve", "warning")
    assert "50 nodes with 1,024 automatic ports an address each; at 51 nodes, surge included, they are 512" in finding.message
    assert look(balancer(49, 0))[1] == []


def prefix(length):
    network = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Network"
    body = {"id": f"{network}/publicIPPrefixes/out", "type": "Microsoft.Network/publicIPPrefixes", "name": "out", "properties": {"prefixLength": length}}
    gateway = {
        "id": f"{network}/natGateways/nat",
        "type": "Microsoft.Network/natGateways",
        "name": "nat",
        "properties": {"publicIpPrefixes": [{"id": body["id"]}]},
    }
    return body, gateway


@pytest.mark.parametrize(("length", "total"), [(28, 16 * 64_512), (31, 2 * 64_512), (None, None)])
def test_a_prefix_has_as_many_addresses_as_its_length_leaves(length, total):
    snapshot, _, cluster_id = build({"nat": []})
    bodies = [resource.body for resource in snapshot if resource.name != "nat"]
    network = build_network(make_snapshot([*bodies, *prefix(length)]))
    [capacity] = measure_snat(network, network.cluster(cluster_id))
    assert (capacity.method, capacity.total) == ("NAT gateway", total)


@pytest.mark.parametrize(("way", "total"), [({"firewall": {"rules": []}}, 4_992), ({"nat": ["20.100.1.1"], "outbound_type": "userAssignedNATGateway"}, 64_512)])
def test_clusters_that_leave_by_one_thing_share_its_ports(way, total):
    snapshot, _, cluster_id = build(way)
    bodies = [resource.body for resource in snapshot]
    second = {**snapshot.find(cluster_id).body, "id": f"{cluster_id}-2", "name": "aks-2"}
    network = build_network(make_snapshot([*bodies, second]))
    [capacity] = measure_snat(network, network.cluster(cluster_id), sharing=find_sharing(network))
    assert (capacity.total, capacity.nodes, capacity.per_node) == (total, 8, total // 8)
    assert "for 8 nodes of 2 clusters at most" in capacity.text
