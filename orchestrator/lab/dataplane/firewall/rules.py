"""Rules of an Azure Firewall out of its resources: a firewall policy with its rule collection groups and parents, or classic collections."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from orchestrator.catalog.fqdn_tags import expand_fqdn_tag
from orchestrator.catalog.lab_internet import service_tag_prefixes
from orchestrator.lab.dataplane.addresses import PRIVATE_RANGES, AddressSet, read_address_set
from orchestrator.lab.dataplane.firewall.policy import ApplicationRule, Collection, NamePattern, NetworkRule, RuleSet
from orchestrator.model.json_value import JsonObject
from orchestrator.model.resource_id import same_id
from orchestrator.model.resources import Resource, Snapshot

_GROUPS = "Microsoft.Network/firewallPolicies/ruleCollectionGroups"
_CLASSIC_GROUP = "classic rules"
_UNREAD = {
    "targetUrls": "URLs need TLS inspection",
    "webCategories": "web categories are not known here",
}


@dataclass(frozen=True, slots=True)
class FirewallSettings:
    """What a firewall does: its rules, and its DNS proxy with the servers that it asks (empty: Azure's).

    untranslated: destinations to which network rules let packets keep their source (learn.microsoft.com/azure/firewall/snat-private-range).
    """

    rules: RuleSet
    dns_proxy: bool
    dns_servers: tuple[str, ...]
    untranslated: tuple[str, ...] = PRIVATE_RANGES


def read_firewall_settings(snapshot: Snapshot, firewall: Resource, say: Callable[[str], None]) -> FirewallSettings:
    """The settings of a firewall; what the lab cannot enforce is said, and never allows."""
    reader = _Reader(snapshot, str(firewall.body.get("location") or ""), say)
    policy_id = (firewall.properties.get("firewallPolicy") or {}).get("id")
    if policy_id is None:
        return reader.classic(firewall)
    policy = snapshot.find(policy_id)
    if policy is None:
        say(f"{firewall.name}: its policy {policy_id} is not there, so nothing is allowed")
        return FirewallSettings(RuleSet(), dns_proxy=False, dns_servers=())
    dns = policy.properties.get("dnsSettings") or {}
    rules = RuleSet(tuple(sorted(reader.policy(policy), key=lambda collection: collection.order)))
    if not dns.get("enableProxy") and rules.learned_names:
        say(f"{firewall.name}: FQDNs in network rules match nothing, since the DNS proxy is off")
    ranges = _read_private_ranges((policy.properties.get("snat") or {}).get("privateRanges") or ())
    return FirewallSettings(rules, bool(dns.get("enableProxy")), tuple(dns.get("servers") or ()), ranges)


def _read_private_ranges(texts: Sequence[str]) -> tuple[str, ...]:
    """IANAPrivateRanges stands for the default."""
    found = [prefix for text in texts for prefix in (PRIVATE_RANGES if text.lower() == "ianaprivateranges" else (text,))]
    return tuple(found) or PRIVATE_RANGES


@dataclass(frozen=True, slots=True)
class _Reader:
    snapshot: Snapshot
    location: str
    say: Callable[[str], None]

    def policy(self, policy: Resource) -> list[Collection]:
        chain = self._ancestry(policy)
        return [collection for depth, member in enumerate(chain) for collection in self._groups(member, depth)]

    def _ancestry(self, policy: Resource) -> list[Resource]:
        """The outermost parent first."""
        chain = [policy]
        parent = self.snapshot.find((policy.properties.get("basePolicy") or {}).get("id"))
        while parent is not None and parent not in chain:
            chain.insert(0, parent)
            parent = self.snapshot.find((parent.properties.get("basePolicy") or {}).get("id"))
        return chain

    def _groups(self, policy: Resource, depth: int) -> list[Collection]:
        found = []
        for group in self.snapshot.of_type(_GROUPS):
            if not same_id(str(group.resource_id.parent), policy.id):
                continue
            priority = int(group.properties.get("priority") or 0)
            for body in group.properties.get("ruleCollections") or ():
                read = self._collection(group.name, (depth, priority), body, body.get("rules") or ())
                found += [replace(collection, policy=policy.name) for collection in read]
        return found

    def classic(self, firewall: Resource) -> FirewallSettings:
        found: list[Collection] = []
        for key, kind in (("networkRuleCollections", "NetworkRule"), ("applicationRuleCollections", "ApplicationRule")):
            for body in firewall.properties.get(key) or ():
                properties = {**(body.get("properties") or {}), "name": body.get("name"), "ruleCollectionType": "FirewallPolicyFilterRuleCollection"}
                rules = [{**rule, "ruleType": kind, "ipProtocols": rule.get("protocols")} for rule in properties.get("rules") or ()]
                found += self._collection(_CLASSIC_GROUP, (0, 0), properties, rules)
        switch = str((firewall.properties.get("additionalProperties") or {}).get("Network.DNS.EnableProxy", "")).lower()
        ranges = str((firewall.properties.get("additionalProperties") or {}).get("Network.SNAT.PrivateRanges", ""))
        untranslated = _read_private_ranges([text.strip() for text in ranges.split(",") if text.strip()])
        in_order = RuleSet(tuple(sorted(found, key=lambda c: c.order)))
        return FirewallSettings(in_order, dns_proxy=switch == "true", dns_servers=(), untranslated=untranslated)

    def _collection(self, group: str, order: tuple[int, int], body: JsonObject, rules: Sequence[JsonObject]) -> list[Collection]:
        name = str(body.get("name") or "")
        if body.get("ruleCollectionType") != "FirewallPolicyFilterRuleCollection":
            self.say(f"rule collection {name}: only filter rules are enforced, not {body.get('ruleCollectionType')}")
            return []
        allows = str((body.get("action") or {}).get("type")).lower() == "allow"
        network = tuple(self._network(rule) for rule in rules if rule.get("ruleType") == "NetworkRule")
        application = tuple(self._application(rule) for rule in rules if rule.get("ruleType") == "ApplicationRule")
        return [Collection(name, group, (*order, int(body.get("priority") or 0)), allows, network, application)]

    def _network(self, rule: JsonObject) -> NetworkRule:
        name = self._checked_name(rule)
        protocols = frozenset(str(protocol).upper() for protocol in rule.get("ipProtocols") or ())
        ports = tuple(self._port_range(str(port)) for port in rule.get("destinationPorts") or ())
        names = tuple(str(host).lower() for host in rule.get("destinationFqdns") or ())
        return NetworkRule(name, protocols, self._addresses(rule, "source"), self._addresses(rule, "destination"), names, ports)

    def _application(self, rule: JsonObject) -> ApplicationRule:
        name = self._checked_name(rule)
        protocols = frozenset((str(p["protocolType"]).lower(), int(p["port"])) for p in rule.get("protocols") or ())
        for protocol, _ in sorted(protocols):
            if protocol not in ("http", "https"):
                self.say(f"rule {name}: the protocol {protocol} is not supported, and allows nothing")
        patterns = [NamePattern(str(host).lower()) for host in rule.get("targetFqdns") or ()]
        for tag in rule.get("fqdnTags") or ():
            patterns += self._tag(name, str(tag))
        return ApplicationRule(name, self._addresses(rule, "source"), protocols, tuple(patterns))

    def _tag(self, rule: str, tag: str) -> list[NamePattern]:
        try:
            return [NamePattern(entry.pattern.lower(), (entry.protocol, entry.port)) for entry in expand_fqdn_tag(tag, self.location)]
        except ValueError as error:
            self.say(f"rule {rule}: {error}")
            return []

    def _addresses(self, rule: JsonObject, end: str) -> AddressSet:
        texts = list(rule.get(f"{end}Addresses") or ())
        for group_id in rule.get(f"{end}IpGroups") or ():
            group = self.snapshot.find(group_id)
            texts += group.properties.get("ipAddresses") or () if group else ()
        return read_address_set([str(text) for text in texts], service_tag_prefixes, lambda text: self.say(f"rule {rule.get('name')}: {text}"))

    def _checked_name(self, rule: JsonObject) -> str:
        name = str(rule.get("name") or "")
        for key, why in _UNREAD.items():
            if rule.get(key):
                self.say(f"rule {name}: {key} match nothing in the lab: {why}")
        return name

    @staticmethod
    def _port_range(text: str) -> tuple[int, int]:
        if text == "*":
            return 0, 65535
        first, _, last = text.partition("-")
        return int(first), int(last or first)
