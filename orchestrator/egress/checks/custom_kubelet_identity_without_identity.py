"""CustomKubeletIdentityOnlySupportedOnUserAssignedMSICluster: a kubelet identity of one's own under a system-assigned identity."""

from collections.abc import Iterator

from orchestrator.egress.identities import identity_ids, kubelet_identity_id
from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.network.reading import last_name
from orchestrator.egress.plan_check import AZURE_CODES, PlanCheck, Verdict, refused


def _look(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    del network
    kubelet = kubelet_identity_id(cluster)
    if kubelet is not None and not identity_ids(cluster):
        yield refused(f"{cluster.name} has the kubelet identity {last_name(kubelet)}, and no identity of its own that could assign it", cluster.id)


CHECK = PlanCheck(
    code="CustomKubeletIdentityOnlySupportedOnUserAssignedMSICluster",
    azure_code="CustomKubeletIdentityOnlySupportedOnUserAssignedMSICluster",
    what="identityProfile.kubeletidentity in a cluster with a system-assigned identity.",
    why="The cluster's identity assigns the kubelet's to machines, and needs a role for it before it exists.",
    remedy="Give the cluster a user-assigned identity, Managed Identity Operator on the kubelet's.",
    source=AZURE_CODES,
    look=_look,
)
