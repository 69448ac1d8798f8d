"""InvalidNATGatewayProfileManagedOutboundIPCount: how many addresses AKS makes for a NAT gateway."""

from collections.abc import Iterator

from orchestrator.egress.cluster_values import check_bounds, setting
from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.plan_check import PlanCheck, Verdict, refused


def _look(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    del network
    for count in ("count", "countIPv6"):
        yield from check_bounds(cluster, f"natGatewayProfile.managedOutboundIPProfile.{count}", 1, 16)
    if setting(cluster, "natGatewayProfile.managedOutboundIPProfile.countIPv6") and str(setting(cluster, "natGatewayProfile.sku")).lower() == "standard":
        yield refused(f"managedOutboundIPProfile.countIPv6 of {cluster.name} is set, and its NAT gateway of the SKU Standard has no IPv6", cluster.id)


CHECK = PlanCheck(
    code="InvalidNATGatewayProfileManagedOutboundIPCount",
    azure_code="InvalidNATGatewayProfileManagedOutboundIPCount",
    what="A managed NAT gateway that is to have fewer than 1 or more than 16 addresses.",
    why="A NAT gateway has at most 16 IPv4 addresses, and as many of IPv6 where it is of the SKU StandardV2.",
    remedy="Take a number from 1 to 16.",
    source="https://learn.microsoft.com/azure/aks/nat-gateway",
    look=_look,
)
