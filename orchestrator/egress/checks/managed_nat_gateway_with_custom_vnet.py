"""ManagedNATGatewayWithCustomVNetNotAllowed: a NAT gateway that AKS makes, on a subnet that it did not make."""

from collections.abc import Iterator

from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.network.reading import last_name
from orchestrator.egress.node_subnets import node_subnets
from orchestrator.egress.plan_check import PlanCheck, Verdict, refused, undecided
from orchestrator.model.resources import is_expression

_MANAGED = ("managedNATGateway", "managedNATGatewayV2")


def _look(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    kind, subnets = cluster.outbound_type, node_subnets(network, cluster)
    if not subnets:
        return
    if is_expression(kind):
        yield undecided(f"the outbound type of {cluster.name} is known only to the deployment, and its nodes join a subnet of yours", cluster.id)
    elif kind in _MANAGED:
        yield refused(f"the cluster {cluster.name} has the outbound type {kind}, but its nodes join the subnet {last_name(subnets[0][0])}", cluster.id)


CHECK = PlanCheck(
    code="ManagedNATGatewayWithCustomVNetNotAllowed",
    azure_code="ManagedNATGatewayWithCustomVNetNotAllowed",
    what="A cluster with outbound type managedNATGateway whose nodes join a subnet of your own.",
    why="AKS attaches its NAT gateway only to a network that it made itself.",
    remedy="Leave agentPoolProfiles.vnetSubnetID out, or use userAssignedNATGateway with a NAT gateway on your subnet.",
    source="https://github.com/kubernetes-sigs/cluster-api-provider-azure/issues/5429",
    look=_look,
)
