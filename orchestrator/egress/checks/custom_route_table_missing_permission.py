"""CustomRouteTableMissingPermission: the cluster's identity may not write the route table of its node subnet."""

from collections.abc import Iterator

from orchestrator.egress.cluster_values import setting
from orchestrator.egress.identities import identity_ids
from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.network.reading import last_name
from orchestrator.egress.node_subnets import node_subnets
from orchestrator.egress.plan_check import PlanCheck, Verdict, refused, undecided, warned
from orchestrator.egress.role_assignments import NETWORK_ROLES, NO_ROLE, find_doubt

_CLAIMS = "sources disagree whether it must: https://aka.ms/aks/customrt demands it, https://github.com/mspnp/aks-baseline assigns no such role and works"


def _look(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    tables = {subnet.route_table_id for _, subnet in node_subnets(network, cluster) if subnet is not None and subnet.route_table_id is not None}
    for table_id in sorted(tables):
        for identity_id in identity_ids(cluster):
            doubt = find_doubt(network.resources.snapshot, identity_id, table_id, NETWORK_ROLES)
            table, identity = last_name(table_id), last_name(identity_id)
            if doubt == NO_ROLE:
                yield refused(f"the identity {identity}, which the plan makes, has no role that may write the route table {table}", table_id)
            elif doubt is not None:
                text = f"whether the identity {identity} may write the route table {table} is not known: {doubt}"
                kubenet = setting(cluster, "networkPlugin") in ("kubenet", None)
                yield undecided(text, table_id) if kubenet else warned(f"{text}; with Azure CNI {_CLAIMS}", table_id)


CHECK = PlanCheck(
    code="CustomRouteTableMissingPermission",
    azure_code="CustomRouteTableMissingPermission",
    what="A node subnet with a route table that the cluster's identity has no role on.",
    why="AKS demands to read and write a route table that you bring. The CLI assigns the role; a template must do it itself, before the cluster.",
    remedy="Assign Network Contributor on the route table to the cluster's user-assigned identity, and let the cluster wait for the assignment.",
    source="https://aka.ms/aks/customrt",
    look=_look,
)
