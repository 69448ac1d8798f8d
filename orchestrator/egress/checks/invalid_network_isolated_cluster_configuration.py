"""InvalidNetworkIsolatedClusterConfiguration: outbound type none or block on a cluster that takes its images from the internet."""

from collections.abc import Iterator

from orchestrator.catalog.outbound_types import find_outbound_type
from orchestrator.egress.cluster_values import value_at
from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.plan_check import PlanCheck, Verdict, refused, undecided
from orchestrator.model.resources import is_expression


def _look(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    del network
    row = find_outbound_type(cluster.outbound_type)
    if row is None or not row.needs_isolation:
        return
    source = value_at(cluster.resource.properties, "bootstrapProfile.artifactSource")
    if is_expression(source):
        yield undecided(f"bootstrapProfile.artifactSource of {cluster.name} is known only to the deployment", cluster.id)
    elif str(source).lower() != "cache":
        text = f"{cluster.name} has the outbound type {row.name}, and its bootstrapProfile.artifactSource is {source or 'not said (Direct)'}"
        yield refused(text, cluster.id)


CHECK = PlanCheck(
    code="InvalidNetworkIsolatedClusterConfiguration",
    azure_code="InvalidNetworkIsolatedClusterConfiguration",
    what="A cluster with outbound type none or block whose nodes do not take their images from a cache.",
    why="Both types are for network-isolated clusters: without a way out nodes find Microsoft's images only in a registry of yours.",
    remedy="Set bootstrapProfile.artifactSource to Cache (with a registry that has a private endpoint), or take another outbound type.",
    source="https://github.com/hashicorp/terraform-provider-azurerm/pull/29808",
    look=_look,
)
