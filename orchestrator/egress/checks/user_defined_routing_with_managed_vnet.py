"""UserDefinedRoutingWithManagedVNet: userDefinedRouting in a network that AKS makes, which has no routes of yours."""

from collections.abc import Iterator

from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.node_subnets import node_subnets
from orchestrator.egress.plan_check import PlanCheck, Verdict, refused


def _look(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    if cluster.outbound_type == "userDefinedRouting" and not node_subnets(network, cluster):
        yield refused(f"the cluster {cluster.name} has no subnet of its own, so no route table can lead it out", cluster.id)


CHECK = PlanCheck(
    code="UserDefinedRoutingWithManagedVNet",
    azure_code=None,
    what="A cluster with outbound type userDefinedRouting whose nodes join a network that AKS makes.",
    why="The route table must be on the node subnet before the cluster is created.",
    remedy="Name a subnet of your own in agentPoolProfiles.vnetSubnetID, with a route table that leads 0.0.0.0/0 to an appliance or a gateway.",
    source="https://learn.microsoft.com/azure/aks/egress-outboundtype",
    look=_look,
)
