"""Which rules can concern a flow at all: an index by protocol, port and name, so that a thousand rules cost little more than ten."""

from collections.abc import Iterator
from dataclasses import dataclass

from orchestrator.egress.firewall.fqdn_patterns import is_valid_pattern
from orchestrator.egress.firewall.rules import ApplicationRule, NetworkRule, RuleSet

_WIDE = 64
"""Ranges of more ports than this are kept in a list instead of a row for each port."""

_PortKey = tuple[str, int]


@dataclass(frozen=True, slots=True)
class RuleIndex:
    """Numbers of rules. Built by `index_rules`; `network_rules` and `application_rules` give candidates in the order of the rules."""

    rules: RuleSet
    by_port: dict[_PortKey, list[int]]
    wide: dict[str, list[tuple[int, int, int]]]
    opaque: list[int]
    by_name: dict[tuple[str, int, str], list[int]]
    by_suffix: dict[tuple[str, int, str], list[int]]
    others: dict[_PortKey, list[int]]
    opaque_application: list[int]
    listened: frozenset[int]

    def network_rules(self, protocol: str, port: int) -> Iterator[NetworkRule]:
        """Network rules whose protocol and port fit, and those that cannot be read."""
        numbers = [*self.by_port.get((protocol, port), ()), *self.opaque]
        numbers += [number for low, high, number in self.wide.get(protocol, ()) if low <= port <= high]
        return (self.rules.network[number] for number in sorted(set(numbers)))

    def application_rules(self, protocol: str, port: int, host: str) -> Iterator[ApplicationRule]:
        """Application rules whose protocol and port fit and whose names may fit, those with tags, and those that cannot be read."""
        numbers = [*self.by_name.get((protocol, port, host), ()), *self.others.get((protocol, port), ()), *self.opaque_application]
        start = 0
        while start >= 0:
            numbers += self.by_suffix.get((protocol, port, host[start:]), ())
            start = host.find(".", start + 1)
        return (self.rules.application[number] for number in sorted(set(numbers)))


def index_rules(rules: RuleSet) -> RuleIndex:
    """Build the index once for each firewall."""
    index = RuleIndex(rules, {}, {}, [], {}, {}, {}, [], _listened(rules))
    for number, rule in enumerate(rules.network):
        _index_network_rule(index, number, rule)
    for number, application_rule in enumerate(rules.application):
        _index_application_rule(index, number, application_rule)
    return index


def _listened(rules: RuleSet) -> frozenset[int]:
    """The TCP ports on which the firewall itself accepts a connection, to read the name in it."""
    return frozenset({80, 443}.union(port for rule in rules.application for _, port in rule.protocols))


def _index_network_rule(index: RuleIndex, number: int, rule: NetworkRule) -> None:
    if rule.unknown is not None or rule.ports.unknown:
        index.opaque.append(number)
        return
    for protocol in rule.protocols:
        for low, high in rule.ports.ranges:
            if high - low > _WIDE:
                index.wide.setdefault(protocol, []).append((low, high, number))
            else:
                for port in range(low, high + 1):
                    index.by_port.setdefault((protocol, port), []).append(number)


def _index_application_rule(index: RuleIndex, number: int, rule: ApplicationRule) -> None:
    if rule.unknown is not None:
        index.opaque_application.append(number)
        return
    for protocol, port in rule.protocols:
        if rule.tags or rule.urls or rule.categories:
            index.others.setdefault((protocol, port), []).append(number)
        for pattern in rule.fqdns:
            if pattern[:1] != "*":
                index.by_name.setdefault((protocol, port, pattern), []).append(number)
            elif is_valid_pattern(pattern) and pattern[1:2] == ".":
                index.by_suffix.setdefault((protocol, port, pattern[1:]), []).append(number)
            elif is_valid_pattern(pattern):
                index.others.setdefault((protocol, port), []).append(number)
