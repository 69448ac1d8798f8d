"""The shapes of what some functions give, so that a misspelt member is found.

Source: learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-functions-deployment and -scope.
"""

from orchestrator.compiler.types.values import ANY, ARRAY, INTEGER, OBJECT, STRING, STRINGS, ArrayType, ObjectType, Property, Type

_SCOPES = ("resourceGroup", "subscription", "managementGroup")


def _shape(name: str, /, **members: Type) -> ObjectType:
    return ObjectType({key: Property(value, read_only=True) for key, value in members.items()}, sealed=True, name=name)


def _texts(name: str, members: str, /, **others: Type) -> ObjectType:
    return _shape(name, **dict.fromkeys(members.split(), STRING), **others)


_DEPLOYMENT = _shape("properties", template=_texts("templateProperties", "contentVersion"), templateLink=_texts("templateLinkProperties", "id uri"))
_DETAILS = _texts("detailsProperties", "version updatedTime updatedBy", parent=_texts("parentProperties", "id name displayName"))
_SUFFIXES = "acrLoginServer azureDatalakeAnalyticsCatalogAndJob azureDatalakeStoreFileSystem azureFrontDoorEndpointSuffix keyvaultDns sqlServerHostname storage"
RESULTS: dict[str, Type] = {
    "resourceGroup": _texts("resourceGroup", "id name type location managedBy", tags=OBJECT, properties=_texts("properties", "provisioningState")),
    "subscription": _texts("subscription", "id subscriptionId tenantId displayName"),
    "managementGroup": _texts("managementGroup", "id name type", properties=_texts("properties", "tenantId displayName", details=_DETAILS)),
    "tenant": _texts("tenant", "tenantId country countryCode displayName"),
    "deployment": _texts("deployment", "name", properties=_DEPLOYMENT),
    "deployer": _texts("deployer", "objectId tenantId userPrincipalName"),
    "environment": _texts(
        "environment",
        "activeDirectoryDataLake batch gallery graph graphAudience media name portal resourceManager sqlManagement vmImageAliasDoc",
        authentication=_texts("authenticationProperties", "identityProvider loginEndpoint tenant", audiences=STRINGS),
        suffixes=_texts("suffixesProperties", _SUFFIXES),
    ),
    "parseUri": _shape("parseUri", scheme=STRING, host=STRING, port=ANY, path=STRING, query=STRING),
    "parseCidr": _texts("parseCidr", "network netmask broadcast firstUsable lastUsable", cidr=INTEGER),
    "providers": _shape("Provider", namespace=STRING, resourceTypes=ARRAY),
    "roleDefinitions": _texts("roleDefinition", "id roleDefinitionId"),
    "items": ArrayType(ObjectType({"key": Property(STRING), "value": Property(ANY)}, sealed=True)),
}
_DEPLOYMENT_ABOVE = _texts("deployment", "name location", properties=_DEPLOYMENT)


def find_result(name: str, given: int, scope: str) -> Type | None:
    """What a function gives in a file of that scope. A scope that is named is only a scope: nothing of it can be read."""
    if name in _SCOPES and given:
        return _shape(name)
    if name == "providers" and given > 1:
        return None
    return _DEPLOYMENT_ABOVE if name == "deployment" and scope != "resourceGroup" else RESULTS.get(name)
