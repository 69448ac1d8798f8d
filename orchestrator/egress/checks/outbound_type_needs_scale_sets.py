"""OutboundTypeNeedsScaleSets: pools of availability sets, or of machines, under an outbound type that needs scale sets."""

from collections.abc import Iterator

from orchestrator.egress.cluster_values import pool_bodies
from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.plan_check import PlanCheck, Verdict, refused


def _look(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    del network
    for pool in pool_bodies(cluster):
        if str(pool.get("type")).lower() == "availabilityset":
            yield refused(
                f"the pool {pool.get('name', '')} of {cluster.name}, whose outbound type is {cluster.outbound_type}, is an AvailabilitySet", cluster.id
            )


CHECK = PlanCheck(
    code="OutboundTypeNeedsScaleSets",
    azure_code=None,
    what="A pool of type AvailabilitySet.",
    why="Every outbound type needs pools of virtual machine scale sets, beside a standard load balancer.",
    remedy="Say type VirtualMachineScaleSets in agentPoolProfiles.",
    source="https://learn.microsoft.com/azure/aks/egress-outboundtype",
    look=_look,
)
