"""UnexpectedLoadBalancerSkuForCurrentOutboundConfiguration: a basic load balancer where the way out needs a standard one."""

from collections.abc import Iterator

from orchestrator.egress.cluster_values import setting
from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.plan_check import AZURE_CODES, PlanCheck, Verdict, refused, undecided
from orchestrator.model.resources import is_expression


def _look(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    del network
    sku = setting(cluster, "loadBalancerSku")
    if is_expression(sku):
        yield undecided(f"loadBalancerSku of {cluster.name} is known only to the deployment", cluster.id)
    elif str(sku).lower() == "basic":
        yield refused(f"{cluster.name} has loadBalancerSku basic, and the outbound type {cluster.outbound_type}", cluster.id)


CHECK = PlanCheck(
    code="UnexpectedLoadBalancerSkuForCurrentOutboundConfiguration",
    azure_code="UnexpectedLoadBalancerSkuForCurrentOutboundConfiguration",
    what="A cluster with loadBalancerSku basic.",
    why="Every outbound type, and a loadBalancerProfile, need the SKU standard; Basic load balancers were retired on 2025-09-30.",
    remedy="Say loadBalancerSku standard.",
    source=AZURE_CODES,
    look=_look,
)
