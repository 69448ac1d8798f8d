"""How the answers of a flow come back, where that is another way than it went: a firewall that sees one direction only drops the connection."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from orchestrator.egress.addresses.knowledge import Knowledge
    from orchestrator.egress.dispositions import Ending
    from orchestrator.egress.network.model import Network, Subnet
    from orchestrator.egress.trace.trace import Trace


def find_asymmetry(network: "Network", knowledge: "Knowledge", trace: "Trace") -> str | None:
    """A sentence for a flow inside the network whose answers take another way; None where they come back as it went, or where it does not arrive."""
    from orchestrator.egress.dispositions import Kind
    from orchestrator.egress.trace.hops import Step

    ending = trace.endings[0]
    if ending.kind is not Kind.DELIVERED_VNET or ending.hops[-1].step is not Step.DELIVERY:
        return None
    there = network.subnet(ending.hops[-1].resource_id)
    start = trace.flow.source.starts[0].subnet
    if there is None or there.id.lower() == start.id.lower():
        return None
    return _compare(network, knowledge, trace, there, ending)


def _compare(network: "Network", knowledge: "Knowledge", trace: "Trace", there: "Subnet", ending: "Ending") -> str | None:
    from orchestrator.egress.network.routes import APPLIANCE
    from orchestrator.egress.trace.branch import Question
    from orchestrator.egress.trace.flow import Destination
    from orchestrator.egress.trace.hops import Step
    from orchestrator.egress.trace.route_choice import choose_routes

    firewall = next((hop for hop in ending.hops if hop.step is Step.FIREWALL), None)
    if firewall is not None and "application rule" in firewall.text:
        return None  # an application rule is a proxy: answers go to the firewall
    start = trace.flow.source.starts[0]
    back = Question(network, knowledge, trace.flow, Destination(None, start.packet, exact=False))
    routes = [choice.route for choice in choose_routes(back, there)]
    if None in routes:
        return f"how answers leave the subnet {there.name} is not known"
    appliances = [route for route in routes if route is not None and route.kind == APPLIANCE]
    if firewall is None and appliances:
        return f"asymmetric: answers leave the subnet {there.name} by {appliances[0]}, and a stateful firewall that did not see the request drops them"
    if firewall is not None and not appliances:
        return f"asymmetric: answers leave the subnet {there.name} by {routes[0]}, past the firewall, which then drops what follows in the connection"
    return None
