"""Builds the Network from a Snapshot: planned (with expressions), deployed, or saved; the same code for all."""

from orchestrator.egress.addresses.ranges import PUBLIC
from orchestrator.egress.firewall.firewall import Firewall
from orchestrator.egress.network.clusters import read_clusters
from orchestrator.egress.network.firewalls import read_firewalls
from orchestrator.egress.network.model import Network, Route, Subnet
from orchestrator.egress.network.public_addresses import own_addresses, read_addresses, read_nat_gateways
from orchestrator.egress.network.reading import Resources, index_resources
from orchestrator.egress.network.routes import effective_routes, read_route_tables
from orchestrator.egress.network.security_groups import read_security_groups
from orchestrator.egress.network.subnets import read_networks, read_subnet
from orchestrator.model.resources import Snapshot, is_expression

SUBNET = "Microsoft.Network/virtualNetworks/subnets"


def build_network(snapshot: Snapshot) -> Network:
    """The model of everything in a snapshot. What cannot be read is kept as unknown in its place, never left out."""
    resources = index_resources(snapshot)
    networks = read_networks(resources)
    tables = read_route_tables(resources)
    clusters = read_clusters(resources, networks)
    subnets: dict[str, Subnet] = _lone_subnets(resources)
    subnets |= {subnet.id.lower(): subnet for network in networks.values() for subnet in network.subnets}
    subnets |= {managed.id.lower(): managed for cluster in clusters.values() if (managed := cluster.managed_subnet) is not None}
    addresses = read_addresses(resources)
    routes: dict[str, tuple[Route, ...]] = {
        key: effective_routes(subnet, networks.get(subnet.network_id.lower()), networks, tables) for key, subnet in subnets.items()
    }
    firewalls = read_firewalls(resources, subnets)
    return Network(
        resources,
        networks,
        subnets,
        tables,
        read_security_groups(resources),
        read_nat_gateways(resources),
        firewalls,
        clusters,
        addresses,
        PUBLIC.without(own_addresses(addresses)),
        routes,
        _by_network(firewalls),
    )


def _by_network(firewalls: dict[str, Firewall]) -> dict[str, tuple[Firewall, ...]]:
    found: dict[str, tuple[Firewall, ...]] = {}
    for firewall in firewalls.values():
        key = (firewall.subnet_id or "").rsplit("/", 2)[0].lower()
        found[key] = (*found.get(key, ()), firewall)
    return found


def _lone_subnets(resources: Resources) -> dict[str, Subnet]:
    """Subnets that are resources of their own, whose networks may not be among the resources."""
    found = {}
    for resource in resources.of_type(SUBNET):
        if not is_expression(resource.id):
            found[resource.id.lower()] = read_subnet(resource.id, resource.id.rsplit("/", 2)[0], resource.properties)
    return found
