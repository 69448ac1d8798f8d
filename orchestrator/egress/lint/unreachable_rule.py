"""UnreachableRule: a rule that an earlier one of its kind covers whole, or repeats.

Candidates come from indexes (a prefix's wider prefixes, a name's wider patterns), so that a thousand rules are not a million pairs.
"""

from collections.abc import Iterator

from orchestrator.egress.addresses.matcher import AddressMatcher, covers_tag
from orchestrator.egress.addresses.ranges import Relation
from orchestrator.egress.firewall.fqdn_patterns import covers_pattern
from orchestrator.egress.firewall.rules import ApplicationRule, NetworkRule, RulePlace
from orchestrator.egress.lint.lint_rule import Found, LintRule, LintSubject
from orchestrator.model.findings import Severity

_WIDE = 64
_Key = tuple[object, ...]


def _look(subject: LintSubject) -> Iterator[Found]:
    yield from _look_at_network(subject.firewall.rules.network)
    yield from _look_at_application(subject.firewall.rules.application)


def _look_at_network(rules: tuple[NetworkRule, ...]) -> Iterator[Found]:
    seen: dict[_Key, list[NetworkRule]] = {}
    lengths: set[int] = set()  # of the prefixes that were seen
    for rule in rules:
        if rule.unknown is not None or rule.ports.unknown or not rule.ports.ranges or not rule.protocols:
            continue
        protocol, low = min(rule.protocols), rule.ports.ranges[0][0]
        looked_up = (key for port in (low, None) for key in _wider_keys(rule, protocol, port, lengths))
        earlier = next((one for key in looked_up for one in seen.get(key, ()) if _covers_network(one, rule)), None)
        if earlier is not None:
            yield _found(rule.place, earlier.place, same=_same_network(earlier, rule))
            continue
        for key in _own_keys(rule):
            seen.setdefault(key, []).append(rule)
            lengths.update([key[2][1]] if isinstance(key[2], tuple) else [])


def _own_keys(rule: NetworkRule) -> Iterator[_Key]:
    """Under which a rule is found by those that it may cover: each protocol, each port (None for a wide range), each part of the destination."""
    for protocol in rule.protocols:
        for low, high in rule.ports.ranges:
            for port in range(low, high + 1) if high - low <= _WIDE else (None,):
                for part in _parts(rule.destination, rule.fqdns):
                    yield (protocol, port, part)


def _parts(destination: AddressMatcher, fqdns: tuple[str, ...]) -> Iterator[object]:
    if destination.any:
        yield "*"
        return
    yield from destination.ranges.blocks()
    yield from (tag.lower() for tag in destination.tags)
    yield from (f"name {name}" for name in fqdns)


def _wider_keys(rule: NetworkRule, protocol: str, port: int | None, lengths: set[int]) -> Iterator[_Key]:
    """Where a rule that covers this one must be found: by the first part of the destination, or by something wider."""
    yield (protocol, port, "*")
    first = next(iter(_parts(rule.destination, rule.fqdns)), None)
    if isinstance(first, tuple):
        low, prefix_length = first
        yield from ((protocol, port, (low >> (32 - length) << (32 - length), length)) for length in lengths if length <= prefix_length)
    elif isinstance(first, str) and first != "*":
        yield (protocol, port, first)
        yield (protocol, port, first.partition(".")[0])


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
    seen: dict[_Key, list[ApplicationRule]] = {}
    for rule in rules:
        if rule.unknown is not None or rule.urls or rule.categories or not rule.protocols or not (rule.fqdns or rule.tags):
            continue
        protocol = min(rule.protocols)
        earlier = next((one for key in _wider_names(rule) for one in seen.get((protocol, key), ()) if _covers_application(one, rule)), None)
        if earlier is not None:
            yield _found(rule.place, earlier.place, same=_covers_application(rule, earlier) and rule.place.allow == earlier.place.allow)
            continue
        for own in rule.protocols:
            for target in (*rule.fqdns, *(f"tag {tag.lower()}" for tag in rule.tags)):
                seen.setdefault((own, target), []).append(rule)


def _wider_names(rule: ApplicationRule) -> Iterator[str]:
    """The first target, and every pattern that is wider: `*`, `*.c`, `*.b.c`, and those without a dot after the *."""
    if not rule.fqdns:
        yield f"tag {rule.tags[0].lower()}"
        return
    first = rule.fqdns[0]
    yield first
    name = first.removeprefix("*")
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
