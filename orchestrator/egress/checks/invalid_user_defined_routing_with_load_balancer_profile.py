"""InvalidUserDefinedRoutingWithLoadBalancerProfile: a load balancer profile beside userDefinedRouting."""

from collections.abc import Iterator

from orchestrator.egress.cluster_values import setting
from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.plan_check import PlanCheck, Verdict, refused, undecided
from orchestrator.model.resources import is_expression


def _look(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    del network
    kind, profile = cluster.outbound_type, setting(cluster, "loadBalancerProfile")
    if profile is None:
        return
    if is_expression(kind):
        yield undecided(f"the outbound type of {cluster.name} is known only to the deployment, and the cluster has a loadBalancerProfile", cluster.id)
    elif kind == "userDefinedRouting" and is_expression(profile):
        yield undecided(f"the loadBalancerProfile of {cluster.name} is known only to the deployment", cluster.id)
    elif kind == "userDefinedRouting":
        yield refused(f"the cluster {cluster.name} has both the outbound type userDefinedRouting and a loadBalancerProfile", cluster.id)


CHECK = PlanCheck(
    code="InvalidUserDefinedRoutingWithLoadBalancerProfile",
    azure_code="InvalidUserDefinedRoutingWithLoadBalancerProfile",
    what="A cluster with outbound type userDefinedRouting and a loadBalancerProfile.",
    why="With userDefinedRouting there is no load balancer for outbound traffic, so AKS refuses settings for one.",
    remedy="Leave networkProfile.loadBalancerProfile out (null) unless the outbound type is loadBalancer.",
    source="https://github.com/Azure/bicep-registry-modules/issues/5727",
    look=_look,
)
