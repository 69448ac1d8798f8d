"""Route tables and their routes."""

from ipaddress import ip_address, ip_network

from orchestrator.lab.providers.network.subnet_references import SubnetReferences, compute_resource_guid
from orchestrator.lab.resource_types import Elements, Put, ResourceType, View
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import JsonObject

_SUBNETS = SubnetReferences("routeTable")

_NEXT_HOPS = ("VirtualAppliance", "VirtualNetworkGateway", "VnetLocal", "Internet", "None")


def _is_service_tag(text: str) -> bool:
    return text.replace(".", "").isalnum() and text[:1].isalpha()


def _check_route(put: Put, route: JsonObject) -> None:
    properties = route.get("properties") or {}
    prefix, kind, address = str(properties.get("addressPrefix", "")), properties.get("nextHopType"), properties.get("nextHopIpAddress")
    name = f"{put.resource_id}/routes/{route.get('name')}"
    if kind not in _NEXT_HOPS:
        raise ArmError("InvalidRequestFormat", f"The next hop type of route {name} must be one of {', '.join(_NEXT_HOPS)}, not {kind!r}.")
    if not _is_service_tag(prefix):
        try:
            ip_network(prefix)
        except ValueError as error:
            raise ArmError("InvalidAddressPrefixFormat", f"Address prefix {prefix} of resource {name} is not formatted correctly. {error}.") from error
    if kind == "VirtualAppliance" and not address:
        raise ArmError("RouteNextHopIpAddressRequired", f"Route {name} of next hop type VirtualAppliance must have a next hop IP address.")
    if kind != "VirtualAppliance" and address:
        raise ArmError("RouteNextHopIpAddressNotAllowed", f"Route {name} of next hop type {kind} must not have a next hop IP address.")
    if address:
        try:
            ip_address(address)
        except ValueError as error:
            raise ArmError("InvalidIPAddressFormat", f"The next hop of route {name}, {address!r}, is no IP address.") from error


def _check(put: Put) -> None:
    prefixes: dict[str, str] = {}
    for route in put.properties["routes"]:
        _check_route(put, route)
        prefix = str(route["properties"]["addressPrefix"])
        if prefix in prefixes:
            raise ArmError(
                "RouteConflict",
                f"Route {put.resource_id}/routes/{route.get('name')} conflicts with route {prefixes[prefix]}: both have the address prefix {prefix}.",
            )
        prefixes[prefix] = str(route.get("name"))


def _check_delete(body: JsonObject, view: View) -> None:
    for subnet in _SUBNETS.find(body, view):
        raise ArmError("InUseRouteTableCannotBeDeleted", f"Route table {body['id']} is in use and cannot be deleted. It is used by subnet {subnet['id']}.")


RESOURCE_TYPES = (
    ResourceType(
        name="Microsoft.Network/routeTables",
        defaults={"properties": {"disableBgpRoutePropagation": False, "routes": [{"properties": {"hasBgpOverride": False}}]}},
        shape={"properties": {"routes": [{"name": str, "properties": {"addressPrefix": str, "nextHopType": str, "nextHopIpAddress": str}}]}},
        check=_check,
        compute=compute_resource_guid,
        view=_SUBNETS.show,
        check_delete=_check_delete,
        elements=(Elements("routes", "routes", child=True),),
        etag=True,
        data_plane=True,
    ),
)
