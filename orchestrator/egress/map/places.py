"""What a map says of each place: its name, what a reader wants to know of it, and the network that it is in."""

from orchestrator.egress.firewall.firewall import Firewall
from orchestrator.egress.map.stations import NOT_KNOWN, Station, key_of
from orchestrator.egress.network.model import Cluster, Network, Pool, RouteTable, Subnet, VirtualNetwork
from orchestrator.egress.network.reading import last_name
from orchestrator.egress.network.routes import APPLIANCE
from orchestrator.model.resources import is_expression
from orchestrator.model.topology_map import MapPlace, PlaceKind

_NAMES = {
    PlaceKind.INTERNET: "internet",
    PlaceKind.DEFAULT_ACCESS: "default outbound access",
    PlaceKind.NODE_ADDRESS: "nodes' own addresses",
    PlaceKind.BLOCK: "outbound type block",
    PlaceKind.LOAD_BALANCER: "load balancer",
    PlaceKind.NAT_GATEWAY: "NAT gateway",
    PlaceKind.SERVICE: "Azure service",
}
MOST_FACTS = 6
"""Of one sort in one place."""

_MADE_BY_AKS = (PlaceKind.LOAD_BALANCER, PlaceKind.NAT_GATEWAY)


def network_key(network_id: str) -> str:
    """How a map calls a virtual network."""
    return key_of((PlaceKind.NETWORK, network_id))


def make_place(network: Network, station: Station) -> MapPlace:
    """A place of a path."""
    kind, resource_id = station
    if kind is PlaceKind.SUBNET:
        return subnet_place(network, network.subnet(resource_id), resource_id)
    if kind is PlaceKind.FIREWALL:
        return firewall_place(network, network.firewalls[resource_id.lower()])
    if kind is PlaceKind.PUBLIC_ADDRESS:
        return _address_place(network, station)
    if kind is PlaceKind.NAT_GATEWAY and resource_id.lower() in network.nat_gateways:
        return MapPlace(key_of(station), kind, network.nat_gateways[resource_id.lower()].name, (), None, resource_id)
    facts = (f"made by AKS for {last_name(resource_id)}",) if kind in _MADE_BY_AKS else ()
    return MapPlace(key_of(station), kind, _NAMES[kind], facts, None, resource_id)


def network_place(network: Network, here: VirtualNetwork, drawn: frozenset[str], networks: frozenset[str]) -> MapPlace:
    """A virtual network. `drawn`, `networks`: keys of what has a place of its own; its other subnets, and networks it is peered with, are facts."""
    facts = [f"{', '.join(str(one) for one in here.ranges.networks()) or 'range not known'}"]
    if here.dns_servers:
        facts.append(f"DNS servers {', '.join(_shown(server) for server in here.dns_servers)}")
    others = [subnet for subnet in here.subnets if key_of((PlaceKind.SUBNET, subnet.id)) not in drawn and not _holds_firewall(network, subnet)]
    facts += _few([f"also the subnet {subnet.name} {_prefix(subnet)}".rstrip() for subnet in others], "subnets")
    facts += _few([f"peered with {last_name(one.remote_id)}" for one in here.peerings if network_key(one.remote_id) not in networks], "peerings")
    return MapPlace(network_key(here.id), PlaceKind.NETWORK, here.name, tuple(facts), None, here.id)


def subnet_place(network: Network, subnet: Subnet | None, resource_id: str) -> MapPlace:
    """A subnet with the pools in it, and what routes and filters there."""
    key = key_of((PlaceKind.SUBNET, resource_id))
    if subnet is None:
        return MapPlace(key, PlaceKind.SUBNET, last_name(resource_id), (network.absence(resource_id).removeprefix("is "),), None, resource_id)
    facts = [_prefix(subnet)] if subnet.ranges else []
    facts += _few([_say_pool(cluster, pool) for cluster in network.clusters.values() for pool in cluster.pools if _stands_in(cluster, pool, subnet)], "pools")
    facts += _say_routes(network, subnet)
    if subnet.security_group_id is not None:
        facts.append(f"security group {last_name(subnet.security_group_id)}")
    if subnet.nat_gateway_id is not None:
        facts.append(f"NAT gateway {last_name(subnet.nat_gateway_id)}")
    if subnet.made_by_aks:
        facts.append("made by AKS")
    known = network.network_of(subnet)
    inside = network_key(subnet.network_id) if known is not None else None
    return MapPlace(key, PlaceKind.SUBNET, subnet.name, tuple(facts), inside, subnet.id)


def firewall_place(network: Network, firewall: Firewall) -> MapPlace:
    """A firewall, in its subnet."""
    address = firewall.private_address
    facts = [f"{firewall.tier} tier"] if firewall.tier else []
    facts += [f"{address}{' (predicted)' if firewall.predicted else ''}"] if address else []
    facts += [f"policy {last_name(policy_id)}" for policy_id in firewall.policy_ids]
    if firewall.dns_proxy:
        facts.append("DNS proxy on")
    subnet = network.subnet(firewall.subnet_id)
    if subnet is None:
        return MapPlace(key_of((PlaceKind.FIREWALL, firewall.id)), PlaceKind.FIREWALL, firewall.name, tuple(facts), None, firewall.id)
    facts += [f"in {subnet.name} {_prefix(subnet)}".rstrip(), *_say_routes(network, subnet)]
    inside = network_key(subnet.network_id) if network.network_of(subnet) is not None else None
    return MapPlace(key_of((PlaceKind.FIREWALL, firewall.id)), PlaceKind.FIREWALL, firewall.name, tuple(facts), inside, firewall.id)


def _address_place(network: Network, station: Station) -> MapPlace:
    if station[1].startswith(NOT_KNOWN):
        return MapPlace(key_of(station), PlaceKind.PUBLIC_ADDRESS, "public address", ("known after the deployment",))
    ids = station[1].split(" ")
    facts: list[str] = []
    for each in ids:
        assigned = network.addresses.get(each.lower(), ())
        if len(ids) == 1:
            facts += assigned or ["not known before creation"]
        else:
            facts += [f"{address} {last_name(each)}" for address in assigned] or [f"{last_name(each)}, not made yet"]
    facts = _few(facts, "addresses")
    name = last_name(ids[0]) if len(ids) == 1 else f"{len(ids)} public addresses"
    return MapPlace(key_of(station), PlaceKind.PUBLIC_ADDRESS, name, tuple(facts), None, ids[0] if len(ids) == 1 else "")


def _few(facts: list[str], what: str) -> list[str]:
    """As many as a box has room for; the rest is counted."""
    return facts if len(facts) <= MOST_FACTS else [*facts[: MOST_FACTS - 1], f"and {len(facts) - MOST_FACTS + 1} more {what}"]


def _say_pool(cluster: Cluster, pool: Pool) -> str:
    most = f", at most {pool.max_count}" if pool.max_count != pool.count else ""
    nodes = f"{pool.count} node{'' if pool.count == 1 else 's'}{most}"
    system = "" if pool.os.lower() == "linux" else f" {pool.os}"
    return f"{cluster.name}/{pool.name}: {nodes}{system}"


def _say_routes(network: Network, subnet: Subnet) -> list[str]:
    """The user's default route, which decides most; how many others there are."""
    if subnet.route_table_id is None:
        return []
    table = network.route_tables.get(subnet.route_table_id.lower())
    if table is None or table.unknown is not None:
        return [f"route table {last_name(subnet.route_table_id)} (its routes are not known)"]
    return [f"route table {table.name}", *_say_default(network, table)]


def _say_default(network: Network, table: RouteTable) -> list[str]:
    default = next((route for route in table.routes if route.matcher.any), None)
    others = len(table.routes) - (default is not None)
    said = []
    if default is not None:
        hop = f" {_hop(network, default.next_hop)}" if default.kind == APPLIANCE and default.next_hop else ""
        said.append(f"0.0.0.0/0 to {'' if hop else default.kind}{hop}".replace("  ", " "))
    return [*said, *([f"and {others} other route{'' if others == 1 else 's'}"] if others else [])]


def _hop(network: Network, hop: str) -> str:
    """A next hop that only the deployment knows is mostly a firewall's address, by its resource."""
    if not is_expression(hop):
        return hop
    named = next((firewall.name for firewall in network.firewalls.values() if firewall.id.lower() in hop.lower()), None)
    return f"the address of {named}" if named else "an address known to the deployment"


def _shown(server: str) -> str:
    return "known to the deployment" if is_expression(server) else server


def _prefix(subnet: Subnet) -> str:
    return ", ".join(str(one) for one in subnet.ranges.networks())


def _stands_in(cluster: Cluster, pool: Pool, subnet: Subnet) -> bool:
    subnet_id = cluster.managed_subnet.id if pool.subnet_id is None and cluster.managed_subnet is not None else pool.subnet_id
    return (subnet_id or "").lower() == subnet.id.lower()


def _holds_firewall(network: Network, subnet: Subnet) -> bool:
    return any((firewall.subnet_id or "").lower() == subnet.id.lower() for firewall in network.firewalls.values())
