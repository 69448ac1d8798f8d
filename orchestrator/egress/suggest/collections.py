"""Rule collections for denied flows that the allow list cannot say: addresses, and names at ports of their own."""

from collections.abc import Iterable, Mapping, Sequence
from ipaddress import IPv4Address, IPv4Network

from orchestrator.egress.suggest.numbering import free_name, next_priorities
from orchestrator.egress.suggest.products import cover_exactly
from orchestrator.model.json_value import JsonObject
from orchestrator.model.suggestions import DeniedFlow, SuggestedCollection

NETWORK_GROUP = "DefaultNetworkRuleCollectionGroup"
APPLICATION_GROUP = "DefaultApplicationRuleCollectionGroup"
_ANY_PORT = -1
"""ICMP has no ports, and Azure wants `*` there."""

Sources = frozenset[str]


def suggest_collections(
    network: Sequence[DeniedFlow], application: Sequence[DeniedFlow], present: Mapping[str, tuple[tuple[str, int], ...]], subnets: Sequence[str]
) -> tuple[SuggestedCollection, ...]:
    """At most one collection of each kind, behind those that the group has."""
    prefixes = tuple(IPv4Network(prefix) for prefix in subnets)
    found = []
    for group, name, rules in (
        (NETWORK_GROUP, "suggested-network", _network_rules(network, prefixes)),
        (APPLICATION_GROUP, "suggested-application", _application_rules(application, prefixes)),
    ):
        if rules:
            used = present.get(group, ())
            priority = next_priorities([priority for _, priority in used], 1)[0]
            found.append(SuggestedCollection(group, free_name(name, [name for name, _ in used]), priority, rules))
    return tuple(found)


def _network_rules(flows: Iterable[DeniedFlow], prefixes: Sequence[IPv4Network]) -> tuple[JsonObject, ...]:
    """By source and protocol the fewest products of addresses and ports; protocols that need the same product share a rule."""
    pairs: dict[tuple[Sources, str], set[tuple[str, int]]] = {}
    for flow in flows:
        key = (_widen(flow.sources, prefixes), flow.protocol.upper())
        pairs.setdefault(key, set()).add((flow.host, _ANY_PORT if flow.protocol == "icmp" else flow.port))
    shared: dict[tuple[Sources, frozenset[str], frozenset[int]], set[str]] = {}
    for (sources, protocol), found in pairs.items():
        for addresses, ports in cover_exactly(found):
            shared.setdefault((sources, addresses, ports), set()).add(protocol)
    rules = [_network_rule(sources, protocols, addresses, ports) for (sources, addresses, ports), protocols in shared.items()]
    return _named(sorted(rules, key=lambda rule: (rule["ipProtocols"], rule["destinationPorts"], rule["destinationAddresses"], rule["sourceAddresses"])))


def _network_rule(sources: Sources, protocols: set[str], addresses: frozenset[str], ports: frozenset[int]) -> JsonObject:
    return {
        "ruleType": "NetworkRule",
        "name": "",
        "sourceAddresses": sorted(sources),
        "ipProtocols": sorted(protocols),
        "destinationAddresses": sorted(addresses, key=IPv4Address),
        "destinationPorts": ["*" if port == _ANY_PORT else str(port) for port in sorted(ports)],
    }


def _application_rules(flows: Iterable[DeniedFlow], prefixes: Sequence[IPv4Network]) -> tuple[JsonObject, ...]:
    pairs: dict[Sources, set[tuple[str, tuple[str, int]]]] = {}
    for flow in flows:
        pairs.setdefault(_widen(flow.sources, prefixes), set()).add((flow.host, (flow.protocol, flow.port)))
    rules: list[JsonObject] = []
    for sources, found in pairs.items():
        for names, protocols in cover_exactly(found):
            shown = [{"protocolType": protocol.capitalize(), "port": port} for protocol, port in sorted(protocols)]
            rule = {"ruleType": "ApplicationRule", "name": "", "sourceAddresses": sorted(sources), "protocols": shown, "targetFqdns": sorted(names)}
            rules.append(rule)
    return _named(sorted(rules, key=lambda rule: (str(rule["protocols"]), rule["targetFqdns"], rule["sourceAddresses"])))


def _named(rules: Iterable[JsonObject]) -> tuple[JsonObject, ...]:
    return tuple({**rule, "name": f"suggested-{number}"} for number, rule in enumerate(rules, start=1))


def _widen(sources: Iterable[str], prefixes: Sequence[IPv4Network]) -> Sources:
    """The narrowest subnet that a source is in: a pod's own address does not last. An address of no subnet stays alone."""
    found = set()
    for source in sources:
        around = [prefix for prefix in prefixes if IPv4Address(source) in prefix]
        found.add(str(max(around, key=lambda prefix: prefix.prefixlen)) if around else source)
    return frozenset(found)
