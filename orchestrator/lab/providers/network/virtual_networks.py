"""Virtual networks with their subnets; a subnet in use cannot go."""

from collections.abc import Iterator
from ipaddress import IPv4Network, IPv6Network, ip_network

from orchestrator.lab.providers.network.peerings import PEERING_DEFAULTS, PEERING_SHAPE, PEERINGS, check_peerings, show_peerings
from orchestrator.lab.resource_types import REFERENCE, Elements, Put, ResourceType, View, find_reference
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import JsonObject
from orchestrator.model.resource_id import same_id

_SUBNET_REFERENCES = ("routeTable", "natGateway", "networkSecurityGroup")
_FIREWALL_SUBNET = "AzureFirewallSubnet"

Network = IPv4Network | IPv6Network


def _prefixes(subnet: JsonObject) -> list[str]:
    properties = subnet.get("properties") or {}
    single = properties.get("addressPrefix")
    return [single] if single else list(properties.get("addressPrefixes") or ())


def _parse(put: Put, text: str) -> Network:
    try:
        return ip_network(text)
    except ValueError as error:
        raise ArmError("InvalidAddressPrefixFormat", f"Address prefix {text} of resource {put.resource_id} is not formatted correctly. {error}.") from error


def _overlap(left: Network, right: Network) -> bool:
    return left.version == right.version and left.overlaps(right)


def _inside(inner: Network, outer: Network) -> bool:
    return inner.version == outer.version and inner.subnet_of(outer)  # type: ignore[arg-type]


def _check_ranges(put: Put, subnets: list[JsonObject]) -> None:
    space = [_parse(put, prefix) for prefix in put.properties["addressSpace"]["addressPrefixes"]]
    for index, network in enumerate(space):
        if any(_overlap(network, other) for other in space[:index]):
            raise ArmError("OverlappingAddressPrefixes", f"The address prefixes of {put.resource_id} overlap: {network}.")
    taken: list[tuple[str, Network]] = []
    for subnet in subnets:
        name = str(subnet.get("name"))
        for network in [_parse(put, prefix) for prefix in _prefixes(subnet)]:
            if not any(_inside(network, outer) for outer in space):
                raise ArmError(
                    "NetcfgSubnetRangeOutsideVnet",
                    f"Subnet '{name}' is not valid because its IP address range is outside the IP address range of virtual network '{put.resource_id.name}'.",
                )
            for other, range_ in taken:
                if _overlap(network, range_):
                    raise ArmError(
                        "NetcfgSubnetRangesOverlap",
                        f"Subnet '{name}' is not valid because its IP address range overlaps with that of an existing subnet "
                        f"in virtual network '{put.resource_id.name}': '{other}'.",
                    )
            taken.append((name, network))


def _check_subnet(put: Put, subnet: JsonObject) -> None:
    name, properties = str(subnet.get("name")), subnet.get("properties") or {}
    prefixes = _prefixes(subnet)
    if not prefixes:
        raise ArmError("InvalidRequestFormat", f"Subnet '{name}' of {put.resource_id} has no address prefix.")
    for reference in _SUBNET_REFERENCES:
        find_reference(put, properties.get(reference), f"{reference} of subnet {name}")
    if name.lower() == _FIREWALL_SUBNET.lower():
        if properties.get("networkSecurityGroup"):
            raise ArmError(
                "NetworkSecurityGroupNotAllowedOnSubnet", f"Network security groups are not allowed on subnet {_FIREWALL_SUBNET} of {put.resource_id}."
            )
        network = _parse(put, prefixes[0])
        if network.version == 4 and network.prefixlen > 26:
            raise ArmError(
                "AzureFirewallSubnetTooSmall", f"Subnet {_FIREWALL_SUBNET} of {put.resource_id} must be a /26 or larger, not a /{network.prefixlen}."
            )


def _users(view: View, subnet_id: str) -> Iterator[str]:
    for firewall in view.of_type("Microsoft.Network/azureFirewalls"):
        for element in firewall["properties"].get("ipConfigurations") or ():
            if same_id((element["properties"].get("subnet") or {}).get("id"), subnet_id):
                yield str(element["id"])
    for scale_set in view.of_type("Microsoft.Compute/virtualMachineScaleSets"):
        profile = scale_set["properties"]["virtualMachineProfile"]["networkProfile"]
        for interface in profile["networkInterfaceConfigurations"]:
            for configuration in interface["properties"]["ipConfigurations"]:
                if same_id(configuration["properties"]["subnet"]["id"], subnet_id):
                    yield str(scale_set["id"])


def _check_users(view: View, subnet: JsonObject) -> None:
    for user in _users(view, subnet["id"]):
        raise ArmError(
            "InUseSubnetCannotBeDeleted",
            f"Subnet {subnet['name']} is in use by {user} and cannot be deleted. In order to delete the subnet, delete all the resources within the subnet. "
            "See aka.ms/deletesubnet.",
        )


def _check(put: Put) -> None:
    subnets: list[JsonObject] = put.properties["subnets"]
    names = [str(subnet.get("name", "")).lower() for subnet in subnets]
    if len(set(names)) < len(names):
        raise ArmError("DuplicateResourceName", f"Two subnets of {put.resource_id} have the same name.")
    _check_ranges(put, subnets)
    for subnet in subnets:
        _check_subnet(put, subnet)
    for subnet in put.existing_properties.get("subnets") or ():
        if str(subnet["name"]).lower() not in names:
            _check_users(put.view, subnet)
        else:
            _check_prefix_change(put, subnet, subnets[names.index(str(subnet["name"]).lower())])
    check_peerings(put)


def _check_prefix_change(put: Put, before: JsonObject, after: JsonObject) -> None:
    if set(_prefixes(before)) != set(_prefixes(after)) and any(_users(put.view, before["id"])):
        raise ArmError(
            "InUsePrefixCannotBeDeleted",
            f"IpPrefix {_prefixes(before)[0]} on subnet {before['name']} has active allocations requiring it and cannot be deleted.",
        )


def _compute(put: Put) -> None:
    put.keep("resourceGuid", put.view.new_guid)


def _view(body: JsonObject, view: View) -> None:
    for subnet in body["properties"].get("subnets") or ():
        users = [{"id": user} for user in _users(view, subnet["id"])]
        if users:
            subnet["properties"]["ipConfigurations"] = users
    show_peerings(body, view)


def _check_delete(body: JsonObject, view: View) -> None:
    for subnet in body["properties"].get("subnets") or ():
        _check_users(view, subnet)


RESOURCE_TYPES = (
    ResourceType(
        name="Microsoft.Network/virtualNetworks",
        defaults={
            "properties": {
                "enableDdosProtection": False,
                "dhcpOptions": {"dnsServers": []},
                "virtualNetworkPeerings": [{"properties": PEERING_DEFAULTS}],
                "subnets": [{"properties": {"privateEndpointNetworkPolicies": "Disabled", "privateLinkServiceNetworkPolicies": "Enabled", "delegations": []}}],
            }
        },
        shape={
            "properties": {
                "addressSpace": {"addressPrefixes": [str]},
                "dhcpOptions": {"dnsServers": [str]},
                "subnets": [
                    {
                        "name": str,
                        "properties": {
                            "addressPrefix": str,
                            "addressPrefixes": [str],
                            "defaultOutboundAccess": bool,
                            **dict.fromkeys(_SUBNET_REFERENCES, REFERENCE),
                        },
                    }
                ],
                PEERINGS: [PEERING_SHAPE],
            }
        },
        required=("properties.addressSpace.addressPrefixes",),
        check=_check,
        compute=_compute,
        view=_view,
        check_delete=_check_delete,
        elements=(Elements("subnets", "subnets", child=True, kept=True), Elements(PEERINGS, PEERINGS, child=True, kept=True)),
        etag=True,
        data_plane=True,
    ),
)
