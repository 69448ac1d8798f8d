"""SubnetNotAssociatedWithNATGateway: userAssignedNATGateway on a subnet that has no NAT gateway."""

from collections.abc import Iterator

from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.node_subnets import node_subnets, pod_subnets
from orchestrator.egress.plan_check import PlanCheck, Verdict, refused, undecided


def _look(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    if cluster.outbound_type != "userAssignedNATGateway":
        return
    for whose, subnets in (("node", node_subnets(network, cluster)), ("pod", pod_subnets(network, cluster))):
        for subnet_id, subnet in subnets:
            if subnet is None:
                yield undecided(f"the {whose} subnet {subnet_id} is not in the plan, so its NAT gateway is not known", subnet_id)
            elif subnet.nat_gateway_id is None and subnet.unknown is not None:
                yield undecided(subnet.unknown, subnet.id)
            elif subnet.nat_gateway_id is None:
                yield refused(f"the {whose} subnet {subnet.name} has no NAT gateway", subnet.id)


CHECK = PlanCheck(
    code="SubnetNotAssociatedWithNATGateway",
    azure_code="SubnetNotAssociatedWithNATGateway",
    what="A cluster with outbound type userAssignedNATGateway whose node subnet, or pod subnet, has no NAT gateway.",
    why="AKS looks for the gateway when the cluster is created; it must be on every subnet before.",
    remedy="Attach a NAT gateway with a public address to the subnet, in the same request that makes the subnet.",
    source="https://learn.microsoft.com/azure/aks/nat-gateway",
    look=_look,
)
