"""The destinations that a comparison looks at: required endpoints, what an environment expects, every name, range and tag of a rule, and what none names."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from orchestrator.catalog.fqdn_tags import expand_fqdn_tag
from orchestrator.egress.addresses.matcher import AddressMatcher
from orchestrator.egress.firewall.rules import ApplicationRule, Ports
from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.preflight.required_rows import required_rows
from orchestrator.model.flows import Endpoint

_WEB = frozenset({"http", "https"})
_SAMPLE = "sample"
_ANYWHERE = "1.0.0.1"
"""What stands for a destination `*`: a public address that no resource has."""
_UNNAMED = (Endpoint("https", "example.com", 443), Endpoint("http", "example.com", 80))
"""What stands for all that nobody names."""
_USUAL_PORT = 443
"""What stands for a range of ports that holds it; else the first port does."""
_NO_SERVICE = frozenset({"virtualnetwork", "azureloadbalancer", "internet"})
"""Service tags of security groups that are no service's addresses."""


@dataclass(frozen=True, slots=True)
class Interest:
    """A destination. `to_tag`: the endpoint's host is a service tag, and the flow goes to every address of it."""

    endpoint: Endpoint
    to_tag: bool = False

    def __str__(self) -> str:
        return str(self.endpoint)


def find_interests(networks: Iterable[Network], cluster_id: str, expected: Iterable[Endpoint] = ()) -> tuple[Interest, ...]:
    """All destinations, each once, in order. A wildcard stands for one name below it, a range for its first address, example.com for what nobody names."""
    clusters = [(network, cluster) for network in networks if (cluster := network.cluster(cluster_id)) is not None]
    found: dict[Interest, None] = {}
    for network, cluster in clusters:
        found.update(dict.fromkeys(map(Interest, _required(network, cluster))))
    found.update(dict.fromkeys(map(Interest, expected)))
    for network, cluster in clusters:
        found.update(dict.fromkeys(_named(network, cluster.location)))
        found.update(dict.fromkeys(_guarded(network)))
    found.update(dict.fromkeys(map(Interest, _UNNAMED)))
    return tuple(found)


def _required(network: Network, cluster: Cluster) -> Iterator[Endpoint]:
    for row, _ in required_rows(network, cluster):
        if row.kind in ("fqdn", "wildcard"):
            yield Endpoint(row.protocol, row.probed_host, row.port)


def _named(network: Network, location: str) -> Iterator[Interest]:
    """By rules of firewalls."""
    for firewall in network.firewalls.values():
        for rule in firewall.rules.application:
            yield from map(Interest, _by_application_rule(rule, location))
        for network_rule in firewall.rules.network:
            for protocol in sorted(network_rule.protocols & {"TCP", "UDP"}):
                names = [Interest(Endpoint(protocol.lower(), name, port)) for name in network_rule.fqdns for port in _sample_ports(network_rule.ports)]
                yield from (*names, *_by_addresses(network_rule.destination, protocol, network_rule.ports))


def _by_application_rule(rule: ApplicationRule, location: str) -> Iterator[Endpoint]:
    for protocol, port in sorted(rule.protocols):
        if protocol in _WEB:
            yield from (Endpoint(protocol, _sample(pattern), port) for pattern in rule.fqdns)
    for tag in rule.tags:
        yield from (Endpoint(protocol, _sample(pattern), port) for pattern, protocol, port in _expand(tag, location) if (protocol, port) in rule.protocols)


def _expand(tag: str, location: str) -> Iterable[tuple[str, str, int]]:
    """The documented names of a tag; none of one whose contents are not published."""
    try:
        return expand_fqdn_tag(tag, location)
    except ValueError:
        return ()


def _guarded(network: Network) -> Iterator[Interest]:
    """By outbound rules of security groups."""
    for group in network.security_groups.values():
        for rule in group.outbound:
            for protocol in sorted(rule.protocols & {"TCP", "UDP"}):
                yield from _by_addresses(rule.destination, protocol, rule.ports)


def _by_addresses(destination: AddressMatcher, protocol: str, ports: Ports) -> Iterator[Interest]:
    hosts = [_ANYWHERE] if destination.any else [str(one[0] if one.prefixlen > 30 else one[1]) for one in destination.ranges.networks()]
    tags = [tag for tag in destination.tags if tag.lower() not in _NO_SERVICE]
    for port in _sample_ports(ports):
        yield from (Interest(Endpoint(protocol.lower(), host, port)) for host in hosts)
        yield from (Interest(Endpoint(protocol.lower(), tag, port), to_tag=True) for tag in tags)


def _sample(pattern: str) -> str:
    if pattern[:1] != "*":
        return pattern
    return f"{_SAMPLE}{pattern[1:]}" if len(pattern) > 1 else f"{_SAMPLE}.example.com"


def _sample_ports(ports: Ports) -> Iterator[int]:
    return (_USUAL_PORT if low <= _USUAL_PORT <= high else max(low, 1) for low, high in ports.ranges)
