"""Azure Firewall's rules as values, from classic collections and from policies alike."""

from dataclasses import dataclass

from orchestrator.egress.addresses.matcher import ANY_ADDRESS, AddressMatcher


@dataclass(frozen=True, slots=True)
class RulePlace:
    """Where a rule stands. `resource_id`: what a person edits (the rule collection group, or the firewall with classic rules)."""

    resource_id: str
    group: str | None
    collection: str
    rule: str
    allow: bool
    inherited: bool = False

    def __str__(self) -> str:
        path = "/".join(part for part in (self.group, self.collection, self.rule) if part)
        return f"{path} ({'allow' if self.allow else 'deny'}{', parent policy' if self.inherited else ''})"


@dataclass(frozen=True, slots=True)
class Ports:
    """Destination ports: ranges, both ends included. `unknown`: a port that is known only to the deployment."""

    ranges: tuple[tuple[int, int], ...]
    unknown: bool = False

    def holds(self, port: int) -> bool:
        """True where a port is surely among them."""
        return any(low <= port <= high for low, high in self.ranges)

    def __str__(self) -> str:
        if self.ranges == ((0, 65535),):
            return "*"
        return ", ".join(str(low) if low == high else f"{low}-{high}" for low, high in self.ranges)


ANY_PORT = Ports(((0, 65535),))


@dataclass(frozen=True, slots=True)
class NetworkRule:
    """A network rule. `protocols`: TCP, UDP, ICMP. `unknown`: why it cannot be read; it may then match anything."""

    place: RulePlace
    protocols: frozenset[str]
    ports: Ports
    source: AddressMatcher
    destination: AddressMatcher
    fqdns: tuple[str, ...] = ()
    unknown: str | None = None


@dataclass(frozen=True, slots=True)
class ApplicationRule:
    """An application rule. `protocols`: (http | https | mssql, port); `urls` and `categories` are not modelled; `unknown`: why it cannot be read."""

    place: RulePlace
    protocols: frozenset[tuple[str, int]]
    source: AddressMatcher
    fqdns: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    destination: AddressMatcher | None = None
    unknown: str | None = None


def opaque_network_rule(place: RulePlace, reason: str) -> NetworkRule:
    """A rule that cannot be read: it may match anything."""
    return NetworkRule(place, frozenset(), ANY_PORT, ANY_ADDRESS, ANY_ADDRESS, (), reason)


def opaque_application_rule(place: RulePlace, reason: str) -> ApplicationRule:
    """A rule that cannot be read: it may match anything."""
    return ApplicationRule(place, frozenset(), ANY_ADDRESS, unknown=reason)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All rules of a firewall, each kind in the order in which it is looked at."""

    network: tuple[NetworkRule, ...] = ()
    application: tuple[ApplicationRule, ...] = ()
