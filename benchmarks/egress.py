"""What egress must be fast at, as ratios in one run: flows, lint and preflight as rules and clusters grow, and a predicted flow beside a packet's own time."""

import gc
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from orchestrator.egress.addresses.knowledge import lab_knowledge
from orchestrator.egress.lint.registry import lint_firewalls
from orchestrator.egress.network.build import build_network
from orchestrator.egress.network.model import Network
from orchestrator.egress.preflight.preflight import preflight
from orchestrator.egress.trace.flow import Flow, Origin, find_sources
from orchestrator.egress.trace.trace import trace_flow
from orchestrator.model.flows import Endpoint
from orchestrator.model.json_value import JsonObject
from orchestrator.model.resources import Snapshot, make_snapshot

FEW, MANY = 100, 1_000
CLUSTERS = 100
_LEAST_SECONDS = 0.05
GROUP = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg{}"
ENDPOINTS = (
    Endpoint("https", "mcr.microsoft.com", 443),
    Endpoint("https", "nothing-allows.example.com", 443),
    Endpoint("tcp", "203.0.113.77", 8443),
    Endpoint("udp", "ntp.ubuntu.com", 123),
)
"""Allowed by the last rule, denied by all, allowed by a network rule, allowed by a name."""


@dataclass(frozen=True)
class Growth:
    """`big` may take at most `limit` times as long as `small`."""

    name: str
    small: Callable[[], object]
    big: Callable[[], object]
    limit: float


def growths() -> list[Growth]:
    """1,000 rules beside 100, 100 clusters beside one."""
    few, many = build_network(_snapshot(rules=FEW)), build_network(_snapshot(rules=MANY))
    one, hundred = _snapshot(rules=FEW), _snapshot(rules=FEW, clusters=CLUSTERS)
    knowledge = lab_knowledge()
    return [
        Growth(f"flows over {MANY} rules / over {FEW}", lambda: trace_all(few), lambda: trace_all(many), 12),
        Growth(f"lint of {MANY} rules / of {FEW}", lambda: lint_firewalls(few, knowledge), lambda: lint_firewalls(many, knowledge), 12),
        Growth(f"model of {MANY} rules / of {FEW}", lambda: build_network(_snapshot(rules=FEW)), lambda: build_network(_snapshot(rules=MANY)), 12),
        Growth(f"preflight of {CLUSTERS} clusters / of one", lambda: preflight(one, knowledge), lambda: preflight(hundred, knowledge), 130),
    ]


def trace_all(network: Network) -> None:
    """Each endpoint from the first cluster."""
    knowledge = lab_knowledge()
    source = find_sources(network, next(iter(network.clusters)), Origin.POD)[0]
    for endpoint in ENDPOINTS:
        trace_flow(network, knowledge, Flow(source, endpoint))


def seconds_of(work: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    """How long `work` takes, repeated until the clock's grain does not count. The processor's time: a neighbour on the machine is not in it."""
    began = clock()
    work()
    repeat = max(1, round(_LEAST_SECONDS / max(clock() - began, 1e-6)))
    began = clock()
    for _ in range(repeat):
        work()
    return (clock() - began) / repeat


def measure_growth(growth: Growth, runs: int) -> tuple[float, float]:
    """(big, small): medians, taking turns, without the collector's pauses."""
    with quiet_collector():
        pairs = [(seconds_of(growth.big), seconds_of(growth.small)) for _ in range(runs)]
    return statistics.median(big for big, _ in pairs), statistics.median(small for _, small in pairs)


@contextmanager
def quiet_collector() -> Iterator[None]:
    """What is there is not looked at again, and nothing is collected meanwhile."""
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()


def _snapshot(*, rules: int, clusters: int = 1) -> Snapshot:
    return make_snapshot([body for number in range(clusters) for body in _bodies(number, rules)])


def _bodies(number: int, rules: int) -> list[JsonObject]:
    """A cluster behind a firewall, as the udr topology has it, with its own network and rules."""
    group = GROUP.format(number)
    network, private = f"{group}/providers/Microsoft.Network", "10.42.2.4"
    names = {"routeTables": "rt", "virtualNetworks": "vnet", "publicIPAddresses": "out", "firewallPolicies": "policy", "azureFirewalls": "fw"}
    ids = {kind: f"{network}/{kind}/{name}" for kind, name in names.items()}
    subnets = [
        {"name": "nodes", "properties": {"addressPrefix": "10.42.1.0/24", "defaultOutboundAccess": False, "routeTable": {"id": ids["routeTables"]}}},
        {"name": "AzureFirewallSubnet", "properties": {"addressPrefix": "10.42.2.0/24"}},
    ]
    space = {"addressSpace": {"addressPrefixes": ["10.42.0.0/16"]}, "dhcpOptions": {"dnsServers": [private]}, "subnets": subnets}
    configuration = {
        "privateIPAddress": private,
        "publicIPAddress": {"id": ids["publicIPAddresses"]},
        "subnet": {"id": f"{ids['virtualNetworks']}/subnets/AzureFirewallSubnet"},
    }
    route = {"addressPrefix": "0.0.0.0/0", "nextHopType": "VirtualAppliance", "nextHopIpAddress": private}
    made = {
        "routeTables": {"routes": [{"name": "out", "properties": route}]},
        "virtualNetworks": space,
        "publicIPAddresses": {"ipAddress": f"20.100.{number}.5"},
        "firewallPolicies": {"sku": {"tier": "Standard"}, "dnsSettings": {"enableProxy": True}},
        "azureFirewalls": {
            "sku": {"tier": "Standard"},
            "firewallPolicy": {"id": ids["firewallPolicies"]},
            "ipConfigurations": [{"name": "c", "properties": configuration}],
        },
    }
    bodies: list[JsonObject] = [
        {"id": ids[kind], "type": f"Microsoft.Network/{kind}", "name": names[kind], "location": "westeurope", "properties": properties}
        for kind, properties in made.items()
    ]
    bodies += [
        {
            "id": f"{ids['firewallPolicies']}/ruleCollectionGroups/g",
            "type": "Microsoft.Network/firewallPolicies/ruleCollectionGroups",
            "name": "policy/g",
            "properties": {"priority": 200, "ruleCollections": _collections(rules)},
        }
    ]
    pool = {"name": "pool1", "count": 3, "vnetSubnetID": f"{ids['virtualNetworks']}/subnets/nodes"}
    profile = {"outboundType": "userDefinedRouting", "networkPlugin": "azure"}
    return [
        *bodies,
        {
            "id": f"{group}/providers/Microsoft.ContainerService/managedClusters/aks",
            "type": "Microsoft.ContainerService/managedClusters",
            "name": "aks",
            "location": "westeurope",
            "properties": {"agentPoolProfiles": [pool], "networkProfile": profile},
        },
    ]


def _collections(rules: int) -> list[JsonObject]:
    """A tenth of the rules are network rules; of the others each fifth has a wildcard. AKS's own come last."""
    network = [_network_rule(number) for number in range(rules // 10)]
    application = [_application_rule(number) for number in range(rules - len(network))]
    own = {
        "ruleType": "ApplicationRule",
        "name": "aks",
        "fqdnTags": ["AzureKubernetesService"],
        "protocols": _protocols("Https", "Http"),
        "sourceAddresses": ["10.42.1.0/24"],
    }
    time_rule = {
        **_network_rule(0),
        "name": "time",
        "ipProtocols": ["UDP"],
        "destinationAddresses": [],
        "destinationFqdns": ["ntp.ubuntu.com"],
        "destinationPorts": ["123"],
    }
    return [_collection("network", 100, [*network, time_rule]), _collection("application", 200, [*application, own])]


def _collection(name: str, priority: int, rules: list[JsonObject]) -> JsonObject:
    kind = "FirewallPolicyFilterRuleCollection"
    return {"ruleCollectionType": kind, "name": name, "priority": priority, "action": {"type": "Allow"}, "rules": rules}


def _network_rule(number: int) -> JsonObject:
    return {
        "ruleType": "NetworkRule",
        "name": f"n{number}",
        "ipProtocols": ["TCP"],
        "sourceAddresses": ["10.42.1.0/24"],
        "destinationAddresses": [f"203.0.{113 - number // 200}.{number % 200}", f"198.51.{number // 200}.{number % 200}"],
        "destinationPorts": [str(8_443 + number % 7)],
    }


def _application_rule(number: int) -> JsonObject:
    names = [f"*.team{number}.example.org"] if number % 5 == 0 else [f"host{number}.example.com", f"api{number}.example.net"]
    return {
        "ruleType": "ApplicationRule",
        "name": f"a{number}",
        "protocols": _protocols("Https"),
        "sourceAddresses": ["10.42.1.0/24"],
        "targetFqdns": names,
    }


def _protocols(*names: str) -> list[JsonObject]:
    return [{"protocolType": name, "port": {"Http": 80, "Https": 443}[name]} for name in names]
