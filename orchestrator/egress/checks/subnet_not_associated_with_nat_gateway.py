"""SubnetNotAssociatedWithNATGateway: userAssignedNATGateway on a subnet that has no NAT gateway."""

from collections.abc import Iterator

from orchestrator.egress.network_view import node_subnets, outbound_type
from orchestrator.egress.plan_check import PlanCheck, Verdict, refused, undecided
from orchestrator.model.resources import Resource, Snapshot, is_expression


def _look(snapshot: Snapshot, cluster: Resource) -> Iterator[Verdict]:
    if outbound_type(cluster) != "userAssignedNATGateway":
        return
    subnets = node_subnets(snapshot, cluster)
    if not subnets:
        yield refused(f"the cluster {cluster.name} has no subnet of its own, so no NAT gateway of yours can be on it", cluster.id)
    for subnet_id, subnet in subnets:
        if subnet is None:
            yield undecided(f"the node subnet {subnet_id} is not in the plan, so its NAT gateway is not known", subnet_id)
        elif is_expression(subnet.properties.get("natGateway")):
            yield undecided(f"the NAT gateway of the node subnet {subnet.name} is known only to the deployment", subnet.id)
        elif not subnet.properties.get("natGateway"):
            yield refused(f"the node subnet {subnet.name} has no NAT gateway", subnet.id)


CHECK = PlanCheck(
    code="SubnetNotAssociatedWithNATGateway",
    what="A cluster with outbound type userAssignedNATGateway whose node subnet has no NAT gateway.",
    why="AKS looks for the gateway when the cluster is created; it must be on every node subnet before.",
    remedy="Attach a NAT gateway with a public address to the node subnet, in the same request that makes the subnet.",
    source="https://learn.microsoft.com/azure/aks/nat-gateway",
    look=_look,
)
