"""UnreachableRule: a rule that an earlier one of its kind covers whole, or repeats.

Candidates come from an index (cover_index), so that a thousand rules are not a million pairs.
"""

from collections.abc import Iterator

from orchestrator.egress.addresses.matcher import AddressMatcher, covers_tag
from orchestrator.egress.addresses.ranges import Relation
from orchestrator.egress.firewall.fqdn_patterns import covers_pattern
from orchestrator.egress.firewall.rules import ApplicationRule, NetworkRule, RulePlace
from orchestrator.egress.lint.cover_index import ANYTHING, CoverIndex, Key, Part, address_parts
from orchestrator.egress.lint.lint_rule import Found, LintRule, LintSubject
from orchestrator.model.findings import Severity

_WIDE = 64
"""Ranges of more ports than this are filed as one."""
_ASKED = 8
"""So many of a rule's targets are looked up; each of them has to be covered."""


def _look(subject: LintSubject) -> Iterator[Found]:
    yield from _look_at_network(subject.firewall.rules.network)
    yield from _look_at_application(subject.firewall.rules.application)


def _look_at_network(rules: tuple[NetworkRule, ...]) -> Iterator[Found]:
    index = CoverIndex()
    for number, rule in enumerate(rules):
        if rule.unknown is not None or rule.ports.unknown or not rule.ports.ranges or not rule.protocols:
            continue
        found = index.candidates(_wider_targets(index, rule), next(address_parts(rule.source), None))
        earlier = next((rules[one] for one in found if _covers_network(rules[one], rule)), None)
        if earlier is not None:
            yield _found(rule.place, earlier.place, same=_same_network(earlier, rule))
        else:
            index.file(number, _network_targets(rule), address_parts(rule.source))


def _network_targets(rule: NetworkRule) -> Iterator[Key]:
    """Each protocol with each port (None for a wide range) and each part of the destination."""
    for protocol in rule.protocols:
        for low, high in rule.ports.ranges:
            for port in range(low, high + 1) if high - low <= _WIDE else (None,):
                yield from ((protocol, port, part) for part in _destination_parts(rule))


def _destination_parts(rule: NetworkRule) -> Iterator[Part]:
    yield from address_parts(rule.destination)
    if not rule.destination.any:
        yield from (f"name {name}" for name in rule.fqdns)


def _wider_targets(index: CoverIndex, rule: NetworkRule) -> Iterator[Iterator[Key]]:
    """For each of the first parts of the destination where a rule that covers it must be filed: under it or something wider."""
    protocol, low = min(rule.protocols), rule.ports.ranges[0][0]
    for part in [*_destination_parts(rule)][:_ASKED] or [ANYTHING]:
        yield ((protocol, port, wider) for wider in index.wider(part) for port in (low, None))


def _covers_network(wide: NetworkRule, narrow: NetworkRule) -> bool:
    return (
        narrow.protocols <= wide.protocols
        and all(any(low <= start and end <= high for low, high in wide.ports.ranges) for start, end in narrow.ports.ranges)
        and _covers_addresses(wide.source, narrow.source)
        and (wide.destination.any or (set(narrow.fqdns) <= set(wide.fqdns) and _covers_addresses(wide.destination, narrow.destination)))
    )


def _covers_addresses(wide: AddressMatcher, narrow: AddressMatcher) -> bool:
    """True where the wide one surely holds all of the narrow one."""
    if wide.any:
        return True
    if narrow.any or narrow.unknown or not set(narrow.own) <= set(wide.own):
        return False
    inside = not narrow.ranges or narrow.ranges.relation(wide.ranges) is Relation.INSIDE
    return inside and all(any(covers_tag(tag, other) for tag in wide.tags) for other in narrow.tags)


def _same_network(left: NetworkRule, right: NetworkRule) -> bool:
    return _covers_network(right, left) and left.place.allow == right.place.allow


def _look_at_application(rules: tuple[ApplicationRule, ...]) -> Iterator[Found]:
    index = CoverIndex()
    for number, rule in enumerate(rules):
        if rule.unknown is not None or rule.urls or rule.categories or not rule.protocols or not (rule.fqdns or rule.tags):
            continue
        protocol = min(rule.protocols)
        asked = (((*protocol, wider) for wider in _wider_names(target)) for target in _targets(rule)[:_ASKED])
        found = index.candidates(asked, next(address_parts(rule.source), None))
        earlier = next((rules[one] for one in found if _covers_application(rules[one], rule)), None)
        if earlier is not None:
            yield _found(rule.place, earlier.place, same=_covers_application(rule, earlier) and rule.place.allow == earlier.place.allow)
        else:
            index.file(number, ((*own, target) for own in rule.protocols for target in _targets(rule)), address_parts(rule.source))


def _targets(rule: ApplicationRule) -> list[str]:
    return [*rule.fqdns, *(f"tag {tag.lower()}" for tag in rule.tags)]


def _wider_names(target: str) -> Iterator[str]:
    """A target, and every pattern that is wider: `*`, `*.c`, `*.b.c`, and those without a dot after the *."""
    yield target
    if not target.startswith("tag "):
        name = target.removeprefix("*")
        yield from (f"*{name[start:]}" for start in range(len(name) + 1))


def _covers_application(wide: ApplicationRule, narrow: ApplicationRule) -> bool:
    if wide.destination is not None and wide.destination != narrow.destination:
        return False
    return (
        narrow.protocols <= wide.protocols
        and _covers_addresses(wide.source, narrow.source)
        and {tag.lower() for tag in narrow.tags} <= {tag.lower() for tag in wide.tags}
        and all(_covers_name(wide, pattern) for pattern in narrow.fqdns)
    )


def _covers_name(wide: ApplicationRule, pattern: str) -> bool:
    return pattern in wide.fqdns or any(one[:1] == "*" and covers_pattern(one, pattern) for one in wide.fqdns)


def _found(rule: RulePlace, earlier: RulePlace, *, same: bool) -> Found:
    if same:
        return Found(Severity.WARNING, f"the rule {rule} repeats {earlier}", rule.resource_id)
    word = "is never reached" if rule.allow == earlier.allow else "never takes effect"
    return Found(Severity.WARNING, f"the rule {rule} {word}: {earlier} comes first and covers all of it", rule.resource_id)


RULE = LintRule(
    code="UnreachableRule",
    what="A rule that an earlier rule of the same kind covers whole, or repeats.",
    why="The first match ends the search, so the later rule does nothing; where one allows and the other denies, one of them is a mistake.",
    remedy="Leave one of the two out, or change the order (priority of the group, then of the collection).",
    source="https://learn.microsoft.com/azure/firewall/rule-processing",
    look=_look,
)
