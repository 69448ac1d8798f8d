"""ManagedNATGatewayWithCustomVNetNotAllowed: a NAT gateway that AKS makes, on a subnet that it did not make."""

from collections.abc import Iterator

from orchestrator.egress.network_view import node_subnet_ids, outbound_type
from orchestrator.egress.plan_check import PlanCheck, Verdict, refused, undecided
from orchestrator.model.resources import Resource, Snapshot, is_expression

_MANAGED = ("managedNATGateway", "managedNATGatewayV2")


def _look(snapshot: Snapshot, cluster: Resource) -> Iterator[Verdict]:
    kind, subnets = outbound_type(cluster), node_subnet_ids(snapshot, cluster)
    if not subnets:
        return
    if is_expression(kind):
        yield undecided(f"the outbound type of {cluster.name} is known only to the deployment, and its nodes join a subnet of yours", cluster.id)
    elif kind in _MANAGED:
        yield refused(f"the cluster {cluster.name} has the outbound type {kind}, but its nodes join the subnet {subnets[0].rsplit('/', 1)[-1]}", cluster.id)


CHECK = PlanCheck(
    code="ManagedNATGatewayWithCustomVNetNotAllowed",
    what="A cluster with outbound type managedNATGateway whose nodes join a subnet of your own.",
    why="AKS attaches its NAT gateway only to a network that it made itself.",
    remedy="Leave agentPoolProfiles.vnetSubnetID out, or use userAssignedNATGateway with a NAT gateway on your subnet.",
    source="https://github.com/kubernetes-sigs/cluster-api-provider-azure/issues/5429",
    look=_look,
)
