"""Ipv6DefaultRouteMissing: a dual-stack userDefinedRouting cluster without a default route for IPv6."""

from collections.abc import Iterator

from orchestrator.egress.cluster_values import setting
from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.network.reading import texts
from orchestrator.egress.node_subnets import find_route_table, node_subnets
from orchestrator.egress.plan_check import PlanCheck, Verdict, warned


def _look(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    if cluster.outbound_type != "userDefinedRouting" or "IPv6" not in texts(setting(cluster, "ipFamilies")):
        return
    for _, subnet in node_subnets(network, cluster):
        table = find_route_table(network, subnet) if subnet is not None else None
        if table is not None and not any("::/0" in route.matcher.texts for route in table.routes):
            yield warned(f"{cluster.name} has IPv4 and IPv6, and the route table {table.name} no route for ::/0", table.id)


CHECK = PlanCheck(
    code="Ipv6DefaultRouteMissing",
    azure_code=None,
    what="A dual-stack cluster with outbound type userDefinedRouting whose route table has no route for ::/0.",
    why="AKS makes it with a warning: IPv6 then has no way out, or one past the firewall, which has no IPv6.",
    remedy="Add a route ::/0 to an appliance that takes IPv6, or leave IPv6 out of ipFamilies.",
    source="https://github.com/Azure/AKS/blob/master/CHANGELOG.md",
    look=_look,
)
