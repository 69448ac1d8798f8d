"""BlockWithCustomVNet: outbound type block on a subnet of one's own."""

from collections.abc import Iterator

from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.network.reading import last_name
from orchestrator.egress.node_subnets import node_subnets
from orchestrator.egress.plan_check import PlanCheck, Verdict, refused


def _look(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    subnets = node_subnets(network, cluster)
    if cluster.outbound_type == "block" and subnets:
        yield refused(f"{cluster.name} has the outbound type block, but its nodes join the subnet {last_name(subnets[0][0])}", cluster.id)


CHECK = PlanCheck(
    code="BlockWithCustomVNet",
    azure_code=None,
    what="A cluster with outbound type block whose nodes join a subnet of your own.",
    why="With block AKS writes security rules, which it does only in a network that it makes.",
    remedy="Take none, and block the traffic in your own network; or leave agentPoolProfiles.vnetSubnetID out.",
    source="https://learn.microsoft.com/azure/aks/egress-outboundtype",
    look=_look,
)
