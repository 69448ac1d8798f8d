"""ShadowedApplicationRules: a network rule that decides before application rules are asked.

Network rules come first whatever the priorities. For each network rule and each group of application rules of one port and one source: certain where
every address is covered, or where a name's known address is; possible where names have unknown addresses and the rule covers some of the internet.
One finding for each network rule, so that a thousand rules are a thousand steps.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from orchestrator.egress.addresses.knowledge import Knowledge
from orchestrator.egress.addresses.matcher import AddressMatcher, Packet
from orchestrator.egress.addresses.ranges import PUBLIC, AddressRanges, Relation
from orchestrator.egress.firewall.rules import ApplicationRule, NetworkRule
from orchestrator.egress.lint.lint_rule import Found, LintRule, LintSubject
from orchestrator.model.findings import Severity

_SHOWN = 3


@dataclass(slots=True)
class _Group:
    """Application rules of one port and one source. `lows`, `names`: names with one known address, in order; `open`: whether others have unknown ones."""

    rules: list[ApplicationRule] = field(default_factory=list)
    lows: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    open: bool = False


def _look(subject: LintSubject) -> Iterator[Found]:
    groups = _group(subject)
    ports = sorted({port for port, _ in groups})
    for rule in subject.firewall.rules.network:
        if rule.unknown is None and "TCP" in rule.protocols and not rule.destination.empty:
            found = _judge(rule, groups, ports, subject.knowledge)
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
    for name in {name for rule in group.rules for name in rule.fqdns}:
        answer = knowledge.name(name) if name[:1] != "*" else None
        if answer is not None and answer.exact and answer.space.size == 1:
            placed.append((answer.space.lows[0], name))
        else:
            group.open = True
    group.open = group.open or any(rule.tags or rule.urls or rule.categories for rule in group.rules)
    placed.sort()
    group.lows, group.names = [low for low, _ in placed], [name for _, name in placed]


def _judge(rule: NetworkRule, groups: dict[tuple[int, AddressMatcher], _Group], ports: list[int], knowledge: Knowledge) -> Found | None:
    certain: list[str] = []
    possible = 0
    for (port, source), group in groups.items():
        if port in ports and rule.ports.holds(port) and _may_overlap(rule.source, source):
            if rule.destination.any:
                certain += [f"{one.place.collection}/{one.place.rule}" for one in group.rules[: _SHOWN + 1]]
                continue
            names, unsure = _covered(rule.destination, group, knowledge)
            certain += names
            possible += len(group.rules) if unsure else 0
    word = "allows" if rule.place.allow else "denies"
    if certain:
        shown = ", ".join(certain[:_SHOWN]) + (", ..." if len(certain) > _SHOWN else "")
        return Found(Severity.WARNING, f"the network rule {rule.place} {word} before application rules are asked: {shown} (certain)", rule.place.resource_id)
    if possible:
        text = f"the network rule {rule.place} {word} what lies in {', '.join(rule.destination.texts[:_SHOWN])}"
        return Found(
            Severity.WARNING, f"{text}: names of {possible} application rules may be among it (possible: addresses are not known)", rule.place.resource_id
        )
    return None


def _may_overlap(left: AddressMatcher, right: AddressMatcher) -> bool:
    """False only where two sources surely have nothing in common."""
    if left.any or right.any or not left.ranges or not right.ranges or left.unknown or right.unknown:
        return True
    return left.ranges.relation(right.ranges) is not Relation.APART


def _covered(destination: AddressMatcher, group: _Group, knowledge: Knowledge) -> tuple[list[str], bool]:
    """Names whose address is surely covered, and whether others may be."""
    spaces: list[AddressRanges] = [destination.ranges]
    unsure = False
    for tag in destination.tags:
        prefixes = knowledge.tag(tag)
        unsure = unsure or prefixes is None
        spaces += [prefixes] if prefixes is not None else []
    names = [
        name for space in spaces for low, high in space for name in group.names[bisect_left(group.lows, low) : bisect_right(group.lows, high)][: _SHOWN + 1]
    ]
    public = any(Packet(PUBLIC).space.relation(space) is not Relation.APART for space in spaces if space)
    return names, group.open and (unsure or public or bool(destination.unknown))


RULE = LintRule(
    code="ShadowedApplicationRules",
    what="A network rule over TCP ports of application rules.",
    why="Network rules come before application rules whatever their priorities: names whose addresses it covers are never looked at.",
    remedy="Narrow the network rule (ports, addresses), or leave it to the application rules.",
    source="https://learn.microsoft.com/azure/firewall/rule-processing",
    look=_look,
)
