"""The SNAT ports of a load balancer that AKS makes: 64,000 an address, given to the nodes in advance."""

from collections.abc import Iterator

from orchestrator.egress.capacity.nodes import surge_nodes
from orchestrator.egress.capacity.public_addresses import count_public_addresses
from orchestrator.egress.cluster_values import setting
from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.network.reading import reference_ids
from orchestrator.model.findings import Finding, Severity

BALANCER_PORTS = 64_000
SOURCE = "https://learn.microsoft.com/azure/aks/configure-load-balancer-standard"

_AUTOMATIC = ((50, 1024), (100, 512), (200, 256), (400, 128), (800, 64), (1000, 32))
_HALVE_REMEDY = "Set allocatedOutboundPorts to what the most nodes may have each, or take a NAT gateway, which gives ports on demand."


def automatic_ports(nodes: int) -> int:
    """What a load balancer gives each node of a pool of that size, for each of its addresses."""
    return next((ports for most, ports in _AUTOMATIC if nodes <= most), 0)


def allocated_ports(cluster: Cluster) -> int | None:
    """allocatedOutboundPorts; None where they are automatic (0, or nothing said), or known only to the deployment."""
    ports = setting(cluster, "loadBalancerProfile.allocatedOutboundPorts")
    return ports if isinstance(ports, int) and not isinstance(ports, bool) and ports != 0 else None


def count_addresses(network: Network, cluster: Cluster) -> int:
    """The outbound addresses: those that AKS makes, and those that are given; 0 where their number is not known."""
    lists = [setting(cluster, f"loadBalancerProfile.{path}") for path in ("outboundIPs.publicIPs", "outboundIPPrefixes.publicIPPrefixes")]
    given = [each for references in lists for each in reference_ids(references)]
    if len(given) < sum(len(references) if isinstance(references, list) else references is not None for references in lists):
        return 0
    count = setting(cluster, "loadBalancerProfile.managedOutboundIPs.count")
    made = count if isinstance(count, int) else 0 if given else 1
    of_given = count_public_addresses(network, tuple(given))
    return 0 if of_given is None else made + of_given


def check_automatic_ports(cluster: Cluster) -> Iterator[Finding]:
    """A warning where automatic ports halve as the cluster grows: nodes that are there lose theirs."""
    if cluster.outbound_type != "loadBalancer" or allocated_ports(cluster) is not None:
        return
    now, most = sum(pool.count for pool in cluster.pools), sum(pool.max_count + surge_nodes(pool) for pool in cluster.pools)
    before, after = automatic_ports(now), automatic_ports(most)
    if after < before:
        text = f"{cluster.name} has {now} nodes with {before:,} automatic ports an address each; at {most} nodes, surge included, they are {after:,}"
        yield Finding("AutomaticPortsHalve", Severity.WARNING, f"{text}: the step breaks connections", cluster.id, _HALVE_REMEDY, SOURCE)
