"""The subnets that a cluster's pools were given, their NAT gateways, and the default route of one."""

import re

from orchestrator.egress.network.model import Cluster, NatGateway, Network, Route, RouteTable, Subnet

_OWN_LENGTH = re.compile(r"\[(format\('\{0\}/[1-9]\d?',.*|concat\(.*,\s*'/[1-9]\d?')\)\]$", re.DOTALL)
"""A prefix that is made with a length of its own, as `format('{0}/32', ...)`, will not turn out as 0.0.0.0/0."""


def node_subnets(network: Network, cluster: Cluster) -> tuple[tuple[str, Subnet | None], ...]:
    """The subnets of a cluster's nodes by their ids, each once; None for one that is not among the resources. Empty where AKS makes the network."""
    return _found(network, [pool.subnet_id for pool in cluster.pools])


def pod_subnets(network: Network, cluster: Cluster) -> tuple[tuple[str, Subnet | None], ...]:
    """The subnets that pods were given apart from their nodes."""
    return _found(network, [pool.pod_subnet_id for pool in cluster.pools])


def _found(network: Network, ids: list[str | None]) -> tuple[tuple[str, Subnet | None], ...]:
    each_once = {subnet_id.lower(): subnet_id for subnet_id in ids if subnet_id is not None}
    return tuple((subnet_id, network.subnet(subnet_id)) for subnet_id in each_once.values())


def nat_gateways(network: Network, cluster: Cluster) -> tuple[NatGateway, ...]:
    """The NAT gateways on the subnets of nodes and pods, each once, where they are among the resources."""
    subnets = (subnet for _, subnet in (*node_subnets(network, cluster), *pod_subnets(network, cluster)) if subnet is not None)
    ids = dict.fromkeys((subnet.nat_gateway_id or "").lower() for subnet in subnets)
    return tuple(network.nat_gateways[gateway_id] for gateway_id in ids if gateway_id in network.nat_gateways)


def find_route_table(network: Network, subnet: Subnet) -> RouteTable | None:
    """The route table of a subnet, where it is among the resources."""
    return network.route_tables.get((subnet.route_table_id or "").lower())


def find_default_route(table: RouteTable) -> Route | None:
    """The route of 0.0.0.0/0; None also where the only candidates are routes whose prefix is known only to the deployment."""
    return next((route for route in table.routes if route.matcher.any), None)


def may_have_default_route(table: RouteTable) -> bool:
    """True where something that is known only to the deployment may turn out as a route of 0.0.0.0/0."""
    return table.unknown is not None or any(route.matcher.unknown and _OWN_LENGTH.match(route.matcher.texts[0]) is None for route in table.routes)
