"""UDRWithNodePublicIPNotAllowed: nodes with public addresses behind userDefinedRouting."""

from collections.abc import Iterator

from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.plan_check import AZURE_CODES, PlanCheck, Verdict, refused


def _look(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    del network
    for pool in cluster.pools:
        if cluster.outbound_type == "userDefinedRouting" and pool.own_addresses:
            yield refused(f"the pool {pool.name} of {cluster.name} has enableNodePublicIP beside the outbound type userDefinedRouting", cluster.id)


CHECK = PlanCheck(
    code="UDRWithNodePublicIPNotAllowed",
    azure_code="UDRWithNodePublicIPNotAllowed",
    what="A pool with enableNodePublicIP in a cluster with outbound type userDefinedRouting.",
    why="The default route to the appliance takes the nodes' traffic, so answers to their own addresses would not come back the same way.",
    remedy="Leave enableNodePublicIP out, or take another outbound type.",
    source=AZURE_CODES,
    look=_look,
)
