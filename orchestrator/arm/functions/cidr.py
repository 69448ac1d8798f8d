"""Address ranges: `parseCidr`, `cidrSubnet`, `cidrHost`."""

import ipaddress
from typing import TypeAlias

from orchestrator.arm.functions.signature import Function
from orchestrator.arm.functions.strings import get_integer, get_text
from orchestrator.arm.functions.values import Value, invalid
from orchestrator.model.json_value import JsonObject

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network


def _parse(text: str) -> Network:
    """A range; one without a length gets that of its old class."""
    try:
        if "/" not in text:
            address = ipaddress.ip_address(text)
            first = address.packed[0]
            return ipaddress.ip_network(f"{text}/{64 if address.version == 6 else 8 if first < 128 else 16 if first < 192 else 24}", strict=False)
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        raise invalid(f"The provided value '{text}' is not a valid CIDR notation.") from None


def parse_cidr(text: Value) -> JsonObject:
    """What a range consists of."""
    network = _parse(get_text("parseCidr", text))
    first, last = _usable(network)
    said: JsonObject = {"network": str(network.network_address), "netmask": str(network.netmask)}
    if isinstance(network, ipaddress.IPv4Network):
        said["broadcast"] = str(network.broadcast_address)
    return {**said, "firstUsable": str(network[first]), "lastUsable": str(network[last]), "cidr": network.prefixlen}


def _usable(network: Network) -> tuple[int, int]:
    """Indices of the first and last address for hosts."""
    if network.version == 6:
        return 0, -1
    return (0, 0) if network.prefixlen >= 31 else (1, -2)


def cidr_subnet(text: Value, length: Value, index: Value) -> str:
    """The subnet of a length at an index."""
    network, new, number = _parse(get_text("cidrSubnet", text)), get_integer("cidrSubnet", length), get_integer("cidrSubnet", index)
    if not network.prefixlen <= new <= network.max_prefixlen or not 0 <= number < 1 << (new - network.prefixlen):
        raise invalid(f"Could not calculate the CidrSubnet for network '{text}', new CIDR value '{new}' and subnet index '{number}'.")
    start = int(network.network_address) + (number << (network.max_prefixlen - new))
    return f"{type(network.network_address)(start)}/{new}"


def cidr_host(text: Value, index: Value) -> str:
    """The host address at an index; 0 is the first one after the range's own address."""
    network, number = _parse(get_text("cidrHost", text)), get_integer("cidrHost", index)
    last = network.num_addresses - (2 if network.version == 4 else 1)
    if network.prefixlen >= network.max_prefixlen - 1 or not 0 <= number + 1 <= last:
        raise invalid(f"Could not calculate the CidrHost for network '{text}' and CIDR value '{number}'.")
    return str(network[number + 1])


FUNCTIONS = {
    "parseCidr": Function(parse_cidr, 1, 1),
    "cidrSubnet": Function(cidr_subnet, 3, 3),
    "cidrHost": Function(cidr_host, 2, 2),
}
