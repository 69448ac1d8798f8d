"""Functions that say where the deployment stands."""

from orchestrator.arm.expressions import Access, Call, String
from orchestrator.arm.functions.resource_ids import check_subscription
from orchestrator.arm.functions.signature import Context, Function, Style
from orchestrator.arm.functions.strings import get_text
from orchestrator.arm.functions.values import Unknown, Value, invalid
from orchestrator.arm.runtime import UNRESOLVED
from orchestrator.model.json_value import JsonObject

PUBLIC_CLOUD = "AzureCloud"


def _member(function: str, name: str) -> Unknown:
    return Unknown(Access(Call(function), String(name)))


def _not_here(function: str) -> Value:
    raise invalid(f"The template function '{function}' is not valid at this scope: the deployment metadata '{function}' is not valid.")


def subscription(context: Context, *arguments: Value) -> Value:
    """The subscription of the deployment."""
    identifier = arguments[0] if arguments else context.scope.subscription_id
    if identifier is None:
        return _not_here("subscription")
    said: JsonObject = {"id": f"/subscriptions/{identifier}", "subscriptionId": identifier}
    return said if arguments else {**said, "tenantId": context.scope.tenant_id, "displayName": _member("subscription", "displayName")}


def resource_group(context: Context, *arguments: Value) -> Value:
    """The resource group of the deployment; of another one, what its name says."""
    scope = context.scope
    if arguments:
        owner = arguments[0] if len(arguments) == 2 else scope.subscription_id
        check_subscription(owner)
        return {"id": f"/subscriptions/{owner}/resourceGroups/{arguments[-1]}", "name": arguments[-1], "type": "Microsoft.Resources/resourceGroups"}
    if scope.subscription_id is None or scope.resource_group is None:
        return _not_here("resourceGroup")
    known = context.runtime.resource_group(scope.subscription_id, scope.resource_group)
    if known is not UNRESOLVED:
        return known
    planned = context.planned_group(scope.subscription_id, scope.resource_group)
    said: JsonObject = {
        "id": f"/subscriptions/{scope.subscription_id}/resourceGroups/{scope.resource_group}",
        "name": scope.resource_group,
        "type": "Microsoft.Resources/resourceGroups",
        "location": _member("resourceGroup", "location") if scope.location is None else scope.location,
        "tags": _member("resourceGroup", "tags") if scope.resource_group_tags is None else dict(scope.resource_group_tags),
        **({} if scope.location is None else {"managedBy": _member("resourceGroup", "managedBy")}),
        "properties": _member("resourceGroup", "properties"),
    }
    return {**said, **{key: planned[key] for key in ("location", "tags") if key in planned}} if isinstance(planned, dict) else said


def tenant(context: Context) -> Value:
    """The tenant."""
    return {
        "countryCode": _member("tenant", "countryCode"),
        "displayName": _member("tenant", "displayName"),
        "id": f"/tenants/{context.scope.tenant_id}",
        "tenantId": context.scope.tenant_id,
    }


def management_group(context: Context, *arguments: Value) -> Value:
    """The management group of the deployment."""
    name = get_text("managementGroup", arguments[0]) if arguments else context.scope.management_group_id
    if name is None:
        return _not_here("managementGroup")
    said: JsonObject = {
        "id": f"/providers/Microsoft.Management/managementGroups/{name}",
        "name": name,
        "type": "Microsoft.Management/managementGroups",
    }
    return {**said, "type": f"/providers/{said['type']}"} if arguments else {**said, "properties": _member("managementGroup", "properties")}


def environment(context: Context) -> Value:
    """The cloud: its endpoints are known in a deployment, and where the scope names the public one."""
    if not context.strict and context.scope.cloud != PUBLIC_CLOUD:
        return Unknown(Call("environment"))
    return {
        "name": PUBLIC_CLOUD,
        "gallery": "https://gallery.azure.com/",
        "graph": "https://graph.windows.net/",
        "portal": "https://portal.azure.com",
        "graphAudience": "https://graph.windows.net/",
        "activeDirectoryDataLake": "https://datalake.azure.net/",
        "batch": "https://batch.core.windows.net/",
        "media": "https://rest.media.azure.net",
        "sqlManagement": "https://management.core.windows.net:8443/",
        "vmImageAliasDoc": "https://raw.githubusercontent.com/Azure/azure-rest-api-specs/main/arm-compute/quickstart-templates/aliases.json",
        "resourceManager": "https://management.azure.com/",
        "authentication": {
            "loginEndpoint": "https://login.microsoftonline.com/",
            "audiences": ["https://management.core.windows.net/", "https://management.azure.com/"],
            "tenant": "common",
            "identityProvider": "AAD",
        },
        "suffixes": {
            "acrLoginServer": ".azurecr.io",
            "azureDatalakeAnalyticsCatalogAndJob": "azuredatalakeanalytics.net",
            "azureDatalakeStoreFileSystem": "azuredatalakestore.net",
            "azureFrontDoorEndpointSuffix": "azurefd.net",
            "keyvaultDns": ".vault.azure.net",
            "sqlServerHostname": ".database.windows.net",
            "storage": "core.windows.net",
        },
    }


FUNCTIONS = {
    "subscription": Function(subscription, 0, 1, Style.CONTEXT),
    "resourceGroup": Function(resource_group, 0, 2, Style.CONTEXT),
    "tenant": Function(tenant, 0, 0, Style.CONTEXT),
    "managementGroup": Function(management_group, 0, 1, Style.CONTEXT),
    "environment": Function(environment, 0, 0, Style.CONTEXT),
}
