"""What stands at the address of a next hop, or of a DNS server: a firewall of the same network or of a peered one, nothing, or what is not modelled."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from orchestrator.egress.addresses.ranges import read_pair
from orchestrator.egress.firewall.firewall import Firewall
from orchestrator.egress.logic.truth import NOTHING_ASSUMED, Assumption
from orchestrator.egress.network.computed_values import predicted_address
from orchestrator.egress.network.model import Network, VirtualNetwork
from orchestrator.egress.network.reading import last_name
from orchestrator.model.resources import is_expression

_FIREWALL_ADDRESS = re.compile(r"reference\('(?P<id>/[^']*?/azureFirewalls/[^'/]+)'.*privateIPAddress", re.IGNORECASE | re.DOTALL)
_STANDS = re.compile(r"/(virtualnetworks|azurefirewalls)/[^/]+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Appliance:
    """What was found. `firewall` None: nothing there (`lost`), or something that is not modelled (`problem`)."""

    firewall: Firewall | None = None
    assumptions: frozenset[Assumption] = NOTHING_ASSUMED
    lost: str | None = None
    problem: str | None = None


def find_appliance(network: Network, here: VirtualNetwork | None, hop: str | None) -> Appliance:
    """What an address leads to from a network."""
    if hop is None:
        return Appliance(problem="the next hop has no address")
    named = _FIREWALL_ADDRESS.search(hop) if is_expression(hop) else None
    reachable = _reachable(here)
    for firewall in _firewalls(network, reachable):
        if (named is not None and firewall.id.lower() == named["id"].lower()) or (named is None and firewall.private_address == hop):
            closed = _closed_peering(here, firewall)
            if closed is not None:
                return Appliance(problem=f"the peering {closed}, behind which the firewall {firewall.name} stands, is without virtual network access")
            return Appliance(firewall, _prediction(firewall) if named is None else NOTHING_ASSUMED)
    if is_expression(hop):
        return Appliance(problem=f"the next hop is known only to the deployment: {hop[:120]}")
    return _nothing_at(network, here, hop, reachable)


def _reachable(here: VirtualNetwork | None) -> tuple[str, ...]:
    """Keys of the network itself and of those that it is peered with, both ways."""
    if here is None:
        return ()
    return (here.id.lower(), *(peering.remote_id.lower() for peering in here.peerings if peering.mutual))


def _closed_peering(here: VirtualNetwork | None, firewall: Firewall) -> str | None:
    """The peering without virtual network access by which a firewall's network is reached; what becomes of packets to a next hop there is not documented."""
    key = (firewall.subnet_id or "").rsplit("/", 2)[0].lower()
    found = [peering for peering in here.peerings if peering.remote_id.lower() == key] if here is not None else []
    return next((peering.name for peering in found if not peering.access), None)


def _firewalls(network: Network, keys: tuple[str, ...]) -> Iterator[Firewall]:
    return (firewall for key in keys for firewall in network.firewalls_of.get(key, ()))


def _prediction(firewall: Firewall) -> frozenset[Assumption]:
    return frozenset((predicted_address(firewall.name, str(firewall.private_address)),)) if firewall.predicted else NOTHING_ASSUMED


def _nothing_at(network: Network, here: VirtualNetwork | None, hop: str, reachable: tuple[str, ...]) -> Appliance:
    pair = read_pair(hop)
    for firewall in _firewalls(network, reachable):
        subnet = network.subnet(firewall.subnet_id)
        if pair is not None and subnet is not None and any(low <= pair[0] <= high for low, high in subnet.ranges):
            text = f"{hop} lies in the subnet of the firewall {firewall.name}, which has the address {firewall.private_address}"
            return Appliance(None, _prediction(firewall), lost=f"nothing answers: {text}")
    apart = next((firewall for firewall in network.firewalls.values() if firewall.private_address == hop), None)
    if apart is not None and here is not None and _knows_peers(network, here, apart):
        text = f"the resources hold every peering of {here.name}, and none leads to the network of the firewall {apart.name}"
        return Appliance(
            None, frozenset((Assumption("peerings-complete", text),)), lost=f"{hop} is the firewall {apart.name}, whose network is not peered with {here.name}"
        )
    unread = [f"{last_name(key)} {why}" for key, why in network.resources.snapshot.unread.items() if _STANDS.search(key)]
    return Appliance(problem="; ".join((f"no firewall among the resources has the address {hop}", *unread)))


def _knows_peers(network: Network, here: VirtualNetwork, firewall: Firewall) -> bool:
    """True where no peering leads to a network that is not among the resources, and the firewall's own network is one of them."""
    known = (firewall.subnet_id or "").rsplit("/", 2)[0].lower() in network.networks
    return known and all(peering.mutual is not None for peering in here.peerings)
