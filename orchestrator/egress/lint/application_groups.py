"""Application rules by port and source, with the addresses that their names have: what a network rule over the same port and source may shadow."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from orchestrator.egress.addresses.knowledge import Knowledge
from orchestrator.egress.addresses.matcher import AddressMatcher
from orchestrator.egress.addresses.ranges import AddressRanges, Relation, merge_ranges
from orchestrator.egress.firewall.rules import ApplicationRule, NetworkRule


@dataclass(slots=True)
class Group:
    """Application rules with one way to them.

    lows, names: names with known addresses, by address; spaces: what each may have; ranges: names that lie somewhere in a range; open: the others, and tags.
    """

    rules: list[ApplicationRule] = field(default_factory=list)
    lows: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    spaces: dict[str, AddressRanges] = field(default_factory=dict)
    ranges: dict[AddressRanges, list[str]] = field(default_factory=dict)
    open: list[str] = field(default_factory=list)

    def hit(self, covered: AddressRanges) -> Iterator[str]:
        """Names with a known address among those covered."""
        for low, high in covered:
            yield from self.names[bisect_left(self.lows, low) : bisect_right(self.lows, high)]


class PortGroups:
    """The groups of one port: one for each source, and all of them as one for whoever comes from anywhere."""

    def __init__(self, rules: list[ApplicationRule], knowledge: Knowledge) -> None:
        by_source: dict[AddressMatcher, list[ApplicationRule]] = {}
        for rule in rules:
            by_source.setdefault(rule.source, []).append(rule)
        self._whole = _make_group(rules, knowledge)
        self._groups = [self._whole] if len(by_source) == 1 else [_make_group(found, knowledge) for found in by_source.values()]
        self._vague = [number for number, source in enumerate(by_source) if _is_vague(source)]
        self._space = merge_ranges(pair for source in by_source for pair in source.ranges)
        blocks = [(low, length, number) for number, source in enumerate(by_source) if not _is_vague(source) for low, length in source.ranges.blocks()]
        self._lows = sorted((low, number) for low, _, number in blocks)
        self._blocks: dict[tuple[int, int], list[int]] = {}
        for low, length, number in blocks:
            self._blocks.setdefault((low, length), []).append(number)
        self._lengths = {length for _, length, _ in blocks}

    def of_source(self, source: AddressMatcher) -> Iterator[Group]:
        """The groups that a source may have anything in common with."""
        if _is_vague(source) or (self._space and self._space.relation(source.ranges) is Relation.INSIDE):
            yield self._whole
            return
        found = set(self._vague)
        for low, length in source.ranges.blocks():
            around = ((low >> (32 - each) << (32 - each), each) for each in self._lengths if each <= length)
            found.update(number for block in around for number in self._blocks.get(block, ()))
            inside = self._lows[bisect_left(self._lows, (low, -1)) : bisect_left(self._lows, (low + (1 << (32 - length)), -1))]
            found.update(number for _, number in inside)
        yield from (self._groups[number] for number in sorted(found))


class ApplicationGroups:
    """All groups of a firewall."""

    def __init__(self, rules: Iterable[ApplicationRule], knowledge: Knowledge) -> None:
        by_port: dict[int, list[ApplicationRule]] = {}
        for rule in rules:
            for port in {port for _, port in rule.protocols}:
                by_port.setdefault(port, []).append(rule)
        self._ports = sorted(by_port)
        self._by_port = {port: PortGroups(found, knowledge) for port, found in by_port.items()}

    def under(self, rule: NetworkRule) -> Iterator[Group]:
        """The groups whose ports and sources a network rule has too."""
        ports = {port for low, high in rule.ports.ranges for port in self._ports[bisect_left(self._ports, low) : bisect_right(self._ports, high)]}
        for port in sorted(ports):
            yield from self._by_port[port].of_source(rule.source)


def _is_vague(source: AddressMatcher) -> bool:
    """True for a source that may have something in common with any other."""
    return source.any or not source.ranges or bool(source.unknown or source.tags or source.own)


def _make_group(rules: list[ApplicationRule], knowledge: Knowledge) -> Group:
    group, placed = Group(rules), []
    for name in dict.fromkeys(name for rule in rules for name in rule.fqdns):
        answer = knowledge.name(name) if name[:1] != "*" else None
        if answer is None:
            group.open.append(name)
        elif answer.exact:
            group.spaces[name] = answer.space
            placed += [(low, name) for low, _ in answer.space]
        else:
            group.ranges.setdefault(answer.space, []).append(name)
    for rule in rules:
        group.open += [f"the tag {tag}" for tag in rule.tags] + list(rule.urls) + [f"the category {category}" for category in rule.categories]
    placed.sort()
    group.lows, group.names = [low for low, _ in placed], [name for _, name in placed]
    return group
