"""NatGatewayAddressesMixed: a managed NAT gateway with addresses that AKS makes, and others that are given."""

from collections.abc import Iterator

from orchestrator.egress.cluster_values import setting
from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.plan_check import PlanCheck, Verdict, refused

_GIVEN = ("outboundIPs", "outboundIPPrefixes")


def _look(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    del network
    given = [key for key in _GIVEN if setting(cluster, f"natGatewayProfile.{key}")]
    if given and setting(cluster, "natGatewayProfile.managedOutboundIPProfile"):
        yield refused(f"natGatewayProfile of {cluster.name} has both managedOutboundIPProfile and {given[0]}", cluster.id)


CHECK = PlanCheck(
    code="NatGatewayAddressesMixed",
    azure_code=None,
    what="A natGatewayProfile with managedOutboundIPProfile beside outboundIPs or outboundIPPrefixes.",
    why="A managed NAT gateway has either addresses that AKS makes or addresses of yours, from its creation on.",
    remedy="Keep one of them: the number, or the addresses.",
    source="https://github.com/Azure/azure-cli/pull/34017",
    look=_look,
)
