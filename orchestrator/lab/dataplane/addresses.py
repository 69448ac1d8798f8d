"""Sets of IPv4 addresses as Azure's rules write them, and the order in which a subnet gives addresses out."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv4Network, NetmaskValueError

PRIVATE_RANGES = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")
"""What neither a firewall's SNAT nor Azure's system routes treat as the internet (RFC 1918, RFC 6598)."""

_RESERVED = 4  # Azure keeps the first four addresses of a subnet, and its last


@dataclass(frozen=True, slots=True)
class AddressSet:
    """Addresses as ranges in order that do not touch."""

    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()

    def __contains__(self, address: str) -> bool:
        number = int(IPv4Address(address))
        position = bisect_right(self.starts, number) - 1
        return position >= 0 and number <= self.ends[position]

    def __bool__(self) -> bool:
        return bool(self.starts)


def make_address_set(ranges: Iterable[tuple[int, int]]) -> AddressSet:
    """The union of ranges (ends included)."""
    merged: list[list[int]] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1] + 1:
            merged[-1][1] = max(end, merged[-1][1])
        else:
            merged.append([start, end])
    return AddressSet(tuple(start for start, _ in merged), tuple(end for _, end in merged))


def read_address_set(texts: Sequence[str], tag_prefixes: Callable[[str], Sequence[str]], say: Callable[[str], None]) -> AddressSet:
    """Addresses, CIDR prefixes, `first-last` ranges, `*` and service tags; what cannot be read is said, and matches nothing."""
    ranges: list[tuple[int, int]] = []
    for text in texts:
        found = _read_range(text)
        if found is not None:
            ranges.append(found)
            continue
        try:
            ranges += [_network_range(IPv4Network(prefix)) for prefix in tag_prefixes(text)]
        except ValueError as error:
            say(f"{text!r} matches no packet: {error}")
    return make_address_set(ranges)


def _read_range(text: str) -> tuple[int, int] | None:
    """A range, or None for what must be a service tag."""
    if text in ("*", "0.0.0.0/0"):
        return 0, 2**32 - 1
    try:
        if "-" in text and text[0].isdigit():
            first, _, last = text.partition("-")
            return int(IPv4Address(first.strip())), int(IPv4Address(last.strip()))
        return _network_range(IPv4Network(text, strict=False))
    except (AddressValueError, NetmaskValueError, ValueError):
        return None


def _network_range(network: IPv4Network) -> tuple[int, int]:
    return int(network.network_address), int(network.broadcast_address)


def free_addresses(prefix: str, taken: Iterable[str]) -> Iterator[str]:
    """The addresses of a subnet that Azure would give out, first to last."""
    network = IPv4Network(prefix)
    used = set(taken)
    for offset in range(_RESERVED, network.num_addresses - 1):
        address = str(network.network_address + offset)
        if address not in used:
            used.add(address)
            yield address


def prefix_addresses(prefix: str) -> tuple[str, ...]:
    """All addresses of a public IP prefix; Azure uses the first and last too."""
    return tuple(str(address) for address in IPv4Network(prefix, strict=False))
