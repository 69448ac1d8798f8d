"""Virtual networks, subnets and peerings, read from resources."""

from collections.abc import Iterator

from orchestrator.egress.addresses.ranges import AddressRanges, merge_ranges, read_pair
from orchestrator.egress.network.model import Peering, Subnet, VirtualNetwork
from orchestrator.egress.network.reading import Resources, inner, is_hidden_reference, objects, parent_name, parts_of, reference_id, texts
from orchestrator.model.json_value import Json, JsonObject
from orchestrator.model.resources import Resource, is_expression

VIRTUAL_NETWORK = "Microsoft.Network/virtualNetworks"
GATEWAY = "Microsoft.Network/virtualNetworkGateways"
HUB_CONNECTION = "Microsoft.Network/virtualHubs/hubVirtualNetworkConnections"
HUB_CONFIGURATION = "Microsoft.Network/virtualHubs/ipConfigurations"
ZONE_LINK = "Microsoft.Network/privateDnsZones/virtualNetworkLinks"


def read_networks(resources: Resources) -> dict[str, VirtualNetwork]:
    """All virtual networks, by lower-case id."""
    learned, zones = _read_learned(resources), _read_zones(resources)
    found = {}
    for network in resources.of_type(VIRTUAL_NETWORK):
        key = network.id.lower()
        space = network.properties.get("addressSpace")
        options = network.properties.get("dhcpOptions")
        found[key] = VirtualNetwork(
            network.id,
            network.name,
            read_ranges(texts(space.get("addressPrefixes")) if isinstance(space, dict) else ()),
            tuple(_read_subnets(resources, network)),
            _read_dns_servers(options),
            tuple(_read_peerings(resources, network)),
            learned.get(key),
            zones.get(key, ()),
        )
    return found


def read_ranges(prefixes: tuple[str, ...]) -> AddressRanges:
    """The IPv4 ranges among some prefixes; IPv6 and expressions are left out."""
    return merge_ranges(pair for prefix in prefixes if (pair := read_pair(prefix)) is not None)


def _read_dns_servers(options: Json) -> tuple[str, ...]:
    servers = options.get("dnsServers") if isinstance(options, dict) else options
    return texts(servers)


def _read_subnets(resources: Resources, network: Resource) -> Iterator[Subnet]:
    for name, properties in parts_of(resources, network, "subnets"):
        yield read_subnet(f"{network.id}/subnets/{name}", network.id, properties)


def read_subnet(subnet_id: str, network_id: str, properties: JsonObject) -> Subnet:
    """A subnet's properties as a value."""
    hidden = [key for key in ("routeTable", "natGateway", "networkSecurityGroup") if is_hidden_reference(properties.get(key))]
    prefixes = texts(properties.get("addressPrefix")) + texts(properties.get("addressPrefixes"))
    default = properties.get("defaultOutboundAccess")
    name = subnet_id.rsplit("/", 1)[-1]
    return Subnet(
        subnet_id,
        name,
        network_id,
        read_ranges(prefixes),
        reference_id(properties.get("routeTable")),
        reference_id(properties.get("networkSecurityGroup")),
        reference_id(properties.get("natGateway")),
        default if isinstance(default, bool) else None,
        tuple(str(body.get("service", "")) for body in objects(properties.get("serviceEndpoints"))),
        unknown=f"the {hidden[0]} of the subnet {name} is known only to the deployment" if hidden else None,
    )


def _read_peerings(resources: Resources, network: Resource) -> Iterator[Peering]:
    for name, properties in parts_of(resources, network, "virtualNetworkPeerings"):
        remote_id = reference_id(properties.get("remoteVirtualNetwork"))
        if remote_id is None:
            continue
        yield Peering(
            name,
            remote_id,
            properties.get("allowVirtualNetworkAccess") is not False,
            properties.get("allowForwardedTraffic") is True,
            _is_mutual(resources, network.id, remote_id),
            _read_remote_ranges(properties),
        )


def _read_remote_ranges(properties: JsonObject) -> AddressRanges | None:
    """What Azure shows of the other network; None where it shows nothing, no range at all while the two are not connected."""
    state = str(properties.get("peeringState") or "Connected")
    space: Json = properties.get("remoteVirtualNetworkAddressSpace") or properties.get("remoteAddressSpace")
    if state != "Connected":
        return read_ranges(())
    return read_ranges(texts(space.get("addressPrefixes"))) if isinstance(space, dict) else None


def _is_mutual(resources: Resources, network_id: str, remote_id: str) -> bool | None:
    remote = resources.snapshot.find(remote_id)
    if remote is None:
        return None
    back = (reference_id(properties.get("remoteVirtualNetwork")) for _, properties in parts_of(resources, remote, "virtualNetworkPeerings"))
    return any(found is not None and found.lower() == network_id.lower() for found in back)


def _read_learned(resources: Resources) -> dict[str, str]:
    """Networks that a gateway, a route server or a virtual hub may bring routes to: lower-case id -> what."""
    found: dict[str, str] = {}
    for network in resources.of_type(VIRTUAL_NETWORK):
        if any(properties.get("useRemoteGateways") is True for _, properties in parts_of(resources, network, "virtualNetworkPeerings")):
            found[network.id.lower()] = "the gateway of a peered network"
    for what, body in _attached(resources):
        subnet_id, remote = reference_id(body.get("subnet")), reference_id(body.get("remoteVirtualNetwork"))
        if remote is not None:
            found[remote.lower()] = what
        elif subnet_id is not None:
            found[subnet_id.rsplit("/", 2)[0].lower()] = what
    return found


def _attached(resources: Resources) -> Iterator[tuple[str, JsonObject]]:
    """(what brings routes, the properties that say to which network)."""
    for gateway in resources.of_type(GATEWAY):
        for body in objects(gateway.properties.get("ipConfigurations")):
            yield f"the gateway {gateway.name}", inner(body)
    for connection in resources.of_type(HUB_CONNECTION):
        yield f"the virtual hub {parent_name(connection.id)}", connection.properties
    for configuration in resources.of_type(HUB_CONFIGURATION):
        yield f"the route server {parent_name(configuration.id)}", configuration.properties


def _read_zones(resources: Resources) -> dict[str, tuple[str, ...]]:
    """Private DNS zones linked to a network: lower-case id -> names of zones."""
    found: dict[str, tuple[str, ...]] = {}
    for link in resources.of_type(ZONE_LINK):
        network_id = reference_id(link.properties.get("virtualNetwork"))
        if network_id is not None and not is_expression(link.id):
            found[network_id.lower()] = (*found.get(network_id.lower(), ()), parent_name(link.id).lower())
    return found
