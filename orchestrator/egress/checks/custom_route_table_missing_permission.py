"""CustomRouteTableMissingPermission: the cluster's identity may not write the route table of its node subnet."""

from collections.abc import Iterator

from orchestrator.egress.network_view import network_profile, node_subnets
from orchestrator.egress.plan_check import PlanCheck, Verdict, refused, undecided
from orchestrator.model.json_value import Json
from orchestrator.model.resources import Resource, Snapshot, is_expression

ROLE_ASSIGNMENT = "Microsoft.Authorization/roleAssignments"
_MARKER = "/providers/microsoft.authorization/roleassignments/"
_WRITING_ROLES = frozenset(
    {
        "4d97b98b-1d4f-4787-a291-c67834d212e7",  # Network Contributor
        "b24988ac-6180-42a0-ab88-20f7382dd24c",  # Contributor
        "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",  # Owner
    }
)
"""Built-in roles that may write route tables; learn.microsoft.com/azure/role-based-access-control/built-in-roles."""


def _look(snapshot: Snapshot, cluster: Resource) -> Iterator[Verdict]:
    tables = {subnet.route_table_id for _, subnet in node_subnets(snapshot, cluster) if subnet is not None and subnet.route_table_id is not None}
    identity = cluster.body.get("identity")
    for table_id in sorted(tables):
        if not isinstance(identity, dict) or "userassigned" not in str(identity.get("type", "")).lower().replace(" ", ""):
            yield from _look_at_system_identity(cluster, table_id)
        else:
            for identity_id in identity.get("userAssignedIdentities") or {}:
                yield from _look_at_identity(snapshot, identity_id, table_id)


def _look_at_system_identity(cluster: Resource, table_id: str) -> Iterator[Verdict]:
    """With Azure CNI a system-assigned identity gets its roles after it was made; with kubenet AKS refuses it (Azure/AKS#2333)."""
    if network_profile(cluster).get("networkPlugin") == "kubenet":
        name = table_id.rsplit("/", 1)[-1]
        yield refused(
            f"the cluster {cluster.name} has a system-assigned identity, which cannot have a role on the route table {name} before it is made", cluster.id
        )


def _look_at_identity(snapshot: Snapshot, identity_id: str, table_id: str) -> Iterator[Verdict]:
    table, identity = table_id.rsplit("/", 1)[-1], identity_id.rsplit("/", 1)[-1]
    if is_expression(identity_id):
        yield undecided(f"which identity writes the route table {table} is known only to the deployment", table_id)
        return
    assignments = [a for a in _assigned_to(snapshot, identity_id) if _covers(a, table_id) is not False]
    if any(_covers(a, table_id) and _role_of(a) in _WRITING_ROLES for a in assignments):
        return
    if assignments:
        yield undecided(f"the identity {identity} has a role that may or may not write the route table {table}", table_id)
    elif snapshot.find(identity_id) is None:
        yield undecided(f"the identity {identity} is not in the plan, so its roles on the route table {table} are not known", table_id)
    else:
        yield refused(f"the identity {identity}, which the plan makes, has no role that may write the route table {table}", table_id)


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


CHECK = PlanCheck(
    code="CustomRouteTableMissingPermission",
    what="A node subnet with a route table that the cluster's identity has no role on.",
    why="AKS demands to read and write a route table that you bring. The CLI assigns the role; a template must do it itself, before the cluster.",
    remedy="Assign Network Contributor on the route table to the cluster's user-assigned identity, and let the cluster wait for the assignment.",
    source="https://aka.ms/aks/customrt",
    look=_look,
)
