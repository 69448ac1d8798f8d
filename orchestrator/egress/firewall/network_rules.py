"""Does a network rule match a flow? Protocol, port, source, and the destination by address or, with DNS proxy, by the addresses of a name."""

from orchestrator.egress.addresses.knowledge import Knowledge
from orchestrator.egress.addresses.ranges import Relation
from orchestrator.egress.firewall.firewall import Firewall
from orchestrator.egress.firewall.flow import FirewallFlow
from orchestrator.egress.firewall.rules import NetworkRule
from orchestrator.egress.logic.truth import NO, YES, Assumption, Truth, all_of, any_of, assumed, not_known

FQDN_SOURCE = "learn.microsoft.com/azure/firewall/fqdn-filtering-network-rules"


def match_network_rule(rule: NetworkRule, flow: FirewallFlow, firewall: Firewall, knowledge: Knowledge) -> Truth:
    """The rule's protocol and port are those of the flow already (the index saw to it), unless the rule cannot be read."""
    if rule.unknown is not None:
        return not_known(rule.unknown)
    if rule.ports.unknown and not rule.ports.holds(flow.port):
        return not_known(f"a port of the rule {rule.place.rule} is known only to the deployment")
    source = rule.source.match(flow.source, knowledge.tag)
    if source is NO:
        return NO
    destination = rule.destination.match(flow.destination, knowledge.tag)
    if destination is not YES and rule.fqdns:
        destination = any_of(destination, _match_names(rule, flow, firewall, knowledge))
    return destination if source is YES else all_of(source, destination)


def _match_names(rule: NetworkRule, flow: FirewallFlow, firewall: Firewall, knowledge: Knowledge) -> Truth:
    """A name in a network rule stands for the addresses that the firewall resolves it to; without DNS proxy such a rule does not work."""
    if firewall.dns_proxy is False:
        return NO
    matched = any_of(*(_match_name(name, flow, knowledge) for name in rule.fqdns))
    return matched if firewall.dns_proxy or matched is NO else all_of(matched, not_known("whether the firewall's DNS proxy is on is not known"))


def _match_name(name: str, flow: FirewallFlow, knowledge: Knowledge) -> Truth:
    if flow.host == name:
        return _same_name(name, flow, knowledge)
    answer = knowledge.name(name)
    if answer is not None and not answer.exists:
        return NO
    if answer is not None and answer.exact and flow.exact:
        relation = flow.destination.space.relation(answer.space)
        if relation is Relation.INSIDE:
            return YES  # two names on one address cannot be told apart
        return NO if relation is Relation.APART else not_known(f"whether {name} shares an address with the destination is not known")
    if answer is not None and flow.destination.space.relation(answer.space) is Relation.APART:
        return NO
    if flow.host is None and flow.destination.tag is None:
        return not_known(f"the addresses of {name} are not known")
    other = flow.host or flow.destination.tag
    return assumed(False, Assumption("distinct-names", f"{name} has other addresses than {other}", FQDN_SOURCE))


def _same_name(name: str, flow: FirewallFlow, knowledge: Knowledge) -> Truth:
    """Client and firewall must come to the same address: they do where the client asks the firewall, or where there is only one."""
    if flow.dns_agrees:
        return YES
    answer = knowledge.name(name)
    if answer is not None and answer.exact and answer.space.size == 1:
        return assumed(True, Assumption("one-address", f"{name} has one address, whoever asks", FQDN_SOURCE))
    return not_known(f"the network does not ask the firewall for names, so both may come to different addresses of {name}")
