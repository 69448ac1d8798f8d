"""Network security groups read from resources."""

from collections.abc import Mapping

from orchestrator.egress.addresses.matcher import ANY_ADDRESS, AddressMatcher, read_matcher
from orchestrator.egress.firewall.read_rules import read_ports, read_priority
from orchestrator.egress.network.model import SecurityGroup, SecurityRule
from orchestrator.egress.network.reading import Resources, parts_of
from orchestrator.model.json_value import Json, JsonObject
from orchestrator.model.resources import is_expression

SECURITY_GROUP = "Microsoft.Network/networkSecurityGroups"
_PROTOCOLS: Mapping[str, frozenset[str]] = {
    "tcp": frozenset({"TCP"}),
    "udp": frozenset({"UDP"}),
    "icmp": frozenset({"ICMP"}),
    "*": frozenset({"TCP", "UDP", "ICMP"}),
}


def read_security_groups(resources: Resources) -> dict[str, SecurityGroup]:
    """All groups, by lower-case id."""
    found = {}
    for group in resources.of_type(SECURITY_GROUP):
        parts = list(parts_of(resources, group, "securityRules"))
        hidden = is_expression(group.properties.get("securityRules"))
        unknown = f"the rules of {group.name} are known only to the deployment" if hidden else None
        found[group.id.lower()] = SecurityGroup(group.id, group.name, _in_order(parts, "outbound"), _in_order(parts, "inbound"), unknown)
    return found


def _in_order(parts: list[tuple[str, JsonObject]], direction: str) -> tuple[SecurityRule, ...]:
    rules = [_read_rule(name, properties) for name, properties in parts if str(properties.get("direction", "")).lower() == direction]
    return tuple(sorted(rules, key=lambda rule: rule.priority))


def _read_rule(name: str, properties: JsonObject) -> SecurityRule:
    hidden = [key for key in ("access", "protocol", "priority") if is_expression(properties.get(key))]
    return SecurityRule(
        name,
        read_priority(properties.get("priority")),
        str(properties.get("access", "")).lower() == "allow",
        _PROTOCOLS.get(str(properties.get("protocol", "")).lower(), frozenset()),
        read_ports(properties.get("destinationPortRanges") or properties.get("destinationPortRange")),
        _read_end(properties, "source"),
        _read_end(properties, "destination"),
        f"{hidden[0]} of the rule {name} is known only to the deployment" if hidden else None,
    )


def _read_end(properties: JsonObject, end: str) -> AddressMatcher:
    groups: Json = properties.get(f"{end}ApplicationSecurityGroups")
    if groups:
        return AddressMatcher(("application security group",), unknown=("application security groups are not modelled",))
    values = properties.get(f"{end}AddressPrefixes") or properties.get(f"{end}AddressPrefix")
    return ANY_ADDRESS if values == "*" else read_matcher(values)
