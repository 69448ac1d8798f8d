"""Whether an identity may do something to a resource, as far as the plan's role assignments tell."""

from collections.abc import Iterator

from orchestrator.model.json_value import Json
from orchestrator.model.resources import Resource, Snapshot, is_expression

ROLE_ASSIGNMENT = "Microsoft.Authorization/roleAssignments"
NETWORK_ROLES = frozenset(
    {
        "4d97b98b-1d4f-4787-a291-c67834d212e7",  # Network Contributor
        "b24988ac-6180-42a0-ab88-20f7382dd24c",  # Contributor
        "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",  # Owner
    }
)
"""Built-in roles that may write networks and route tables; learn.microsoft.com/azure/role-based-access-control/built-in-roles."""

IDENTITY_ROLES = frozenset(
    {
        "f1a07417-d97a-45cb-824c-7a7467783830",  # Managed Identity Operator
        "b24988ac-6180-42a0-ab88-20f7382dd24c",  # Contributor
        "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",  # Owner
    }
)
"""Built-in roles that may assign an identity to a machine."""

_MARKER = "/providers/microsoft.authorization/roleassignments/"


def find_doubt(snapshot: Snapshot, identity_id: str, resource_id: str, roles: frozenset[str]) -> str | None:
    """Why an identity may have no such role on a resource; None where it has one. `NO_ROLE` where it surely has none."""
    if is_expression(identity_id):
        return "which identity it is is known only to the deployment"
    assignments = [one for one in _assigned_to(snapshot, identity_id) if _covers(one, resource_id) is not False]
    if any(_covers(one, resource_id) and _role_of(one) in roles for one in assignments):
        return None
    if assignments:
        hidden = any(_covers(one, resource_id) is None for one in assignments)
        return "where one of its roles holds is known only to the deployment" if hidden else "it has a role there of which it is not known whether it is enough"
    return "it is not in the plan, so its roles are not known" if snapshot.find(identity_id) is None else NO_ROLE


NO_ROLE = "it is made here, and has no such role"


def _assigned_to(snapshot: Snapshot, identity_id: str) -> Iterator[Resource]:
    """The assignments whose principal is the identity: its principalId, or a reference() to it."""
    identity = snapshot.find(identity_id)
    known: Json = identity.properties.get("principalId") if identity is not None else None
    referred = f"'{identity_id.lower()}'"
    for assignment in snapshot.of_type(ROLE_ASSIGNMENT):
        principal: Json = assignment.properties.get("principalId")
        if isinstance(principal, str) and (principal == known or (referred in principal.lower() and is_expression(principal))):
            yield assignment


def _covers(assignment: Resource, resource_id: str) -> bool | None:
    """True where the assignment's scope holds the resource; None where the scope is known only to the deployment."""
    scope = assignment.properties.get("scope")
    if not isinstance(scope, str):
        if is_expression(assignment.id):
            return None
        scope = assignment.id[: assignment.id.lower().rfind(_MARKER)]
    return f"{resource_id.lower()}/".startswith(f"{scope.rstrip('/').lower()}/")


def _role_of(assignment: Resource) -> str:
    return str(assignment.properties.get("roleDefinitionId", "")).rsplit("/", 1)[-1].lower()
