"""How answers come back, where that is another way than requests went: a firewall that sees one direction only drops the connection.

find_asymmetry: for a flow that is delivered inside the networks. find_inbound_asymmetry: for connections that begin outside, at a public load balancer of the
cluster, and whose answers a default route leads to a firewall (learn.microsoft.com/azure/firewall/integrate-lb, "asymmetric routing").
"""

from collections.abc import Iterator

from orchestrator.egress.addresses.knowledge import Knowledge
from orchestrator.egress.addresses.ranges import Relation
from orchestrator.egress.dispositions import Ending, Kind
from orchestrator.egress.firewall.evaluate import Stage
from orchestrator.egress.firewall.firewall import Firewall
from orchestrator.egress.network.model import Cluster, Network, Route, Subnet
from orchestrator.egress.network.reading import Resources, inner, last_name, objects, place_of, reference_id
from orchestrator.egress.network.routes import APPLIANCE, LOCAL, PEERING
from orchestrator.egress.trace.branch import Question
from orchestrator.egress.trace.flow import Destination, find_destination
from orchestrator.egress.trace.hops import Step
from orchestrator.egress.trace.route_choice import choose_routes
from orchestrator.egress.trace.trace import Trace
from orchestrator.model.resources import Resource

_BALANCER = "Microsoft.Network/loadBalancers"


def find_asymmetry(network: Network, knowledge: Knowledge, trace: Trace) -> str | None:
    """A sentence for a flow inside the network whose answers take another way, or none; None where they come back as it went, or where it does not arrive."""
    ending = trace.endings[0]
    if ending.kind is not Kind.DELIVERED_VNET or ending.hops[-1].step is not Step.DELIVERY:
        return None
    there = network.subnet(ending.hops[-1].resource_id)
    start = trace.flow.source.starts[0]
    if there is None or there.id.lower() == start.subnet.id.lower():
        return None
    firewall = _firewall_of(network, ending)
    if firewall is not None and _translates(network, knowledge, trace, firewall, ending):
        return None  # answers go to the firewall's own address
    back = Question(network, knowledge, trace.flow, Destination(None, start.packet, exact=False))
    routes = [choice.route for choice in choose_routes(back, there)]
    known = [route for route in routes if route is not None]
    if len(known) < len(routes):
        return f"how answers leave the subnet {there.name} is not known"
    return _compare(there, known, firewall)


def _firewall_of(network: Network, ending: Ending) -> Firewall | None:
    """The firewall that a way passes."""
    return next((network.firewalls.get(hop.firewall_id.lower()) for hop in ending.hops if hop.firewall_id is not None), None)


def _translates(network: Network, knowledge: Knowledge, trace: Trace, firewall: Firewall, ending: Ending) -> bool:
    """An application rule is a proxy; a network rule translates but for the ranges that keep their source."""
    if any(hop.step is Step.FIREWALL and f": {Stage.APPLICATION}" in hop.text for hop in ending.hops):
        return True
    packet = find_destination(network, knowledge, trace.flow.endpoint).packet
    return firewall.untranslated is not None and packet.space.relation(firewall.untranslated) is Relation.APART


def _compare(there: Subnet, routes: list[Route], firewall: Firewall | None) -> str | None:
    lost = next((route for route in routes if route.kind not in (LOCAL, PEERING, APPLIANCE)), None)
    if lost is not None:
        return f"asymmetric: no answer comes back: in the subnet {there.name} {lost} takes it"
    appliances = [route for route in routes if route.kind == APPLIANCE]
    if firewall is None and appliances:
        return f"asymmetric: answers leave the subnet {there.name} by {appliances[0]}, and a stateful firewall that did not see the request drops them"
    if firewall is not None and not appliances:
        return f"asymmetric: answers leave the subnet {there.name} by {routes[0]}, past the firewall, which then drops what follows in the connection"
    other = next((route for route in appliances if firewall is not None and route.next_hop != firewall.private_address), None)
    return None if other is None else f"asymmetric: answers leave the subnet {there.name} by {other}, which is not the firewall that saw the request"


def find_inbound_asymmetry(network: Network, trace: Trace) -> str | None:
    """A sentence where nodes behind a firewall also answer at a public address of a load balancer: its connections begin past that firewall."""
    firewall = _firewall_of(network, trace.endings[0])
    if firewall is None:
        return None
    subnet = trace.flow.source.starts[0].subnet
    route = next((one for one in network.routes.get(subnet.id.lower(), ()) if one.matcher.any), None)
    if route is None or route.kind != APPLIANCE:
        return None
    published = [address for balancer in _balancers(network.resources, trace.flow.source.cluster) for address in _published(network, balancer)]
    if not published:
        return None
    return (
        f"asymmetric: connections from outside to {', '.join(dict.fromkeys(published))} come in past {firewall.name}, and their answers leave the subnet "
        f"{subnet.name} by {route}, where the firewall drops them, since it did not see them begin. "
        f"Publish by a DNAT rule of the firewall to an internal load balancer instead."
    )


def _balancers(resources: Resources, cluster: Cluster) -> Iterator[Resource]:
    """Load balancers that AKS keeps for a cluster's Services."""
    place = (place_of(cluster.id)[0], str(cluster.resource.properties.get("nodeResourceGroup") or "").lower())
    return (balancer for balancer in resources.of_type(_BALANCER) if all(place) and place_of(balancer.id) == place)


def _published(network: Network, balancer: Resource) -> Iterator[str]:
    """Public addresses, or the names of those that are not known, that a rule of a balancer hands to nodes."""
    frontends = {str(body.get("name", "")).lower(): inner(body) for body in objects(balancer.properties.get("frontendIPConfigurations"))}
    for rule in objects(balancer.properties.get("loadBalancingRules")):
        name = last_name(reference_id(inner(rule).get("frontendIPConfiguration"))).lower()
        address_id = reference_id(frontends.get(name, {}).get("publicIPAddress"))
        if address_id is not None:
            port = inner(rule).get("frontendPort")
            yield from (f"{address}:{port}" for address in network.addresses.get(address_id.lower(), ()) or (last_name(address_id),))
