"""What the environment's plan allows already, and which names and priorities are taken: what a suggestion has to fit in."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from orchestrator.egress.addresses.knowledge import Knowledge
from orchestrator.egress.addresses.matcher import Packet
from orchestrator.egress.addresses.ranges import PUBLIC, Relation, ranges_of
from orchestrator.egress.firewall.application_rules import match_application_rule
from orchestrator.egress.firewall.evaluate import FirewallAnswer, evaluate_firewall
from orchestrator.egress.firewall.firewall import Firewall
from orchestrator.egress.firewall.flow import FirewallFlow
from orchestrator.egress.firewall.network_rules import match_network_rule
from orchestrator.egress.network.build import build_network
from orchestrator.egress.suggest.records import LogRecord, Table, is_address
from orchestrator.model.flows import Endpoint
from orchestrator.model.json_value import JsonObject
from orchestrator.model.resources import Snapshot

GROUP = "Microsoft.Network/firewallPolicies/ruleCollectionGroups"

Judge = Callable[[LogRecord], str | None]
"""The rule of the plan that allows what a record denied; None where none surely does."""

Forbid = Callable[[str, str, int], str | None]
"""(protocol, name or address, port) -> why the environment wants it blocked; None where it does not."""


@dataclass(frozen=True, slots=True)
class AllowList:
    """The parameter: its entries, the file that it belongs into, and whether that file names it already (else the topology's default holds)."""

    entries: tuple[JsonObject, ...]
    file: str
    declared: bool = True


@dataclass(frozen=True, slots=True)
class PresentRules:
    """The plan's side. `collections`: group -> its (name, priority).

    subnets: prefixes that a source is widened to, since a pod's address does not last.
    """

    judge: Judge
    forbid: Forbid
    allow_list: AllowList
    collections: dict[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    subnets: tuple[str, ...] = ()


def read_present_rules(snapshot: Snapshot, allow_list: AllowList, *, knowledge: Knowledge, blocked: Iterable[Endpoint] = ()) -> PresentRules:
    """From a plan; without any firewall in it nothing is allowed already."""
    network = build_network(snapshot)
    collections = {group.name: tuple(_collections(group.properties.get("ruleCollections"))) for group in snapshot.of_type(GROUP)}
    subnets = tuple(str(prefix) for subnet in network.subnets.values() for prefix in subnet.ranges.networks())
    firewalls = tuple(network.firewalls.values())
    return PresentRules(lambda record: _find_allowing(firewalls, record, knowledge), forbid(blocked, knowledge), allow_list, collections, subnets)


def forbid(blocked: Iterable[Endpoint], knowledge: Knowledge) -> Forbid:
    """What must be blocked, by name or address. A log of packets has addresses only: one that may be a forbidden name's is forbidden, too."""
    endpoints = tuple(blocked)

    def find(protocol: str, host: str, port: int) -> str | None:
        for endpoint in endpoints:
            if (endpoint.protocol, endpoint.port) == (protocol, port):
                if endpoint.host.lower() == host:
                    return "it must be blocked, says the environment (mustBeBlocked)"
                if is_address(host) and not is_address(endpoint.host) and _may_be(endpoint.host, host, knowledge):
                    return f"it may be {endpoint}, which must be blocked, says the environment (mustBeBlocked)"
        return None

    return find


def _may_be(name: str, address: str, knowledge: Knowledge) -> bool:
    answer = knowledge.name(name)
    return answer is None or ranges_of(address).relation(answer.space) is not Relation.APART


def _collections(bodies: Sequence[JsonObject] | None) -> list[tuple[str, int]]:
    return [(str(body.get("name", "")), int(body.get("priority") or 0)) for body in bodies or ()]


def _find_allowing(firewalls: Sequence[Firewall], record: LogRecord, knowledge: Knowledge) -> str | None:
    """Each firewall must allow it, whatever is not known: the log does not say which one denied."""
    places = []
    for firewall in firewalls:
        flow = _flow_of(record, firewall.location)
        answers = evaluate_firewall(firewall, flow, knowledge) if firewall.unknown is None else ()
        if not answers or not all(answer.allowed and _is_certain(firewall, flow, answer, knowledge) for answer in answers):
            return None
        places.append(str(answers[0].place))
    return ", ".join(places) or None


def _is_certain(firewall: Firewall, flow: FirewallFlow, answer: FirewallAnswer, knowledge: Knowledge) -> bool:
    """The rule itself names the flow. A denial in the log outweighs what documents say of a tag."""
    by_network = (match_network_rule(rule, flow, firewall, knowledge) for rule in firewall.rules.network if rule.place == answer.place)
    by_application = (match_application_rule(rule, flow, knowledge) for rule in firewall.rules.application if rule.place == answer.place)
    return any(truth.value and not truth.assumptions for truth in (*by_network, *by_application))


def _flow_of(record: LogRecord, location: str) -> FirewallFlow:
    source = Packet(ranges_of(record.source))
    if is_address(record.target):
        protocol = record.protocol if record.table is Table.NETWORK else "tcp"
        return FirewallFlow(protocol, record.port, source, Packet(ranges_of(record.target)), None, exact=True, location=location)
    return FirewallFlow(record.protocol, record.port, source, Packet(PUBLIC), record.target, location=location)
