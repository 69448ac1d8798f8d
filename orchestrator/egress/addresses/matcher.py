"""What a rule says of addresses: `*`, prefixes, ranges, IP groups, service tags, addresses of resources that are not made yet. Is a packet's among them?"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from orchestrator.egress.addresses.ranges import NO_ADDRESSES, PRIVATE, AddressRanges, Relation, merge_ranges, read_pair
from orchestrator.egress.logic.truth import NO, YES, Assumption, Truth, assumed, not_known
from orchestrator.model.json_value import Json
from orchestrator.model.resources import is_expression

_OWN_ADDRESS = re.compile(r"reference\('(?P<id>/[^']*?/publicIPAddresses/[^'/]+)'[^)]*\)\.ipAddress", re.IGNORECASE)
_OWN_LENGTH = re.compile(r"^\[(format\('\{0\}/32'|concat\(reference\(.*'/32'\)\]$|reference\()", re.DOTALL)
_SERVICE_TAG = re.compile(r"^[A-Za-z][\w.-]*$")

FindTag = Callable[[str], AddressRanges | None]


@dataclass(frozen=True, slots=True)
class Packet:
    """The addresses of one end of a flow: one of `space` is used. `tag`: the service tag that the space stands for, where it does."""

    space: AddressRanges
    tag: str | None = None


@dataclass(frozen=True, slots=True)
class AddressMatcher:
    """Addresses in a rule. `own`: ids of public addresses that are not assigned yet; `unknown`: why more may be among them."""

    texts: tuple[str, ...]
    any: bool = False
    ranges: AddressRanges = NO_ADDRESSES
    tags: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """True where nothing can match."""
        return not (self.any or self.ranges or self.tags or self.own or self.unknown)

    def match(self, packet: Packet, find_tag: FindTag) -> Truth:
        """Is the packet's address among these?"""
        if self.any:
            return YES
        relation = packet.space.relation(self.ranges)
        if relation is Relation.INSIDE:
            return YES
        if not (self.tags or self.own or self.unknown):
            return NO if relation is Relation.APART else not_known(_partly(self.texts))
        return self._match_more(packet, find_tag, relation)

    def _match_more(self, packet: Packet, find_tag: FindTag, relation: Relation) -> Truth:
        reasons = [] if relation is Relation.APART else [_partly(self.texts)]
        for tag in self.tags:
            truth = match_tag(tag, packet, find_tag)
            if truth.value:
                return truth
            reasons += truth.reasons
        reasons += self.unknown
        if reasons:
            return not_known(*reasons)
        return assumed(False, own_address_assumption(self.own)) if self.own else NO


def match_tag(tag: str, packet: Packet, find_tag: FindTag) -> Truth:
    """Is the packet's address among a service tag's? Told by the tag's name, where the packet goes to a tag, else by its prefixes."""
    if packet.tag is not None and covers_tag(tag, packet.tag):
        return YES
    prefixes = find_tag(tag)
    if prefixes is None:
        inside_private = packet.space.relation(PRIVATE) is Relation.INSIDE
        return NO if inside_private else not_known(f"the prefixes of the service tag {tag} are not known")
    relation = packet.space.relation(prefixes)
    if relation is Relation.INSIDE:
        return YES
    return NO if relation is Relation.APART else not_known(f"whether the address lies in the service tag {tag} is not known")


def covers_tag(tag: str, other: str) -> bool:
    """True where a tag's name says that it holds the other: itself, or any region of it."""
    wide, narrow = tag.lower(), other.lower()
    return wide == narrow or narrow.startswith(f"{wide}.")


def own_address_assumption(ids: tuple[str, ...]) -> Assumption:
    """An address that is not assigned yet is nobody else's."""
    names = ", ".join(each.rsplit("/", 1)[-1] for each in ids)
    return Assumption("own-address", f"the address of {names} is not known before creation, and is not the destination's", "")


def _partly(texts: tuple[str, ...]) -> str:
    shown = ", ".join(texts[:3]) + (", ..." if len(texts) > 3 else "")
    return f"whether the address lies in {shown} is not known"


ANY_ADDRESS = AddressMatcher(("*",), any=True)


def read_matcher(
    values: Iterable[Json] | Json, ip_groups: Iterable[Json] = (), find_group: Mapping[str, AddressMatcher | None] | None = None
) -> AddressMatcher:
    """Addresses as a rule spells them. `find_group`: lower-case id of an IP group -> its addresses; an id that is not there makes it not known."""
    parts = _Parts()
    if isinstance(values, str) or values is None:
        values = [values] if values else []
    for value in values:
        parts.add(value)
    for group_id in ip_groups if not isinstance(ip_groups, str) else [ip_groups]:
        parts.add_group(group_id, find_group or {})
    return parts.matcher()


class _Parts:
    """What has been read so far."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.pairs: list[tuple[int, int]] = []
        self.tags: list[str] = []
        self.own: list[str] = []
        self.unknown: list[str] = []
        self.any = False

    def add(self, value: Json) -> None:
        text = str(value).strip()
        self.texts.append(text)
        pair = read_pair(text)
        if text in ("*", "Any", "any", "0.0.0.0/0"):
            self.any = True
        elif pair is not None:
            self.pairs.append(pair)
        elif is_expression(value):
            self._add_expression(text)
        elif ":" not in text and _SERVICE_TAG.match(text):
            self.tags.append(text)
        elif ":" not in text:
            self.unknown.append(f"{text!r} is neither an address nor a service tag")

    def _add_expression(self, text: str) -> None:
        own = _OWN_ADDRESS.search(text)
        if own is not None and _OWN_LENGTH.match(text):
            self.own.append(own["id"])
        else:
            self.unknown.append(f"an address is known only to the deployment: {text[:120]}")

    def add_group(self, group_id: Json, groups: Mapping[str, AddressMatcher | None]) -> None:
        text = str(group_id)
        self.texts.append(text.rsplit("/", 1)[-1] if not is_expression(text) else text)
        group = groups.get(text.lower())
        if group is None:
            self.unknown.append(f"the IP group {text.rsplit('/', 1)[-1]} is not among the resources")
            return
        self.any = self.any or group.any
        self.pairs += list(group.ranges)
        self.own += group.own
        self.unknown += group.unknown

    def matcher(self) -> AddressMatcher:
        return AddressMatcher(
            tuple(self.texts), self.any, merge_ranges(self.pairs), tuple(dict.fromkeys(self.tags)), tuple(dict.fromkeys(self.own)), tuple(self.unknown)
        )
