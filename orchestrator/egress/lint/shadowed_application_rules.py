"""ShadowedApplicationRules: a network rule that decides before application rules are asked.

Network rules come first whatever the priorities. For each network rule and each group of application rules of one port and one source: certain where
every address is covered, or all that a name may have; possible where a name has others too, or unknown ones and the rule covers some of the internet.
One finding for each network rule, so that a thousand rules are a thousand steps.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from orchestrator.egress.addresses.knowledge import Knowledge
from orchestrator.egress.addresses.matcher import AddressMatcher
from orchestrator.egress.addresses.ranges import PUBLIC, AddressRanges, Relation, merge_ranges
from orchestrator.egress.firewall.rules import ApplicationRule, NetworkRule
from orchestrator.egress.lint.lint_rule import Found, LintRule, LintSubject
from orchestrator.model.findings import Severity

_SHOWN = 3


@dataclass(slots=True)
class _Group:
    """Application rules of one port and one source.

    lows, names: names with known addresses, by address; spaces: what each may have; ranges: names that lie somewhere in a range; open: the others, and tags.
    """

    rules: list[ApplicationRule] = field(default_factory=list)
    lows: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    spaces: dict[str, AddressRanges] = field(default_factory=dict)
    ranges: dict[AddressRanges, list[str]] = field(default_factory=dict)
    open: list[str] = field(default_factory=list)


def _look(subject: LintSubject) -> Iterator[Found]:
    groups = _group(subject)
    for rule in subject.firewall.rules.network:
        if rule.unknown is None and "TCP" in rule.protocols and not rule.destination.empty:
            found = _judge(rule, groups, subject.knowledge)
            if found is not None:
                yield found


def _group(subject: LintSubject) -> dict[tuple[int, AddressMatcher], _Group]:
    groups: dict[tuple[int, AddressMatcher], _Group] = {}
    for rule in subject.firewall.rules.application:
        for port in {port for _, port in rule.protocols}:
            group = groups.setdefault((port, rule.source), _Group())
            group.rules.append(rule)
    for group in groups.values():
        _place_names(group, subject.knowledge)
    return groups


def _place_names(group: _Group, knowledge: Knowledge) -> None:
    placed = []
    for name in dict.fromkeys(name for rule in group.rules for name in rule.fqdns):
        answer = knowledge.name(name) if name[:1] != "*" else None
        if answer is None:
            group.open.append(name)
        elif answer.exact:
            group.spaces[name] = answer.space
            placed += [(low, name) for low, _ in answer.space]
        else:
            group.ranges.setdefault(answer.space, []).append(name)
    for rule in group.rules:
        group.open += [f"the tag {tag}" for tag in rule.tags] + list(rule.urls) + [f"the category {category}" for category in rule.categories]
    placed.sort()
    group.lows, group.names = [low for low, _ in placed], [name for _, name in placed]


def _judge(rule: NetworkRule, groups: dict[tuple[int, AddressMatcher], _Group], knowledge: Knowledge) -> Found | None:
    certain: list[str] = []
    possible: list[str] = []
    covered = None if rule.destination.any else _covered_addresses(rule.destination, knowledge)
    for (port, source), group in groups.items():
        if not rule.ports.holds(port) or not _may_overlap(rule.source, source):
            continue
        if covered is None:
            certain += [f"{one.place.collection}/{one.place.rule}" for one in group.rules[: _SHOWN + 1]]
            continue
        certain += islice(_surely(covered, group), _SHOWN + 1)
        possible += islice(_perhaps(covered, rule.destination, group, knowledge), _SHOWN + 1)
    word = "allows" if rule.place.allow else "denies"
    if certain:
        text = f"the network rule {rule.place} {word} before application rules are asked: {_some(certain)} (certain)"
        return Found(Severity.WARNING, text, rule.place.resource_id)
    if possible:
        text = f"the network rule {rule.place} {word} what lies in {', '.join(rule.destination.texts[:_SHOWN])} before application rules are asked"
        return Found(Severity.WARNING, f"{text}: {_some(possible)} may be among it (possible: addresses are not known)", rule.place.resource_id)
    return None


def _some(words: Iterable[str]) -> str:
    first = list(dict.fromkeys(words))
    return ", ".join(first[:_SHOWN]) + (", ..." if len(first) > _SHOWN else "")


def _may_overlap(left: AddressMatcher, right: AddressMatcher) -> bool:
    """False only where two sources surely have nothing in common."""
    if left.any or right.any or not left.ranges or not right.ranges or left.unknown or right.unknown:
        return True
    return left.ranges.relation(right.ranges) is not Relation.APART


def _covered_addresses(destination: AddressMatcher, knowledge: Knowledge) -> AddressRanges:
    """What a network rule surely covers."""
    if not destination.tags:
        return destination.ranges
    known = (prefixes for tag in destination.tags if (prefixes := knowledge.tag(tag)) is not None)
    return merge_ranges([*destination.ranges, *(pair for prefixes in known for pair in prefixes)])


def _surely(covered: AddressRanges, group: _Group) -> Iterator[str]:
    """Names all of whose addresses are covered."""
    yield from (name for name in _hit(covered, group) if group.spaces[name].relation(covered) is Relation.INSIDE)
    for space, names in group.ranges.items():
        if space.relation(covered) is Relation.INSIDE:
            yield from names


def _perhaps(covered: AddressRanges, destination: AddressMatcher, group: _Group, knowledge: Knowledge) -> Iterator[str]:
    """Names of which some address is covered, and those of unknown addresses."""
    hidden = bool(destination.unknown) or any(knowledge.tag(tag) is None for tag in destination.tags)
    yield from (name for name in (group.spaces if hidden else _hit(covered, group)) if group.spaces[name].relation(covered) is not Relation.INSIDE)
    for space, names in group.ranges.items():
        relation = space.relation(covered)
        if relation is Relation.PARTLY or (hidden and relation is Relation.APART):
            yield from names
    if hidden or covered.relation(PUBLIC) is not Relation.APART:
        yield from group.open


def _hit(covered: AddressRanges, group: _Group) -> Iterator[str]:
    """Names with an address among those covered."""
    for low, high in covered:
        yield from group.names[bisect_left(group.lows, low) : bisect_right(group.lows, high)]


RULE = LintRule(
    code="ShadowedApplicationRules",
    what="A network rule over TCP ports of application rules.",
    why="Network rules come before application rules whatever their priorities: names whose addresses it covers are never looked at.",
    remedy="Narrow the network rule (ports, addresses), or leave it to the application rules.",
    source="https://learn.microsoft.com/azure/firewall/rule-processing",
    look=_look,
)
