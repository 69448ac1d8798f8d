"""Delivery inside a network, or in a peered one: the destination's subnet and what its security group says."""

from collections.abc import Iterator

from orchestrator.egress.addresses.matcher import Packet
from orchestrator.egress.addresses.ranges import Relation
from orchestrator.egress.dispositions import Ending, Kind
from orchestrator.egress.firewall.firewall import Firewall
from orchestrator.egress.network.model import Network, Route, Subnet, VirtualNetwork
from orchestrator.egress.network.reading import last_name
from orchestrator.egress.network.routes import PEERING
from orchestrator.egress.trace.branch import Branch, Question
from orchestrator.egress.trace.hops import Hop, Step
from orchestrator.egress.trace.security import follow_inbound
from orchestrator.model.flows import Outcome


def deliver(question: Question, branch: Branch, route: Route, here: Subnet, source: Packet) -> Iterator[Ending]:
    """All endings of a packet that its route keeps inside. `here`: the subnet that it leaves. Whether something listens is not the network's to say."""
    network = question.network
    there = network.networks.get((route.next_hop if route.kind == PEERING and route.next_hop else here.network_id).lower())
    target = _find_subnet(there, question.destination.packet)
    if target is None:
        where = (
            f"the network {last_name(route.next_hop)} {question.network.absence(route.next_hop)}"
            if there is None
            else "in which subnet the destination lies is not known"
        )
        yield branch.unknown(f"the route {route.name} keeps it inside, and {where}")
        return
    firewall = _firewall_at(network, target, question.destination.packet)
    if firewall is not None:
        yield from _to_firewall_itself(question, branch, firewall)
        return
    refused = _refused_forwarding(network, route, here, target, source)
    if refused is not None:
        yield branch.then(Hop(Step.ROUTE, target.network_id, refused)).lost(Kind.NO_ROUTE)
        return
    for passes, after in follow_inbound(question, branch, target, source):
        if passes:
            yield after.then(Hop(Step.DELIVERY, target.id, f"delivered to the subnet {target.name}")).ends(Kind.DELIVERED_VNET)
        else:
            yield after.ends(Kind.DENIED_NSG, Outcome.SILENT_DROP)


def _find_subnet(there: VirtualNetwork | None, packet: Packet) -> Subnet | None:
    subnets = there.subnets if there is not None else ()
    return next((subnet for subnet in subnets if packet.space.relation(subnet.ranges) is Relation.INSIDE), None)


def _firewall_at(network: Network, subnet: Subnet, packet: Packet) -> Firewall | None:
    at = {str(each.network_address) for each in packet.space.networks() if each.prefixlen == 32}
    return next((each for each in network.firewalls_of.get(subnet.network_id.lower(), ()) if each.private_address in at), None)


def _to_firewall_itself(question: Question, branch: Branch, firewall: Firewall) -> Iterator[Ending]:
    """The firewall answers names where its DNS proxy is on, and nothing else."""
    endpoint = question.flow.endpoint
    if endpoint.port != 53 or endpoint.protocol not in ("udp", "tcp"):
        yield branch.unknown(f"the destination is the firewall {firewall.name} itself")
    elif firewall.dns_proxy is None:
        yield branch.unknown(f"whether the DNS proxy of {firewall.name} is on is not known")
    elif firewall.dns_proxy:
        yield branch.then(Hop(Step.DELIVERY, firewall.id, f"the DNS proxy of {firewall.name}")).ends(Kind.DELIVERED_VNET)
    else:
        yield branch.then(Hop(Step.DELIVERY, firewall.id, f"{firewall.name} does not answer names: its DNS proxy is off")).lost(Kind.NO_ROUTE)


def _refused_forwarding(network: Network, route: Route, here: Subnet, target: Subnet, source: Packet) -> str | None:
    """A peering that takes no forwarded traffic refuses what does not come from the network on its other side; answers are not concerned."""
    there, sender = network.networks.get(target.network_id.lower()), network.network_of(here)
    if route.kind != PEERING or there is None or sender is None or _holds(sender, source):
        return None
    back = next((peering for peering in there.peerings if peering.remote_id.lower() == sender.id.lower()), None)
    if back is None or back.forwarded:
        return None
    return f"the peering {back.name} of {there.name} takes no forwarded traffic, and this does not come from {sender.name} itself"


def _holds(network: VirtualNetwork, packet: Packet) -> bool:
    return packet.space.relation(network.ranges) is Relation.INSIDE
