"""InvalidLoadBalancerProfileIdleTimeoutInMinutes: how long a load balancer keeps an idle flow."""

from collections.abc import Iterator

from orchestrator.egress.cluster_values import check_bounds
from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.plan_check import PlanCheck, Verdict


def _look(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    del network
    yield from check_bounds(cluster, "loadBalancerProfile.idleTimeoutInMinutes", 4, 120)


CHECK = PlanCheck(
    code="InvalidLoadBalancerProfileIdleTimeoutInMinutes",
    azure_code="InvalidLoadBalancerProfileIdleTimeoutInMinutes",
    what="A load balancer's idle timeout of less than 4 or more than 120 minutes.",
    why="The outbound rule takes from 4 to 120 minutes; the annotation of a Service has bounds of its own.",
    remedy="Take a number from 4 to 120.",
    source="https://learn.microsoft.com/azure/aks/configure-load-balancer-standard",
    look=_look,
)
