"""IP groups: addresses that rules of firewalls refer to."""

from orchestrator.lab.resource_types import ResourceType

RESOURCE_TYPES = (
    ResourceType(
        name="Microsoft.Network/ipGroups",
        defaults={"properties": {"ipAddresses": []}},
        shape={"properties": {"ipAddresses": [str]}},
        etag=True,
        data_plane=True,
    ),
)
