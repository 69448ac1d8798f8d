"""Outbound rules of network security groups: read from resources, and decided for a flow. Pure.

Both groups of a machine (its subnet's and its interface's) have to allow. Inbound rules are not looked at: nothing enters the lab's networks from outside,
and answers belong to flows that were allowed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from ipaddress import IPv4Network

from orchestrator.catalog.lab_internet import service_tag_prefixes
from orchestrator.lab.dataplane.addresses import PRIVATE_RANGES, AddressSet, make_address_set, read_address_set
from orchestrator.lab.dataplane.firewall.policy import Flow
from orchestrator.model.json_value import JsonObject
from orchestrator.model.resources import Resource

_ANYTHING = make_address_set([(0, 2**32 - 1)])


@dataclass(frozen=True, slots=True)
class SecurityRule:
    """One outbound rule; `protocol` TCP, UDP, ICMP or `*`."""

    priority: int
    allows: bool
    protocol: str
    sources: AddressSet
    destinations: AddressSet
    ports: tuple[tuple[int, int], ...]


SecurityGroup = tuple[SecurityRule, ...]


def read_security_group(group: Resource, vnet_prefixes: Sequence[str], say: Callable[[str], None]) -> SecurityGroup:
    """The custom outbound rules by priority; empty where Azure's default rules decide alone (they allow all that leaves)."""
    found = []
    for body in group.properties.get("securityRules") or ():
        properties = body.get("properties") or {}
        if str(properties.get("direction")).lower() == "outbound":
            found.append(_read_rule(properties, vnet_prefixes, partial(_say, say, group.name, str(body.get("name")))))
    return tuple(sorted(found, key=lambda rule: rule.priority))


def allows_outbound(groups: Sequence[SecurityGroup], flow: Flow) -> bool:
    """True where every group lets a flow out; AllowVnetOutBound and AllowInternetOutBound stand behind the custom rules."""
    for group in groups:
        for rule in group:
            if _matches(rule, flow):
                if not rule.allows:
                    return False
                break
    return True


def _say(say: Callable[[str], None], group: str, rule: str, text: str) -> None:
    say(f"network security group {group}, rule {rule}: {text}")


def _read_rule(properties: JsonObject, vnet_prefixes: Sequence[str], say: Callable[[str], None]) -> SecurityRule:
    return SecurityRule(
        priority=int(properties.get("priority") or 0),
        allows=str(properties.get("access")).lower() == "allow",
        protocol=str(properties.get("protocol") or "*").upper(),
        sources=_addresses(properties, "source", vnet_prefixes, say),
        destinations=_addresses(properties, "destination", vnet_prefixes, say),
        ports=tuple(_port_range(text) for text in _several(properties, "destinationPortRange")) or ((0, 65535),),
    )


def _addresses(properties: JsonObject, end: str, vnet_prefixes: Sequence[str], say: Callable[[str], None]) -> AddressSet:
    if properties.get(f"{end}ApplicationSecurityGroups"):
        say(f"{end} application security groups are not known here: the rule is read as if it named every address")
        return _ANYTHING
    return read_address_set(_several(properties, f"{end}AddressPrefix"), partial(_tag_prefixes, vnet_prefixes), say)


def _several(properties: JsonObject, key: str) -> list[str]:
    """Azure has each as one (`...Prefix`) and as a list (`...Prefixes`)."""
    plural = f"{key}es" if key.endswith("x") else f"{key}s"
    one = properties.get(key)
    return [str(text) for text in (*([one] if one else []), *(properties.get(plural) or ()))]


def _tag_prefixes(vnet_prefixes: Sequence[str], tag: str) -> Sequence[str]:
    folded = tag.lower()
    if folded == "virtualnetwork":
        return vnet_prefixes
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
