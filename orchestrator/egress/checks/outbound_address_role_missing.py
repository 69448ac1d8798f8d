"""OutboundAddressRoleMissing: the cluster's identity may not use the public addresses that it is given."""

from collections.abc import Iterator

from orchestrator.egress.cluster_values import setting
from orchestrator.egress.identities import identity_ids
from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.network.reading import last_name, place_of, reference_ids
from orchestrator.egress.plan_check import PlanCheck, Verdict, warned
from orchestrator.egress.role_assignments import NETWORK_ROLES, NO_ROLE, find_doubt

_LISTS = (
    "loadBalancerProfile.outboundIPs.publicIPs",
    "loadBalancerProfile.outboundIPPrefixes.publicIPPrefixes",
    "natGatewayProfile.outboundIPs.publicIPs",
    "natGatewayProfile.outboundIPPrefixes.publicIPPrefixes",
)


def _look(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    """AKS works in the node resource group, so that any address of yours lies outside."""
    given = dict.fromkeys(each for path in _LISTS for each in reference_ids(setting(cluster, path)))
    node_group = str(cluster.resource.properties.get("nodeResourceGroup") or "").lower()
    for address_id in (each for each in given if place_of(each)[1] != node_group):
        for identity_id in identity_ids(cluster):
            if find_doubt(network.resources.snapshot, identity_id, address_id, NETWORK_ROLES) == NO_ROLE:
                text = (
                    f"the identity {last_name(identity_id)}, which the plan makes, has no role on {last_name(address_id)}, which {cluster.name} is to leave by"
                )
                yield warned(f"{text}: AKS takes the cluster, and its load balancer fails later", address_id)


CHECK = PlanCheck(
    code="OutboundAddressRoleMissing",
    azure_code="LinkedAuthorizationFailed",
    what="A public address or prefix of yours as a way out, that the cluster's user-assigned identity has no role on.",
    why="AKS attaches the address to its load balancer or gateway. The CLI assigns the role; a template must do it itself.",
    remedy="Assign Network Contributor on the address, or on its resource group, to the cluster's identity.",
    source="https://learn.microsoft.com/azure/aks/managed-identity-overview",
    look=_look,
)
