"""Rows that hold what the plan foretold of a firewall's private address against the address that Azure gave it.

A template cannot ask the firewall (it needs the network, which needs the route), so the next hop of the default route and the DNS server of the virtual
network are foretold: the first address of the subnet that Azure assigns. After the deployment both must be the firewall's own.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from orchestrator.egress.addresses.ranges import Relation, ranges_of, read_pair
from orchestrator.egress.firewall.firewall import Firewall
from orchestrator.egress.network.build import build_network
from orchestrator.egress.network.model import Network, Subnet, VirtualNetwork
from orchestrator.egress.network.routes import APPLIANCE
from orchestrator.egress.node_subnets import find_default_route, find_route_table, node_subnets
from orchestrator.model.flows import Check, CheckStatus
from orchestrator.model.resources import Snapshot

KIND = "firewall-address"
FIREWALL_SUBNET = "azurefirewallsubnet"


@dataclass(frozen=True, slots=True)
class _Foretold:
    """An address that was foretold, and where."""

    subject: str
    address: str


def check_firewall_addresses(snapshot: Snapshot, cluster_id: str, *, network: Network | None = None) -> tuple[Check, ...]:
    """A row for each foretold address of the cluster's network, each once; none where no default route leads to an appliance.

    network: the model, where it is built already.
    """
    model = network or build_network(snapshot)
    cluster = model.cluster(cluster_id)
    if cluster is None:
        return ()
    rows: dict[str, Check] = {}
    for _, subnet in node_subnets(model, cluster):
        if subnet is not None:
            for foretold in _foretold(model, subnet):
                rows.setdefault(foretold.subject, _compare(model, model.network_of(subnet), foretold))
    return tuple(rows.values())


def _foretold(network: Network, subnet: Subnet) -> Iterator[_Foretold]:
    table = find_route_table(network, subnet)
    route = find_default_route(table) if table is not None else None
    if table is None or route is None or route.kind != APPLIANCE:
        return
    yield _Foretold(f"next hop of {table.name}", str(route.next_hop))
    home = network.network_of(subnet)
    for server in home.dns_servers if home is not None else ():
        if home is not None and (server == route.next_hop or _in_firewall_subnet(home, server)):
            yield _Foretold(f"DNS server of {home.name}", server)


def _in_firewall_subnet(home: VirtualNetwork, address: str) -> bool:
    subnets = (subnet for subnet in home.subnets if subnet.name.lower() == FIREWALL_SUBNET)
    return read_pair(address) is not None and any(ranges_of(address).relation(subnet.ranges) is Relation.INSIDE for subnet in subnets)


def _compare(network: Network, home: VirtualNetwork | None, foretold: _Foretold) -> Check:
    given = [firewall for firewall in network.firewalls.values() if not firewall.predicted and firewall.private_address is not None]
    owner = next((firewall for firewall in given if firewall.private_address == foretold.address), None)
    if owner is not None:
        return Check(KIND, foretold.subject, foretold.address, f"{foretold.address} ({_named(owner)})", CheckStatus.PASSED)
    near = network.firewalls_of.get(home.id.lower(), ()) if home is not None else ()
    if not near:
        return Check(KIND, foretold.subject, foretold.address, "no firewall in this network is among the resources", CheckStatus.INCONCLUSIVE)
    actual = [f"{firewall.private_address} ({_named(firewall)})" for firewall in near if firewall in given]
    if not actual:
        return Check(KIND, foretold.subject, foretold.address, f"{_named(near[0])} has no private address yet", CheckStatus.INCONCLUSIVE)
    return Check(
        KIND, foretold.subject, foretold.address, ", ".join(actual), CheckStatus.FAILED, "traffic is led to an address that the firewall does not have"
    )


def _named(firewall: Firewall) -> str:
    return f"azureFirewalls/{firewall.name}"
