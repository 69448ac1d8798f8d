"""Follows a flow from its subnet to its end: name, security groups, route, and then outward, into a firewall, or to another subnet.

Theory of operation: route and outbound method are two steps. The route says where a packet goes next (route_choice); only where it says Internet does the
outbound method decide the address (outbound). A firewall takes the packet apart and does the same two steps again from its own subnet. Each step may have
several possible answers, so all of this is generators of endings; where everything is known there is one.
"""

from collections.abc import Iterator

from orchestrator.egress.addresses.matcher import Packet
from orchestrator.egress.addresses.ranges import AZURE_DNS_ADDRESS, PRIVATE, Relation, ranges_of
from orchestrator.egress.dispositions import Ending, Kind
from orchestrator.egress.firewall.evaluate import FirewallAnswer, Stage, evaluate_firewall
from orchestrator.egress.firewall.firewall import Firewall
from orchestrator.egress.firewall.flow import FirewallFlow
from orchestrator.egress.network.model import Route, Subnet
from orchestrator.egress.network.routes import APPLIANCE, INTERNET, LOCAL, NOWHERE, PEERING, SERVICE_ENDPOINT
from orchestrator.egress.trace.appliances import find_appliance
from orchestrator.egress.trace.branch import Branch, Question
from orchestrator.egress.trace.delivery import deliver
from orchestrator.egress.trace.hops import Hop, Step
from orchestrator.egress.trace.outbound import WayOut, leave_firewall, leave_subnet
from orchestrator.egress.trace.route_choice import choose_routes
from orchestrator.egress.trace.security import follow_outbound
from orchestrator.model.flows import Outcome

_AZURE_DNS = ranges_of(AZURE_DNS_ADDRESS)
_DENIED = {Stage.NETWORK: Kind.DENIED_FW_NETWORK, Stage.APPLICATION: Kind.DENIED_FW_APPLICATION}


def walk(question: Question, branch: Branch, *, dns_agrees: bool) -> Iterator[Ending]:
    """All endings of a flow whose name is resolved."""
    destination = question.destination
    if destination.unknown is not None:
        yield branch.unknown(destination.unknown)
        return
    endpoint = question.flow.endpoint
    for passes, after in follow_outbound(question, branch, destination.packet, protocol=endpoint.protocol, port=endpoint.port):
        if not passes:
            yield after.ends(Kind.DENIED_NSG, Outcome.SILENT_DROP)
        elif destination.packet.space.relation(_AZURE_DNS) is Relation.INSIDE:
            yield after.then(Hop(Step.DELIVERY, branch.start.subnet.id, "Azure's own resolver, on every host")).ends(Kind.DELIVERED_VNET)
        else:
            yield from _from_subnet(question, after, dns_agrees)


def _from_subnet(question: Question, branch: Branch, dns_agrees: bool) -> Iterator[Ending]:
    subnet = branch.start.subnet
    for choice in choose_routes(question, subnet):
        after = Branch(branch.start, branch.hops, branch.assumptions | choice.assumptions, (*branch.reasons, *choice.reasons))
        route = choice.route
        if route is None:
            yield after.unknown(choice.problem or "no route leads there")
            continue
        after = after.then(Hop(Step.ROUTE, route.table_id or subnet.id, f"{subnet.name}: {route.name}: {route}"))
        if route.kind == APPLIANCE:
            yield from _to_appliance(question, after, route, dns_agrees)
        elif _is_private_outside(question, route):
            yield _lost_outside(after, subnet)
        elif route.kind == INTERNET:
            source = question.flow.source
            yield _leave(after, leave_subnet(question.network, source.cluster, source.pool, subnet))
        else:
            yield from _elsewhere(question, after, route, subnet, branch.start.packet)


def _is_private_outside(question: Question, route: Route) -> bool:
    """True where a route, probably a user's default route, sends a private address to the internet."""
    return route.kind == INTERNET and question.destination.packet.space.relation(PRIVATE) is Relation.INSIDE


def _lost_outside(branch: Branch, subnet: Subnet) -> Ending:
    return branch.then(Hop(Step.OUTBOUND, subnet.id, "nobody on the internet has a private address")).lost(Kind.NO_ROUTE)


def _elsewhere(question: Question, branch: Branch, route: Route, here: Subnet, source: Packet) -> Iterator[Ending]:
    """A route that leads neither to the internet nor to an appliance."""
    if route.kind in (LOCAL, PEERING):
        yield from deliver(question, branch, route, here, source)
    elif route.kind == NOWHERE:
        yield branch.lost(Kind.NO_ROUTE)
    elif route.kind == SERVICE_ENDPOINT:
        yield branch.ends(Kind.EXITS_SERVICE_ENDPOINT)
    else:
        yield branch.unknown(f"the route {route.name} leads to {route.kind}, behind which nothing is modelled")


def _leave(branch: Branch, way: WayOut) -> Ending:
    after = branch.then(way.hop, way.assumptions)
    if way.kind is Kind.UNKNOWN:
        return after.unknown(way.problem)
    return after.ends(way.kind, None, way.leaving) if way.kind is Kind.EXITS_INTERNET else after.lost(way.kind)


def _to_appliance(question: Question, branch: Branch, route: Route, dns_agrees: bool) -> Iterator[Ending]:
    network = question.network
    appliance = find_appliance(network, network.network_of(branch.start.subnet), route.next_hop)
    after = Branch(branch.start, branch.hops, branch.assumptions | appliance.assumptions, branch.reasons)
    firewall = appliance.firewall
    if appliance.lost is not None:
        yield after.then(Hop(Step.ROUTE, route.table_id or "", appliance.lost)).lost(Kind.NO_ROUTE)
    elif firewall is None:
        yield after.unknown(f"{appliance.problem}, where the route {route.name} leads")
    elif firewall.unknown is not None:
        yield after.unknown(firewall.unknown)
    else:
        yield from _through_firewall(question, after, firewall, dns_agrees)


def _through_firewall(question: Question, branch: Branch, firewall: Firewall, dns_agrees: bool) -> Iterator[Ending]:
    destination, endpoint = question.destination, question.flow.endpoint
    location = question.flow.source.cluster.location or firewall.location
    flow = FirewallFlow(endpoint.protocol, endpoint.port, branch.start.packet, destination.packet, destination.host, destination.exact, dns_agrees, location)
    for answer in evaluate_firewall(firewall, flow, question.knowledge):
        hop = Hop(Step.FIREWALL, answer.place.resource_id if answer.place else firewall.id, _say(firewall, answer), answer.place, firewall.id)
        after = Branch(branch.start, (*branch.hops, hop), branch.assumptions | answer.assumptions, (*branch.reasons, *answer.reasons))
        if answer.allowed:
            yield from _behind_firewall(question, after, firewall, translated=_is_translated(firewall, destination.packet, answer.stage))
        else:
            yield after.ends(_DENIED.get(answer.stage, Kind.DENIED_FW_DEFAULT), answer.outcome)


def _say(firewall: Firewall, answer: FirewallAnswer) -> str:
    word = "allows" if answer.allowed else "denies"
    by = f"{answer.stage} {answer.place}" if answer.place is not None else str(answer.stage)
    return f"{firewall.name} {word} it: {by}"


def _is_translated(firewall: Firewall, destination: Packet, stage: Stage) -> bool | None:
    """Application rules always translate; network rules do not for ranges that the firewall calls private."""
    if stage is not Stage.NETWORK:
        return True
    if firewall.untranslated is None:
        return None
    relation = destination.space.relation(firewall.untranslated)
    return {Relation.APART: True, Relation.INSIDE: False, Relation.PARTLY: None}[relation]


def _behind_firewall(question: Question, branch: Branch, firewall: Firewall, *, translated: bool | None) -> Iterator[Ending]:
    subnet = question.network.subnet(firewall.subnet_id)
    if subnet is None:
        yield branch.unknown(f"the subnet of the firewall {firewall.name} {question.network.absence(firewall.subnet_id)}")
        return
    for choice in choose_routes(question, subnet, direct=firewall.direct):
        after = Branch(branch.start, branch.hops, branch.assumptions | choice.assumptions, (*branch.reasons, *choice.reasons))
        route = choice.route
        if route is None:
            yield after.unknown(choice.problem or "no route leads there")
            continue
        after = after.then(Hop(Step.ROUTE, route.table_id or subnet.id, f"{subnet.name}: {route.name}: {route}"))
        if route.kind == APPLIANCE:
            yield after.unknown(f"the firewall {firewall.name} is itself led to another appliance (forced tunnelling), which is not modelled")
        elif _is_private_outside(question, route):
            yield _lost_outside(after, subnet)
        elif route.kind != INTERNET:
            yield from _elsewhere(question, after, route, subnet, _source_behind(branch, subnet, translated))
        elif translated:
            yield _leave(after, leave_firewall(question.network, firewall, subnet))
        elif translated is False and subnet.nat_gateway_id is None:
            text = f"the policy of {firewall.name} lets the packet keep its private source, with which nothing comes back from the internet"
            yield after.then(Hop(Step.OUTBOUND, firewall.id, text)).lost(Kind.NO_SNAT)
        else:
            yield after.unknown(f"the firewall {firewall.name} may not translate addresses on the way to the internet")


def _source_behind(branch: Branch, subnet: Subnet, translated: bool | None) -> Packet:
    return Packet(subnet.ranges) if translated else branch.start.packet
