"""Microsoft.Compute: the scale sets that AKS makes for its node pools."""

from orchestrator.lab.resource_types import REFERENCE, Put, ResourceType, find_reference
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import JsonObject


def _compute(put: Put) -> None:
    put.keep("uniqueId", put.view.new_guid)


def _check(put: Put) -> None:
    for interface in put.properties["virtualMachineProfile"]["networkProfile"]["networkInterfaceConfigurations"]:
        for configuration in interface["properties"]["ipConfigurations"]:
            if find_reference(put, configuration["properties"].get("subnet"), "subnet of an IP configuration") is None:
                raise ArmError("InvalidRequestFormat", f"IP configuration {configuration.get('name')} of {put.resource_id} has no subnet.")


_CONFIGURATION: JsonObject = {"name": str, "properties": {"subnet": REFERENCE, "loadBalancerBackendAddressPools": [REFERENCE]}}
_INTERFACE: JsonObject = {"name": str, "properties": {"networkSecurityGroup": REFERENCE, "ipConfigurations": [_CONFIGURATION]}}

RESOURCE_TYPES = (
    ResourceType(
        name="Microsoft.Compute/virtualMachineScaleSets",
        defaults={"properties": {}},
        shape={
            "sku": {"name": str, "capacity": int},
            "properties": {"virtualMachineProfile": {"networkProfile": {"networkInterfaceConfigurations": [_INTERFACE]}}},
        },
        required=("properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations",),
        check=_check,
        compute=_compute,
        data_plane=True,
    ),
)
