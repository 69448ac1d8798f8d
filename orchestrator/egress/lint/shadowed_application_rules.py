"""ShadowedApplicationRules: a network rule that decides before application rules are asked.

Network rules come first whatever the priorities. For each network rule and each group of application rules of one port and one source: certain where
every address is covered, or all that a name may have; possible where a name has others too, or unknown ones and the rule covers some of the internet.
One finding for each network rule, so that a thousand rules are a thousand steps.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from orchestrator.egress.addresses.knowledge import Knowledge
from orchestrator.egress.addresses.matcher import AddressMatcher
from orchestrator.egress.addresses.ranges import PUBLIC, AddressRanges, Relation, merge_ranges
from orchestrator.egress.firewall.rules import NetworkRule
from orchestrator.egress.lint.application_groups import ApplicationGroups, Group
from orchestrator.egress.lint.lint_rule import Found, LintRule, LintSubject
from orchestrator.model.findings import Severity

_SHOWN = 3


def _look(subject: LintSubject) -> Iterator[Found]:
    groups = ApplicationGroups(subject.firewall.rules.application, subject.knowledge)
    for rule in subject.firewall.rules.network:
        if rule.unknown is None and "TCP" in rule.protocols and not rule.destination.empty:
            found = _judge(rule, groups, subject.knowledge)
            if found is not None:
                yield found


def _judge(rule: NetworkRule, groups: ApplicationGroups, knowledge: Knowledge) -> Found | None:
    certain: list[str] = []
    possible: list[str] = []
    covered = None if rule.destination.any else _covered_addresses(rule.destination, knowledge)
    for group in groups.under(rule):
        if len(certain) > _SHOWN:
            break
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


def _covered_addresses(destination: AddressMatcher, knowledge: Knowledge) -> AddressRanges:
    """What a network rule surely covers."""
    if not destination.tags:
        return destination.ranges
    known = (prefixes for tag in destination.tags if (prefixes := knowledge.tag(tag)) is not None)
    return merge_ranges([*destination.ranges, *(pair for prefixes in known for pair in prefixes)])


def _surely(covered: AddressRanges, group: Group) -> Iterator[str]:
    """Names all of whose addresses are covered."""
    yield from (name for name in group.hit(covered) if group.spaces[name].relation(covered) is Relation.INSIDE)
    for space, names in group.ranges.items():
        if space.relation(covered) is Relation.INSIDE:
            yield from names


def _perhaps(covered: AddressRanges, destination: AddressMatcher, group: Group, knowledge: Knowledge) -> Iterator[str]:
    """Names of which some address is covered, and those of unknown addresses."""
    hidden = bool(destination.unknown) or any(knowledge.tag(tag) is None for tag in destination.tags)
    yield from (name for name in (group.spaces if hidden else group.hit(covered)) if group.spaces[name].relation(covered) is not Relation.INSIDE)
    for space, names in group.ranges.items():
        relation = space.relation(covered)
        if relation is Relation.PARTLY or (hidden and relation is Relation.APART):
            yield from names
    if hidden or covered.relation(PUBLIC) is not Relation.APART:
        yield from group.open


RULE = LintRule(
    code="ShadowedApplicationRules",
    what="A network rule over TCP ports of application rules.",
    why="Network rules come before application rules whatever their priorities: names whose addresses it covers are never looked at.",
    remedy="Narrow the network rule (ports, addresses), or leave it to the application rules.",
    source="https://learn.microsoft.com/azure/firewall/rule-processing",
    look=_look,
)
