"""CustomRouteTableWithUnsupportedMSIType: kubenet with a route table of one's own, and an identity that is not made yet."""

from collections.abc import Iterator

from orchestrator.egress.cluster_values import setting
from orchestrator.egress.identities import identity_ids
from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.network.reading import last_name
from orchestrator.egress.node_subnets import node_subnets
from orchestrator.egress.plan_check import PlanCheck, Verdict, refused


def _look(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    """With Azure CNI a system-assigned identity gets its roles after it was made; kubenet writes its routes at once."""
    if setting(cluster, "networkPlugin") != "kubenet" or identity_ids(cluster):
        return
    tables = {subnet.route_table_id for _, subnet in node_subnets(network, cluster) if subnet is not None and subnet.route_table_id is not None}
    for table_id in sorted(tables):
        text = f"{cluster.name} has kubenet and a system-assigned identity, which cannot have a role on the route table {last_name(table_id)} before it is made"
        yield refused(text, cluster.id)


CHECK = PlanCheck(
    code="CustomRouteTableWithUnsupportedMSIType",
    azure_code="CustomRouteTableWithUnsupportedMSIType",
    what="A kubenet cluster with a system-assigned identity, and a route table on its node subnet.",
    why="Clusters with a system-assigned identity do not support bringing a route table of your own: its role cannot be assigned before the cluster is.",
    remedy="Give the cluster a user-assigned identity that is Network Contributor on the route table.",
    source="https://github.com/Azure/AKS/issues/2333",
    look=_look,
)
