"""EgressGatewayPrefixSize: a static egress gateway pool with a prefix of a size that there is not."""

from collections.abc import Iterator

from orchestrator.egress.cluster_values import pool_bodies, value_at
from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.plan_check import PlanCheck, Verdict, refused
from orchestrator.model.resources import is_expression

_SMALLEST, _LARGEST = 31, 28


def _look(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    children = [child.properties for child in network.resources.children(cluster.id, "agentPools")]
    for body in (*pool_bodies(cluster), *children):
        size = value_at(body, "gatewayProfile.publicIPPrefixSize")
        if size is not None and not is_expression(size) and not (isinstance(size, int) and _LARGEST <= size <= _SMALLEST):
            yield refused(f"the gateway pool {body.get('name', '')} of {cluster.name} has the publicIPPrefixSize {size}", cluster.id)


CHECK = PlanCheck(
    code="EgressGatewayPrefixSize",
    azure_code=None,
    what="A pool of mode Gateway whose publicIPPrefixSize is not from 28 to 31.",
    why="The pool leaves by the addresses of a prefix of that length, one for each of its nodes.",
    remedy="Take 28, 29, 30 or 31: 16, 8, 4 or 2 addresses.",
    source="https://learn.microsoft.com/azure/aks/configure-static-egress-gateway",
    look=_look,
)
