"""Builds resource bodies for the worked cases in corpus/*.yaml from a few words, so that a case reads like the sentence of the document that decides it.

A rule is a text: `TCP 443 from * to 1.2.3.0/24` (network; `name:ntp.ubuntu.com` for a name, `group:web` for an IP group) or `https:443 from * to *.example.com`
(application; `tag:AzureKubernetesService` for a tag). `firewall.rules` go into one group; `firewall.groups` is [[priority, [[priority, allow, [rules]]]]].
"""

from orchestrator.egress.addresses.knowledge import make_knowledge
from orchestrator.model.resources import make_snapshot

GROUP = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg"
NETWORK = f"{GROUP}/providers/Microsoft.Network"
CLUSTER = f"{GROUP}/providers/Microsoft.ContainerService/managedClusters/aks"
FIREWALL_ADDRESS = "20.100.0.5"


def resource(kind, name, properties, **more):
    return {"id": f"{NETWORK}/{kind}/{name}", "type": f"Microsoft.Network/{kind}", "name": name, "location": "westeurope", "properties": properties, **more}


def child(parent, kind, name, properties):
    return {"id": f"{parent['id']}/{kind}/{name}", "type": f"{parent['type']}/{kind}", "name": f"{parent['name']}/{name}", "properties": properties}


def addresses(name, values):
    """Public addresses; `null` is one that is not assigned yet."""
    return [resource("publicIPAddresses", f"{name}-{n}", {"ipAddress": value} if value else {}) for n, value in enumerate(values)]


def references(bodies):
    return [{"id": body["id"]} for body in bodies]


def rule(text, name):
    head, _, tail = text.partition(" from ")
    sources, _, targets = tail.partition(" to ")
    source = {"sourceAddresses": [one for one in sources.split() if not one.startswith("group:")], "sourceIpGroups": groups_of(sources)}
    if ":" in head:
        protocols = [{"protocolType": one.split(":")[0].capitalize(), "port": int(one.split(":")[1])} for one in head.split(",")]
        tags = [one.removeprefix("tag:") for one in targets.split() if one.startswith("tag:")]
        urls = [one.removeprefix("url:") for one in targets.split() if one.startswith("url:")]
        fqdns = [one for one in targets.split() if not one.startswith(("tag:", "url:"))]
        return {"ruleType": "ApplicationRule", "name": name, "protocols": protocols, "targetFqdns": fqdns, "fqdnTags": tags, "targetUrls": urls, **source}
    protocol, ports = head.split()
    names = [one.removeprefix("name:") for one in targets.split() if one.startswith("name:")]
    plain = [one for one in targets.split() if not one.startswith(("name:", "group:"))]
    target = {"destinationAddresses": plain, "destinationFqdns": names, "destinationIpGroups": groups_of(targets)}
    return {"ruleType": "NetworkRule", "name": name, "ipProtocols": [protocol], "destinationPorts": ports.split(","), **source, **target}


def groups_of(text):
    return [f"{NETWORK}/ipGroups/{one.removeprefix('group:')}" for one in text.split() if one.startswith("group:")]


def collections(given):
    made = []
    for number, (priority, action, texts) in enumerate(given):
        rules = [rule(text, f"r{index}") for index, text in enumerate(texts)]
        kind = "FirewallPolicyFilterRuleCollection"
        made.append(
            {"ruleCollectionType": kind, "name": f"c{priority}-{number}", "priority": priority, "action": {"type": action.capitalize()}, "rules": rules}
        )
    return made


def policy(name, given, more):
    body = resource("firewallPolicies", name, more)
    groups = given if isinstance(given, list) else []
    made = [
        child(body, "ruleCollectionGroups", f"g{priority}-{n}", {"priority": priority, "ruleCollections": collections(inner)})
        for n, (priority, inner) in enumerate(groups)
    ]
    return [body, *made]


def groups_from_rules(rules):
    network = [text for text in rules if ":" not in text.split(" from ")[0]]
    application = [text for text in rules if ":" in text.split(" from ")[0]]
    found = [[100, "allow", network]] if network else []
    return [[200, [*found, *([[200, "allow", application]] if application else [])]]]


def firewall_bodies(given, subnet_id, private):
    public = addresses("fw", given.get("public", [FIREWALL_ADDRESS]))
    tier = given.get("tier", "Standard")
    settings = {"sku": {"tier": tier}, "dnsSettings": {"enableProxy": given.get("proxy", True)}, "threatIntelMode": given.get("threat", "Alert")}
    if "private_ranges" in given:
        settings["snat"] = {"privateRanges": given["private_ranges"]}
    bodies = []
    if "parent" in given:
        bodies += policy("parent", given["parent"], {"sku": {"tier": tier}, "dnsSettings": settings["dnsSettings"]})
        settings["basePolicy"] = {"id": bodies[0]["id"]}
    if given.get("missing_parent"):
        settings["basePolicy"] = {"id": f"{NETWORK}/firewallPolicies/elsewhere"}
    own = policy("policy", given.get("groups") or groups_from_rules(given.get("rules", [])), settings)
    configurations = [
        {
            "name": f"c{n}",
            "properties": {
                "publicIPAddress": {"id": one["id"]},
                **({"subnet": {"id": subnet_id}} if n == 0 else {}),
                **({"privateIPAddress": private} if n == 0 and not given.get("planned") else {}),
            },
        }
        for n, one in enumerate(public)
    ]
    properties = {"sku": {"name": "AZFW_VNet", "tier": tier}, "ipConfigurations": configurations}
    if given.get("classic"):
        properties |= classic_rules(given["rules"]) | {"additionalProperties": {"Network.DNS.EnableProxy": str(given.get("proxy", True)).lower()}}
        return [*public, resource("azureFirewalls", "fw", properties)]
    bodies += [] if given.get("missing_policy") else own
    return [*public, *bodies, resource("azureFirewalls", "fw", {**properties, "firewallPolicy": {"id": own[0]["id"]}})]


def classic_rules(texts):
    made = {"networkRuleCollections": [], "applicationRuleCollections": []}
    for index, text in enumerate(texts):
        body = rule(text, f"r{index}")
        key = "networkRuleCollections" if body.pop("ruleType") == "NetworkRule" else "applicationRuleCollections"
        body["protocols"] = body.pop("ipProtocols", None) or body["protocols"]
        made[key].append({"name": f"c{index}", "properties": {"priority": 500 - index, "action": {"type": "Allow"}, "rules": [body]}})
    return made


def route_table(name, routes):
    made = []
    for index, text in enumerate(routes):
        prefix, _, hop = text.partition(" -> ")
        kind = hop if hop in ("Internet", "None", "VnetLocal", "VirtualNetworkGateway") else "VirtualAppliance"
        properties = {"addressPrefix": prefix, "nextHopType": kind, **({"nextHopIpAddress": hop} if kind == "VirtualAppliance" else {})}
        made.append({"name": f"route{index}", "properties": properties})
    return resource("routeTables", name, {"routes": made})


def security_group(name, texts):
    """`100 deny out TCP 443 from * to Internet`."""
    made = []
    for text in texts:
        priority, access, direction, protocol, port, _, source, _, target = text.split()
        properties = {
            "priority": int(priority),
            "access": access.capitalize(),
            "direction": {"out": "Outbound", "in": "Inbound"}[direction],
            "protocol": protocol,
            "destinationPortRange": port,
            "sourceAddressPrefix": source,
            "destinationAddressPrefix": target,
        }
        made.append({"name": f"n{priority}", "properties": properties})
    return resource("networkSecurityGroups", name, {"securityRules": made})


def peering(name, here, there):
    properties = {"remoteVirtualNetwork": {"id": there}, "allowVirtualNetworkAccess": True, "allowForwardedTraffic": False}
    return {"id": f"{here}/virtualNetworkPeerings/{name}", "type": "Microsoft.Network/virtualNetworks/virtualNetworkPeerings", "properties": properties}


def build(given):
    """(snapshot, knowledge, cluster id) of a case's words."""
    firewall, hub = given.get("firewall"), given.get("hub", False)
    private = "10.0.2.4" if hub else "10.42.2.4"
    bodies = []
    nodes = {"addressPrefix": given.get("nodes", "10.42.1.0/24"), "defaultOutboundAccess": given.get("default_outbound", False)}
    firewall_subnet = {"addressPrefix": "10.0.2.0/24" if hub else "10.42.2.0/24"}
    routes = given.get("routes", [f"0.0.0.0/0 -> {private}"] if firewall is not None else None)
    if routes is not None:
        bodies.append(route_table("rt", routes))
        nodes["routeTable"] = {"id": bodies[-1]["id"]}
    if "firewall_routes" in given:
        bodies.append(route_table("fw-rt", given["firewall_routes"]))
        firewall_subnet["routeTable"] = {"id": bodies[-1]["id"]}
    for key, subnet in (("nat", nodes), ("firewall_nat", firewall_subnet)):
        if key in given:
            made = addresses(key.replace("_", "-"), given[key])
            gateway = resource("natGateways", key.replace("_", "-"), {"publicIpAddresses": references(made)})
            bodies += [*made, gateway]
            subnet["natGateway"] = {"id": gateway["id"]}
    if "nsg" in given:
        bodies += [security_group("nsg", given["nsg"])] if given["nsg"] != "missing" else []
        nodes["networkSecurityGroup"] = {"id": f"{NETWORK}/networkSecurityGroups/nsg"}
    if "service_endpoints" in given:
        nodes["serviceEndpoints"] = [{"service": one} for one in given["service_endpoints"]]
    bodies += networks(given, nodes, firewall_subnet, private, hub)
    hub_id = f"{NETWORK}/virtualNetworks/hub" if hub else f"{NETWORK}/virtualNetworks/vnet"
    if firewall is not None:
        bodies += firewall_bodies(firewall, f"{hub_id}/subnets/AzureFirewallSubnet", private)
    bodies += [resource("ipGroups", name, {"ipAddresses": values}) for name, values in given.get("ip_groups", {}).items()]
    bodies += [*given.get("bodies", []), cluster(given, firewall)]
    return make_snapshot(bodies), make_knowledge(given.get("names"), given.get("tags")), CLUSTER


def networks(given, nodes, firewall_subnet, private, hub):
    said = given.get("dns", "azure")
    dns = said if isinstance(said, list) else {"firewall": [private], "azure": []}[said]
    options = {"dhcpOptions": {"dnsServers": dns}} if dns else {}
    subnets = [{"name": "aks-subnet", "properties": nodes}, *given.get("subnets", [])]
    own = {"name": "AzureFirewallSubnet", "properties": firewall_subnet}
    vnet = resource(
        "virtualNetworks", "vnet", {"addressSpace": {"addressPrefixes": ["10.42.0.0/16"]}, "subnets": subnets if hub else [*subnets, own], **options}
    )
    if not hub:
        return [vnet]
    other = resource("virtualNetworks", "hub", {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}, "subnets": [own]})
    both = [peering("to-hub", vnet["id"], other["id"]), peering("to-spoke", other["id"], vnet["id"])]
    return [vnet, other, *both[: {"both": 2, "one": 1, "none": 0}[given.get("peering", "both")]]]


def cluster(given, firewall):
    profile = {"outboundType": given.get("outbound_type", "userDefinedRouting" if firewall is not None else "loadBalancer"), "networkPlugin": "azure"}
    if given.get("overlay"):
        profile["networkPluginMode"] = "overlay"
    if "effective" in given:
        profile["loadBalancerProfile"] = {"effectiveOutboundIPs": [{"id": f"{NETWORK}/publicIPAddresses/lb-{n}"} for n, _ in enumerate(given["effective"])]}
    pool = {"name": "nodepool1", "count": 3, "vnetSubnetID": f"{NETWORK}/virtualNetworks/vnet/subnets/aks-subnet", **given.get("pool", {})}
    properties = {"agentPoolProfiles": [pool], "networkProfile": profile, **given.get("cluster", {})}
    return {"id": CLUSTER, "type": "Microsoft.ContainerService/managedClusters", "name": "aks", "location": "westeurope", "properties": properties}
