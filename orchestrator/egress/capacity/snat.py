"""SNAT ports of all four ways out, at the most nodes that the pools may have, surge included.

Load balancer: see `load_balancer`; what AKS refuses of it is a check. NAT gateway: 64,512 an address, on demand (learn.microsoft.com/azure/nat-gateway). Azure
Firewall: 2,496 an address and instance, of which there are at least two, on demand (learn.microsoft.com/azure/firewall/firewall-faq). On demand there is a
number, and a verdict only where a demand is stated.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from orchestrator.egress.capacity.load_balancer import BALANCER_PORTS, allocated_ports, automatic_ports, check_automatic_ports, count_addresses
from orchestrator.egress.capacity.nodes import count_nodes
from orchestrator.egress.capacity.public_addresses import count_public_addresses
from orchestrator.egress.cluster_values import is_isolated, setting
from orchestrator.egress.dispositions import Kind
from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.trace.leaving import Way, find_ways
from orchestrator.model.findings import Finding, Severity

GATEWAY_PORTS, GATEWAY_ADDRESSES = 64_512, 16
FIREWALL_PORTS, FIREWALL_INSTANCES, FIREWALL_ADDRESSES = 2_496, 2, 20
DEMAND_SOURCE = "https://learn.microsoft.com/azure/load-balancer/load-balancer-outbound-connections"
_FIREWALL_SOURCE = "https://learn.microsoft.com/azure/aks/limit-egress-traffic"

BALANCER, GATEWAY, FIREWALL = "load balancer", "NAT gateway", "firewall"
_REMEDIES = {
    BALANCER: "Add outbound addresses, or take a NAT gateway, which gives ports on demand.",
    GATEWAY: f"Add addresses to the NAT gateway: up to {GATEWAY_ADDRESSES}, each with {GATEWAY_PORTS:,} ports.",
    FIREWALL: f"Add addresses to the firewall ({FIREWALL_PORTS:,} ports each and instance), or put a NAT gateway on its subnet ({GATEWAY_PORTS:,} each).",
}


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


@dataclass(frozen=True, slots=True)
class Sharing:
    """How many nodes, of how many clusters, leave by each thing: lower-case id of a NAT gateway or a firewall -> (nodes, clusters)."""

    users: Mapping[str, tuple[int, int]]

    def of(self, cluster: Cluster, way: Way) -> tuple[int, int]:
        """Those that leave as this way does; the cluster's own nodes where nobody else can."""
        return self.users.get(_shared_key(way), (count_nodes(cluster.pools), 1))


NOTHING_SHARED = Sharing({})


def find_sharing(network: Network) -> Sharing:
    """What clusters leave by together: a firewall of a hub, a NAT gateway of a subnet."""
    users: dict[str, tuple[int, int]] = {}
    for cluster in network.clusters.values():
        for key in {_shared_key(way) for way in find_ways(network, cluster)} - {""}:
            nodes, clusters = users.get(key, (0, 0))
            users[key] = (nodes + count_nodes(cluster.pools), clusters + 1)
    return Sharing(users)


def _shared_key(way: Way) -> str:
    """The thing whose ports are used; empty where it is the cluster's own."""
    if way.way is None:
        return ""
    hop = way.way.hop.resource_id.lower()
    return hop if "/natgateways/" in hop or "/azurefirewalls/" in hop else ""


def measure_snat(network: Network, cluster: Cluster, demand: int | None = None, sharing: Sharing = NOTHING_SHARED) -> tuple[SnatCapacity, ...]:
    """The capacity of each way out of a cluster; pools, and clusters, that leave by the same one share it. None of a cluster that needs none."""
    if is_isolated(cluster) and cluster.outbound_type in ("none", "block"):
        return ()
    return tuple(dict.fromkeys(_measure(network, cluster, way, demand, sharing) for way in find_ways(network, cluster)))


def _measure(network: Network, cluster: Cluster, way: Way, demand: int | None, sharing: Sharing) -> SnatCapacity:
    nodes, clusters = sharing.of(cluster, way)
    method, addresses, ports = _method(network, cluster, way)
    if ports is None or not addresses:
        why = way.problem or way.leaving.unknown or "the number of its addresses is not known"
        return SnatCapacity(cluster.id, method, addresses, nodes, None, None, demand, f"{method}: the ports are not known: {why}")
    total = addresses * ports
    per_node = _per_node(cluster, method, addresses, nodes, total)
    said = f"{demand} connections a node are stated" if demand is not None else "demand not stated"
    when = "given in advance" if method == BALANCER else "to one destination, on demand"
    each = f"{FIREWALL_PORTS:,} x {FIREWALL_INSTANCES} instances" if method == FIREWALL else f"{ports:,}"
    whose = f" of {clusters} clusters" if clusters > 1 else ""
    text = f"{method}: {addresses} x {each} = {total:,} ports for {nodes} nodes{whose} at most, {per_node:,} a node ({when}); {said}"
    return SnatCapacity(cluster.id, method, addresses, nodes, total, per_node, demand, text)


def _method(network: Network, cluster: Cluster, way: Way) -> tuple[str, int, int | None]:
    """(what, number of addresses, ports of each)."""
    if way.way is None or way.way.kind is not Kind.EXITS_INTERNET or way.way.leaving is None:
        return "no known way out", 0, None
    if way.source.pool.own_addresses and way.firewall is None and way.way.hop.resource_id.lower() not in network.nat_gateways:
        return "addresses of the nodes themselves", 0, None
    count = count_public_addresses(network, way.way.leaving.resources) or 0
    if way.way.hop.resource_id.lower() in network.nat_gateways:
        return GATEWAY, count, GATEWAY_PORTS
    if way.firewall is not None:
        return FIREWALL, count, FIREWALL_PORTS * FIREWALL_INSTANCES
    if cluster.outbound_type == "loadBalancer":
        return BALANCER, count or count_addresses(network, cluster), BALANCER_PORTS
    if cluster.outbound_type.startswith("managedNATGateway"):
        return GATEWAY, count or _managed_gateway_count(cluster), GATEWAY_PORTS
    return "Azure's default outbound access", 0, None


def _managed_gateway_count(cluster: Cluster) -> int:
    count = setting(cluster, "natGatewayProfile.managedOutboundIPProfile.count")
    return count if isinstance(count, int) else 1


def _per_node(cluster: Cluster, method: str, addresses: int, nodes: int, total: int) -> int:
    if method != BALANCER:
        return total // max(nodes, 1)
    return allocated_ports(cluster) or automatic_ports(nodes) * addresses


def check_snat(network: Network, cluster: Cluster, demand: int | None = None, sharing: Sharing = NOTHING_SHARED) -> Iterator[Finding]:
    """Warnings: a stated demand that does not fit, a firewall with few addresses, automatic ports that halve. What Azure refuses is a check of the plan."""
    for capacity in measure_snat(network, cluster, demand, sharing):
        if capacity.enough is False:
            text = f"{cluster.name}: {demand} connections a node are stated, but there are {capacity.per_node} ports ({capacity.text})"
            yield Finding("SnatDemandNotMet", Severity.WARNING, text, cluster.id, _REMEDIES[capacity.method], DEMAND_SOURCE)
        if capacity.method == FIREWALL and 0 < capacity.addresses < FIREWALL_ADDRESSES and demand is None:
            advice = f"the page of AKS advises at least {FIREWALL_ADDRESSES}, older text 5"
            text = f"{cluster.name} leaves by a firewall with {_addresses(capacity.addresses)}: {advice}"
            remedy = "State snat.connectionsPerNode in the environment's yaml, so that the ports are held against it; or add addresses."
            yield Finding("FewFirewallAddresses", Severity.WARNING, text, cluster.id, remedy, _FIREWALL_SOURCE)
    yield from check_automatic_ports(cluster)


def _addresses(count: int) -> str:
    return "one public address" if count == 1 else f"{count} public addresses"
