"""Microsoft.ManagedIdentity: identities that a user assigns."""

from orchestrator.lab.resource_types import Put, ResourceType


def _compute(put: Put) -> None:
    put.properties["tenantId"] = put.view.tenant_id
    put.keep("principalId", put.view.new_guid)
    put.keep("clientId", put.view.new_guid)


RESOURCE_TYPES = (
    ResourceType(
        name="Microsoft.ManagedIdentity/userAssignedIdentities",
        defaults={"properties": {}},
        compute=_compute,
        long_running=False,
    ),
)
