"""InvalidNATGatewayProfileIdleTimeoutInMinutes: how long a NAT gateway keeps an idle flow."""

from collections.abc import Iterator

from orchestrator.egress.cluster_values import check_bounds
from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.plan_check import PlanCheck, Verdict


def _look(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    del network
    yield from check_bounds(cluster, "natGatewayProfile.idleTimeoutInMinutes", 4, 120)


CHECK = PlanCheck(
    code="InvalidNATGatewayProfileIdleTimeoutInMinutes",
    azure_code="InvalidNATGatewayProfileIdleTimeoutInMinutes",
    what="A managed NAT gateway's idle timeout of less than 4 or more than 120 minutes.",
    why="A NAT gateway keeps idle TCP flows from 4 to 120 minutes.",
    remedy="Take a number from 4 to 120.",
    source="https://learn.microsoft.com/azure/aks/nat-gateway",
    look=_look,
)
