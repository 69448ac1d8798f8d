"""InvalidNATGatewayProfileManagedOutboundIPCount: how many addresses AKS makes for a NAT gateway."""

from collections.abc import Iterator

from orchestrator.egress.cluster_values import check_bounds
from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.plan_check import PlanCheck, Verdict


def _look(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    del network
    yield from check_bounds(cluster, "natGatewayProfile.managedOutboundIPProfile.count", 1, 16)


CHECK = PlanCheck(
    code="InvalidNATGatewayProfileManagedOutboundIPCount",
    azure_code="InvalidNATGatewayProfileManagedOutboundIPCount",
    what="A managed NAT gateway that is to have fewer than 1 or more than 16 addresses.",
    why="A NAT gateway has at most 16 IPv4 addresses.",
    remedy="Take a number from 1 to 16.",
    source="https://learn.microsoft.com/azure/aks/nat-gateway",
    look=_look,
)
