"""The shapes of what some functions give, so that a misspelt member is found."""

from orchestrator.compiler.types.values import ANY, OBJECT, STRING, ObjectType, Property, Type


def _shape(name: str, /, **members: Type) -> ObjectType:
    return ObjectType({key: Property(value, read_only=True) for key, value in members.items()}, sealed=True, name=name)


_SUBSCRIPTION = _shape("subscription", id=STRING, subscriptionId=STRING, tenantId=STRING, displayName=STRING)
RESULTS: dict[str, Type] = {
    "resourceGroup": _shape("resourceGroup", id=STRING, name=STRING, type=STRING, location=STRING, managedBy=STRING, tags=OBJECT, properties=ANY),
    "subscription": _SUBSCRIPTION,
    "managementGroup": _shape("managementGroup", id=STRING, name=STRING, type=STRING, properties=ANY),
    "tenant": _shape("tenant", tenantId=STRING, country=STRING, countryCode=STRING, displayName=STRING),
}
