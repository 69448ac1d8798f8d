"""Microsoft.Authorization: role assignments, and the built-in roles that they name (learn.microsoft.com/azure/role-based-access-control/built-in-roles)."""

import uuid

from orchestrator.lab.resource_types import Put, ResourceType
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import JsonObject
from orchestrator.model.resource_id import same_id

_BUILT_IN: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "8e3af657-a8ff-443c-a75c-2fe8c4bcb635": ("Owner", ("*",), ()),
    "b24988ac-6180-42a0-ab88-20f7382dd24c": (
        "Contributor",
        ("*",),
        ("Microsoft.Authorization/*/Delete", "Microsoft.Authorization/*/Write", "Microsoft.Authorization/elevateAccess/Action"),
    ),
    "acdd72a7-3385-48ef-bd42-f606fba81ae7": ("Reader", ("*/read",), ()),
    "4d97b98b-1d4f-4787-a291-c67834d212e7": ("Network Contributor", ("Microsoft.Authorization/*/read", "Microsoft.Network/*"), ()),
    "f1a07417-d97a-45cb-824c-7a7467783830": (
        "Managed Identity Operator",
        ("Microsoft.ManagedIdentity/userAssignedIdentities/*/read", "Microsoft.ManagedIdentity/userAssignedIdentities/*/assign/action"),
        (),
    ),
    "7f951dda-4ed3-4680-a7ca-43fe172d538d": ("AcrPull", ("Microsoft.ContainerRegistry/registries/pull/read",), ()),
    "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b": (
        "Azure Kubernetes Service RBAC Cluster Admin",
        ("Microsoft.Authorization/*/read", "Microsoft.ContainerService/managedClusters/listClusterUserCredential/action"),
        (),
    ),
}


def _role(guid: str, name: str, actions: tuple[str, ...], not_actions: tuple[str, ...]) -> JsonObject:
    return {
        "id": f"/providers/Microsoft.Authorization/roleDefinitions/{guid}",
        "type": "Microsoft.Authorization/roleDefinitions",
        "name": guid,
        "properties": {
            "roleName": name,
            "type": "BuiltInRole",
            "assignableScopes": ["/"],
            "permissions": [{"actions": list(actions), "notActions": list(not_actions), "dataActions": [], "notDataActions": []}],
        },
    }


def _check(put: Put) -> None:
    properties = put.properties
    try:
        uuid.UUID(put.resource_id.name)
    except ValueError as error:
        raise ArmError(
            "InvalidRoleAssignmentId", f"The role assignment ID '{put.resource_id.name}' is not valid. The role assignment ID must be a GUID."
        ) from error
    role = str(properties["roleDefinitionId"]).rstrip("/").rsplit("/", 1)[-1].lower()
    if role not in _BUILT_IN:
        raise ArmError("RoleDefinitionDoesNotExist", f"The specified role definition with ID '{role}' does not exist.", status=404)
    scope = put.resource_id.scope
    for name in ("principalId", "roleDefinitionId"):
        before = put.existing_properties.get(name)
        if before is not None and str(before).rsplit("/", 1)[-1].lower() != str(properties[name]).rsplit("/", 1)[-1].lower():
            raise ArmError("RoleAssignmentUpdateNotPermitted", "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.")
    for other in put.view.of_type("Microsoft.Authorization/roleAssignments"):
        theirs = other["properties"]
        same = same_id(theirs["scope"], scope) and theirs["principalId"] == properties["principalId"]
        if same and theirs["roleDefinitionId"].lower().endswith(role) and not same_id(other["id"], str(put.resource_id)):
            raise ArmError(
                "RoleAssignmentExists", f"The role assignment already exists. The ID of the conflicting role assignment is {other['name']}.", status=409
            )


def _compute(put: Put) -> None:
    role = str(put.properties["roleDefinitionId"]).rstrip("/").rsplit("/", 1)[-1]
    put.properties["roleDefinitionId"] = f"/subscriptions/{put.view.subscription_id}/providers/Microsoft.Authorization/roleDefinitions/{role}"
    put.properties["scope"] = put.resource_id.scope


RESOURCE_TYPES = (
    ResourceType(
        name="Microsoft.Authorization/roleAssignments",
        defaults={"properties": {}},
        shape={"properties": {"principalId": str, "roleDefinitionId": str, "principalType": str}},
        required=("properties.principalId", "properties.roleDefinitionId"),
        located=False,
        tracked=False,
        scope="extension",
        check=_check,
        compute=_compute,
        long_running=False,
    ),
    ResourceType(
        name="Microsoft.Authorization/roleDefinitions",
        located=False,
        tracked=False,
        scope="extension",
        writable=False,
        long_running=False,
        builtin=tuple(_role(guid, name, actions, not_actions) for guid, (name, actions, not_actions) in _BUILT_IN.items()),
    ),
)
