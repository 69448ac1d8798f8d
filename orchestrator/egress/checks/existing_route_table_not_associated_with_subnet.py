"""ExistingRouteTableNotAssociatedWithSubnet: userDefinedRouting without a route table on a node subnet."""

from collections.abc import Iterator

from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.node_subnets import node_subnets
from orchestrator.egress.plan_check import PlanCheck, Verdict, refused, undecided


def _look(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    if cluster.outbound_type != "userDefinedRouting":
        return
    for subnet_id, subnet in node_subnets(network, cluster):
        if subnet is None:
            yield undecided(f"the node subnet {subnet_id} is not in the plan, so its route table is not known", subnet_id)
        elif subnet.route_table_id is None and subnet.unknown is not None:
            yield undecided(subnet.unknown, subnet.id)
        elif subnet.route_table_id is None:
            yield refused(f"the node subnet {subnet.name} has no route table, and so no route for 0.0.0.0/0", subnet.id)


CHECK = PlanCheck(
    code="ExistingRouteTableNotAssociatedWithSubnet",
    azure_code="ExistingRouteTableNotAssociatedWithSubnet",
    what="A cluster with outbound type userDefinedRouting whose node subnet has no route table.",
    why="AKS looks for the route table when the cluster is created; routes that BGP or a virtual WAN would bring do not replace it.",
    remedy="Give the node subnet a route table with a route 0.0.0.0/0 to a VirtualAppliance or a VirtualNetworkGateway, before the cluster.",
    source="https://learn.microsoft.com/azure/aks/egress-udr",
    look=_look,
)
