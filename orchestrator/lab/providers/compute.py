"""Microsoft.Compute: the scale sets that AKS makes for its node pools."""

from orchestrator.lab.resource_types import Put, ResourceType


def _compute(put: Put) -> None:
    put.keep("uniqueId", put.view.new_guid)


RESOURCE_TYPES = (
    ResourceType(
        name="Microsoft.Compute/virtualMachineScaleSets",
        defaults={"properties": {}},
        required=("properties.virtualMachineProfile.networkProfile",),
        compute=_compute,
        data_plane=True,
    ),
)
