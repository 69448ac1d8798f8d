"""Which route a packet takes: longest prefix, then the user's before what BGP brings before the system's; every route that is possible.

A route to a service tag is as long as the prefix of the tag that holds the destination, where the tag's prefixes are known; on a tie a route to a prefix of its
own comes first, then tags from the narrow to the wide (learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview, service tags in routes).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from orchestrator.catalog.service_endpoints import find_service_endpoint
from orchestrator.egress.addresses.ranges import PRIVATE, Relation
from orchestrator.egress.logic.truth import NO, NOTHING_ASSUMED, YES, Assumption, Truth, assumed, choose_first, not_known
from orchestrator.egress.network.model import Network, Route, RouteTable, Subnet
from orchestrator.egress.network.reading import last_name
from orchestrator.egress.network.routes import INTERNET, PEERING, TAG_LENGTH, route_order
from orchestrator.egress.trace.branch import Question


@dataclass(frozen=True, slots=True)
class RouteChoice:
    """A route that a packet may take; None with `problem` where it cannot be told."""

    route: Route | None
    assumptions: frozenset[Assumption] = NOTHING_ASSUMED
    reasons: tuple[str, ...] = ()
    problem: str | None = None


def choose_routes(question: Question, subnet: Subnet, *, direct: bool = False) -> Iterator[RouteChoice]:
    """All routes that a packet to the destination may take out of a subnet. `direct`: it is a firewall's that needs the internet itself."""
    network = question.network
    table = network.route_tables.get((subnet.route_table_id or "").lower())
    problem = _why_unknown(network, subnet, table)
    if problem is not None:
        yield RouteChoice(None, problem=problem)
        return
    routes = _measured(question, network.routes.get(subnet.id.lower(), ()))
    for choice in choose_first(routes, lambda route: _match(question, route)):
        route = choice.item
        if route is None:
            yield RouteChoice(None, choice.assumptions, choice.reasons, "no route leads there")
            continue
        yield _with_learned(question, subnet, table, RouteChoice(route, choice.assumptions, choice.reasons), direct)
        yield from _tag_instead(question, routes, route)


def _why_unknown(network: Network, subnet: Subnet, table: RouteTable | None) -> str | None:
    if subnet.unknown is not None:
        return subnet.unknown
    if subnet.route_table_id is not None and table is None:
        return f"the route table {last_name(subnet.route_table_id)} of the subnet {subnet.name} {network.absence(subnet.route_table_id)}"
    return table.unknown if table is not None else None


def _match(question: Question, route: Route) -> Truth:
    if route.kind == PEERING and route.matcher.unknown and question.destination.packet.space.relation(PRIVATE) is Relation.APART:
        return NO  # virtual networks have private addresses, but for the few that say so
    truth = route.matcher.match(question.destination.packet, question.knowledge.tag)
    if truth is NO or truth is YES or not route.fixed:
        return truth
    return _match_service(question, route, truth)


def _match_service(question: Question, route: Route, truth: Truth) -> Truth:
    """The route of a service endpoint, where the tag's prefixes do not tell: the service's names do."""
    host, row = question.destination.host, find_service_endpoint(route.name)
    if host is None or row is None:
        return truth
    if host.endswith(row.suffixes):
        return not_known(f"whether the service endpoint {route.name} takes the traffic to {host} is not known")
    return assumed(False, Assumption("service-endpoint", f"{host} is no name of the service {route.name}", "learn.microsoft.com/azure/virtual-network"))


def _with_learned(question: Question, subnet: Subnet, table: RouteTable | None, choice: RouteChoice, direct: bool) -> RouteChoice:
    """What a gateway or a virtual hub brings: without a default route of the user's it may bring one; beside it, it may bring longer prefixes."""
    network = question.network.network_of(subnet)
    route = choice.route
    if network is None or network.learned is None or route is None or (table is not None and not table.propagates):
        return choice
    if route.origin == "user":
        text = f"{network.learned} brings no route to the destination that is longer than {', '.join(route.matcher.texts)}"
        return RouteChoice(route, choice.assumptions | {Assumption("learned-routes", text)}, choice.reasons)
    if route.kind == INTERNET and direct:
        return RouteChoice(route, choice.assumptions | {direct_assumption(network.learned)}, choice.reasons)
    if route.kind == INTERNET:
        return RouteChoice(None, choice.assumptions, choice.reasons, f"{network.learned} may bring a default route, which no resource shows")
    return choice


def direct_assumption(learned: str) -> Assumption:
    """A firewall without forced tunnelling does not work behind a default route that somebody else brings."""
    text = f"{learned} brings no default route to the firewall's subnet, since a firewall without forced tunnelling needs the internet itself"
    return Assumption("firewall-direct", text, "learn.microsoft.com/azure/firewall/forced-tunneling")


def _measured(question: Question, routes: tuple[Route, ...]) -> tuple[Route, ...]:
    """The routes with those to service tags in their places, as far as the prefixes of the tags are known."""
    if not any(route.matcher.tags and not route.fixed for route in routes):
        return routes
    return tuple(sorted((_measure(question, route) for route in routes), key=route_order))


def _measure(question: Question, route: Route) -> Route:
    if not route.matcher.tags or route.fixed:
        return route
    length = question.knowledge.longest_prefix(route.matcher.tags[0], question.destination.packet.space)
    return route if length is None else replace(route, length=length)


def _tag_instead(question: Question, routes: tuple[Route, ...], taken: Route) -> Iterator[RouteChoice]:
    """A user's route to a service tag of unknown prefixes may be more precise than the longer-looking prefix that was taken."""
    if taken.origin != "user" or taken.length < 2:
        return
    for route in routes:
        if route.matcher.tags and route.length == TAG_LENGTH and not route.fixed and route is not taken and _match(question, route) is not NO:
            yield RouteChoice(route, reasons=(f"which of the routes {taken.name} and {route.name} is more precise is not known",))
            return
