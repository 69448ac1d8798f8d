"""ManagedNatGatewayV2Spelling: how a StandardV2 NAT gateway is asked for differs by the API version, and sources disagree."""

from collections.abc import Iterator

from orchestrator.catalog.outbound_types import CLI_EXTENSION, V2_AS_SKU, V2_AS_TYPE, V2_SPELLINGS, covers
from orchestrator.egress.cluster_values import setting
from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.plan_check import PlanCheck, Verdict, warned


def _look(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    del network
    version = str(cluster.resource.body.get("apiVersion", ""))
    spelled = "; ".join(f"{source} ({date}): {spelling}" for _, spelling, source, date in V2_SPELLINGS)
    if cluster.outbound_type == "managedNATGatewayV2" and version and not covers(V2_AS_TYPE, version):
        text = f"{cluster.name} has the outbound type managedNATGatewayV2 at API version {version}; sources disagree: {spelled}"
        yield warned(text, cluster.id)
    if str(setting(cluster, "natGatewayProfile.sku")).lower() == "standardv2" and version and not covers(V2_AS_SKU, version):
        yield warned(f"{cluster.name} says natGatewayProfile.sku StandardV2 at API version {version}, which has no such value; {spelled}", cluster.id)


CHECK = PlanCheck(
    code="ManagedNatGatewayV2Spelling",
    azure_code=None,
    what="A StandardV2 managed NAT gateway in a spelling that the API version does not have.",
    why="Up to 2026-05 it is an outbound type, from 2026-06-01 on a SKU; the page of outbound types still has the first.",
    remedy="At API version 2026-06-01 or later write outboundType managedNATGateway with natGatewayProfile.sku StandardV2.",
    source=CLI_EXTENSION,
    look=_look,
)
