"""RouteTableInvalidNextHop: the default route of a userDefinedRouting cluster leads elsewhere than to an appliance or a gateway."""

from collections.abc import Iterator

from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.network.routes import APPLIANCE, GATEWAY
from orchestrator.egress.node_subnets import find_default_route, find_route_table, node_subnets
from orchestrator.egress.plan_check import PlanCheck, Verdict, refused, undecided
from orchestrator.model.resources import is_expression


def _look(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    if cluster.outbound_type != "userDefinedRouting":
        return
    for _, subnet in node_subnets(network, cluster):
        table = find_route_table(network, subnet) if subnet is not None else None
        route = find_default_route(table) if table is not None else None
        if table is None or route is None:
            continue  # RouteTableMissingDefaultRoute speaks of these
        if is_expression(route.kind):
            yield undecided(f"the next hop of the route {route.name} in {table.name} is known only to the deployment", table.id)
        elif route.kind not in (APPLIANCE, GATEWAY):
            yield refused(f"the route {route.name} in {table.name} leads 0.0.0.0/0 to the next hop {route.kind}", table.id)


CHECK = PlanCheck(
    code="RouteTableInvalidNextHop",
    azure_code="RouteTableInvalidNextHop",
    what="A default route whose next hop is neither VirtualAppliance nor VirtualNetworkGateway, on the node subnet of a userDefinedRouting cluster.",
    why="With userDefinedRouting AKS makes no way out of its own; a route to Internet, or to None, leads to nothing that it accepts.",
    remedy="Let the route 0.0.0.0/0 lead to a VirtualAppliance (with its address) or a VirtualNetworkGateway.",
    source="https://github.com/Azure/AKS/issues/1875",
    look=_look,
)
