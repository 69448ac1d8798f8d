"""Sets of IPv4 addresses as merged ranges: does one lie inside another, apart from it, or partly in it?"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from ipaddress import AddressValueError, IPv4Address, IPv4Network, NetmaskValueError

from orchestrator.model.json_value import Json


class Relation(Enum):
    """How a set of addresses lies to another."""

    INSIDE = "inside"
    APART = "apart"
    PARTLY = "partly"


@dataclass(frozen=True, slots=True)
class AddressRanges:
    """A set of addresses: disjoint ranges in order, both ends included."""

    lows: tuple[int, ...]
    highs: tuple[int, ...]

    def __bool__(self) -> bool:
        return bool(self.lows)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return iter(zip(self.lows, self.highs, strict=True))

    def relation(self, other: "AddressRanges") -> Relation:
        """How this set lies to the other; the empty set lies apart from everything."""
        inside = apart = False
        lows, highs = other.lows, other.highs
        for low, high in zip(self.lows, self.highs, strict=True):
            index = bisect_right(lows, low) - 1
            if index >= 0 and highs[index] >= high:
                inside = True
            elif (index >= 0 and highs[index] >= low) or (index + 1 < len(lows) and lows[index + 1] <= high):
                return Relation.PARTLY
            else:
                apart = True
        if inside:
            return Relation.PARTLY if apart else Relation.INSIDE
        return Relation.APART

    def union(self, *others: "AddressRanges") -> "AddressRanges":
        """What lies in any of them."""
        return merge_ranges(pair for one in (self, *others) for pair in one)

    def without(self, other: "AddressRanges") -> "AddressRanges":
        """What lies in this set and not in the other."""
        left: list[tuple[int, int]] = []
        for low, high in self:
            start = low
            for other_low, other_high in other:
                if other_high < start or other_low > high:
                    continue
                if other_low > start:
                    left.append((start, other_low - 1))
                start = other_high + 1
            if start <= high:
                left.append((start, high))
        return merge_ranges(left)

    def blocks(self) -> Iterator[tuple[int, int]]:
        """The same set as CIDR blocks: (first address, length of the prefix)."""
        for low, high in self:
            start = low
            while start <= high:
                bits = min((start & -start).bit_length() - 1 if start else 32, (high - start + 1).bit_length() - 1)
                yield start, 32 - bits
                start += 1 << bits

    def networks(self) -> tuple[IPv4Network, ...]:
        """The same set in CIDR form."""
        return tuple(IPv4Network(block) for block in self.blocks())

    @property
    def size(self) -> int:
        """How many addresses it holds."""
        return sum(high - low + 1 for low, high in self)

    def __str__(self) -> str:
        return ", ".join(str(network) for network in self.networks())


def merge_ranges(pairs: Iterable[tuple[int, int]]) -> AddressRanges:
    """The set of all pairs (low, high)."""
    lows: list[int] = []
    highs: list[int] = []
    for low, high in sorted(pairs):
        if highs and low <= highs[-1] + 1:
            highs[-1] = max(highs[-1], high)
        else:
            lows.append(low)
            highs.append(high)
    return AddressRanges(tuple(lows), tuple(highs))


def read_pair(text: Json) -> tuple[int, int] | None:
    """`10.0.0.0/8`, `10.0.0.4` or `10.0.0.4-10.0.0.9` as (low, high); None for anything else."""
    if not isinstance(text, str) or not text[:1].isdigit():
        return None
    first, dash, last = text.partition("-")
    try:
        if dash:
            low, high = int(IPv4Address(first.strip())), int(IPv4Address(last.strip()))
            return (low, high) if low <= high else None
        if "/" not in text:
            return (int(IPv4Address(text)),) * 2
        network = IPv4Network(text, strict=False)
    except (AddressValueError, NetmaskValueError, ValueError):
        return None
    return int(network.network_address), int(network.broadcast_address)


def ranges_of(*texts: str) -> AddressRanges:
    """The set of some texts; ValueError for one that is neither an address, nor a network, nor a range."""
    pairs = []
    for text in texts:
        pair = read_pair(text)
        if pair is None:
            raise ValueError(f"{text!r} is neither an IPv4 address, nor a network, nor a range of addresses")
        pairs.append(pair)
    return merge_ranges(pairs)


NO_ADDRESSES = AddressRanges((), ())
ALL_ADDRESSES = ranges_of("0.0.0.0/0")
PRIVATE = ranges_of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")
"""RFC 1918 and RFC 6598: what Azure Firewall by default does not translate (learn.microsoft.com/azure/firewall/snat-private-range)."""
AZURE_DNS_ADDRESS = "168.63.129.16"
SPECIAL = ranges_of("0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", f"{AZURE_DNS_ADDRESS}/32", "192.0.2.0/24", "198.18.0.0/15", "224.0.0.0/3")
PUBLIC = ALL_ADDRESSES.without(PRIVATE.union(SPECIAL))
"""Where the address of a public name lies, if nothing more is known."""
