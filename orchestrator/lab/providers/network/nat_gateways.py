"""NAT gateways: they name their addresses; subnets name them."""

from orchestrator.lab.providers.network.subnet_references import SubnetReferences, compute_resource_guid
from orchestrator.lab.resource_types import REFERENCE, Put, ResourceType, View, find_reference
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import JsonObject
from orchestrator.model.resource_id import same_id

_SUBNETS = SubnetReferences("natGateway")


def _check(put: Put) -> None:
    if not 4 <= put.properties["idleTimeoutInMinutes"] <= 120:
        raise ArmError("NatGatewayIdleTimeoutInvalid", f"The idle timeout of {put.resource_id} must be between 4 and 120 minutes.")
    sku = put.body["sku"]["name"]
    for collection in ("publicIpAddresses", "publicIpPrefixes"):
        for reference in put.properties.get(collection) or ():
            address = find_reference(put, reference, collection)
            if address is not None and address["sku"]["name"] != sku:
                raise ArmError(
                    "NatGatewayPublicIpSkuMismatch",
                    f"The NAT gateway {put.resource_id} of SKU {sku} cannot use {address['id']} of SKU {address['sku']['name']}.",
                )
            if address is not None:
                _check_free(put, address)


def _check_free(put: Put, address: JsonObject) -> None:
    """One address, one user."""
    owner_id = str(put.resource_id)
    for gateway in put.view.of_type("Microsoft.Network/natGateways"):
        references = (gateway["properties"].get("publicIpAddresses") or []) + (gateway["properties"].get("publicIpPrefixes") or [])
        if not same_id(gateway["id"], owner_id) and any(same_id(reference.get("id"), address["id"]) for reference in references):
            raise _in_use(put, address["id"], gateway["id"])
    for firewall in put.view.of_type("Microsoft.Network/azureFirewalls"):
        for element in firewall["properties"].get("ipConfigurations") or ():
            if same_id((element["properties"].get("publicIPAddress") or {}).get("id"), address["id"]):
                raise _in_use(put, address["id"], element["id"])


def _in_use(put: Put, address_id: str, user: str) -> ArmError:
    return ArmError(
        "PublicIPAddressInUse",
        f"Resource {put.resource_id} is referencing public IP address {address_id} that is already allocated to resource {user}.",
    )


def _check_delete(body: JsonObject, view: View) -> None:
    for subnet in _SUBNETS.find(body, view):
        raise ArmError("InUseNatGatewayCannotBeDeleted", f"NAT gateway {body['id']} cannot be deleted because it is in use by subnet {subnet['id']}.")


RESOURCE_TYPES = (
    ResourceType(
        name="Microsoft.Network/natGateways",
        defaults={"sku": {"name": "Standard", "tier": "Regional"}, "properties": {"idleTimeoutInMinutes": 4}},
        shape={"properties": {"idleTimeoutInMinutes": int, "publicIpAddresses": [REFERENCE], "publicIpPrefixes": [REFERENCE]}},
        check=_check,
        compute=compute_resource_guid,
        view=_SUBNETS.show,
        check_delete=_check_delete,
        etag=True,
        data_plane=True,
    ),
)
