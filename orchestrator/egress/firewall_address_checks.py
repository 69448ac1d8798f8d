"""Rows that hold what the plan foretold of a firewall's private address against the address that Azure gave it.

A template cannot ask the firewall (it needs the network, which needs the route), so the next hop of the default route and the DNS server of the virtual
network are foretold: the first address of the subnet that Azure assigns. After the deployment both must be the firewall's own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address

from orchestrator.egress.network_view import (
    FIREWALL,
    FIREWALL_SUBNET,
    Subnet,
    default_route,
    firewall_subnet_ids,
    node_subnets,
    private_addresses,
    subnets_of,
)
from orchestrator.model.flows import Check, CheckStatus
from orchestrator.model.resources import Resource, Snapshot, is_expression

KIND = "firewall-address"


@dataclass(frozen=True, slots=True)
class _Foretold:
    """An address that was foretold, and where."""

    subject: str
    address: str


def check_firewall_addresses(snapshot: Snapshot, cluster_id: str) -> tuple[Check, ...]:
    """A row for each foretold address of the cluster's network, each once; none where no default route leads to an appliance."""
    cluster = snapshot.find(cluster_id)
    if cluster is None:
        return ()
    rows: dict[str, Check] = {}
    for _, subnet in node_subnets(snapshot, cluster):
        if subnet is not None:
            for foretold in _foretold(snapshot, subnet):
                rows.setdefault(foretold.subject, _compare(snapshot, subnet, foretold))
    return tuple(rows.values())


def _foretold(snapshot: Snapshot, subnet: Subnet) -> Iterator[_Foretold]:
    table = snapshot.find(subnet.route_table_id)
    route = default_route(snapshot, table) if table is not None else None
    if table is None or route is None or str(route.next_hop_type).lower() != "virtualappliance":
        return
    yield _Foretold(f"next hop of {table.name}", str(route.next_hop_address))
    network = subnet.virtual_network
    options = network.properties.get("dhcpOptions") if network is not None else None
    for server in (options.get("dnsServers") or ()) if isinstance(options, dict) else ():
        if network is not None and (server == route.next_hop_address or _in_firewall_subnet(network, str(server))):
            yield _Foretold(f"DNS server of {network.name}", str(server))


def _in_firewall_subnet(network: Resource, address: str) -> bool:
    ranges = [prefix for subnet in subnets_of(network) if subnet.name.lower() == FIREWALL_SUBNET.lower() for prefix in subnet.prefixes]
    return not is_expression(address) and any(IPv4Address(address) in prefix for prefix in ranges)


def _compare(snapshot: Snapshot, subnet: Subnet, foretold: _Foretold) -> Check:
    firewalls = snapshot.of_type(FIREWALL)
    for firewall in firewalls:
        if foretold.address in private_addresses(firewall):
            return Check(KIND, foretold.subject, foretold.address, f"{foretold.address} ({_named(firewall)})", CheckStatus.PASSED)
    near = [firewall for firewall in firewalls if subnet.virtual_network is not None and _stands_in(firewall, subnet.virtual_network)]
    if not near:
        return Check(KIND, foretold.subject, foretold.address, "no firewall in this network is among the resources", CheckStatus.INCONCLUSIVE)
    actual = [f"{address} ({_named(firewall)})" for firewall in near for address in private_addresses(firewall)]
    if not actual:
        return Check(KIND, foretold.subject, foretold.address, f"{_named(near[0])} has no private address yet", CheckStatus.INCONCLUSIVE)
    return Check(
        KIND, foretold.subject, foretold.address, ", ".join(actual), CheckStatus.FAILED, "traffic is led to an address that the firewall does not have"
    )


def _stands_in(firewall: Resource, network: Resource) -> bool:
    return any(subnet_id.lower().startswith(f"{network.id.lower()}/") for subnet_id in firewall_subnet_ids(firewall))


def _named(resource: Resource) -> str:
    return f"{resource.type.rsplit('/', 1)[-1]}/{resource.name}"
