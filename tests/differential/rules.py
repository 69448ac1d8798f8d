"""Random firewall rules over a small set of targets, so that rules meet: by priority, by kind, parent and child, allow and deny. Knows neither engine."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from orchestrator.catalog.lab_internet import candidate_addresses
from tests.lab.dataplane.topologies import reference, resource

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Target:
    """What flows go to, and how rules can name it. `prefixes`, `tags`, `patterns`, `fqdn_tags`: what holds it."""

    protocol: str
    host: str
    port: int
    prefixes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    fqdn_tags: tuple[str, ...] = ()
    named: bool = False


def _web(host: str, *patterns: str, protocols: Sequence[str] = ("http", "https"), tags: Sequence[str] = (), fqdn_tags: Sequence[str] = ()) -> list[Target]:
    address = next(candidate_addresses(host))
    prefixes = (f"{address}/32", f"{address.rsplit('.', 1)[0]}.0/24", "104.16.0.0/12" if address.startswith("104.") else f"{address.split('.')[0]}.0.0.0/8")
    ports = {"http": 80, "https": 443}
    return [
        Target(protocol, host, ports[protocol], prefixes, tuple(tags), (host, host, *patterns), tuple(fqdn_tags) if protocol == "https" else (), named=True)
        for protocol in protocols
    ]


def _plain(address: str, *tags: str) -> list[Target]:
    prefixes = (f"{address}/32", f"{address.rsplit('.', 1)[0]}.0/24", f"{address.rsplit('.', 2)[0]}.0.0/16", f"{address}-{address[:-1]}9")
    return [Target(protocol, address, port, prefixes, tags) for protocol, port in (("tcp", 9000), ("udp", 1194))]


def _by_name(protocol: str, host: str, port: int, *tags: str) -> Target:
    address = next(candidate_addresses(host))
    return Target(protocol, host, port, (f"{address}/32",), tags, (host,), named=True)


_KUBERNETES = ("AzureKubernetesService",)
TARGETS: tuple[Target, ...] = (
    *_web("api.contoso.com", "*.contoso.com", "*contoso.com", "*.com"),
    *_web("contoso.com", "*contoso.com", "*.com"),
    *_web("anycontoso.com", "*contoso.com", "*.com"),
    *_web("a.b.fabrikam.net", "*.b.fabrikam.net", "*.fabrikam.net", "*.net"),
    *_web("ifconfig.me", "*.me", "*fconfig.me"),
    *_web("mcr.microsoft.com", "*.microsoft.com", tags=("MicrosoftContainerRegistry", "AzureCloud"), fqdn_tags=_KUBERNETES),
    *_web("westeurope.data.mcr.microsoft.com", "*.data.mcr.microsoft.com", tags=("MicrosoftContainerRegistry", "AzureCloud"), fqdn_tags=_KUBERNETES),
    *_web("packages.aks.azure.com", "*.azure.com", fqdn_tags=_KUBERNETES, protocols=("https",)),
    *_web("management.azure.com", "*.azure.com", tags=("AzureResourceManager", "AzureCloud"), fqdn_tags=_KUBERNETES, protocols=("https",)),
    Target("http", "security.ubuntu.com", 80, (), (), ("security.ubuntu.com", "*.ubuntu.com", "*ubuntu.com"), _KUBERNETES, named=True),
    Target("https", "20.50.7.7", 443, ("20.50.7.0/24", "20.50.7.7/32"), ("AzureCloud", "AzureCloud.westeurope")),
    Target("http", "web.hcp.westeurope.azmk8s.io", 9000, (), (), ("*.westeurope.azmk8s.io", "web.hcp.westeurope.azmk8s.io"), named=True),
    *_plain("20.50.1.1", "AzureCloud", "AzureCloud.westeurope"),
    *_plain("20.51.2.2", "AzureCloud", "AzureCloud.westus2"),
    *_plain("20.89.3.3", "AzureCloud", "AzureMonitor"),
    Target("http", "20.50.7.7", 80, ("20.50.7.0/24", "20.50.7.7/32"), ("AzureCloud", "AzureCloud.westeurope")),
    Target("tcp", "10.200.0.9", 9000, ("10.200.0.0/16", "10.200.0.9/32")),
    _by_name("udp", "ntp.ubuntu.com", 123),
    _by_name("udp", "time.windows.com", 123),
    _by_name("udp", "tunnel.hcp.westeurope.azmk8s.io", 1194, "AzureCloud", "AzureCloud.westeurope"),
    _by_name("tcp", "tunnel.hcp.westeurope.azmk8s.io", 9000, "AzureCloud", "AzureCloud.westeurope"),
    _by_name("tcp", "other.hcp.westus2.azmk8s.io", 9000, "AzureCloud", "AzureCloud.westus2"),
)
"""Everything that flows go to."""


def choose_targets(random: Random) -> tuple[Target, ...]:
    """What one network is about: few enough that rules meet, and of every kind."""
    web = [target for target in TARGETS if target.patterns and target.protocol in ("http", "https")]
    plain = [target for target in TARGETS if target not in web]
    return (*random.sample(web, 9), *random.sample(plain, 8))


_PRIVATE_RANGES: tuple[list[str], ...] = (["IANAPrivateRanges"], ["10.42.0.0/16"], ["IANAPrivateRanges", "20.51.0.0/16"], ["0.0.0.0/0"])


@dataclass(slots=True)
class RuleWriter:
    """Writes the rules of one firewall. `sources`: prefixes that traffic comes from, `inside`: prefixes of networks, `targets`: what it is about."""

    random: Random
    scope: str
    number: int
    sources: tuple[str, ...]
    inside: tuple[str, ...]
    targets: tuple[Target, ...]
    bodies: list[Body] = field(default_factory=list)
    _groups: int = 0

    def policies(self, *, proxy: bool, parent: bool, translated: bool) -> Body:
        """The firewall's policy; its parent, and the groups of both, are among `bodies`. `translated`: what goes to the internet always is."""
        settings: Body = {"dnsSettings": {"enableProxy": proxy}, "sku": {"tier": "Standard"}}
        if self.random.random() < 0.2:
            settings["snat"] = {"privateRanges": self.random.choice(_PRIVATE_RANGES[:2] if translated else _PRIVATE_RANGES)}
        base = self._policy("parent", settings) if parent else None
        return self._policy("policy", settings | ({"basePolicy": reference(base)} if base is not None else {}))

    def _policy(self, name: str, settings: Body) -> Body:
        policy = resource(self.scope, "Microsoft.Network/firewallPolicies", f"{name}-{self.number}", settings)
        self.bodies.append(policy)
        for number, priority in enumerate(self.random.sample(range(100, 900), self.random.choice((1, 2, 2, 3)))):
            body = {"priority": priority, "ruleCollections": self._collections(self.random.randint(4, 6))}
            path = f"{policy['name']}/g{number}"
            self.bodies.append(resource(self.scope, "Microsoft.Network/firewallPolicies/ruleCollectionGroups", path, body))
        return policy

    def _collections(self, count: int) -> list[Body]:
        """Named by their numbers, in an order that is not that of their priorities."""
        made = []
        for number, priority in enumerate(self.random.sample(range(100, 900), count)):
            kind = "NetworkRule" if self.random.random() < 0.32 else "ApplicationRule"
            rules = [self._rule(kind, f"r{index}") for index in range(self.random.randint(3, 7))]
            action = {"type": "Deny" if self.random.random() < 0.35 else "Allow"}
            head = {"ruleCollectionType": "FirewallPolicyFilterRuleCollection", "name": f"c{number}", "priority": priority}
            made.append({**head, "action": action, "rules": rules})
        return made

    def classic_collections(self) -> Body:
        """The rules in a firewall's own body."""
        found: Body = {"networkRuleCollections": [], "applicationRuleCollections": []}
        for number, collection in enumerate(self._collections(self.random.randint(4, 8))):
            kind = collection["rules"][0]["ruleType"]
            rules = [_as_classic(rule) for rule in collection["rules"]]
            properties = {"priority": collection["priority"], "action": collection["action"], "rules": rules}
            key = "networkRuleCollections" if kind == "NetworkRule" else "applicationRuleCollections"
            found[key].append({"name": f"c{number}", "properties": properties})
        return found

    def _rule(self, kind: str, name: str) -> Body:
        rule = {"ruleType": kind, "name": name, **self._sources()}
        return rule | (self._network_rule() if kind == "NetworkRule" else self._application_rule())

    def _sources(self) -> Body:
        chosen = self.random.random()
        if chosen < 0.4:
            return {"sourceAddresses": ["*"]}
        inside = chosen < 0.9
        prefix = self.random.choice(self.sources) if inside else "10.99.0.0/16"
        if self.random.random() < 0.45:
            return {"sourceIpGroups": [self._ip_group([prefix, "10.98.0.0/24"])]}
        return {"sourceAddresses": [prefix, "10.97.0.4"]}

    def _network_rule(self) -> Body:
        if self.random.random() < 0.04:
            return {"ipProtocols": ["UDP"], "destinationPorts": ["53"], "destinationAddresses": [self.random.choice(("8.8.8.8", "*"))]}
        if self.inside and self.random.random() < 0.22:
            return {"ipProtocols": ["Any"], "destinationPorts": ["*"], "destinationAddresses": [self.random.choice(self.inside)]}
        target = self.random.choice([one for one in self.targets if one.prefixes and (one.named or self.random.random() < 0.7)])
        ways: list[Callable[[], Body]] = [lambda: {"destinationAddresses": [self.random.choice(target.prefixes)]}]
        ways += [lambda: {"destinationAddresses": [self.random.choice(target.tags)]}] * 2 if target.tags else []
        ways += [lambda: {"destinationIpGroups": [self._ip_group([self.random.choice(target.prefixes)])]}]
        ways += [lambda: {"destinationFqdns": [target.host]}] * 9 if target.named else []
        protocol = "UDP" if target.protocol == "udp" else "TCP"
        port = self.random.choice((str(target.port), str(target.port), f"{target.port - 3}-{target.port + 5}", "*"))
        if port == "*" and target.protocol in ("http", "https"):
            port = str(target.port)
        return {"ipProtocols": [self.random.choice((protocol, protocol, "Any"))], "destinationPorts": [port], **self.random.choice(ways)()}

    def _application_rule(self) -> Body:
        target = self.random.choice([one for one in self.targets if one.patterns and one.protocol in ("http", "https")])
        both = [{"protocolType": "Http", "port": 80}, {"protocolType": "Https", "port": 443}]
        protocols = both if self.random.random() < 0.6 else []
        if not protocols or target.port not in (80, 443):
            protocols = [{"protocolType": target.protocol.capitalize(), "port": target.port}]
        if target.fqdn_tags and self.random.random() < 0.6:
            return {"protocols": both, "fqdnTags": list(target.fqdn_tags)}
        wild = [pattern for pattern in target.patterns if pattern.startswith("*")]
        names = wild if wild and self.random.random() < 0.65 else target.patterns
        return {"protocols": protocols, "targetFqdns": [self.random.choice(names)]}

    def _ip_group(self, addresses: Sequence[str]) -> str:
        self._groups += 1
        body = resource(self.scope, "Microsoft.Network/ipGroups", f"group-{self.number}-{self._groups}", {"ipAddresses": list(addresses)})
        self.bodies.append(body)
        return str(body["id"])


def _as_classic(rule: Body) -> Body:
    """A policy's rule as it stands in a firewall's own body."""
    classic = {key: value for key, value in rule.items() if key not in ("ruleType", "ipProtocols")}
    return classic | ({"protocols": rule["ipProtocols"]} if "ipProtocols" in rule else {})
