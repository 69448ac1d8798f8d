"""The identities that a cluster's body names."""

from orchestrator.egress.cluster_values import value_at
from orchestrator.egress.network.model import Cluster


def identity_ids(cluster: Cluster) -> tuple[str, ...]:
    """The user-assigned identities of a cluster itself; none where its identity is system-assigned. May be expressions."""
    identity = cluster.resource.body.get("identity")
    if not isinstance(identity, dict) or "userassigned" not in str(identity.get("type", "")).lower().replace(" ", ""):
        return ()
    given = identity.get("userAssignedIdentities")
    return tuple(given) if isinstance(given, dict) else ()


def kubelet_identity_id(cluster: Cluster) -> str | None:
    """The identity that is given to the kubelets; may be an expression."""
    found = value_at(cluster.resource.properties, "identityProfile.kubeletidentity.resourceId")
    return found if isinstance(found, str) else None
