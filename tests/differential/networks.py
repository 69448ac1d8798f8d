"""Random networks: clusters behind firewalls, NAT gateways and load balancers, alone or as hub and spoke. Knows bodies of resources, and neither engine.

A scene is one network, with a few clusters of one node. What Azure refuses is not made (overlapping ranges, a firewall without an address); what it accepts
and nobody wants is: a peering in one direction, a vnet that asks a firewall whose DNS proxy is off.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.differential.rules import RuleWriter, Target, choose_targets
from tests.lab.dataplane.topologies import LOCATION, group, public_ip, reference, resource, vnet

Body = dict[str, Any]
_EXTRA_PREFIXES = ("20.50.0.0/16", "20.51.0.0/16", "20.54.0.0/17", "104.16.0.0/13", "104.24.0.0/13", "34.160.111.145/32", "20.89.0.0/20")
_SECURITY_TARGETS = ("*", "20.50.1.1", "20.51.2.2", "104.16.0.0/13", "104.24.0.0/13", "34.160.111.145", "AzureCloud.westeurope", "AzureCloud", "Internet")


@dataclass(frozen=True, slots=True)
class Scene:
    """`clusters`: ids; `inside`: addresses of machines in the network; `targets`: what flows go to; `words`: what it is, for a reader."""

    number: int
    words: tuple[str, ...]
    resources: tuple[Body, ...]
    clusters: tuple[str, ...]
    inside: tuple[str, ...]
    targets: tuple[Target, ...]


@dataclass(slots=True)
class _Builder:
    number: int
    random: Random
    targets: tuple[Target, ...]
    bodies: list[Body] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    clusters: list[str] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)
    public: int = 0

    @property
    def scope(self) -> str:
        return group(f"rg-{self.number}")

    def maybe(self, share: float) -> bool:
        return self.random.random() < share

    def add(self, body: Body) -> Body:
        self.bodies.append(body)
        return body

    def say(self, word: str) -> None:
        self.words.append(word)

    def address(self, name: str, scope: str | None = None) -> Body:
        """A public address that no other scene has: 20.100.<number>.<n>, for up to 1,024 scenes."""
        self.public += 1
        text = f"20.{100 + self.number // 256}.{self.number % 256}.{self.public + 3}"
        return self.add(public_ip(scope or self.scope, f"{name}-{self.public}", text))

    def nat_gateway(self, name: str) -> Body:
        addresses = [self.address(name) for _ in range(self.random.randint(1, 2))]
        return self.add(resource(self.scope, "Microsoft.Network/natGateways", name, {"publicIpAddresses": [reference(ip) for ip in addresses]}))


def make_scene(number: int, random: Random) -> Scene:
    """One scene; the same for the same number and state of `random`."""
    builder = _Builder(number, random, choose_targets(random))
    if random.random() < 0.1:
        _make_plain(builder)
    else:
        _make_firewalled(builder, spokes=random.choice((0, 0, 1, 2, 2)))
    return Scene(number, tuple(builder.words), tuple(builder.bodies), tuple(builder.clusters), tuple(builder.inside), builder.targets)


def _make_plain(builder: _Builder) -> None:
    """No firewall: a NAT gateway or a load balancer, with security groups and routes to nowhere."""
    subnet: Body = {"addressPrefix": "10.42.1.0/24", "defaultOutboundAccess": False}
    gateway = builder.nat_gateway("natgw") if builder.maybe(0.5) else None
    balanced = gateway is None or builder.maybe(0.2)
    if gateway is not None:
        subnet["natGateway"] = reference(gateway)
        builder.say("NAT gateway on the subnet")
    routes = [_route(prefix, "None") for prefix in builder.random.sample(_EXTRA_PREFIXES, builder.random.randint(0, 3))]
    routes += [_route(builder.random.choice(("20.50.1.0/24", "20.51.2.0/24")), "Internet")] if builder.maybe(0.5) else []
    routes += [_route("0.0.0.0/0", "Internet")] if builder.maybe(0.4) else []
    if routes:
        subnet["routeTable"] = reference(_route_table(builder, "routes", routes))
    _security_group(builder, subnet, share=0.8)
    network = builder.add(vnet(builder.scope, f"net-{builder.number}", ["10.42.0.0/16"], {"aks": subnet}))
    _cluster(builder, network, 0, "loadBalancer" if balanced else "userAssignedNATGateway")


def _make_firewalled(builder: _Builder, spokes: int) -> None:
    """A firewall with its network, and clusters in that network (no spokes) or in peered ones."""
    hub_subnets: dict[str, Body] = {"AzureFirewallSubnet": {"addressPrefix": "10.42.2.0/26"}}
    if builder.maybe(0.15):
        routes = [_route("0.0.0.0/0", "Internet"), _route("20.51.0.0/16", "None")][: builder.random.randint(1, 2)]
        hub_subnets["AzureFirewallSubnet"]["routeTable"] = reference(_route_table(builder, "fw-routes", routes))
        builder.say("routes of the firewall's subnet")
    if builder.maybe(0.25):
        hub_subnets["AzureFirewallSubnet"]["natGateway"] = reference(builder.nat_gateway("fwnat"))
        builder.say("NAT gateway on the firewall's subnet")
    proxy = builder.maybe(0.75)
    servers: tuple[str, ...] = ("10.42.2.4",) if builder.maybe(0.8 if proxy else 0.06) else ("8.8.8.8",) if builder.maybe(0.3) else ()
    if builder.maybe(0.15):
        servers = tuple(builder.random.sample(("10.42.2.4", "8.8.8.8", "168.63.129.16"), 2))
        builder.say("two DNS servers")
    prefixes = [f"10.{50 + i}.0.0/16" for i in range(spokes)] or ["10.42.0.0/16"]
    networks = []
    own = [] if spokes else ["aks", "other"][: builder.random.randint(1, 2)]
    for index, name in enumerate(own):
        hub_subnets[name] = _node_subnet(builder, ("10.42.1.0/24", "10.42.3.0/24")[index], name, ("10.42.0.0/16", "10.42.3.0/24", "10.42.1.0/24"))
    hub = builder.add(vnet(builder.scope, f"hub-{builder.number}", ["10.42.0.0/16"], hub_subnets, servers))
    sources = [prefix.replace("0.0/16", "1.0/24") for prefix in prefixes] + ["10.42.3.0/24"] * (len(own) - 1)
    _firewall(builder, hub, sources, [*sources, *prefixes, "10.0.0.0/8"], proxy=proxy)
    for index in range(spokes):
        scope = group(f"rg-{builder.number}-spoke{index}")
        others = ("10.42.0.0/16", f"10.{51 - index}.0.0/16", f"10.{51 - index}.1.0/24")
        subnet = _node_subnet(builder, f"10.{50 + index}.1.0/24", f"-{index}", others)
        spoke = builder.add(vnet(scope, f"spoke-{builder.number}-{index}", [prefixes[index]], {"aks": subnet}, servers))
        _peer(builder, hub, spoke)
        networks.append(spoke)
    if spokes:
        builder.say("hub and spoke")
        if spokes == 2 and builder.maybe(0.15):
            _peer(builder, networks[0], networks[1])
            builder.say("spokes peered with each other")
    for index, (network, name) in enumerate([(network, "aks") for network in networks] or [(hub, name) for name in own]):
        _cluster(builder, network, index, builder.random.choice(("userDefinedRouting", "userDefinedRouting", "loadBalancer")), name)


def _node_subnet(builder: _Builder, prefix: str, suffix: str, others: Sequence[str]) -> Body:
    """Default route to the firewall (or none, with a NAT gateway), and longer prefixes that lead elsewhere; `others`: prefixes inside."""
    random = builder.random
    subnet: Body = {"addressPrefix": prefix, "defaultOutboundAccess": False}
    default = builder.maybe(0.88)
    routes = [_route("0.0.0.0/0", "VirtualAppliance", "10.42.2.4")] if default else []
    elsewhere = ("Internet", "Internet", "None") if default else ("VirtualAppliance", "VirtualAppliance", "None")
    for extra in random.sample(_EXTRA_PREFIXES, random.choice((0, 1, 1, 2))):
        kind = random.choice(elsewhere)
        routes.append(_route(extra, kind, "10.42.2.4" if kind == "VirtualAppliance" else None))
    if builder.maybe(0.15):
        routes.append(_route("20.50.1.1/32", "VirtualAppliance", "10.42.2.4"))
    if builder.maybe(0.3):
        routes.append(_route(random.choice(others), "VirtualAppliance", "10.42.2.4"))
    if builder.maybe(0.1):
        routes.append(_route(random.choice(("AzureMonitor", "AzureCloud.westus2")), random.choice(("Internet", "None"))))
    if routes:
        subnet["routeTable"] = reference(_route_table(builder, f"routes{suffix}", routes))
    if builder.maybe(0.35 if default else 0.7):
        subnet["natGateway"] = reference(builder.nat_gateway(f"natgw{suffix}"))
        builder.say("NAT gateway on the subnet")
    _security_group(builder, subnet, share=0.8, others=others)
    return subnet


def _route(prefix: str, kind: str, address: str | None = None) -> Body:
    properties = {"addressPrefix": prefix, "nextHopType": kind, **({"nextHopIpAddress": address} if address else {})}
    return {"name": f"to-{prefix.replace('/', '-')}-{kind}", "properties": properties}


def _route_table(builder: _Builder, name: str, routes: Sequence[Body]) -> Body:
    unique = {route["properties"]["addressPrefix"]: route for route in routes}
    return builder.add(resource(builder.scope, "Microsoft.Network/routeTables", f"{name}-{builder.number}", {"routes": list(unique.values())}))


def _security_group(builder: _Builder, subnet: Body, share: float, others: Sequence[str] = ()) -> None:
    if not builder.maybe(share):
        return
    random = builder.random
    rules = []
    for priority in random.sample(range(100, 4000), random.randint(4, 9)):
        inbound = bool(others) and builder.maybe(0.3)
        destination = random.choice(("*", subnet["addressPrefix"]) if inbound else (*_SECURITY_TARGETS, *others[:2]))
        narrow = destination != "*" and destination != "Internet"
        properties = {
            "priority": priority,
            "direction": "Inbound" if inbound else "Outbound",
            "access": "Deny" if builder.maybe(0.7 if narrow else 0.4) else "Allow",
            "protocol": random.choice(("Tcp", "Tcp", "Udp", "*")),
            "sourceAddressPrefix": random.choice(("*", *others, "10.42.2.0/26") if inbound else _near(subnet)),
            "sourcePortRange": "*",
            "destinationAddressPrefix": destination,
            "destinationPortRange": random.choice(("*", "*", "443", "80", "9000", "100-2000") if narrow else ("80", "9000", "1194", "100-130", "53")),
        }
        rules.append({"name": f"r{priority}", "properties": properties})
    group_body = resource(builder.scope, "Microsoft.Network/networkSecurityGroups", f"nsg-{builder.number}-{len(builder.bodies)}", {"securityRules": rules})
    subnet["networkSecurityGroup"] = reference(builder.add(group_body))


def _near(subnet: Body) -> tuple[str, ...]:
    return ("*", "*", "*", subnet["addressPrefix"], "10.99.0.0/16")


def _firewall(builder: _Builder, hub: Body, sources: Sequence[str], inside: Sequence[str], *, proxy: bool) -> None:
    random = builder.random
    addresses = [builder.address("fw") for _ in range(random.choice((1, 1, 2, 3)))]
    writer = RuleWriter(random, builder.scope, builder.number, tuple(sources), tuple(inside), builder.targets)
    configurations: list[Body] = [{"name": f"c{i}", "properties": {"publicIPAddress": reference(ip)}} for i, ip in enumerate(addresses)]
    subnet = hub["properties"]["subnets"][0]
    configurations[0]["properties"] |= {"subnet": {"id": subnet["id"]}, "privateIPAddress": "10.42.2.4"}
    properties: Body = {"ipConfigurations": configurations, "sku": {"name": "AZFW_VNet", "tier": "Standard"}}
    if builder.maybe(0.15):
        builder.say("classic rules")
        properties |= writer.classic_collections()
        properties["additionalProperties"] = {"Network.DNS.EnableProxy": "true" if proxy else "false"}
    else:
        policy = writer.policies(proxy=proxy, parent=builder.maybe(0.8), translated="natGateway" in subnet["properties"])
        properties["firewallPolicy"] = reference(policy)
    builder.bodies += writer.bodies
    builder.add(resource(builder.scope, "Microsoft.Network/azureFirewalls", f"fw-{builder.number}", properties))


def _peer(builder: _Builder, hub: Body, spoke: Body) -> None:
    """Both directions, nearly always; in the body, or as a resource of its own. Between two spokes also without virtual network access."""
    for near, far, forwarded in ((hub, spoke, builder.maybe(0.3)), (spoke, hub, builder.maybe(0.75))):
        if builder.maybe(0.03):
            builder.say(f"no peering from {near['name']} to {far['name']}")
            continue
        properties = {
            "remoteVirtualNetwork": {"id": far["id"]},
            "allowVirtualNetworkAccess": not (near is not hub and "spoke" in hub["name"] and builder.maybe(0.5)),
            "allowForwardedTraffic": forwarded,
        }
        name = f"to-{far['name']}"
        if builder.maybe(0.5):
            near["properties"].setdefault("virtualNetworkPeerings", []).append({"name": name, "properties": properties})
        else:
            kind = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings"
            builder.add({"id": f"{near['id']}/virtualNetworkPeerings/{name}", "type": kind, "name": name, "properties": properties})


def _cluster(builder: _Builder, network: Body, index: int, outbound_type: str, subnet_name: str = "aks") -> None:
    """A cluster of one node in a subnet of a network, with the load balancer that AKS makes for outboundType loadBalancer."""
    subnet = next(one for one in network["properties"]["subnets"] if one["name"] == subnet_name)
    scope = network["id"].split("/providers/")[0]
    name, nodes = f"aks-{builder.number}-{index}", group(f"MC_{builder.number}_{index}")
    profile: Body = {"networkPlugin": "azure", "outboundType": outbound_type, "podCidr": "10.244.0.0/16"}
    if builder.maybe(0.4):
        profile["networkPluginMode"] = "overlay"
    pools: list[str] = []
    if outbound_type == "loadBalancer":
        ip = builder.address("lb", nodes)
        profile["loadBalancerProfile"] = {"effectiveOutboundIPs": [reference(ip)]}
        pools = [_load_balancer(builder, nodes, ip)]
        builder.say("load balancer" if "routeTable" not in subnet["properties"] else "load balancer behind routes")
    pool = {"name": "np", "count": 1, "vmSize": "Standard_D2s_v5", "vnetSubnetID": subnet["id"]}
    properties = {
        "agentPoolProfiles": [pool],
        "networkProfile": profile,
        "nodeResourceGroup": nodes.rsplit("/", 1)[-1],
        "fqdn": f"{name}-abcd1234.hcp.{LOCATION}.azmk8s.io",
    }
    made = builder.add(resource(scope, "Microsoft.ContainerService/managedClusters", name, properties))
    ip_configuration = {"name": "ip", "properties": {"subnet": {"id": subnet["id"]}, "loadBalancerBackendAddressPools": [{"id": one} for one in pools]}}
    interface = {"name": "nic", "properties": {"ipConfigurations": [ip_configuration]}}
    machine = {"virtualMachineProfile": {"networkProfile": {"networkInterfaceConfigurations": [interface]}}}
    builder.add(resource(nodes, "Microsoft.Compute/virtualMachineScaleSets", "aks-np-12345678-vmss", machine, sku={"capacity": 1}))
    builder.clusters.append(made["id"])
    builder.inside.append(subnet["properties"]["addressPrefix"].replace("0/24", "4"))


def _load_balancer(builder: _Builder, nodes: str, ip: Body) -> str:
    """The id of its backend pool."""
    base = f"{nodes}/providers/Microsoft.Network/loadBalancers/kubernetes"
    pool = f"{base}/backendAddressPools/aksOutboundBackendPool"
    rule = {"backendAddressPool": {"id": pool}, "frontendIPConfigurations": [{"id": f"{base}/frontendIPConfigurations/f1"}]}
    properties = {
        "frontendIPConfigurations": [{"name": "f1", "properties": {"publicIPAddress": reference(ip)}}],
        "backendAddressPools": [{"name": "aksOutboundBackendPool", "properties": {}}],
        "outboundRules": [{"name": "aksOutboundRule", "properties": rule}],
    }
    builder.add(resource(nodes, "Microsoft.Network/loadBalancers", "kubernetes", properties))
    return pool
