"""ProfileOfAnotherOutboundType: settings for a way out that the cluster does not have."""

from collections.abc import Iterator

from orchestrator.egress.cluster_values import setting
from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.plan_check import PlanCheck, Verdict, warned
from orchestrator.model.resources import is_expression

_REFUSED = "https://github.com/hashicorp/terraform-provider-azurerm/issues/16712"
_IGNORED = "https://github.com/Azure/azure-rest-api-specs/issues/22469"
_INCOMPATIBLE = "https://github.com/Azure/azure-cli-extensions/pull/10264"


def _look(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    del network
    kind = cluster.outbound_type
    if is_expression(kind):
        return
    if setting(cluster, "loadBalancerProfile") is not None and kind not in ("loadBalancer", "userDefinedRouting"):
        claims = f"sources disagree: {_REFUSED} was refused, {_IGNORED} says that it is taken and has no effect"
        yield warned(f"the cluster {cluster.name} has the outbound type {kind}, and a loadBalancerProfile; {claims}", cluster.id)
    if setting(cluster, "natGatewayProfile") is not None and not kind.startswith("managedNATGateway"):
        claims = f"a developer of AKS calls it incompatible ({_INCOMPATIBLE}), and no refusal is published"
        yield warned(f"the cluster {cluster.name} has the outbound type {kind}, and a natGatewayProfile: {claims}", cluster.id)


CHECK = PlanCheck(
    code="ProfileOfAnotherOutboundType",
    azure_code=None,
    what="A loadBalancerProfile without the outbound type loadBalancer, or a natGatewayProfile without a managed NAT gateway.",
    why="Nothing would heed the settings, and some who sent them were refused.",
    remedy="Write the profile of the outbound type alone, and null for the other.",
    source="https://learn.microsoft.com/azure/aks/egress-outboundtype",
    look=_look,
)
