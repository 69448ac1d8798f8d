"""Public addresses and prefixes: each address is given out once; who uses one is found by looking at the users."""

from collections.abc import Iterator

from orchestrator.lab.resource_types import REFERENCE, Put, ResourceType, View, find_reference
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import JsonObject
from orchestrator.model.resource_id import same_id

_FRONTENDS = {"Microsoft.Network/azureFirewalls": "ipConfigurations", "Microsoft.Network/loadBalancers": "frontendIPConfigurations"}


def _users(view: View, resource_id: str) -> Iterator[tuple[str, str]]:
    """(property of the public address, id of its user): an ip configuration, or a NAT gateway."""
    for type_name, collection in _FRONTENDS.items():
        for owner in view.of_type(type_name):
            for element in owner["properties"].get(collection) or ():
                if same_id((element.get("properties", {}).get("publicIPAddress") or {}).get("id"), resource_id):
                    yield "ipConfiguration", element["id"]
    for gateway in view.of_type("Microsoft.Network/natGateways"):
        if any(same_id(reference.get("id"), resource_id) for reference in gateway["properties"].get("publicIpAddresses") or ()):
            yield "natGateway", gateway["id"]


def _check(put: Put) -> None:
    sku = (put.body.get("sku") or {}).get("name")
    properties = put.properties
    if sku in ("Standard", "StandardV2") and properties["publicIPAllocationMethod"] != "Static":
        raise ArmError(
            "StandardSkuPublicIPAddressesMustBeStatic",
            f"Standard sku publicIp {put.resource_id} must have AllocationMethod set to Static.",
        )
    if not 4 <= properties["idleTimeoutInMinutes"] <= 30:
        raise ArmError("InvalidIdleTimeout", f"The idle timeout of {put.resource_id} must be between 4 and 30 minutes.")
    find_reference(put, properties.get("publicIPPrefix"), "publicIPPrefix")


def _compute(put: Put) -> None:
    put.keep("resourceGuid", put.view.new_guid)
    if put.properties["publicIPAllocationMethod"] == "Static":
        put.keep("ipAddress", put.view.new_public_address)
    label = (put.properties.get("dnsSettings") or {}).get("domainNameLabel")
    if label:
        put.properties["dnsSettings"]["fqdn"] = f"{label}.{put.body['location']}.cloudapp.azure.com"


def _view(body: JsonObject, view: View) -> None:
    for name, user in _users(view, body["id"]):
        body["properties"][name] = {"id": user}


def _check_delete(body: JsonObject, view: View) -> None:
    for _, user in _users(view, body["id"]):
        raise ArmError(
            "PublicIPAddressCannotBeDeleted",
            f"Public IP address {body['id']} can not be deleted since it is still allocated to resource {user}. In order to delete the public IP, "
            "disassociate/detach the Public IP address from the resource.",
        )


def _compute_prefix(put: Put) -> None:
    put.keep("resourceGuid", put.view.new_guid)
    put.keep("ipPrefix", lambda: put.view.new_public_prefix(put.properties["prefixLength"]))


def _check_prefix(put: Put) -> None:
    if not 24 <= put.properties["prefixLength"] <= 31:
        raise ArmError("InvalidPrefixLength", f"The prefix length of {put.resource_id} must be between 24 and 31.")


RESOURCE_TYPES = (
    ResourceType(
        name="Microsoft.Network/publicIPAddresses",
        defaults={
            "sku": {"name": "Basic", "tier": "Regional"},
            "properties": {"publicIPAllocationMethod": "Dynamic", "publicIPAddressVersion": "IPv4", "idleTimeoutInMinutes": 4, "ipTags": []},
        },
        shape={
            "properties": {
                "publicIPAllocationMethod": str,
                "publicIPAddressVersion": str,
                "idleTimeoutInMinutes": int,
                "ipAddress": str,
                "publicIPPrefix": REFERENCE,
                "dnsSettings": {"domainNameLabel": str},
            }
        },
        check=_check,
        compute=_compute,
        view=_view,
        check_delete=_check_delete,
        etag=True,
        data_plane=True,
    ),
    ResourceType(
        name="Microsoft.Network/publicIPPrefixes",
        defaults={"sku": {"name": "Standard", "tier": "Regional"}, "properties": {"prefixLength": 28, "publicIPAddressVersion": "IPv4", "ipTags": []}},
        shape={"properties": {"prefixLength": int}},
        check=_check_prefix,
        compute=_compute_prefix,
        etag=True,
        data_plane=True,
    ),
)
