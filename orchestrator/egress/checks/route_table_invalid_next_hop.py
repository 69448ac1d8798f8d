"""RouteTableInvalidNextHop: the default route of a userDefinedRouting cluster leads elsewhere than to an appliance or a gateway."""

from collections.abc import Iterator

from orchestrator.egress.network_view import default_route, node_subnets, outbound_type
from orchestrator.egress.plan_check import PlanCheck, Verdict, refused, undecided
from orchestrator.model.resources import Resource, Snapshot, is_expression

_ALLOWED = ("virtualappliance", "virtualnetworkgateway")


def _look(snapshot: Snapshot, cluster: Resource) -> Iterator[Verdict]:
    if outbound_type(cluster) != "userDefinedRouting":
        return
    for _, subnet in node_subnets(snapshot, cluster):
        table = snapshot.find(subnet.route_table_id) if subnet is not None else None
        route = default_route(snapshot, table) if table is not None else None
        if table is None or route is None:
            continue  # RouteTableMissingDefaultRoute speaks of these
        if is_expression(route.next_hop_type):
            yield undecided(f"the next hop of the route {route.name} in {table.name} is known only to the deployment", table.id)
        elif str(route.next_hop_type).lower() not in _ALLOWED:
            yield refused(f"the route {route.name} in {table.name} leads 0.0.0.0/0 to the next hop {route.next_hop_type}", table.id)


CHECK = PlanCheck(
    code="RouteTableInvalidNextHop",
    what="A default route whose next hop is neither VirtualAppliance nor VirtualNetworkGateway, on the node subnet of a userDefinedRouting cluster.",
    why="With userDefinedRouting AKS makes no way out of its own; a route to Internet, or to None, leads to nothing that it accepts.",
    remedy="Let the route 0.0.0.0/0 lead to a VirtualAppliance (with its address) or a VirtualNetworkGateway.",
    source="https://github.com/Azure/AKS/issues/1875",
    look=_look,
)
