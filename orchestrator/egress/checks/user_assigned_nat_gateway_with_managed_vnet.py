"""UserAssignedNATGatewayWithManagedVNetNotAllowed: a NAT gateway of yours, for a network that AKS makes."""

from collections.abc import Iterator

from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.node_subnets import node_subnets
from orchestrator.egress.plan_check import PlanCheck, Verdict, refused


def _look(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    if cluster.outbound_type == "userAssignedNATGateway" and not node_subnets(network, cluster):
        yield refused(f"the cluster {cluster.name} has no subnet of its own, so no NAT gateway of yours can be on it", cluster.id)


CHECK = PlanCheck(
    code="UserAssignedNATGatewayWithManagedVNetNotAllowed",
    azure_code="UserAssignedNATGatewayWithManagedVNetNotAllowed",
    what="A cluster with outbound type userAssignedNATGateway whose nodes join a network that AKS makes.",
    why="The NAT gateway must be on the node subnet before the cluster is created.",
    remedy="Name a subnet of your own, with a NAT gateway, in agentPoolProfiles.vnetSubnetID; or use managedNATGateway.",
    source="https://learn.microsoft.com/azure/aks/egress-outboundtype",
    look=_look,
)
