"""The flows that a comparison looks at: required endpoints, what an environment expects, and every name and range that a rule names."""

from collections.abc import Iterable, Iterator

from orchestrator.catalog.endpoints import cloud_of, required_endpoints
from orchestrator.egress.addresses.matcher import AddressMatcher
from orchestrator.egress.firewall.rules import Ports
from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.preflight.features import find_features
from orchestrator.model.flows import Endpoint

_WEB = frozenset({"http", "https"})
_SAMPLE = "sample"


def find_endpoints(networks: Iterable[Network], cluster_id: str, expected: Iterable[Endpoint] = ()) -> tuple[Endpoint, ...]:
    """All endpoints, each once, in order: required, expected, named by a rule. A wildcard stands for one name below it, a range for its first address."""
    found: dict[Endpoint, None] = {}
    models = tuple(networks)
    for network in models:
        cluster = network.cluster(cluster_id)
        if cluster is not None:
            found.update(dict.fromkeys(_required(network, cluster)))
    found.update(dict.fromkeys(expected))
    for network in models:
        found.update(dict.fromkeys(_named(network)))
    return tuple(found)


def _required(network: Network, cluster: Cluster) -> Iterator[Endpoint]:
    features = find_features(network, cluster)
    for row in required_endpoints(cloud_of(cluster.location)):
        here = row.at(cluster.location)
        if row.feature in features and here.kind in ("fqdn", "wildcard"):
            yield Endpoint(here.protocol, here.probed_host, here.port)


def _named(network: Network) -> Iterator[Endpoint]:
    for firewall in network.firewalls.values():
        for rule in firewall.rules.application:
            for protocol, port in sorted(rule.protocols):
                if protocol in _WEB:
                    yield from (Endpoint(protocol, _sample(pattern), port) for pattern in rule.fqdns)
        for network_rule in firewall.rules.network:
            for protocol in sorted(network_rule.protocols & {"TCP", "UDP"}):
                hosts = [*network_rule.fqdns, *_first_addresses(network_rule.destination)]
                yield from (Endpoint(protocol.lower(), host, port) for host in hosts for port in _first_ports(network_rule.ports))


def _sample(pattern: str) -> str:
    if pattern[:1] != "*":
        return pattern
    return f"{_SAMPLE}{pattern[1:]}" if len(pattern) > 1 else f"{_SAMPLE}.example.com"


def _first_addresses(destination: AddressMatcher) -> Iterator[str]:
    for network in destination.ranges.networks():
        yield str(network.network_address if network.prefixlen > 30 else network.network_address + 1)


def _first_ports(ports: Ports) -> Iterator[int]:
    return (max(low, 1) for low, _ in ports.ranges)
