"""Where Azure sends packets: the effective routes of a subnet, and the outbound method behind a route to the internet. Pure.

The two are two steps. A route is chosen by the longest prefix, a user route before a system route of the same prefix. Only where it says Internet does
the outbound method matter: the subnet's NAT gateway, else an instance's own address, else a load balancer's outbound rule, else default outbound access.
The system's routes to nowhere, for private ranges, are there only as long as no user route takes 0.0.0.0/0.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from ipaddress import IPv4Network

from orchestrator.catalog.lab_internet import service_tag_prefixes
from orchestrator.lab.dataplane.addresses import PRIVATE_RANGES, prefix_addresses
from orchestrator.lab.dataplane.peerings import Peer
from orchestrator.model.json_value import JsonObject
from orchestrator.model.resources import Resource, Snapshot

ANYWHERE = "0.0.0.0/0"


class NextHop(Enum):
    """Azure's next hop types, as it spells them."""

    VNET_LOCAL = "VnetLocal"
    PEERING = "VNetPeering"
    APPLIANCE = "VirtualAppliance"
    INTERNET = "Internet"
    GATEWAY = "VirtualNetworkGateway"
    NONE = "None"


class Method(Enum):
    """How packets with a next hop Internet get a public address."""

    NAT_GATEWAY = "NAT gateway"
    INSTANCE = "instance address"
    LOAD_BALANCER = "load balancer outbound rule"
    DEFAULT = "default outbound access"
    OWN = "the appliance's own addresses"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Route:
    """One effective route. `address`: of the appliance, or the id of the peered network."""

    prefix: str
    next_hop: NextHop
    address: str | None = None
    user: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Outbound:
    """A method and the addresses that it uses in turn."""

    method: Method
    addresses: tuple[str, ...] = ()


def effective_routes(vnet_prefixes: Sequence[str], peers: Sequence[Peer], table: Resource | None, say: Callable[[str], None]) -> tuple[Route, ...]:
    """System routes, replaced by user routes of the same prefix; sorted by prefix. What cannot be read is said."""
    user: dict[str, Route] = {}
    for body in sorted((table.properties.get("routes") or ()) if table else (), key=_width, reverse=True):
        try:
            routes = _read_routes(body.get("properties") or {})
        except ValueError as error:
            say(f"route {body.get('name')}: {error}")
            continue
        user.update({route.prefix: route for route in routes})
    system = [] if ANYWHERE in user else [Route(prefix, NextHop.NONE) for prefix in PRIVATE_RANGES]
    system += [Route(prefix, NextHop.PEERING, peer.remote) for peer in peers for prefix in peer.prefixes]
    system += [Route(prefix, NextHop.VNET_LOCAL) for prefix in vnet_prefixes]
    system.append(Route(ANYWHERE, NextHop.INTERNET))
    by_prefix = {route.prefix: route for route in system} | user
    return tuple(by_prefix[prefix] for prefix in sorted(by_prefix, key=lambda text: (IPv4Network(text).network_address, IPv4Network(text).prefixlen)))


def _width(body: JsonObject) -> int:
    """Of user routes with one prefix the narrowest holds: the prefix itself, then tags of a region, other tags, AzureCloud of a region, AzureCloud."""
    text = str((body.get("properties") or {}).get("addressPrefix")).lower()
    if text[:1].isdigit():
        return 0
    cloud, _, region = text.partition(".")
    return (3 if cloud == "azurecloud" else 1) + (not region)


def _read_routes(properties: JsonObject) -> list[Route]:
    """One route, or one a prefix of a service tag."""
    spelled = str(properties.get("nextHopType") or "").lower()
    kind = next((hop for hop in NextHop if hop.value.lower() == spelled), NextHop.NONE)
    address = str(properties.get("nextHopIpAddress")) if kind is NextHop.APPLIANCE else None
    text = str(properties.get("addressPrefix"))
    if ":" in text:
        raise ValueError(f"{text}: IPv6 is not modelled")
    prefixes = [text] if text[:1].isdigit() else service_tag_prefixes(text)
    return [Route(str(IPv4Network(prefix, strict=False)), kind, address, user=True) for prefix in prefixes]


def choose_outbound(snapshot: Snapshot, subnet: JsonObject, pool_ids: Sequence[str], default_address: str) -> Outbound:
    """The outbound method of a machine in a subnet, a member of load balancer pools."""
    properties = subnet.get("properties") or {}
    gateway = snapshot.find((properties.get("natGateway") or {}).get("id"))
    if gateway is not None:
        found = _public_addresses(snapshot, gateway.properties.get("publicIpAddresses"), gateway.properties.get("publicIpPrefixes"))
        return Outbound(Method.NAT_GATEWAY, found) if found else Outbound(Method.NONE)
    balanced = _balancer_addresses(snapshot, pool_ids)
    if balanced:
        return Outbound(Method.LOAD_BALANCER, balanced)
    if properties.get("defaultOutboundAccess") is False:
        return Outbound(Method.NONE)
    return Outbound(Method.DEFAULT, (default_address,))


def public_address(snapshot: Snapshot, reference: JsonObject | None) -> str | None:
    """The address of a referenced public IP address, where it has one yet."""
    found = snapshot.find((reference or {}).get("id"))
    return str(found.properties["ipAddress"]) if found is not None and found.properties.get("ipAddress") else None


def _public_addresses(snapshot: Snapshot, addresses: Sequence[JsonObject] | None, prefixes: Sequence[JsonObject] | None) -> tuple[str, ...]:
    found = [public_address(snapshot, reference) for reference in addresses or ()]
    for reference in prefixes or ():
        prefix = snapshot.find(reference.get("id"))
        if prefix is not None and prefix.properties.get("ipPrefix"):
            found += prefix_addresses(str(prefix.properties["ipPrefix"]))
    return tuple(dict.fromkeys(address for address in found if address))


def _balancer_addresses(snapshot: Snapshot, pool_ids: Sequence[str]) -> tuple[str, ...]:
    pools = {pool_id.lower() for pool_id in pool_ids}
    found: list[str] = []
    for balancer in snapshot.of_type("Microsoft.Network/loadBalancers"):
        bodies = balancer.properties.get("frontendIPConfigurations") or ()
        frontends = {f"{balancer.id}/frontendIPConfigurations/{body['name']}".lower(): body for body in bodies}
        for rule in balancer.properties.get("outboundRules") or ():
            properties = rule.get("properties") or {}
            if str((properties.get("backendAddressPool") or {}).get("id")).lower() not in pools:
                continue
            for reference in properties.get("frontendIPConfigurations") or ():
                frontend = (frontends.get(str(reference.get("id")).lower()) or {}).get("properties") or {}
                found += _public_addresses(snapshot, [frontend.get("publicIPAddress") or {}], [frontend.get("publicIPPrefix") or {}])
    return tuple(dict.fromkeys(found))
