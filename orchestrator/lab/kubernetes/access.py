"""Who may do what in a cluster. The administrator, and the user of a cluster without Azure RBAC, may do everything.

With Azure RBAC (aadProfile.enableAzureRBAC) a user has what role assignments give: here the one role that the lab knows, or nothing.
A private cluster's API server is in its network: from this machine there is no way to it.
"""

from collections.abc import Iterable

from orchestrator.lab.directory import OBJECT_ID
from orchestrator.lab.kubernetes.failures import KubernetesFailure
from orchestrator.lab.kubernetes.requests import Question
from orchestrator.model.json_value import JsonObject

_CLUSTER_ADMIN = "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b"
_VERBS = {"POST": "create", "PUT": "update", "PATCH": "patch", "DELETE": "delete"}


def has_azure_rbac(cluster: JsonObject) -> bool:
    """Whether Azure decides what a user may do in it."""
    return bool((cluster["properties"].get("aadProfile") or {}).get("enableAzureRBAC"))


def is_private(cluster: JsonObject) -> bool:
    """Whether its API server is reached from its own network alone."""
    return bool((cluster["properties"].get("apiServerAccessProfile") or {}).get("enablePrivateCluster"))


def check_access(cluster: JsonObject, assignments: Iterable[JsonObject], question: Question, method: str) -> None:
    """A 403 in Azure's words where the lab's user has no role on the cluster."""
    if any(_gives_all(assignment, str(cluster["id"])) for assignment in assignments):
        return
    verb = _VERBS.get(method, "get" if question.name else "list")
    kind = question.kind
    shown = f"{kind.plural}.{kind.group}" if kind.group else kind.plural
    named = f' "{question.name}"' if question.name else ""
    where = f' in the namespace "{question.namespace}"' if question.namespace else " at the cluster scope"
    message = (
        f'{shown}{named} is forbidden: User "{OBJECT_ID}" cannot {verb} resource "{kind.plural}" in API group "{kind.group}"{where}: '
        "User does not have access to the resource in Azure. Update role assignment to allow access."
    )
    raise KubernetesFailure(403, "Forbidden", message, {"name": question.name, "group": kind.group, "kind": kind.plural})


def _gives_all(assignment: JsonObject, cluster_id: str) -> bool:
    properties = assignment["properties"]
    scope = str(properties.get("scope") or str(assignment["id"]).lower().partition("/providers/microsoft.authorization/")[0]).rstrip("/").lower()
    role = str(properties["roleDefinitionId"]).rsplit("/", 1)[-1].lower()
    return role == _CLUSTER_ADMIN and str(properties["principalId"]).lower() == OBJECT_ID and f"{cluster_id.lower()}/".startswith(f"{scope}/")
