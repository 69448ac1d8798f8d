"""AuthorizedRangesOnPrivateCluster: ranges for a public API server on a cluster that has none."""

from collections.abc import Iterator

from orchestrator.egress.cluster_values import value_at
from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.plan_check import PlanCheck, Verdict, refused, undecided
from orchestrator.model.resources import is_expression


def _look(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    del network
    ranges = value_at(cluster.resource.properties, "apiServerAccessProfile.authorizedIPRanges")
    private = value_at(cluster.resource.properties, "apiServerAccessProfile.enablePrivateCluster")
    if ranges and (is_expression(private) or (private is True and is_expression(ranges))):
        yield undecided(f"whether {cluster.name} is a private cluster with authorizedIPRanges is known only to the deployment", cluster.id)
    elif ranges and private is True:
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
