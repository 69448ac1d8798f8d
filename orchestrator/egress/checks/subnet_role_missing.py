"""SubnetRoleMissing: the cluster's identity may not join its own node subnet."""

from collections.abc import Iterator

from orchestrator.egress.identities import identity_ids
from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.network.reading import last_name
from orchestrator.egress.node_subnets import node_subnets
from orchestrator.egress.plan_check import PlanCheck, Verdict, warned
from orchestrator.egress.role_assignments import NETWORK_ROLES, NO_ROLE, find_doubt
from orchestrator.model.resources import is_expression

_NEEDED = "https://learn.microsoft.com/azure/aks/concepts-network-cni-overview"
_LATER = "https://github.com/MicrosoftDocs/azure-docs/issues/117046"


def _look(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    for subnet_id, _ in node_subnets(network, cluster):
        for identity_id in identity_ids(cluster):
            if is_expression(subnet_id) or find_doubt(network.resources.snapshot, identity_id, subnet_id, NETWORK_ROLES) != NO_ROLE:
                continue
            text = f"the identity {last_name(identity_id)}, which the plan makes, has no role on the node subnet {last_name(subnet_id)}"
            claims = f"sources disagree about when it is missed: {_NEEDED} demands it, {_LATER} was created and saw LinkedAuthorizationFailed on load balancers"
            yield warned(f"{text}; {claims}", subnet_id)


CHECK = PlanCheck(
    code="SubnetRoleMissing",
    azure_code="LinkedAuthorizationFailed",
    what="A node subnet of your own that the cluster's user-assigned identity has no role on.",
    why="AKS joins machines and load balancers to the subnet. The CLI assigns the role; a template must do it itself.",
    remedy="Assign Network Contributor on the subnet to the cluster's identity, and let the cluster wait for the assignment.",
    source=_NEEDED,
    look=_look,
)
