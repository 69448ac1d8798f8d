"""Azure Firewalls read from resources: the policy with its parents, or classic rules; settings; where they stand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address

from orchestrator.egress.addresses.matcher import AddressMatcher, read_matcher
from orchestrator.egress.addresses.ranges import PRIVATE, AddressRanges, merge_ranges, read_pair
from orchestrator.egress.firewall.firewall import Firewall
from orchestrator.egress.firewall.read_rules import CollectionPlace, read_classic_collections, read_policy_collection, read_priority, unreadable
from orchestrator.egress.firewall.rule_index import index_rules
from orchestrator.egress.firewall.rules import ApplicationRule, NetworkRule, RuleSet
from orchestrator.egress.network.model import Subnet
from orchestrator.egress.network.reading import Resources, inner, last_name, objects, reference_id, reference_ids, texts
from orchestrator.model.json_value import Json, JsonObject
from orchestrator.model.resources import Resource, is_expression

FIREWALL = "Microsoft.Network/azureFirewalls"
IP_GROUP = "Microsoft.Network/ipGroups"
FIRST_ASSIGNED = 4
"""Azure keeps the first four addresses of a subnet; the firewall gets the next one."""


@dataclass(frozen=True, slots=True)
class _Settings:
    """What a policy, or a classic firewall, says beside its rules."""

    dns_proxy: bool | None
    dns_servers: tuple[str, ...]
    untranslated: AddressRanges | None
    deny_mode: str | None


def read_firewalls(resources: Resources, subnets: Mapping[str, Subnet]) -> dict[str, Firewall]:
    """All firewalls, by lower-case id."""
    groups = _read_ip_groups(resources)
    return {firewall.id.lower(): _read_firewall(resources, firewall, subnets, groups) for firewall in resources.of_type(FIREWALL)}


def _read_ip_groups(resources: Resources) -> dict[str, AddressMatcher | None]:
    unread = {
        group_id.lower(): AddressMatcher((last_name(group_id),), unknown=(f"the IP group {last_name(group_id)} {why}",))
        for group_id, why in resources.snapshot.unread.items()
        if f"/{IP_GROUP}/".lower() in group_id.lower()
    }
    return {**unread, **{group.id.lower(): read_matcher(group.properties.get("ipAddresses") or []) for group in resources.of_type(IP_GROUP)}}


def _read_firewall(resources: Resources, firewall: Resource, subnets: Mapping[str, Subnet], groups: Mapping[str, AddressMatcher | None]) -> Firewall:
    properties = firewall.properties
    configurations = [inner(body) for body in objects(properties.get("ipConfigurations"))]
    subnet_id = next((found for body in configurations if (found := reference_id(body.get("subnet"))) is not None), None)
    policies = list(_policy_chain(resources, reference_id(properties.get("firewallPolicy"))))
    known = [policy for _, policy in policies if policy is not None]
    rules = _policy_rules(resources, policies, groups) if policies else read_classic_collections(properties, CollectionPlace(firewall.id, None), groups)
    settings = _policy_settings(known) if policies else _classic_settings(properties)
    tier = _tier(properties, known)
    address, predicted = _private_address(configurations, subnets.get((subnet_id or "").lower()))
    return Firewall(
        firewall.id,
        firewall.name,
        tier,
        str(firewall.body.get("location", "")).replace(" ", "").lower(),
        tuple(policy_id for policy_id, _ in policies),
        rules,
        index_rules(rules),
        settings.dns_proxy if tier.lower() != "basic" else False,
        settings.dns_servers,
        tuple(found for body in configurations if (found := reference_id(body.get("publicIPAddress"))) is not None),
        subnet_id,
        address,
        predicted,
        settings.untranslated,
        settings.deny_mode,
        not properties.get("managementIpConfiguration"),
        _why_unknown(resources, firewall, policies),
    )


def _why_unknown(resources: Resources, firewall: Resource, policies: list[tuple[str, Resource | None]]) -> str | None:
    if firewall.properties.get("virtualHub"):
        return f"the firewall {firewall.name} stands in a virtual hub, which is not modelled"
    if isinstance(firewall.properties.get("firewallPolicy"), str) or (firewall.properties.get("firewallPolicy") and not policies):
        return f"the policy of the firewall {firewall.name} is known only to the deployment"
    missing = [policy_id for policy_id, policy in policies if policy is None]
    if missing and missing[0] == policies[0][0]:
        return f"the policy {last_name(missing[0])} of the firewall {firewall.name} {resources.snapshot.absence(missing[0])}"
    return None


def _tier(properties: JsonObject, policies: list[Resource]) -> str:
    for body in (properties, *(policy.properties for policy in policies)):
        sku = body.get("sku")
        if isinstance(sku, dict) and isinstance(sku.get("tier"), str):
            return str(sku["tier"])
    return "Standard"


def _private_address(configurations: list[JsonObject], subnet: Subnet | None) -> tuple[str | None, bool]:
    """(address, whether it is predicted)."""
    for body in configurations:
        address = body.get("privateIPAddress")
        if isinstance(address, str) and not is_expression(address):
            return address, False
    if subnet is None or not subnet.ranges:
        return None, True
    return str(IPv4Address(subnet.ranges.lows[0] + FIRST_ASSIGNED)), True


def _policy_chain(resources: Resources, policy_id: str | None) -> Iterator[tuple[str, Resource | None]]:
    """The firewall's policy, then its parent, and so on; None for one that is not among the resources."""
    seen: set[str] = set()
    while policy_id is not None and policy_id.lower() not in seen:
        seen.add(policy_id.lower())
        policy = resources.snapshot.find(policy_id)
        yield policy_id, policy
        if policy is None:
            return
        base = policy.properties.get("basePolicy")
        policy_id = reference_id(base)
        if base and policy_id is None:
            yield "the parent policy, known only to the deployment", None


def _policy_rules(resources: Resources, policies: list[tuple[str, Resource | None]], groups: Mapping[str, AddressMatcher | None]) -> RuleSet:
    """Parents first; within a policy by priority of the group, then of the collection."""
    network: list[NetworkRule] = []
    application: list[ApplicationRule] = []
    for depth, (policy_id, policy) in reversed(list(enumerate(policies))):
        for found in _rules_of_policy(resources, policy_id, policy, groups, inherited=depth > 0):
            network += found.network
            application += found.application
    return RuleSet(tuple(network), tuple(application))


def _rules_of_policy(
    resources: Resources, policy_id: str, policy: Resource | None, groups: Mapping[str, AddressMatcher | None], *, inherited: bool
) -> Iterator[RuleSet]:
    if policy is None:
        yield unreadable(
            CollectionPlace(policy_id, None, inherited), last_name(policy_id), f"the policy {last_name(policy_id)} {resources.snapshot.absence(policy_id)}"
        )
        return
    own = resources.children(policy_id, "ruleCollectionGroups")
    here = {group.id.lower() for group in own}
    for listed in reference_ids(policy.properties.get("ruleCollectionGroups")):
        if listed.lower() not in here:
            yield unreadable(
                CollectionPlace(listed, last_name(listed), inherited),
                "?",
                f"the rule collection group {last_name(listed)} {resources.snapshot.absence(listed)}",
            )
    for group in sorted(own, key=lambda one: read_priority(one.properties.get("priority"))):
        at = CollectionPlace(group.id, group.name, inherited)
        collections = group.properties.get("ruleCollections")
        if is_expression(group.properties.get("priority")) or is_expression(collections) or is_expression(group.body.get("properties")):
            yield unreadable(at, "?", f"the rule collection group {group.name} is known only to the deployment")
        for body in sorted(objects(collections), key=lambda one: read_priority(one.get("priority"))):
            yield read_policy_collection(body, at, groups)


def _policy_settings(policies: list[Resource]) -> _Settings:
    """The nearest policy's word; where only a parent says something of DNS, whether that holds is not known."""
    if not policies:
        return _Settings(None, (), None, None)
    own: Json = policies[0].properties.get("dnsSettings")
    servers = texts(own.get("servers")) if isinstance(own, dict) else ()
    return _Settings(_dns_proxy(policies), servers, _untranslated(policies[0].properties.get("snat")), _deny_mode(policies))


def _dns_proxy(policies: list[Resource]) -> bool | None:
    own, *parents = [policy.properties.get("dnsSettings") for policy in policies]
    said: Json = own.get("enableProxy") if isinstance(own, dict) else own
    if said is None and own is None and any(isinstance(other, dict) and other.get("enableProxy") for other in parents):
        return None
    return None if is_expression(said) else bool(said)


def _deny_mode(policies: list[Resource]) -> str | None:
    for policy in policies:
        if str(policy.properties.get("threatIntelMode", "")).lower() == "deny":
            return f"threatIntelMode of {policy.name}"
        detection = policy.properties.get("intrusionDetection")
        if isinstance(detection, dict) and str(detection.get("mode", "")).lower() == "deny":
            return f"intrusionDetection of {policy.name}"
    return None


def _untranslated(settings: Json) -> AddressRanges | None:
    """What keeps its address on the way through; None where that is not known."""
    if settings is None:
        return PRIVATE
    if not isinstance(settings, dict) or is_expression(settings.get("privateRanges")):
        return None
    return _read_private_ranges(texts(settings.get("privateRanges")))


def _read_private_ranges(ranges: tuple[str, ...]) -> AddressRanges | None:
    if not ranges:
        return PRIVATE
    pairs: list[tuple[int, int]] = []
    for text in ranges:
        pair = read_pair(text)
        if text.lower() == "ianaprivateranges":
            pairs += list(PRIVATE)
        elif pair is not None:
            pairs.append(pair)
        else:
            return None
    return merge_ranges(pairs)


def _classic_settings(properties: JsonObject) -> _Settings:
    more: Json = properties.get("additionalProperties")
    additional = {str(key).lower(): str(value) for key, value in more.items()} if isinstance(more, dict) else {}
    servers = tuple(text.strip() for text in additional.get("network.dns.servers", "").split(",") if text.strip())
    ranges = tuple(text.strip() for text in additional.get("network.snat.privateranges", "").split(",") if text.strip())
    deny = "threatIntelMode of the firewall" if str(properties.get("threatIntelMode", "")).lower() == "deny" else None
    return _Settings(additional.get("network.dns.enableproxy", "").lower() == "true", servers, _read_private_ranges(ranges), deny)
