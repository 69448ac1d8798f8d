"""AuthorizedRangesOnPrivateCluster: ranges for a public API server on a cluster that has none."""

from collections.abc import Iterator

from orchestrator.egress.cluster_values import value_at
from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.plan_check import PlanCheck, Verdict, refused


def _look(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    del network
    ranges = value_at(cluster.resource.properties, "apiServerAccessProfile.authorizedIPRanges")
    if value_at(cluster.resource.properties, "apiServerAccessProfile.enablePrivateCluster") is True and ranges:
        yield refused(f"{cluster.name} is a private cluster, and has authorizedIPRanges", cluster.id)


CHECK = PlanCheck(
    code="AuthorizedRangesOnPrivateCluster",
    azure_code="InvalidParameter",
    what="apiServerAccessProfile.authorizedIPRanges in a private cluster.",
    why="The ranges guard a public API server; a private one has an address in your network instead.",
    remedy="Leave authorizedIPRanges out of a private cluster.",
    source="https://github.com/aquasecurity/tfsec/issues/571",
    look=_look,
)
