"""Public addresses, prefixes of them, and NAT gateways, read from resources."""

from ipaddress import IPv4Network

from orchestrator.egress.addresses.ranges import AddressRanges, merge_ranges, read_pair
from orchestrator.egress.network.model import NatGateway
from orchestrator.egress.network.reading import Resources, is_hidden_reference, objects, reference_ids
from orchestrator.model.json_value import Json
from orchestrator.model.resources import is_expression

PUBLIC_ADDRESS = "Microsoft.Network/publicIPAddresses"
PUBLIC_PREFIX = "Microsoft.Network/publicIPPrefixes"
NAT_GATEWAY = "Microsoft.Network/natGateways"
_LARGEST = 256


def read_addresses(resources: Resources) -> dict[str, tuple[str, ...]]:
    """The addresses of each public address and prefix, by lower-case id; empty where none is assigned yet."""
    found: dict[str, tuple[str, ...]] = {}
    for address in resources.of_type(PUBLIC_ADDRESS):
        text = address.properties.get("ipAddress")
        found[address.id.lower()] = (text,) if isinstance(text, str) and read_pair(text) is not None else ()
    for prefix in resources.of_type(PUBLIC_PREFIX):
        found[prefix.id.lower()] = _hosts(prefix.properties.get("ipPrefix"))
    return found


def _hosts(text: Json) -> tuple[str, ...]:
    if is_expression(text) or read_pair(text) is None:
        return ()
    network = IPv4Network(text, strict=False)
    return tuple(str(host) for host in network) if network.num_addresses <= _LARGEST else ()


def own_addresses(addresses: dict[str, tuple[str, ...]]) -> AddressRanges:
    """All addresses that the resources have."""
    return merge_ranges(pair for texts in addresses.values() for text in texts if (pair := read_pair(text)) is not None)


def read_nat_gateways(resources: Resources) -> dict[str, NatGateway]:
    """All NAT gateways, by lower-case id."""
    found = {}
    for gateway in resources.of_type(NAT_GATEWAY):
        values = [gateway.properties.get("publicIpAddresses"), gateway.properties.get("publicIpPrefixes")]
        hidden = any(is_expression(value) or any(is_hidden_reference(item) for item in objects(value)) for value in values)
        ids = tuple(each for value in values for each in reference_ids(value))
        unknown = f"the addresses of the NAT gateway {gateway.name} are known only to the deployment" if hidden else None
        found[gateway.id.lower()] = NatGateway(gateway.id, gateway.name, ids, unknown)
    return found
