"""LoadBalancerAddressesMixed: a load balancer with more than one kind of outbound addresses."""

from collections.abc import Iterator

from orchestrator.egress.cluster_values import setting
from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.plan_check import PlanCheck, Verdict, warned

_KINDS = ("managedOutboundIPs", "outboundIPs", "outboundIPPrefixes")
_ONE = "https://learn.microsoft.com/azure/aks/configure-load-balancer-standard"
_SEVERAL = "https://github.com/Azure/AKS/blob/master/CHANGELOG.md"
_CODE = "https://github.com/hashicorp/terraform-provider-azurerm/issues/6525"


def _look(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    del network
    said = [kind for kind in _KINDS if setting(cluster, f"loadBalancerProfile.{kind}")]
    if len(said) > 1:
        claims = f"sources disagree: {_ONE} allows one of them, {_SEVERAL} a combination; who was refused saw InvalidLoadBalancerProfile ({_CODE})"
        yield warned(f"loadBalancerProfile of {cluster.name} has {' and '.join(said)}; {claims}", cluster.id)


CHECK = PlanCheck(
    code="LoadBalancerAddressesMixed",
    azure_code="InvalidLoadBalancerProfile",
    what="A loadBalancerProfile with more than one of managedOutboundIPs, outboundIPs and outboundIPPrefixes.",
    why="The page of the load balancer says one at a time; the changelog says that they may be combined.",
    remedy="Keep one of them: how many AKS makes, or the addresses, or the prefixes.",
    source=_ONE,
    look=_look,
)
