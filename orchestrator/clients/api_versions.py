"""The API version with which a resource is read: dated data, for ARM's list of a group's resources does not hold bodies."""

API_VERSIONS = {
    "microsoft.authorization": "2022-04-01",
    "microsoft.compute": "2024-11-01",
    "microsoft.containerservice": "2026-08-01",
    "microsoft.managedidentity": "2024-11-30",
    "microsoft.network": "2026-03-01",
}
"""Namespace -> a version that its types around AKS egress know (2026-11, from Microsoft's Bicep types)."""

CHILDREN = {
    "microsoft.network/firewallpolicies": ("ruleCollectionGroups",),
}
"""Type -> children that have bodies of their own, and which ARM's list of a group leaves out."""

RESOURCE_LIST_VERSION = "2025-04-01"
"""Of GET resourceGroups/{name}/resources."""


def find_api_version(type_name: str) -> str | None:
    """The version to read a type with; None for a namespace that is not known here."""
    return API_VERSIONS.get(type_name.lower().split("/", 1)[0])
