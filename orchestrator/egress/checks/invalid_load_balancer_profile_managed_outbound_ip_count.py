"""InvalidLoadBalancerProfileManagedOutboundIPCount: how many addresses AKS makes for a load balancer."""

from collections.abc import Iterator

from orchestrator.egress.cluster_values import check_bounds
from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.plan_check import PlanCheck, Verdict


def _look(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    del network
    yield from check_bounds(cluster, "loadBalancerProfile.managedOutboundIPs.count", 1, 100)
    yield from check_bounds(cluster, "loadBalancerProfile.managedOutboundIPs.countIPv6", 0, 100)


CHECK = PlanCheck(
    code="InvalidLoadBalancerProfileManagedOutboundIPCount",
    azure_code="InvalidLoadBalancerProfileManagedOutboundIPCount",
    what="A load balancer that is to have fewer than 1 or more than 100 addresses made by AKS.",
    why="AKS makes from 1 to 100 of them; more need a quota, too.",
    remedy="Take a number from 1 to 100.",
    source="https://learn.microsoft.com/azure/aks/configure-load-balancer-standard",
    look=_look,
)
