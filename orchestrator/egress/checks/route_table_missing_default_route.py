"""RouteTableMissingDefaultRoute: userDefinedRouting without a default route on a node subnet."""

from collections.abc import Iterator

from orchestrator.egress.network_view import Subnet, default_route, may_be_default, node_subnets, outbound_type, routes_of
from orchestrator.egress.plan_check import PlanCheck, Verdict, refused, undecided
from orchestrator.model.resources import Resource, Snapshot, is_expression


def _look(snapshot: Snapshot, cluster: Resource) -> Iterator[Verdict]:
    if outbound_type(cluster) != "userDefinedRouting":
        return
    subnets = node_subnets(snapshot, cluster)
    if not subnets:
        yield refused(f"the cluster {cluster.name} has no subnet of its own, so no route table can lead it out", cluster.id)
    for subnet_id, subnet in subnets:
        if subnet is None:
            yield undecided(f"the node subnet {subnet_id} is not in the plan, so its default route is not known", subnet_id)
        else:
            yield from _look_at_subnet(snapshot, subnet)


def _look_at_subnet(snapshot: Snapshot, subnet: Subnet) -> Iterator[Verdict]:
    if not subnet.properties.get("routeTable"):
        yield refused(f"the node subnet {subnet.name} has no route table, and so no route for 0.0.0.0/0", subnet.id)
        return
    table = snapshot.find(subnet.route_table_id)
    if table is None:
        yield undecided(f"the route table of the node subnet {subnet.name} is not in the plan, so its default route is not known", subnet.id)
    elif default_route(snapshot, table) is None:
        if is_expression(table.properties.get("routes")) or any(may_be_default(route) for route in routes_of(snapshot, table)):
            yield undecided(f"a route of the route table {table.name} of the node subnet {subnet.name} has a prefix that only the deployment knows", table.id)
        else:
            yield refused(f"the route table {table.name} of the node subnet {subnet.name} has no route for 0.0.0.0/0", table.id)


CHECK = PlanCheck(
    code="RouteTableMissingDefaultRoute",
    what="A cluster with outbound type userDefinedRouting whose node subnet has no route for 0.0.0.0/0.",
    why="AKS looks for the route when the cluster is created; a route that BGP or a virtual WAN would bring does not count.",
    remedy="Give the node subnet a route table with a route 0.0.0.0/0 whose next hop is a VirtualAppliance or a VirtualNetworkGateway.",
    source="https://learn.microsoft.com/azure/aks/egress-udr",
    look=_look,
)
