"""Route tables, and the routes that hold in a subnet: the user's, and the system's.

Order: longest prefix; on a tie the user's route, then BGP's, then the system's (learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview).
Routes of service endpoints cannot be overridden, so they stand first. A user's route to a service tag is more precise than a default route, and less than
any route to a prefix of its own; the system's routes to nowhere for private ranges hold only while no user's default route is there.
"""

from collections.abc import Mapping

from orchestrator.catalog.service_endpoints import find_service_endpoint
from orchestrator.egress.addresses.matcher import ANY_ADDRESS, AddressMatcher, read_matcher
from orchestrator.egress.addresses.ranges import AddressRanges
from orchestrator.egress.network.model import Peering, Route, RouteTable, Subnet, VirtualNetwork
from orchestrator.egress.network.reading import Resources, last_name, parts_of
from orchestrator.model.json_value import Json, JsonObject
from orchestrator.model.resources import is_expression

ROUTE_TABLE = "Microsoft.Network/routeTables"
INTERNET = "Internet"
LOCAL = "VnetLocal"
PEERING = "VNetPeering"
NOWHERE = "None"
APPLIANCE = "VirtualAppliance"
GATEWAY = "VirtualNetworkGateway"
SERVICE_ENDPOINT = "VirtualNetworkServiceEndpoint"

_KINDS = {kind.lower(): kind for kind in (INTERNET, LOCAL, NOWHERE, APPLIANCE, GATEWAY)}
_NOWHERE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")
TAG_LENGTH = 1
"""A service tag's prefixes are longer than a default route's; how long, only a trace can tell, which knows them."""


def read_route_tables(resources: Resources) -> dict[str, RouteTable]:
    """All route tables, by lower-case id."""
    found = {}
    for table in resources.of_type(ROUTE_TABLE):
        routes = tuple(_read_route(table.id, name, properties) for name, properties in parts_of(resources, table, "routes"))
        hidden = is_expression(table.properties.get("routes")) or is_expression(table.body.get("properties"))
        unknown = f"the routes of {table.name} are known only to the deployment" if hidden else None
        found[table.id.lower()] = RouteTable(table.id, table.name, routes, table.properties.get("disableBgpRoutePropagation") is not True, unknown)
    return found


def _read_route(table_id: str, name: str, properties: JsonObject) -> Route:
    prefix: Json = properties.get("addressPrefix")
    kind = str(properties.get("nextHopType", ""))
    hop = properties.get("nextHopIpAddress")
    matcher = read_matcher([prefix])
    return Route(name, table_id, matcher, _length(matcher, prefix), "user", _KINDS.get(kind.lower(), kind), str(hop) if hop else None)


def _length(matcher: AddressMatcher, prefix: Json) -> int:
    if matcher.tags:
        return TAG_LENGTH
    if matcher.own:
        return 32
    text = str(prefix)
    if matcher.unknown:
        return 33  # may be as long as any
    return int(text.rpartition("/")[2]) if "/" in text else 32


def _system(name: str, prefixes: AddressRanges | None, kind: str, hop: str | None = None) -> list[Route]:
    if prefixes is None:
        return [Route(name, None, ANY_ADDRESS, 0, "system", kind, hop)]
    return [Route(name, None, read_matcher([str(network)]), network.prefixlen, "system", kind, hop) for network in prefixes.networks()]


def effective_routes(
    subnet: Subnet, network: VirtualNetwork | None, networks: Mapping[str, VirtualNetwork], tables: Mapping[str, RouteTable]
) -> tuple[Route, ...]:
    """The routes of a subnet in the order in which they are looked at."""
    table = tables.get((subnet.route_table_id or "").lower())
    user = list(table.routes) if table is not None else []
    system = _system("internet", None, INTERNET)
    if network is not None:
        system += _system("virtual-network", network.ranges, LOCAL)
        system += [route for peering in network.peerings for route in _peering_routes(peering, networks)]
    if not any(route.matcher.any for route in user):
        system += [Route("reserved", None, read_matcher([prefix]), int(prefix.rpartition("/")[2]), "system", NOWHERE) for prefix in _NOWHERE]
    return (*_service_endpoint_routes(subnet), *sorted([*user, *system], key=route_order))


def route_order(route: Route) -> tuple[int, bool, int]:
    """What sorts routes: the longer prefix first, then the user's; on a tie an explicit prefix, a region's tag, a tag, AzureCloud of a region, AzureCloud."""
    wide = [2 * tag.lower().startswith("azurecloud") + ("." not in tag) + 1 for tag in route.matcher.tags]
    return (-route.length, route.origin != "user", max(wide, default=0))


def _peering_routes(peering: Peering, networks: Mapping[str, VirtualNetwork]) -> list[Route]:
    """Routes to the other network's address space, where both sides are connected. Of a network that is not among the resources the space may not be known."""
    remote, name = networks.get(peering.remote_id.lower()), f"peering-{peering.name}"
    if remote is not None:
        return _system(name, remote.ranges, PEERING, remote.id) if peering.mutual else []
    if peering.remote_ranges is not None:
        return _system(name, peering.remote_ranges, PEERING, peering.remote_id)
    reason = f"the address space of {last_name(peering.remote_id)}, where the peering {peering.name} leads, is not known"
    return [
        Route(name, None, AddressMatcher((f"address space of {last_name(peering.remote_id)}",), unknown=(reason,)), 32, "system", PEERING, peering.remote_id)
    ]


def _service_endpoint_routes(subnet: Subnet) -> list[Route]:
    found = []
    for service in subnet.service_endpoints:
        row = find_service_endpoint(service)
        matcher = read_matcher([row.tag]) if row is not None else read_matcher([f"[serviceEndpoint({service})]"])
        found.append(Route(service, None, matcher, 34, "system", SERVICE_ENDPOINT, fixed=True))
    return found
