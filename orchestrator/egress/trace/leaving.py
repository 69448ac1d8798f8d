"""By which way the internet at large is left for, whatever the rules let through: the default route, then the outbound method, and both again for a firewall.

The expected addresses come from here, never from outboundType, which says what AKS makes and not where packets go.
"""

from dataclasses import dataclass

from orchestrator.egress.dispositions import Kind, Leaving
from orchestrator.egress.firewall.firewall import Firewall
from orchestrator.egress.logic.truth import NOTHING_ASSUMED, Assumption
from orchestrator.egress.network.model import Cluster, Network, Route, Subnet
from orchestrator.egress.network.reading import last_name
from orchestrator.egress.network.routes import APPLIANCE, INTERNET
from orchestrator.egress.trace.appliances import find_appliance
from orchestrator.egress.trace.flow import Origin, Source, find_sources
from orchestrator.egress.trace.outbound import WayOut, leave_firewall, leave_subnet


@dataclass(frozen=True, slots=True)
class Way:
    """A way out of a pool. `way` None with `problem` where it cannot be told; `firewall`: the one that it passes."""

    source: Source
    subnet: Subnet
    way: WayOut | None = None
    firewall: Firewall | None = None
    assumptions: frozenset[Assumption] = NOTHING_ASSUMED
    problem: str | None = None

    @property
    def leaving(self) -> Leaving:
        """The addresses, or why they are not known."""
        if self.way is None or self.way.kind is Kind.UNKNOWN:
            return Leaving(unknown=self.problem or (self.way.problem if self.way is not None else None))
        return self.way.leaving or Leaving(unknown=self.way.hop.text)


def find_ways(network: Network, cluster: Cluster, origin: Origin = Origin.POD, pool: str | None = None) -> tuple[Way, ...]:
    """The way out of each pool (or the one named) and each subnet that its traffic may leave from."""
    found: dict[tuple[str, bool], Way] = {}
    for source in find_sources(network, cluster.id, origin, pool):
        for start in source.starts:
            found.setdefault((start.subnet.id.lower(), source.pool.own_addresses), _find_way(network, source, start.subnet))
    return tuple(found.values())


def join_leaving(ways: tuple[Way, ...]) -> Leaving:
    """Every address that some pool may be seen with."""
    joined = ways[0].leaving if ways else Leaving(unknown="the cluster has no pool")
    for way in ways[1:]:
        joined = joined.joined(way.leaving)
    return joined


def _find_way(network: Network, source: Source, subnet: Subnet) -> Way:
    route, problem = _default_route(network, subnet)
    if route is None:
        return Way(source, subnet, problem=problem)
    if route.kind == INTERNET:
        return Way(source, subnet, leave_subnet(network, source.cluster, source.pool, subnet))
    if route.kind != APPLIANCE:
        return Way(source, subnet, problem=f"the default route of {last_name(route.table_id)} leads to {route.kind}, behind which nothing is modelled")
    return _through(network, source, subnet, route)


def _default_route(network: Network, subnet: Subnet, *, direct: bool = False) -> tuple[Route | None, str | None]:
    if subnet.unknown is not None:
        return None, subnet.unknown
    table = network.route_tables.get((subnet.route_table_id or "").lower())
    if subnet.route_table_id is not None and table is None:
        return None, f"the route table of the subnet {subnet.name} {network.absence(subnet.route_table_id)}"
    if table is not None and table.unknown is not None:
        return None, table.unknown
    routes = network.routes.get(subnet.id.lower(), ())
    route = next((one for one in routes if one.matcher.any), None)
    if any(one.matcher.unknown and one.length > 0 and not one.fixed for one in routes) and (route is None or route.origin != "user"):
        return None, f"a route of the subnet {subnet.name} has a prefix that only the deployment knows"
    here = network.network_of(subnet)
    learns = here is not None and here.learned is not None and (table is None or table.propagates)
    if learns and not direct and here is not None and route is not None and route.origin != "user":
        return None, f"{here.learned} may bring a default route, which no resource shows"
    return route, "no route leads to the internet"


def _through(network: Network, source: Source, subnet: Subnet, route: Route) -> Way:
    appliance = find_appliance(network, network.network_of(subnet), route.next_hop)
    firewall = appliance.firewall
    if firewall is None:
        return Way(source, subnet, problem=f"{appliance.lost or appliance.problem}, where the default route leads", assumptions=appliance.assumptions)
    problem = _why_not(network, firewall)
    behind = network.subnet(firewall.subnet_id)
    if problem is not None or behind is None:
        lost = f"the subnet of the firewall {firewall.name} {network.absence(firewall.subnet_id)}"
        return Way(source, subnet, None, firewall, appliance.assumptions, problem or lost)
    return Way(source, subnet, leave_firewall(network, firewall, behind), firewall, appliance.assumptions)


def _why_not(network: Network, firewall: Firewall) -> str | None:
    """Why a firewall's way out cannot be told."""
    if firewall.unknown is not None and firewall.subnet_id is None:
        return firewall.unknown
    subnet = network.subnet(firewall.subnet_id)
    if subnet is None:
        return f"the subnet of the firewall {firewall.name} {network.absence(firewall.subnet_id)}"
    route, problem = _default_route(network, subnet, direct=firewall.direct)
    if route is None:
        return problem
    if route.kind != INTERNET:
        return f"the firewall {firewall.name} is itself led to another appliance (forced tunnelling), which is not modelled"
    if firewall.untranslated is None or any(high - low >= (1 << 32) - 1 for low, high in firewall.untranslated):
        return f"the policy of the firewall {firewall.name} does not translate addresses on the way to the internet"
    return None
