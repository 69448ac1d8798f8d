"""SNAT ports of all four ways out, at the most nodes that the pools may have, surge included.

Load balancer: 64,000 ports an address, given to nodes in advance; with explicit `allocatedOutboundPorts` AKS refuses what does not fit
(learn.microsoft.com/azure/aks/configure-load-balancer-standard). NAT gateway: 64,512 an address, on demand (learn.microsoft.com/azure/nat-gateway). Azure
Firewall: 2,496 an address and instance, of which there are at least two, on demand (learn.microsoft.com/azure/firewall/firewall-faq). On demand there is a
number, and a verdict only where a demand is stated.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from orchestrator.egress.dispositions import Kind
from orchestrator.egress.network.clusters import network_profile
from orchestrator.egress.network.model import Cluster, Network, Pool
from orchestrator.egress.trace.leaving import Way, find_ways
from orchestrator.model.findings import Finding, Severity
from orchestrator.model.json_value import JsonObject

BALANCER_PORTS, GATEWAY_PORTS, FIREWALL_PORTS, FIREWALL_INSTANCES = 64_000, 64_512, 2_496, 2
LB_SOURCE = "https://learn.microsoft.com/azure/aks/configure-load-balancer-standard"
_AUTOMATIC = ((50, 1024), (100, 512), (200, 256), (400, 128), (800, 64), (1000, 32))


@dataclass(frozen=True, slots=True)
class SnatCapacity:
    """The ports of one cluster's way out. `addresses` 0: their number is not known; `per_node` None: nothing can be said; `demand`: connections a node."""

    cluster_id: str
    method: str
    addresses: int
    nodes: int
    total: int | None
    per_node: int | None
    demand: int | None
    text: str

    @property
    def enough(self) -> bool | None:
        """Whether the stated demand fits; None where none is stated or nothing is known."""
        return None if self.demand is None or self.per_node is None else self.per_node >= self.demand


def count_nodes(pools: tuple[Pool, ...]) -> int:
    """The most nodes at once: each pool's maximum and its surge."""
    return sum(pool.max_count + surge_nodes(pool) for pool in pools)


def surge_nodes(pool: Pool) -> int:
    """How many nodes an upgrade adds; one where nothing is said."""
    text = pool.surge or "1"
    if text.endswith("%") and text[:-1].isdigit():
        return ceil(pool.max_count * int(text[:-1]) / 100)
    return int(text) if text.isdigit() else 1


def automatic_ports(nodes: int) -> int:
    """What a load balancer gives each node of a pool of that size, for each of its addresses."""
    return next((ports for most, ports in _AUTOMATIC if nodes <= most), 0)


def measure_snat(network: Network, cluster: Cluster, demand: int | None = None) -> tuple[SnatCapacity, ...]:
    """The capacity of each way out of a cluster."""
    return tuple(_measure(network, cluster, way, demand) for way in find_ways(network, cluster))


def _measure(network: Network, cluster: Cluster, way: Way, demand: int | None) -> SnatCapacity:
    nodes = count_nodes(cluster.pools)
    method, addresses, ports = _method(network, cluster, way)
    if ports is None or not addresses:
        why = way.problem or way.leaving.unknown or "the number of its addresses is not known"
        return SnatCapacity(cluster.id, method, addresses, nodes, None, None, demand, f"{method}: the ports are not known: {why}")
    total = addresses * ports
    per_node = _per_node(cluster, method, addresses, nodes, total)
    said = f"{demand} connections a node are stated" if demand is not None else "demand not stated"
    text = f"{method}: {addresses} x {ports:,} = {total:,} ports for {nodes} nodes at most, {per_node:,} a node; {said}"
    return SnatCapacity(cluster.id, method, addresses, nodes, total, per_node, demand, text)


def _method(network: Network, cluster: Cluster, way: Way) -> tuple[str, int, int | None]:
    """(what, number of addresses, ports of each)."""
    if way.way is None or way.way.kind is not Kind.EXITS_INTERNET or way.way.leaving is None:
        return "no known way out", 0, None
    count = _count(network, way.way.leaving.resources)
    if way.way.hop.resource_id.lower() in network.nat_gateways:
        return "NAT gateway", count, GATEWAY_PORTS
    if way.firewall is not None:
        return "firewall", count, FIREWALL_PORTS * FIREWALL_INSTANCES
    if cluster.outbound_type == "loadBalancer":
        return "load balancer", count or _managed_count(cluster, "loadBalancerProfile", "managedOutboundIPs"), BALANCER_PORTS
    if cluster.outbound_type.startswith("managedNATGateway"):
        return "NAT gateway", count or _managed_count(cluster, "natGatewayProfile", "managedOutboundIPProfile"), GATEWAY_PORTS
    return "Azure's default outbound access", 0, None


def _count(network: Network, ids: tuple[str, ...]) -> int:
    """Each public address is one; a prefix has as many as it holds, and none is known before it is assigned."""
    return sum(len(network.addresses.get(each.lower(), ())) or ("/publicipprefixes/" not in each.lower()) for each in ids)


def _managed_count(cluster: Cluster, profile_key: str, key: str) -> int:
    profile = network_profile(cluster.resource).get(profile_key)
    managed = profile.get(key) if isinstance(profile, dict) else None
    count = managed.get("count") if isinstance(managed, dict) else None
    return count if isinstance(count, int) else 1


def _allocated(cluster: Cluster) -> int | None:
    profile: JsonObject = network_profile(cluster.resource).get("loadBalancerProfile") or {}
    ports = profile.get("allocatedOutboundPorts") if isinstance(profile, dict) else None
    return ports if isinstance(ports, int) and ports > 0 else None


def _per_node(cluster: Cluster, method: str, addresses: int, nodes: int, total: int) -> int:
    if method != "load balancer":
        return total // max(nodes, 1)
    return _allocated(cluster) or automatic_ports(nodes) * addresses


def check_snat(network: Network, cluster: Cluster, demand: int | None = None) -> Iterator[Finding]:
    """Errors only where Azure refuses; a warning where a stated demand does not fit."""
    for capacity in measure_snat(network, cluster, demand):
        if capacity.method == "load balancer" and _allocated(cluster) is not None:
            yield from _check_allocated(cluster, capacity, _allocated(cluster) or 0)
        if capacity.enough is False:
            text = f"{cluster.name}: {demand} connections a node are stated, but there are {capacity.per_node} ports ({capacity.text})"
            yield Finding("SnatDemandNotMet", Severity.WARNING, text, cluster.id, "Add addresses to the way out.", LB_SOURCE)


def _check_allocated(cluster: Cluster, capacity: SnatCapacity, ports: int) -> Iterator[Finding]:
    code = "InvalidLoadBalancerProfileAllocatedOutboundPorts"
    if ports % 8 or ports > BALANCER_PORTS:
        text = f"allocatedOutboundPorts of {cluster.name} is {ports}, which is no multiple of 8 from 0 to {BALANCER_PORTS}"
        yield Finding(code, Severity.ERROR, text, cluster.id, "Take a multiple of 8, or 0 for automatic ports.", LB_SOURCE)
    needed, there = capacity.nodes * ports, capacity.addresses * BALANCER_PORTS
    if needed > there:
        text = f"Total node count {capacity.nodes} requires {needed} ports but only {there} ports are available given {capacity.addresses} outbound public IPs"
        yield Finding(
            code, Severity.ERROR, text, cluster.id, "Lower allocatedOutboundPorts, or add outbound addresses; maximum counts and surge count.", LB_SOURCE
        )
