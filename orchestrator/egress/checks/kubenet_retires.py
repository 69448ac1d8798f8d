"""KubenetRetires: a new cluster with a network plugin that ends."""

from collections.abc import Iterator

from orchestrator.egress.cluster_values import setting
from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.plan_check import PlanCheck, Verdict, warned


def _look(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    del network
    if setting(cluster, "networkPlugin") == "kubenet":
        yield warned(f"{cluster.name} has the network plugin kubenet, which retires on 2028-03-31", cluster.id)


CHECK = PlanCheck(
    code="KubenetRetires",
    azure_code=None,
    what="A cluster with the network plugin kubenet.",
    why="It is taken until 2028-03-31, and no longer.",
    remedy="Take networkPlugin azure with networkPluginMode overlay.",
    source="https://learn.microsoft.com/azure/aks/configure-kubenet",
    look=_look,
)
