"""TooManyAuthorizedRanges: more ranges than the API server's guard takes."""

from collections.abc import Iterator

from orchestrator.egress.cluster_values import value_at
from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.network.reading import texts
from orchestrator.egress.plan_check import PlanCheck, Verdict, refused

_MOST, _MOST_IN_NETWORK = 200, 2_000


def _look(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    del network
    properties = cluster.resource.properties
    count = len(texts(value_at(properties, "apiServerAccessProfile.authorizedIPRanges")))
    most = _MOST_IN_NETWORK if value_at(properties, "apiServerAccessProfile.enableVnetIntegration") is True else _MOST
    if count > most:
        yield refused(f"{cluster.name} has {count} authorized ranges, and {most} are the most", cluster.id)


CHECK = PlanCheck(
    code="TooManyAuthorizedRanges",
    azure_code=None,
    what="More than 200 authorized ranges, or 2,000 where the API server is in your network.",
    why="The guard before the API server takes no more.",
    remedy="Join ranges: 200 are the most, and 2,000 with API Server VNet Integration.",
    source="https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges",
    look=_look,
)
