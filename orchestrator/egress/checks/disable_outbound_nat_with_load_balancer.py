"""DisableOutboundNatWithLoadBalancer: Windows nodes that do not translate, behind a load balancer."""

from collections.abc import Iterator

from orchestrator.egress.cluster_values import pool_bodies, value_at
from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.plan_check import PlanCheck, Verdict, refused


def _look(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    children = [child.properties for child in network.resources.children(cluster.id, "agentPools")]
    for body in (*pool_bodies(cluster), *children):
        if cluster.outbound_type == "loadBalancer" and value_at(body, "windowsProfile.disableOutboundNat") is True:
            yield refused(f"the pool {body.get('name', '')} of {cluster.name} has windowsProfile.disableOutboundNat, and leaves by a load balancer", cluster.id)


CHECK = PlanCheck(
    code="DisableOutboundNatWithLoadBalancer",
    azure_code=None,
    what="A Windows pool with disableOutboundNat in a cluster with outbound type loadBalancer.",
    why="Without translation on the node the pods' own addresses reach the load balancer, which translates those of nodes only.",
    remedy="Take a NAT gateway or userDefinedRouting as the way out, or leave disableOutboundNat out.",
    source="https://learn.microsoft.com/azure/aks/nat-gateway",
    look=_look,
)
