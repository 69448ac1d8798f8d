"""The rule that almost matched a denied flow, and the smallest change that would allow it."""

from collections.abc import Iterator
from dataclasses import dataclass

from orchestrator.egress.addresses.ranges import Relation
from orchestrator.egress.dispositions import Kind
from orchestrator.egress.firewall.evaluate import L4_PROTOCOL, WEB
from orchestrator.egress.firewall.firewall import Firewall
from orchestrator.egress.firewall.fqdn_patterns import matches_fqdn
from orchestrator.egress.firewall.rules import ApplicationRule, NetworkRule, RulePlace
from orchestrator.egress.network.model import Network
from orchestrator.egress.trace.flow import Start
from orchestrator.egress.trace.hops import Step
from orchestrator.egress.trace.trace import Trace

_DENIED = frozenset({Kind.DENIED_FW_NETWORK, Kind.DENIED_FW_APPLICATION, Kind.DENIED_FW_DEFAULT})


@dataclass(frozen=True, slots=True)
class Nearest:
    """`place`: the rule, None where no rule comes near; `misses`: what of it does not fit; `change`: what to do."""

    place: RulePlace | None
    misses: tuple[str, ...]
    change: str


def find_nearest(network: Network, trace: Trace) -> Nearest | None:
    """For a flow that a firewall denies: the allow rule that misses least; None where no firewall denies it."""
    ending = next((one for one in trace.endings if one.kind in _DENIED), None)
    hop = next((one for one in reversed(ending.hops) if one.step is Step.FIREWALL), None) if ending is not None else None
    if ending is None or hop is None:
        return None
    firewall = _firewall_of(network, hop.resource_id)
    if hop.place is not None:
        return Nearest(hop.place, (), f"The rule {hop.place} denies it: take the destination out of it, or put an allow rule before it.")
    start = trace.flow.source.starts[0]
    by_tag = {rule.place for rule in firewall.rules.application if rule.tags} if firewall is not None else set()
    best: tuple[int, RulePlace, tuple[str, ...]] | None = None
    for place, misses in _candidates(firewall, trace, start) if firewall is not None else ():
        weight = sum(_WEIGHTS[miss.split()[0]] for miss in misses)
        weight += _MICROSOFTS_OWN if place in by_tag else 0
        if best is None or weight < best[0]:
            best = (weight, place, misses)
    if best is None or best[0] >= _FAR:
        return Nearest(None, (), _new_rule(trace))
    return Nearest(best[1], best[2], _change(trace, best[1], best[2]))


_WEIGHTS = {"source": 2, "port": 3, "protocol": 4, "name": 5, "destination": 5}
_FAR = 9

_MICROSOFTS_OWN = 1
"""A rule by FQDN tag takes no names beside the tag, so any other rule is nearer that misses no more."""


def _firewall_of(network: Network, resource_id: str) -> Firewall | None:
    return network.firewalls.get(resource_id.lower())


def _candidates(firewall: Firewall, trace: Trace, start: Start) -> Iterator[tuple[RulePlace, tuple[str, ...]]]:
    endpoint = trace.flow.endpoint
    if endpoint.protocol in WEB:
        for rule in firewall.rules.application:
            if rule.place.allow and rule.unknown is None:
                yield rule.place, tuple(_application_misses(rule, trace, start))
        return
    for network_rule in firewall.rules.network:
        if network_rule.place.allow and network_rule.unknown is None:
            yield network_rule.place, tuple(_network_misses(network_rule, trace, start))


def _application_misses(rule: ApplicationRule, trace: Trace, start: Start) -> Iterator[str]:
    endpoint = trace.flow.endpoint
    if not any(matches_fqdn(pattern, endpoint.host.lower()) for pattern in rule.fqdns):
        yield f"name {endpoint.host}"
    if (endpoint.protocol, endpoint.port) not in rule.protocols:
        same = any(protocol == endpoint.protocol for protocol, _ in rule.protocols)
        yield f"port {endpoint.port}" if same else f"protocol {endpoint.protocol}:{endpoint.port}"
    if not rule.source.any and start.packet.space.relation(rule.source.ranges) is not Relation.INSIDE:
        yield f"source {start.subnet.ranges}"


def _network_misses(rule: NetworkRule, trace: Trace, start: Start) -> Iterator[str]:
    endpoint = trace.flow.endpoint
    if not rule.destination.any and endpoint.host.lower() not in rule.fqdns and endpoint.host not in rule.destination.texts:
        yield f"destination {endpoint.host}"
    if L4_PROTOCOL[endpoint.protocol] not in rule.protocols:
        yield f"protocol {L4_PROTOCOL[endpoint.protocol]}"
    if not rule.ports.holds(endpoint.port):
        yield f"port {endpoint.port}"
    if not rule.source.any and start.packet.space.relation(rule.source.ranges) is not Relation.INSIDE:
        yield f"source {start.subnet.ranges}"


def _change(trace: Trace, place: RulePlace, misses: tuple[str, ...]) -> str:
    if not misses:
        return f"The rule {place} should match: {trace.disposition}"
    return f"Add to the rule {place}: {', '.join(misses)}."


def _new_rule(trace: Trace) -> str:
    endpoint, ranges = trace.flow.endpoint, trace.flow.source.starts[0].subnet.ranges
    if endpoint.protocol in WEB:
        return f"Add an application rule that allows {endpoint.protocol}:{endpoint.port} from {ranges} to the name {endpoint.host}."
    return f"Add a network rule that allows {L4_PROTOCOL[endpoint.protocol]} {endpoint.port} from {ranges} to {endpoint.host}."
