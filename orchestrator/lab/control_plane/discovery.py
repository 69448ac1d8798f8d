"""What a client asks before it works: the cloud's endpoints, tenants, subscriptions, regions, providers."""

from orchestrator.catalog.lab_internet import REGION_PREFIXES
from orchestrator.lab import errors
from orchestrator.lab.control_plane.messages import Answer, Call
from orchestrator.lab.directory import SUBSCRIPTION_ID, TENANT_ID
from orchestrator.lab.providers import NAMESPACES, RESOURCE_TYPES
from orchestrator.model.json_value import JsonObject

_API_VERSIONS = {
    "Microsoft.Network": ("2026-03-01", "2025-09-01", "2025-05-01", "2025-01-01", "2024-05-01", "2023-11-01"),
    "Microsoft.ContainerService": ("2026-08-01", "2026-06-01", "2026-01-01", "2025-10-01", "2025-01-01", "2024-09-01"),
    "Microsoft.ManagedIdentity": ("2024-11-30", "2023-01-31"),
    "Microsoft.Authorization": ("2022-04-01",),
    "Microsoft.Compute": ("2025-04-01", "2024-11-01", "2024-07-01"),
    "Microsoft.Resources": ("2025-04-01", "2024-11-01", "2024-03-01", "2022-12-01", "2021-04-01"),
}
"""What `GET providers` names, newest first. The lab answers any version that is written as a date: its bodies do not depend on it."""

_OWN_TYPES = {"Microsoft.Resources": ("deployments", "resourceGroups", "subscriptions", "tenants")}


async def metadata_endpoints(call: Call) -> Answer:
    """GET /metadata/endpoints: a list of clouds in the old form, one cloud in the new."""
    host = call.base.partition("://")[2]
    cloud: JsonObject = {
        "name": "AzureCloud",
        "portal": call.base,
        "authentication": {
            "loginEndpoint": call.base,
            "audiences": [call.base, "https://management.core.windows.net/"],
            "tenant": TENANT_ID,
            "identityProvider": "AAD",
        },
        "resourceManager": call.base,
        "graph": call.base,
        "graphAudience": call.base,
        "microsoftGraphResourceId": call.base,
        "media": call.base,
        "gallery": call.base,
        "batch": call.base,
        "sqlManagement": call.base,
        "activeDirectoryDataLake": call.base,
        "vmImageAliasDoc": call.base,
        "suffixes": {"storage": f"core.{host}", "keyVaultDns": f"vault.{host}", "acrLoginServer": f"azurecr.{host}", "sqlServerHostname": f"database.{host}"},
    }
    return Answer(200, [cloud] if call.api_version < "2022" else cloud)


def _subscription() -> JsonObject:
    return {
        "id": f"/subscriptions/{SUBSCRIPTION_ID}",
        "subscriptionId": SUBSCRIPTION_ID,
        "tenantId": TENANT_ID,
        "displayName": "lab (this machine)",
        "state": "Enabled",
        "subscriptionPolicies": {"locationPlacementId": "Internal_2014-09-01", "quotaId": "Internal_2014-09-01", "spendingLimit": "Off"},
        "authorizationSource": "RoleBased",
        "managedByTenants": [],
    }


def check_subscription(call: Call) -> None:
    """SubscriptionNotFound unless it is the lab's one."""
    if call.parts["subscription"].lower() != SUBSCRIPTION_ID:
        raise errors.subscription_not_found(call.parts["subscription"])


async def list_subscriptions(call: Call) -> Answer:
    """GET /subscriptions."""
    del call
    return Answer(200, {"value": [_subscription()], "count": {"type": "Total", "value": 1}})


async def get_subscription(call: Call) -> Answer:
    """GET /subscriptions/{s}."""
    check_subscription(call)
    return Answer(200, _subscription())


async def list_tenants(call: Call) -> Answer:
    """GET /tenants."""
    del call
    return Answer(200, {"value": [{"id": f"/tenants/{TENANT_ID}", "tenantId": TENANT_ID, "displayName": "lab", "tenantCategory": "Home"}]})


async def list_locations(call: Call) -> Answer:
    """GET /subscriptions/{s}/locations."""
    check_subscription(call)
    regions = [
        {"id": f"/subscriptions/{SUBSCRIPTION_ID}/locations/{name}", "name": name, "displayName": name, "regionalDisplayName": name} for name in REGION_PREFIXES
    ]
    return Answer(200, {"value": regions})


def _provider(namespace: str) -> JsonObject:
    names = [row.name.partition("/")[2] for row in RESOURCE_TYPES if row.name.split("/")[0] == namespace]
    names += [f"{row.name.partition('/')[2]}/{e.segment}" for row in RESOURCE_TYPES for e in row.elements if e.child and row.name.split("/")[0] == namespace]
    names += _OWN_TYPES.get(namespace, ())
    types = [{"resourceType": name, "locations": list(REGION_PREFIXES), "apiVersions": list(_API_VERSIONS[namespace])} for name in names]
    return {
        "id": f"/subscriptions/{SUBSCRIPTION_ID}/providers/{namespace}",
        "namespace": namespace,
        "registrationState": "Registered",
        "registrationPolicy": "RegistrationRequired",
        "resourceTypes": types,
    }


async def list_providers(call: Call) -> Answer:
    """GET /subscriptions/{s}/providers: the types that the lab has."""
    check_subscription(call)
    return Answer(200, {"value": [_provider(namespace) for namespace in NAMESPACES.values()]})


async def get_provider(call: Call) -> Answer:
    """GET /subscriptions/{s}/providers/{namespace}, and POST .../register."""
    check_subscription(call)
    namespace = NAMESPACES.get(call.parts["namespace"].lower())
    if namespace is None:
        raise errors.invalid_namespace(call.parts["namespace"])
    return Answer(200, _provider(namespace))
