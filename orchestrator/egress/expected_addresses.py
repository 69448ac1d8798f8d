"""The public addresses that a cluster's pods and nodes must be seen with, told from the traced way out and never from outboundType."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from orchestrator.egress.network.build import build_network
from orchestrator.egress.network.model import Network
from orchestrator.egress.trace.flow import Origin
from orchestrator.egress.trace.leaving import find_ways, join_leaving
from orchestrator.model.resources import Snapshot


@dataclass(frozen=True, slots=True)
class ExpectedEgress:
    """The addresses that may be seen. `owners`: which resource each belongs to; `resources`: those ids, also where the address is not assigned yet.

    unknown: why the set is not known, or not known whole; None where `addresses` is all of it.
    """

    addresses: frozenset[str] = frozenset()
    resources: tuple[str, ...] = ()
    owners: Mapping[str, str] = field(default_factory=dict)
    unknown: str | None = None


def expected_addresses(
    snapshot: Snapshot, cluster_id: str, *, network: Network | None = None, origin: Origin = Origin.POD, pool: str | None = None
) -> ExpectedEgress:
    """What the internet sees of a cluster's pods, or nodes, of one pool or of all. The same for a plan, the lab, Azure or a saved file.

    network: the model, where it is built already.
    """
    model = network or build_network(snapshot)
    cluster = model.cluster(cluster_id)
    if cluster is None:
        return ExpectedEgress(unknown=f"the cluster {cluster_id} is not among the resources")
    leaving = join_leaving(find_ways(model, cluster, origin, pool))
    return ExpectedEgress(leaving.addresses, leaving.resources, leaving.owners, leaving.unknown)


def shown_address(expected: ExpectedEgress, address: str) -> str:
    """`20.100.0.5 (publicIPAddresses/firewall-publicip)`; the address alone where it belongs to nothing that is expected."""
    owner = expected.owners.get(address)
    if owner is None:
        return address
    segments = owner.rstrip("/").split("/")
    return f"{address} ({segments[-2]}/{segments[-1]})"
