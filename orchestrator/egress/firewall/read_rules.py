"""Rules of Azure Firewall read from bodies: a policy's filter collections, and classic collections, which spell the same things a little differently."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from orchestrator.egress.addresses.matcher import AddressMatcher, read_matcher
from orchestrator.egress.firewall.rules import (
    ANY_PORT,
    ApplicationRule,
    NetworkRule,
    Ports,
    RulePlace,
    RuleSet,
    opaque_application_rule,
    opaque_network_rule,
)
from orchestrator.model.json_value import Json, JsonObject
from orchestrator.model.resources import is_expression

IpGroups: TypeAlias = Mapping[str, AddressMatcher | None]
_PROTOCOLS = {"tcp": {"TCP"}, "udp": {"UDP"}, "icmp": {"ICMP"}, "any": {"TCP", "UDP", "ICMP"}}
_DEFAULT_PORTS = {"http": 80, "https": 443, "mssql": 1433}


@dataclass(frozen=True, slots=True)
class CollectionPlace:
    """Where a collection stands."""

    resource_id: str
    group: str | None
    inherited: bool = False


def read_policy_collection(body: JsonObject, at: CollectionPlace, groups: IpGroups) -> RuleSet:
    """A rule collection of a group; empty for NAT rules, which say nothing of what leaves."""
    if str(body.get("ruleCollectionType", "")).lower() == "firewallpolicynatrulecollection":
        return RuleSet()
    name, rules = str(body.get("name", "")), body.get("rules")
    allow = _read_action(body.get("action"))
    if allow is None or not isinstance(rules, list):
        return unreadable(at, name, f"the rule collection {name} is known only to the deployment") if rules else RuleSet()
    network: list[NetworkRule] = []
    application: list[ApplicationRule] = []
    for rule in rules:
        found = _read_policy_rule(rule, at, name, allow, groups)
        network += found.network
        application += found.application
    return RuleSet(tuple(network), tuple(application))


def unreadable(at: CollectionPlace, collection: str, reason: str) -> RuleSet:
    """What may hold any rule, allowing or denying, of either kind."""
    places = [RulePlace(at.resource_id, at.group, collection, "?", allow, at.inherited) for allow in (True, False)]
    return RuleSet(tuple(opaque_network_rule(p, reason) for p in places), tuple(opaque_application_rule(p, reason) for p in places))


def _read_policy_rule(rule: Json, at: CollectionPlace, collection: str, allow: bool, groups: IpGroups) -> RuleSet:
    if not isinstance(rule, dict):
        return unreadable(at, collection, f"a rule of the collection {collection} is known only to the deployment")
    place = RulePlace(at.resource_id, at.group, collection, str(rule.get("name", "")), allow, at.inherited)
    match str(rule.get("ruleType", "")).lower():
        case "networkrule":
            return RuleSet(network=(_read_network_rule(rule, rule.get("ipProtocols"), place, groups),))
        case "applicationrule":
            return RuleSet(application=(_read_application_rule(rule, place, groups),))
        case "natrule":
            return RuleSet()
        case kind:
            reason = f"the rule {place.rule} has the type {kind!r}, which is not modelled"
            return RuleSet((opaque_network_rule(place, reason),), (opaque_application_rule(place, reason),))


def read_classic_collections(properties: JsonObject, at: CollectionPlace, groups: IpGroups) -> RuleSet:
    """The rules in a firewall's own body, by priority of their collections."""
    network: list[NetworkRule] = []
    application: list[ApplicationRule] = []
    for name, allow, rule in _classic_rules(properties.get("networkRuleCollections")):
        place = RulePlace(at.resource_id, None, name, str(rule.get("name", "")), allow)
        network.append(_read_network_rule(rule, rule.get("protocols"), place, groups))
    for name, allow, rule in _classic_rules(properties.get("applicationRuleCollections")):
        place = RulePlace(at.resource_id, None, name, str(rule.get("name", "")), allow)
        application.append(_read_application_rule(rule, place, groups))
    unread = [key for key in ("networkRuleCollections", "applicationRuleCollections") if is_expression(properties.get(key))]
    if unread:
        more = unreadable(at, unread[0], f"{unread[0]} are known only to the deployment")
        return RuleSet((*network, *more.network), (*application, *more.application))
    return RuleSet(tuple(network), tuple(application))


def _classic_rules(collections: Json) -> Iterator[tuple[str, bool, JsonObject]]:
    bodies = [body for body in collections if isinstance(body, dict)] if isinstance(collections, list) else []
    inner = sorted(((_inner(body), body) for body in bodies), key=lambda pair: read_priority(pair[0].get("priority")))
    for properties, body in inner:
        allow = _read_action(properties.get("action"))
        for rule in properties.get("rules") or ():
            yield str(body.get("name", "")), bool(allow), rule


def _inner(body: JsonObject) -> JsonObject:
    properties = body.get("properties")
    return properties if isinstance(properties, dict) else body


def read_priority(value: Json) -> int:
    """A priority; what is not known comes last."""
    return value if isinstance(value, int) else 1 << 20


def _read_action(action: Json) -> bool | None:
    kind = action.get("type") if isinstance(action, dict) else action
    return {"allow": True, "deny": False}.get(str(kind).lower())


def _read_network_rule(rule: JsonObject, protocols: Json, place: RulePlace, groups: IpGroups) -> NetworkRule:
    names = frozenset[str]().union(*(_PROTOCOLS.get(str(name).lower(), set()) for name in _texts(protocols)))
    destination = read_matcher(_texts(rule.get("destinationAddresses")), _texts(rule.get("destinationIpGroups")), groups)
    hidden = [key for key in ("destinationFqdns", "ipProtocols", "protocols") if _is_hidden(rule.get(key))]
    unknown = f"{hidden[0]} of the rule {place.rule} is known only to the deployment" if hidden else None
    fqdns = tuple(str(name).lower() for name in _texts(rule.get("destinationFqdns")))
    return NetworkRule(place, names, read_ports(rule.get("destinationPorts")), _read_source(rule, groups), destination, fqdns, unknown)


def _read_source(rule: JsonObject, groups: IpGroups) -> AddressMatcher:
    return read_matcher(_texts(rule.get("sourceAddresses")), _texts(rule.get("sourceIpGroups")), groups)


def _read_application_rule(rule: JsonObject, place: RulePlace, groups: IpGroups) -> ApplicationRule:
    fqdns = rule.get("targetFqdns") or []
    hidden = [key for key in ("targetFqdns", "fqdnTags", "protocols", "targetUrls") if _is_hidden(rule.get(key))]
    destinations = rule.get("destinationAddresses")
    return ApplicationRule(
        place,
        frozenset(_read_protocols(rule.get("protocols"))),
        _read_source(rule, groups),
        tuple(str(name).lower() for name in _texts(fqdns)),
        tuple(str(tag) for tag in _texts(rule.get("fqdnTags"))),
        tuple(str(url) for url in _texts(rule.get("targetUrls"))),
        tuple(str(category) for category in _texts(rule.get("webCategories"))),
        read_matcher(_texts(destinations)) if destinations else None,
        f"{hidden[0]} of the rule {place.rule} is known only to the deployment" if hidden else None,
    )


def _read_protocols(protocols: Json) -> Iterator[tuple[str, int]]:
    for body in protocols if isinstance(protocols, list) else ():
        if isinstance(body, dict):
            kind = str(body.get("protocolType", "")).lower()
            port = body.get("port")
            yield kind, port if isinstance(port, int) else _DEFAULT_PORTS.get(kind, 0)


def read_ports(values: Json) -> Ports:
    """Ports as a rule spells them: `443`, `8000-8100`, `*`."""
    ranges: list[tuple[int, int]] = []
    unknown = False
    for value in _texts(values):
        first, dash, last = str(value).partition("-")
        if str(value) == "*":
            return ANY_PORT
        if first.isdigit() and (last.isdigit() or not dash):
            ranges.append((int(first), int(last or first)))
        else:
            unknown = True
    return Ports(tuple(ranges), unknown)


def _texts(value: Json) -> list[Json]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _is_hidden(value: Json) -> bool:
    return any(is_expression(item) for item in _texts(value))
