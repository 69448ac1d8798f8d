"""The decisions of an Azure Firewall, without any packet: a flow or a request in, a Decision with the rule that made it out.

The order is Azure's (learn.microsoft.com/azure/firewall/rule-processing): network rules before application rules whatever their priority; inside a kind the
parent policy's groups first, then by the priority of the rule collection group, then by that of the collection; the first rule that matches ends it. A flow to
a port of the web that no network rule touches goes to the transparent proxy, which completes the TCP handshake and then judges the Host header or the SNI.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from orchestrator.lab.dataplane.addresses import AddressSet

WEB_PORTS = frozenset({80, 443})
NO_RULE = "No rule matched. Proceeding with default action."
NO_SNI = "SNI TLS extension was missing."
Learned = Callable[[str, str], bool]
"""(name, address): whether the DNS proxy gave this address for this name."""


class Action(Enum):
    """What becomes of a flow or a request."""

    ALLOW = "Allow"
    DENY = "Deny"
    PROXY = "Proxy"


@dataclass(frozen=True, slots=True)
class Flow:
    """The first packet of a flow; `protocol` TCP, UDP, ICMP or another name."""

    protocol: str
    source: str
    destination: str
    port: int
    source_port: int = 0


@dataclass(frozen=True, slots=True)
class Request:
    """What the proxy sees. `protocol`: http or https; `host`: the Host header's name or the SNI, None where there is none."""

    protocol: str
    source: str
    host: str | None
    port: int


@dataclass(frozen=True, slots=True)
class NetworkRule:
    """Addresses, ports and protocols; `names` are FQDNs whose addresses the DNS proxy learns."""

    name: str
    protocols: frozenset[str]
    sources: AddressSet
    destinations: AddressSet
    names: tuple[str, ...]
    ports: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class NamePattern:
    """A name, or `*` at the far left; `only`: the (protocol, port) that an FQDN tag has this name for."""

    pattern: str
    only: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class ApplicationRule:
    """Names and (protocol, port) pairs."""

    name: str
    sources: AddressSet
    protocols: frozenset[tuple[str, int]]
    names: tuple[NamePattern, ...]


@dataclass(frozen=True, slots=True)
class Collection:
    """A rule collection; `order` sorts it: (depth of the policy, group's priority, collection's priority). `policy`: its name, empty for classic rules."""

    name: str
    group: str
    order: tuple[int, int, int]
    allows: bool
    network: tuple[NetworkRule, ...] = ()
    application: tuple[ApplicationRule, ...] = ()
    policy: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """An action, and what made it: in words, and the collection and rule; None where no rule did."""

    action: Action
    reason: str
    collection: Collection | None = field(default=None, compare=False)
    rule: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All collections of a firewall in the order in which they are looked at."""

    collections: tuple[Collection, ...] = ()

    @property
    def proxied_ports(self) -> frozenset[int]:
        """TCP ports that end at the transparent proxy unless a network rule decides."""
        named = {port for collection in self.collections for rule in collection.application for _, port in rule.protocols}
        return WEB_PORTS | named

    @property
    def learned_names(self) -> frozenset[str]:
        """Names of network rules: what the DNS proxy has to remember."""
        return frozenset(name for collection in self.collections for rule in collection.network for name in rule.names)


def decide_flow(rules: RuleSet, flow: Flow, learned: Learned) -> Decision:
    """What becomes of a new flow."""
    for collection in rules.collections:
        for rule in collection.network:
            if _matches_flow(rule, flow, learned):
                return _decided(collection, rule.name)
    if flow.protocol == "TCP" and flow.port in rules.proxied_ports:
        return Decision(Action.PROXY, "no network rule matched: application rules decide")
    return Decision(Action.DENY, NO_RULE)


def decide_request(rules: RuleSet, request: Request) -> Decision:
    """What becomes of an HTTP request or a TLS connection at the proxy."""
    if request.host is None:
        return Decision(Action.DENY, NO_SNI if request.protocol == "https" else NO_RULE)
    host = request.host.rstrip(".").lower()
    for collection in rules.collections:
        for rule in collection.application:
            if _matches_request(rule, request, host):
                return _decided(collection, rule.name)
    return Decision(Action.DENY, NO_RULE)


def matches_name(pattern: str, host: str) -> bool:
    """`*.a.b` covers what is below a.b and not a.b; `*a.b` also xa.b; `*` everything (firewall-faq)."""
    folded = pattern.lower()
    return host.endswith(folded[1:]) if folded.startswith("*") else host == folded


def _decided(collection: Collection, rule: str) -> Decision:
    where = f"Rule Collection Group: {collection.group}. Rule Collection: {collection.name}. Rule: {rule}."
    return Decision(Action.ALLOW if collection.allows else Action.DENY, where, collection, rule)


def _matches_flow(rule: NetworkRule, flow: Flow, learned: Learned) -> bool:
    if "ANY" not in rule.protocols and flow.protocol not in rule.protocols:
        return False
    if flow.protocol in ("TCP", "UDP") and not any(first <= flow.port <= last for first, last in rule.ports):
        return False
    if flow.source not in rule.sources:
        return False
    return flow.destination in rule.destinations or any(learned(name, flow.destination) for name in rule.names)


def _matches_request(rule: ApplicationRule, request: Request, host: str) -> bool:
    if (request.protocol, request.port) not in rule.protocols or request.source not in rule.sources:
        return False
    asked = (request.protocol, request.port)
    return any((entry.only is None or entry.only == asked) and matches_name(entry.pattern, host) for entry in rule.names)
