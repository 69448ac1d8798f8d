"""What Azure refuses of firewalls, NAT gateways and application gateways by where they stand, and what they leave by."""

from collections.abc import Iterator

from orchestrator.egress.cluster_values import value_at
from orchestrator.egress.firewall.firewall import Firewall
from orchestrator.egress.network.model import Network
from orchestrator.egress.network.reading import inner, last_name, objects, place_of, reference_id
from orchestrator.egress.network.routes import APPLIANCE
from orchestrator.egress.node_subnets import find_default_route, find_route_table
from orchestrator.model.findings import Finding, Severity
from orchestrator.model.resources import Resource, is_expression

APPLICATION_GATEWAY = "Microsoft.Network/applicationGateways"
_FIREWALL_SOURCE = "https://learn.microsoft.com/azure/firewall/firewall-faq"
_GATEWAY_SOURCE = "https://learn.microsoft.com/azure/nat-gateway/nat-gateway-resource"
_APPLICATION_SOURCE = "https://learn.microsoft.com/azure/application-gateway/configuration-infrastructure"
_NOT_KNOWN = "(Azure's code not known)"


def check_placement(network: Network) -> Iterator[Finding]:
    """Everything about places."""
    for firewall in network.firewalls.values():
        yield from _check_firewall(network, firewall)
    for subnet in network.subnets.values():
        if subnet.name.lower() == "gatewaysubnet" and subnet.nat_gateway_id is not None:
            text = f"the subnet {subnet.name} has the NAT gateway {last_name(subnet.nat_gateway_id)} {_NOT_KNOWN}"
            yield Finding("NatGatewayOnGatewaySubnet", Severity.ERROR, text, subnet.id, "Take it off: a gateway's subnet has none.", _GATEWAY_SOURCE)
    for gateway in network.resources.of_type(APPLICATION_GATEWAY):
        yield from _check_application_gateway(network, gateway)


def _check_firewall(network: Network, firewall: Firewall) -> Iterator[Finding]:
    """The firewall, its network and its addresses are in one group and region; an address is static, and of the SKU Standard."""
    network_id = (firewall.subnet_id or "").rsplit("/", 2)[0]
    for other_id in (network_id, *firewall.public_ids):
        other = network.resources.snapshot.find(other_id)
        if other is None or is_expression(other.id) or is_expression(firewall.id):
            continue
        where = _differs(firewall, other)
        if where is not None:
            text = f"the firewall {firewall.name} and {other.name} are in different {where} {_NOT_KNOWN}"
            remedy = "Put the firewall, its virtual network and its public addresses into one resource group and region."
            yield Finding("FirewallPlacement", Severity.ERROR, text, firewall.id, remedy, _FIREWALL_SOURCE)
        if other_id != network_id and "/publicipaddresses/" in other_id.lower():
            yield from _check_address(firewall, other)


def _differs(firewall: Firewall, other: Resource) -> str | None:
    location = str(other.body.get("location", "")).replace(" ", "").lower()
    if place_of(firewall.id) != place_of(other.id):
        return "resource groups"
    known = firewall.location and location and not is_expression(location) and not is_expression(firewall.location)
    return "regions" if known and location != firewall.location else None


def _check_address(firewall: Firewall, address: Resource) -> Iterator[Finding]:
    sku, method = value_at(address.body, "sku.name"), address.properties.get("publicIPAllocationMethod")
    wrong = [str(value) for value, right in ((sku, "standard"), (method, "static")) if value and not is_expression(value) and str(value).lower() != right]
    if wrong:
        text = f"the firewall {firewall.name} is to leave by {address.name}, which is {' and '.join(wrong)} {_NOT_KNOWN}"
        yield Finding("FirewallAddressSku", Severity.ERROR, text, address.id, "Make the address Standard and Static.", _FIREWALL_SOURCE)


def _check_application_gateway(network: Network, gateway: Resource) -> Iterator[Finding]:
    """A default route to an appliance on the subnet of an application gateway (v2) is not supported: answers would not come back."""
    for body in objects(gateway.properties.get("gatewayIPConfigurations")):
        subnet = network.subnet(reference_id(inner(body).get("subnet")))
        table = find_route_table(network, subnet) if subnet is not None else None
        route = find_default_route(table) if table is not None else None
        if subnet is not None and table is not None and route is not None and route.kind == APPLIANCE:
            text = f"the subnet {subnet.name} of the application gateway {gateway.name} has the route {route.name} of {table.name} to an appliance {_NOT_KNOWN}"
            remedy = "Take the route table off that subnet, or give it a route 0.0.0.0/0 to Internet."
            yield Finding("ApplicationGatewayDefaultRoute", Severity.ERROR, text, subnet.id, remedy, _APPLICATION_SOURCE)
