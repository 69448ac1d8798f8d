"""KubenetRouteTableShared: two kubenet clusters that write their routes into one table."""

from collections.abc import Iterator

from orchestrator.egress.cluster_values import setting
from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.network.reading import last_name
from orchestrator.egress.node_subnets import node_subnets
from orchestrator.egress.plan_check import PlanCheck, Verdict, refused


def _look(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    mine = _tables(network, cluster)
    for other in network.clusters.values():
        for table_id in sorted(mine & _tables(network, other)) if other.id.lower() < cluster.id.lower() else ():
            yield refused(f"{cluster.name} and {other.name} have kubenet, and both write their routes into the route table {last_name(table_id)}", table_id)


def _tables(network: Network, cluster: Cluster) -> frozenset[str]:
    """The route tables that a kubenet cluster writes to."""
    if setting(cluster, "networkPlugin") != "kubenet":
        return frozenset()
    return frozenset(subnet.route_table_id for _, subnet in node_subnets(network, cluster) if subnet is not None and subnet.route_table_id is not None)


CHECK = PlanCheck(
    code="KubenetRouteTableShared",
    azure_code=None,
    what="Two kubenet clusters whose node subnets have one route table.",
    why="Kubenet writes a route for each node; a cluster must have a table that no other cluster writes to.",
    remedy="Give each kubenet cluster a route table of its own, or take Azure CNI overlay, which writes none.",
    source="https://learn.microsoft.com/azure/aks/configure-kubenet",
    look=_look,
)
