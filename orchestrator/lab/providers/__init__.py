"""The resource types of the lab: a file a namespace (a folder, where a namespace is large), each with its table of rows.

Providers do not import each other: they see each other's resources through the state that is passed in.
"""

from orchestrator.lab.providers import authorization, compute, container_service, managed_identity, network
from orchestrator.lab.resource_types import ResourceType

RESOURCE_TYPES: tuple[ResourceType, ...] = (
    *network.RESOURCE_TYPES,
    *managed_identity.RESOURCE_TYPES,
    *authorization.RESOURCE_TYPES,
    *container_service.RESOURCE_TYPES,
    *compute.RESOURCE_TYPES,
)

BY_NAME: dict[str, ResourceType] = {row.name.lower(): row for row in RESOURCE_TYPES}

NAMESPACES: dict[str, str] = {row.name.split("/")[0].lower(): row.name.split("/")[0] for row in RESOURCE_TYPES} | {"microsoft.resources": "Microsoft.Resources"}
