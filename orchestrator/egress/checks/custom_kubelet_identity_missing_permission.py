"""CustomKubeletIdentityMissingPermissionError: the cluster's identity may not assign the kubelet's."""

from collections.abc import Iterator

from orchestrator.egress.identities import identity_ids, kubelet_identity_id
from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.network.reading import last_name
from orchestrator.egress.plan_check import AZURE_CODES, PlanCheck, Verdict, refused, undecided
from orchestrator.egress.role_assignments import IDENTITY_ROLES, NO_ROLE, find_doubt


def _look(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    kubelet = kubelet_identity_id(cluster)
    for identity_id in identity_ids(cluster) if kubelet is not None else ():
        doubt = find_doubt(network.resources.snapshot, identity_id, kubelet or "", IDENTITY_ROLES)
        names = f"the identity {last_name(identity_id)} of {cluster.name} may assign the kubelet's {last_name(kubelet)}"
        if doubt == NO_ROLE:
            yield refused(f"no role says that {names}", cluster.id)
        elif doubt is not None:
            yield undecided(f"whether {names} is not known: {doubt}", cluster.id)


CHECK = PlanCheck(
    code="CustomKubeletIdentityMissingPermissionError",
    azure_code="CustomKubeletIdentityMissingPermissionError",
    what="A kubelet identity of your own that the cluster's identity has no role on.",
    why="The cluster's identity assigns the kubelet's to every machine.",
    remedy="Assign Managed Identity Operator on the kubelet's identity to the cluster's, and let the cluster wait for the assignment.",
    source=AZURE_CODES,
    look=_look,
)
