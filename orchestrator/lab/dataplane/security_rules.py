"""Network security groups: rules read from resources, and decided for a flow that leaves a machine or arrives at one. Pure.

Both groups of a machine (its subnet's and its interface's) have to allow. Behind their rules stand Azure's own: what stays in the tag VirtualNetwork and what
goes to the internet may leave, what comes from the tag VirtualNetwork may arrive, the rest may not. Where there is no group nothing is refused, but for a
peered network without virtual network access: that is no part of the tag, and only a rule of one's own lets its packets pass.
Answers belong to flows that were allowed; from the internet nothing enters the lab's networks.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from ipaddress import IPv4Network

from orchestrator.catalog.lab_internet import AZURE_DNS, service_tag_prefixes
from orchestrator.lab.dataplane.addresses import PRIVATE_RANGES, AddressSet, make_address_set, read_address_set
from orchestrator.lab.dataplane.firewall.policy import Flow
from orchestrator.lab.dataplane.peerings import Peer
from orchestrator.lab.dataplane.routing import ANYWHERE, Route
from orchestrator.model.json_value import JsonObject
from orchestrator.model.resources import Resource

_ANYTHING = make_address_set([(0, 2**32 - 1)])


@dataclass(frozen=True, slots=True)
class SecurityRule:
    """One rule; `protocol` TCP, UDP, ICMP or `*`."""

    priority: int
    allows: bool
    protocol: str
    sources: AddressSet
    destinations: AddressSet
    ports: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class SecurityGroup:
    """The rules of a group by priority, without Azure's own."""

    outbound: tuple[SecurityRule, ...] = ()
    inbound: tuple[SecurityRule, ...] = ()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the tag VirtualNetwork holds for a subnet: `near`, from `prefixes`; `wide`: the internet too, since a user route takes 0.0.0.0/0.

    closed: the addresses of peers without access.
    """

    prefixes: tuple[str, ...]
    near: AddressSet
    wide: bool
    closed: AddressSet


def find_surroundings(vnet_prefixes: Sequence[str], peers: Sequence[Peer], routes: Sequence[Route]) -> Surroundings:
    """The surroundings of a subnet. The prefixes of user routes belong to the tag too (learn.microsoft.com/azure/virtual-network/service-tags-overview)."""
    user = [route.prefix for route in routes if route.user]
    near = [*vnet_prefixes, *(prefix for peer in peers if peer.access for prefix in peer.prefixes), *(prefix for prefix in user if prefix != ANYWHERE)]
    closed = [prefix for peer in peers if not peer.access for prefix in peer.prefixes]
    return Surroundings(tuple(near), _address_set(near), ANYWHERE in user, _address_set(closed))


def read_security_group(group: Resource, near: Sequence[str], say: Callable[[str], None]) -> SecurityGroup:
    """The rules of a group. `near`: the prefixes of the tag VirtualNetwork."""
    found: dict[str, list[SecurityRule]] = {"outbound": [], "inbound": []}
    for body in group.properties.get("securityRules") or ():
        properties = body.get("properties") or {}
        direction = str(properties.get("direction")).lower()
        if direction in found:
            found[direction].append(_read_rule(properties, near, partial(_say, say, group.name, str(body.get("name")))))
    outbound, inbound = (tuple(sorted(rules, key=lambda rule: rule.priority)) for rules in found.values())
    return SecurityGroup(outbound, inbound)


def allows_outbound(groups: Sequence[SecurityGroup], around: Surroundings, flow: Flow) -> bool:
    """True where every group lets a flow out."""
    near = flow.destination in around.near or around.wide or flow.destination in _PUBLIC
    return all(_decide(group.outbound, flow, default=near and flow.destination not in around.closed) for group in groups) and (
        bool(groups) or flow.destination not in around.closed
    )


def allows_inbound(groups: Sequence[SecurityGroup], around: Surroundings, flow: Flow) -> bool:
    """True where every group lets a flow in."""
    near = flow.source in around.near or around.wide
    return all(_decide(group.inbound, flow, default=near and flow.source not in around.closed) for group in groups) and (
        bool(groups) or flow.source not in around.closed
    )


def _decide(rules: Sequence[SecurityRule], flow: Flow, *, default: bool) -> bool:
    return next((rule.allows for rule in rules if _matches(rule, flow)), default)


def _address_set(prefixes: Sequence[str]) -> AddressSet:
    return read_address_set(prefixes, lambda _: (), lambda _: None)


def _say(say: Callable[[str], None], group: str, rule: str, text: str) -> None:
    say(f"network security group {group}, rule {rule}: {text}")


def _read_rule(properties: JsonObject, near: Sequence[str], say: Callable[[str], None]) -> SecurityRule:
    return SecurityRule(
        priority=int(properties.get("priority") or 0),
        allows=str(properties.get("access")).lower() == "allow",
        protocol=str(properties.get("protocol") or "*").upper(),
        sources=_addresses(properties, "source", near, say),
        destinations=_addresses(properties, "destination", near, say),
        ports=tuple(_port_range(text) for text in _several(properties, "destinationPortRange")) or ((0, 65535),),
    )


def _addresses(properties: JsonObject, end: str, near: Sequence[str], say: Callable[[str], None]) -> AddressSet:
    if properties.get(f"{end}ApplicationSecurityGroups"):
        say(f"{end} application security groups are not known here: the rule is read as if it named every address")
        return _ANYTHING
    return read_address_set(_several(properties, f"{end}AddressPrefix"), partial(_tag_prefixes, near), say)


def _several(properties: JsonObject, key: str) -> list[str]:
    """Azure has each as one (`...Prefix`) and as a list (`...Prefixes`)."""
    plural = f"{key}es" if key.endswith("x") else f"{key}s"
    one = properties.get(key)
    return [str(text) for text in (*([one] if one else []), *(properties.get(plural) or ()))]


def _tag_prefixes(near: Sequence[str], tag: str) -> Sequence[str]:
    folded = tag.lower()
    if folded == "virtualnetwork":
        return near
    if folded == "azureloadbalancer":
        return (AZURE_DNS,)
    if folded == "internet":
        return _public_prefixes()
    return service_tag_prefixes(tag)


def _public_prefixes() -> Sequence[str]:
    left = [IPv4Network("0.0.0.0/0")]
    for private in map(IPv4Network, PRIVATE_RANGES):
        left = [part for network in left for part in (network.address_exclude(private) if private.subnet_of(network) else (network,))]
    return [str(network) for network in left]


def _port_range(text: str) -> tuple[int, int]:
    if text == "*":
        return 0, 65535
    first, _, last = text.partition("-")
    return int(first), int(last or first)


def _matches(rule: SecurityRule, flow: Flow) -> bool:
    if rule.protocol not in ("*", flow.protocol) or flow.source not in rule.sources or flow.destination not in rule.destinations:
        return False
    return flow.protocol not in ("TCP", "UDP") or any(first <= flow.port <= last for first, last in rule.ports)


_PUBLIC = _address_set(_public_prefixes())
