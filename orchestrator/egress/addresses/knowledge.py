"""What is known beside the resources: the addresses of names, and the prefixes of service tags. Both are inputs, and may be missing.

On the lab they are the lab's own data (`lab_knowledge`); elsewhere `--resolve` and Microsoft's published file of service tags (`read_service_tags`).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from orchestrator.catalog import lab_internet
from orchestrator.egress.addresses.ranges import AddressRanges, merge_ranges, ranges_of, read_pair
from orchestrator.model.json_value import Json, JsonObject


@dataclass(frozen=True, slots=True)
class NameAnswer:
    """What a name resolves to. `exact`: every address of `space` may be the one that is used; else the one that is used lies somewhere in it."""

    exists: bool
    space: AddressRanges
    exact: bool


MISSING = NameAnswer(False, AddressRanges((), ()), True)

NameLookup = Callable[[str], NameAnswer | None]
TagLookup = Callable[[str], AddressRanges | None]
PrefixLookup = Callable[[str], Iterable[str] | None]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """`find_name(lower-case name)`, `find_tag(lower-case tag)`, its prefixes one by one; None: not known. Answers are remembered, so all must be pure."""

    find_name: NameLookup
    find_tag: TagLookup
    find_prefixes: PrefixLookup
    _names: dict[str, NameAnswer | None] = field(default_factory=dict, init=False, repr=False, compare=False)
    _tags: dict[str, AddressRanges | None] = field(default_factory=dict, init=False, repr=False, compare=False)

    def name(self, host: str) -> NameAnswer | None:
        """What is known of a name, in any case, with or without a dot at its end."""
        folded = host.rstrip(".").lower()
        if folded not in self._names:
            self._names[folded] = self.find_name(folded)
        return self._names[folded]

    def tag(self, tag: str) -> AddressRanges | None:
        """The addresses of a service tag, in any case."""
        folded = tag.lower()
        if folded not in self._tags:
            self._tags[folded] = self.find_tag(folded)
        return self._tags[folded]

    def longest_prefix(self, tag: str, space: AddressRanges) -> int | None:
        """The length of a service tag's longest prefix that holds all of a space; None where none does, or they are not known."""
        pairs = (pair for text in self.find_prefixes(tag.lower()) or () if (pair := read_pair(text)) is not None)
        holding = (33 - (high - low + 1).bit_length() for low, high in pairs if space and low <= space.lows[0] and space.highs[-1] <= high)
        return max(holding, default=None)


def make_knowledge(names: Mapping[str, Iterable[str]] | None = None, service_tags: Mapping[str, Iterable[str]] | None = None) -> Knowledge:
    """From tables: name -> addresses (none: the name does not exist), tag -> prefixes. What is in neither is not known."""
    answers = {name.rstrip(".").lower(): _answer(tuple(addresses)) for name, addresses in (names or {}).items()}
    prefixes = {tag.lower(): tuple(each) for tag, each in (service_tags or {}).items()}
    tags = {tag: _ipv4(each) for tag, each in prefixes.items()}
    return Knowledge(answers.get, tags.get, prefixes.get)


def _answer(addresses: tuple[str, ...]) -> NameAnswer:
    return NameAnswer(True, ranges_of(*addresses), True) if addresses else MISSING


def _ipv4(prefixes: Iterable[str]) -> AddressRanges:
    return merge_ranges(pair for prefix in prefixes if (pair := read_pair(prefix)) is not None)


NOTHING_KNOWN = make_knowledge()


def lab_knowledge(names: Mapping[str, Iterable[str]] | None = None) -> Knowledge:
    """The lab's internet: a name lies in its range, service tags have the lab's prefixes. `names`: addresses that are known better."""
    better = {name.rstrip(".").lower(): _answer(tuple(addresses)) for name, addresses in (names or {}).items()}

    def find_name(host: str) -> NameAnswer | None:
        return better[host] if host in better else _find_lab_name(host)

    return Knowledge(find_name, _find_lab_tag, _find_lab_prefixes)


def _find_lab_name(host: str) -> NameAnswer | None:
    if not lab_internet.name_exists(host):
        return MISSING
    if host in lab_internet.PINNED:
        return NameAnswer(True, ranges_of(lab_internet.PINNED[host]), True)
    return NameAnswer(True, ranges_of(lab_internet.name_range(host)), False)


def _find_lab_prefixes(tag: str) -> tuple[str, ...] | None:
    try:
        return lab_internet.service_tag_prefixes(tag)
    except ValueError:
        return None


def _find_lab_tag(tag: str) -> AddressRanges | None:
    prefixes = _find_lab_prefixes(tag)
    return ranges_of(*prefixes) if prefixes is not None else None


def read_service_tags(document: JsonObject) -> dict[str, tuple[str, ...]]:
    """Microsoft's published file (ServiceTags_Public_*.json) as tag -> prefixes; ValueError where it has another form."""
    values: Json = document.get("values")
    if not isinstance(values, list):
        raise ValueError("not a file of service tags: it has no list 'values'")
    found: dict[str, tuple[str, ...]] = {}
    for value in values:
        properties: Json = value.get("properties") if isinstance(value, dict) else None
        if not isinstance(properties, dict) or not isinstance(value.get("name"), str) or not isinstance(properties.get("addressPrefixes"), list):
            raise ValueError("not a file of service tags: an entry has no name, or no properties.addressPrefixes")
        found[value["name"]] = tuple(str(prefix) for prefix in properties["addressPrefixes"])
    return found
