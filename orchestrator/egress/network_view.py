"""What the resources say about a cluster's network: cluster -> node subnet -> route table, NAT gateway, firewall, public addresses.

A Snapshot is a plan (values may be expressions, ids of references are plain) or what was deployed, node resource groups included. What cannot be told
is None here, and a reason in what asks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Network, ip_address, ip_network

from orchestrator.model.json_value import Json, JsonObject
from orchestrator.model.resource_id import parse_resource_id
from orchestrator.model.resources import Resource, Snapshot, is_expression

CLUSTER = "Microsoft.ContainerService/managedClusters"
AGENT_POOL = "Microsoft.ContainerService/managedClusters/agentPools"
VIRTUAL_NETWORK = "Microsoft.Network/virtualNetworks"
ROUTE = "Microsoft.Network/routeTables/routes"
FIREWALL = "Microsoft.Network/azureFirewalls"
DEFAULT_ROUTE = "0.0.0.0/0"
FIREWALL_SUBNET = "AzureFirewallSubnet"

_OWN_LENGTH = re.compile(r"\[(format\('\{0\}/[1-9]\d?',.*|concat\(.*,\s*'/[1-9]\d?')\)\]$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Subnet:
    """A subnet. `virtual_network` is None where only the subnet itself is among the resources."""

    id: str
    virtual_network: Resource | None
    properties: JsonObject

    @property
    def name(self) -> str:
        """Its name."""
        return self.id.rsplit("/", 1)[-1]

    @property
    def route_table_id(self) -> str | None:
        """The id of its route table."""
        return reference_id(self.properties.get("routeTable"))

    @property
    def nat_gateway_id(self) -> str | None:
        """The id of its NAT gateway."""
        return reference_id(self.properties.get("natGateway"))

    @property
    def prefixes(self) -> tuple[IPv4Network, ...]:
        """Its IPv4 ranges, as far as they are known."""
        texts = [self.properties.get("addressPrefix"), *(self.properties.get("addressPrefixes") or ())]
        return tuple(network for text in texts if (network := read_network(text)) is not None)


@dataclass(frozen=True, slots=True)
class Route:
    """A route of a route table; a value that stayed an expression is kept as it is."""

    name: str
    prefix: Json
    next_hop_type: Json
    next_hop_address: Json


def reference_id(value: Json) -> str | None:
    """The id in `{"id": ...}`; None where there is none, or where it stayed an expression."""
    found = value.get("id") if isinstance(value, dict) else None
    return found if isinstance(found, str) and found and not is_expression(found) else None


def read_network(text: Json) -> IPv4Network | None:
    """A CIDR text as an IPv4 network; None for an expression, an IPv6 range or anything else."""
    if not isinstance(text, str):
        return None
    try:
        network = ip_network(text, strict=False)
    except ValueError:
        return None
    return network if isinstance(network, IPv4Network) else None


def find_clusters(snapshot: Snapshot) -> tuple[Resource, ...]:
    """The managed clusters among the resources."""
    return snapshot.of_type(CLUSTER)


def network_profile(cluster: Resource) -> JsonObject:
    """A cluster's networkProfile; empty where it has none."""
    profile = cluster.properties.get("networkProfile")
    return profile if isinstance(profile, dict) else {}


def outbound_type(cluster: Resource) -> str:
    """A cluster's outboundType; loadBalancer where nothing is said. May be an expression."""
    return str(network_profile(cluster).get("outboundType") or "loadBalancer")


def agent_pools(snapshot: Snapshot, cluster: Resource) -> tuple[JsonObject, ...]:
    """The properties of all pools of a cluster: those in its body, and those that are resources of their own."""
    inline = [pool for pool in cluster.properties.get("agentPoolProfiles") or () if isinstance(pool, dict)]
    names = {str(pool.get("name", "")).lower() for pool in inline}
    own = [
        pool.properties
        for pool in snapshot.of_type(AGENT_POOL)
        if pool.id.lower().startswith(f"{cluster.id.lower()}/") and pool.id.rsplit("/", 1)[-1].lower() not in names
    ]
    return (*inline, *own)


def node_subnet_ids(snapshot: Snapshot, cluster: Resource) -> tuple[str, ...]:
    """The ids of the subnets that were given to a cluster's pools, each once; empty where AKS makes the network. May hold expressions."""
    ids = [str(pool["vnetSubnetID"]) for pool in agent_pools(snapshot, cluster) if pool.get("vnetSubnetID")]
    return tuple({subnet_id.lower(): subnet_id for subnet_id in ids}.values())


def find_subnet(snapshot: Snapshot, subnet_id: str) -> Subnet | None:
    """A subnet by its id: a resource of its own, or in its virtual network's body."""
    if is_expression(subnet_id):
        return None
    try:
        parent = parse_resource_id(subnet_id).parent
    except ValueError:  # a saved file may say anything
        return None
    virtual_network = snapshot.find(str(parent)) if parent is not None else None
    own = snapshot.find(subnet_id)
    if own is not None:
        return Subnet(own.id, virtual_network, own.properties)
    if virtual_network is None:
        return None
    return next((subnet for subnet in subnets_of(virtual_network) if subnet.id.lower() == subnet_id.rstrip("/").lower()), None)


def subnets_of(virtual_network: Resource) -> tuple[Subnet, ...]:
    """The subnets in a virtual network's body."""
    found = []
    for body in virtual_network.properties.get("subnets") or ():
        if isinstance(body, dict) and isinstance(body.get("name"), str):
            properties = body.get("properties")
            found.append(Subnet(f"{virtual_network.id}/subnets/{body['name']}", virtual_network, properties if isinstance(properties, dict) else {}))
    return tuple(found)


def managed_subnet(snapshot: Snapshot, cluster: Resource) -> Subnet | None:
    """The node subnet that AKS made in the node resource group; None in a plan."""
    group = cluster.properties.get("nodeResourceGroup")
    subscription = cluster.resource_id.subscription
    for virtual_network in snapshot.of_type(VIRTUAL_NETWORK):
        place = virtual_network.resource_id
        if isinstance(group, str) and str(place.resource_group).lower() == group.lower() and place.subscription == subscription:
            return next(iter(subnets_of(virtual_network)), None)
    return None


def node_subnets(snapshot: Snapshot, cluster: Resource) -> tuple[tuple[str, Subnet | None], ...]:
    """The subnets that were given to a cluster's pools, by id; None for one that is not among the resources."""
    return tuple((subnet_id, find_subnet(snapshot, subnet_id)) for subnet_id in node_subnet_ids(snapshot, cluster))


def routes_of(snapshot: Snapshot, route_table: Resource) -> tuple[Route, ...]:
    """The routes of a route table: those in its body, and those that are resources of their own."""
    inline = [(str(body.get("name", "")), body.get("properties")) for body in route_table.properties.get("routes") or () if isinstance(body, dict)]
    own = [(child.name, child.properties) for child in snapshot.of_type(ROUTE) if child.id.lower().startswith(f"{route_table.id.lower()}/")]
    return tuple(
        Route(name, inner.get("addressPrefix"), inner.get("nextHopType"), inner.get("nextHopIpAddress"))
        for name, inner in (*inline, *own)
        if isinstance(inner, dict)
    )


def default_route(snapshot: Snapshot, route_table: Resource) -> Route | None:
    """The route of 0.0.0.0/0, in whatever spelling; None also where the only candidates are routes whose prefix is an expression."""
    routes = routes_of(snapshot, route_table)
    return next((route for route in routes if (network := read_network(route.prefix)) is not None and str(network) == DEFAULT_ROUTE), None)


def may_be_default(route: Route) -> bool:
    """True where a prefix that stayed an expression may turn out as 0.0.0.0/0; not where it is made with a length of its own, as `format('{0}/32', ...)`."""
    return is_expression(route.prefix) and _OWN_LENGTH.match(str(route.prefix)) is None


def firewall_subnet_ids(firewall: Resource) -> tuple[str, ...]:
    """The ids of the subnets that a firewall stands in."""
    return tuple(found for inner in ip_configurations(firewall) if (found := reference_id(inner.get("subnet"))) is not None)


def ip_configurations(resource: Resource) -> Iterator[JsonObject]:
    """The properties of a resource's ipConfigurations."""
    for body in resource.properties.get("ipConfigurations") or ():
        if isinstance(body, dict) and isinstance(body.get("properties"), dict):
            yield body["properties"]


def private_addresses(firewall: Resource) -> tuple[str, ...]:
    """The private addresses that Azure gave a firewall; empty in a plan."""
    found = (inner.get("privateIPAddress") for inner in ip_configurations(firewall))
    return tuple(text for text in found if isinstance(text, str) and not is_expression(text))


def find_firewall_at(snapshot: Snapshot, address: str) -> Resource | None:
    """The firewall that a next hop leads to: the one with that private address; in a plan the one whose subnet has that address."""
    firewalls = snapshot.of_type(FIREWALL)
    for firewall in firewalls:
        if address in private_addresses(firewall):
            return firewall
    for firewall in firewalls:
        subnets = (find_subnet(snapshot, subnet_id) for subnet_id in firewall_subnet_ids(firewall))
        if not private_addresses(firewall) and any(_contains(subnet, address) for subnet in subnets):
            return firewall
    return None


def _contains(subnet: Subnet | None, address: str) -> bool:
    return subnet is not None and any(ip_address(address) in network for network in subnet.prefixes)
