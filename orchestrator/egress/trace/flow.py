"""Where flows come from and where they go."""

from dataclasses import dataclass
from enum import StrEnum
from ipaddress import AddressValueError, IPv4Address, IPv6Address

from orchestrator.egress.addresses.knowledge import Knowledge
from orchestrator.egress.addresses.matcher import Packet
from orchestrator.egress.addresses.ranges import ALL_ADDRESSES, NO_ADDRESSES, PUBLIC, ranges_of
from orchestrator.egress.logic.truth import NOTHING_ASSUMED, Assumption
from orchestrator.egress.network.model import Cluster, Network, Pool, Subnet
from orchestrator.egress.network.reading import last_name
from orchestrator.model.flows import Endpoint
from orchestrator.model.resources import is_expression


class Origin(StrEnum):
    """Whose traffic it is: a pod with an address of the cluster's, or what runs on the node's own network."""

    POD = "pod"
    NODE = "node"


@dataclass(frozen=True, slots=True)
class Start:
    """A subnet that the traffic may leave from, with the addresses that it may have. `reason`: why it is only one of several."""

    subnet: Subnet
    packet: Packet
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """The pods or the nodes of a pool."""

    cluster: Cluster
    pool: Pool
    origin: Origin
    starts: tuple[Start, ...]

    def __str__(self) -> str:
        return f"{self.origin} of {self.cluster.name}/{self.pool.name}"


@dataclass(frozen=True, slots=True)
class Flow:
    """A source and a destination. `to_tag`: the endpoint's host is a service tag, and the flow goes to every address of it."""

    source: Source
    endpoint: Endpoint
    to_tag: bool = False

    def __str__(self) -> str:
        return f"{self.source} -> {self.endpoint}"


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a flow goes. `host`: the name, None for an address or a tag; `exists` False: no such name; `unknown`: why it cannot be modelled."""

    host: str | None
    packet: Packet
    exact: bool
    exists: bool = True
    assumptions: frozenset[Assumption] = NOTHING_ASSUMED
    unknown: str | None = None


def find_sources(network: Network, cluster_id: str, origin: Origin, pool: str | None = None) -> tuple[Source, ...]:
    """The sources of a cluster, one for each pool (or the one named); empty where there is no such cluster or pool."""
    cluster = network.cluster(cluster_id)
    if cluster is None:
        return ()
    pools = [one for one in cluster.pools if pool is None or one.name.lower() == pool.lower()]
    return tuple(Source(cluster, one, origin, _starts(network, cluster, one, origin)) for one in pools)


def _starts(network: Network, cluster: Cluster, pool: Pool, origin: Origin) -> tuple[Start, ...]:
    node = _start(network, cluster, pool.subnet_id)
    if origin is Origin.NODE or pool.pod_subnet_id is None or cluster.overlay:
        return (node,)
    reason = "whether a pod's traffic takes its own address or its node's is not known"
    pod = _start(network, cluster, pool.pod_subnet_id)
    return (Start(pod.subnet, pod.packet, reason), Start(node.subnet, node.packet, reason))


def _start(network: Network, cluster: Cluster, subnet_id: str | None) -> Start:
    subnet = cluster.managed_subnet if subnet_id is None else network.subnet(subnet_id)
    if subnet is None:
        where = "is known only to the deployment" if is_expression(subnet_id) else network.absence(subnet_id)
        subnet = Subnet(str(subnet_id), last_name(subnet_id), "", NO_ADDRESSES, unknown=f"the subnet {last_name(subnet_id)} {where}")
    return Start(subnet, Packet(subnet.ranges or ALL_ADDRESSES))


def find_destination(network: Network, knowledge: Knowledge, endpoint: Endpoint, *, to_tag: bool = False) -> Destination:
    """What is known of an endpoint's addresses."""
    if to_tag:
        return _tag_destination(knowledge, endpoint.host)
    host = endpoint.host.rstrip(".").lower()
    if host[:1].isdigit() and _is_address(host):
        return Destination(None, Packet(ranges_of(host)), True)
    if ":" in host:
        known = "is an IPv6 address, which is not modelled" if _is_ipv6(host) else "is neither a name nor an address"
        return Destination(None, Packet(ALL_ADDRESSES), False, unknown=f"{host} {known}")
    answer = knowledge.name(host)
    if answer is None:
        assumption = Assumption("public-name", f"{host} has public addresses, none of them of the resources here")
        return Destination(host, Packet(network.foreign), False, assumptions=frozenset((assumption,)))
    return Destination(host, Packet(answer.space), answer.exact, answer.exists)


def _tag_destination(knowledge: Knowledge, tag: str) -> Destination:
    return Destination(None, Packet(knowledge.tag(tag) or PUBLIC, tag), False)


def _is_address(text: str) -> bool:
    try:
        IPv4Address(text)
    except AddressValueError:
        return False
    return True


def _is_ipv6(text: str) -> bool:
    try:
        IPv6Address(text.strip("[]"))
    except AddressValueError:
        return False
    return True
