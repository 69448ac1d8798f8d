"""Resource groups as bodies, and the regions that they and their resources may be in."""

from orchestrator.catalog.lab_internet import REGION_PREFIXES
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import JsonObject

GROUP_TYPE = "Microsoft.Resources/resourceGroups"


def make_group(group_id: str, location: str, tags: JsonObject, managed_by: str | None = None) -> JsonObject:
    """The body of a resource group."""
    group: JsonObject = {
        "id": group_id,
        "name": group_id.rsplit("/", 1)[-1],
        "type": GROUP_TYPE,
        "location": normal_location(location),
        "tags": tags,
        "properties": {"provisioningState": "Succeeded"},
    }
    if managed_by is not None:
        group["managedBy"] = managed_by
    return group


def normal_location(location: str) -> str:
    """`West Europe` as `westeurope`; LocationNotAvailableForResourceType where there is no such region."""
    name = location.replace(" ", "").lower()
    if name not in REGION_PREFIXES:
        raise ArmError(
            "LocationNotAvailableForResourceType",
            f"The provided location '{location}' is not available. List of available regions is '{','.join(REGION_PREFIXES)}'.",
        )
    return name
