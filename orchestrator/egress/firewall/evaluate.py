"""What a firewall does with a flow: allow or deny, by which rule, and how a denial looks.

Theory of operation (learn.microsoft.com/azure/firewall/rule-processing): network rules come before application rules whatever their priorities; within a
kind the parent policy's come first, then the priority of the group, then that of the collection, and the first match ends the search. Only HTTP and HTTPS
come as far as the application rules here. Then the infrastructure rules, then denial. DNAT concerns what comes in, so it is not looked at.
Where a match is not known both ways are followed (`choose_first`), so the answers are all that are possible.

How a denial looks (learn.microsoft.com/azure/firewall/firewall-faq, and the texts that users saw): plain HTTP gets status 470, TLS is cut in the handshake,
the rest is dropped without a word; a bare TCP connection to a port that the firewall reads names on is accepted by the firewall itself, which proves nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from orchestrator.catalog.platform_names import may_be_platform_name
from orchestrator.egress.addresses.knowledge import Knowledge
from orchestrator.egress.firewall.application_rules import match_application_rule
from orchestrator.egress.firewall.firewall import Firewall
from orchestrator.egress.firewall.flow import FirewallFlow
from orchestrator.egress.firewall.network_rules import match_network_rule
from orchestrator.egress.firewall.rules import ApplicationRule, NetworkRule, RulePlace
from orchestrator.egress.logic.truth import Assumption, Choice, choose_first
from orchestrator.model.flows import Outcome

L4_PROTOCOL = {"http": "TCP", "https": "TCP", "tcp": "TCP", "udp": "UDP", "icmp": "ICMP"}
WEB = frozenset({"http", "https"})

_DENY_MODE = "the destination is not among those that threat intelligence or intrusion prevention denies"


class Stage(StrEnum):
    """What decided."""

    NETWORK = "network rule"
    APPLICATION = "application rule"
    INFRASTRUCTURE = "infrastructure rules"
    DEFAULT = "no rule matched"


@dataclass(frozen=True, slots=True)
class FirewallAnswer:
    """One possible answer. `outcome`: how a denial looks to the client, None where it is allowed."""

    allowed: bool
    stage: Stage
    place: RulePlace | None
    outcome: Outcome | None
    assumptions: frozenset[Assumption]
    reasons: tuple[str, ...]


def evaluate_firewall(firewall: Firewall, flow: FirewallFlow, knowledge: Knowledge) -> tuple[FirewallAnswer, ...]:
    """All answers that are possible, in the order in which they would be decided; one where everything is known."""
    return tuple(_answers(firewall, flow, knowledge))


def _answers(firewall: Firewall, flow: FirewallFlow, knowledge: Knowledge) -> Iterator[FirewallAnswer]:
    rules = firewall.index.network_rules(L4_PROTOCOL[flow.protocol], flow.port)
    choices = choose_first(rules, lambda rule: match_network_rule(rule, flow, firewall, knowledge))
    for choice in choices:
        if choice.item is not None:
            yield _by_rule(firewall, flow, Stage.NETWORK, choice.item, choice)
    last = choices[-1]
    if last.item is not None:
        return
    if flow.protocol not in WEB:
        yield FirewallAnswer(False, Stage.DEFAULT, None, _default_outcome(firewall, flow), last.assumptions, last.reasons)
        return
    yield from _application_answers(firewall, flow, knowledge, last)


def _application_answers(firewall: Firewall, flow: FirewallFlow, knowledge: Knowledge, before: Choice[NetworkRule]) -> Iterator[FirewallAnswer]:
    rules = firewall.index.application_rules(flow.protocol, flow.port, flow.host or "")
    for choice in choose_first(rules, lambda rule: match_application_rule(rule, flow, knowledge)):
        merged = Choice(choice.item, before.assumptions | choice.assumptions, (*before.reasons, *choice.reasons))
        if choice.item is not None:
            yield _by_rule(firewall, flow, Stage.APPLICATION, choice.item, merged)
            continue
        reasons = merged.reasons
        if flow.host is not None and may_be_platform_name(flow.host):
            reasons = (*reasons, f"whether the firewall's own infrastructure rules cover {flow.host} is not published")
            yield FirewallAnswer(True, Stage.INFRASTRUCTURE, None, None, merged.assumptions, reasons)
        yield FirewallAnswer(False, Stage.DEFAULT, None, _default_outcome(firewall, flow), merged.assumptions, reasons)


def _by_rule(
    firewall: Firewall, flow: FirewallFlow, stage: Stage, rule: NetworkRule | ApplicationRule, choice: Choice[NetworkRule] | Choice[ApplicationRule]
) -> FirewallAnswer:
    assumptions = choice.assumptions
    if rule.place.allow:
        if firewall.deny_mode is not None:
            assumptions |= {Assumption("threat-intelligence", f"{_DENY_MODE} ({firewall.deny_mode})", "learn.microsoft.com/azure/firewall/threat-intel")}
        return FirewallAnswer(True, stage, rule.place, None, assumptions, choice.reasons)
    outcome = Outcome.SILENT_DROP if stage is Stage.NETWORK else _web_denial(flow)
    return FirewallAnswer(False, stage, rule.place, outcome, assumptions, choice.reasons)


def _web_denial(flow: FirewallFlow) -> Outcome:
    return Outcome.DENIED_HTTP_470 if flow.protocol == "http" else Outcome.TLS_REFUSED


def _default_outcome(firewall: Firewall, flow: FirewallFlow) -> Outcome:
    """Where no application rule may listen, packets vanish. INCONCLUSIVE: the firewall completes the TCP handshake itself, and nothing follows."""
    if flow.protocol in WEB and flow.port in firewall.index.listened:
        return _web_denial(flow)
    if flow.protocol == "tcp" and flow.port in firewall.index.listened:
        return Outcome.INCONCLUSIVE
    return Outcome.SILENT_DROP
