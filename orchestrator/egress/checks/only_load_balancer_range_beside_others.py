"""OnlyLoadBalancerRangeBesideOthers: 0.0.0.0/32, which stands for the load balancer's address alone, beside other ranges."""

from collections.abc import Iterator

from orchestrator.egress.cluster_values import value_at
from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.network.reading import texts
from orchestrator.egress.plan_check import PlanCheck, Verdict, refused


def _look(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    del network
    ranges = texts(value_at(cluster.resource.properties, "apiServerAccessProfile.authorizedIPRanges"))
    if "0.0.0.0/32" in ranges and len(ranges) > 1:
        yield refused(f"the authorized ranges of {cluster.name} have 0.0.0.0/32 beside {len(ranges) - 1} other", cluster.id)


CHECK = PlanCheck(
    code="OnlyLoadBalancerRangeBesideOthers",
    azure_code="InvalidParameter",
    what="0.0.0.0/32 among other authorized ranges.",
    why="It stands for the load balancer's outbound address and nobody else, so AKS takes it only alone.",
    remedy="Leave 0.0.0.0/32 out: AKS adds the load balancer's address to other ranges by itself.",
    source="https://github.com/Azure/terraform-azurerm-aks/issues/378",
    look=_look,
)
