"""Resource lists by hand, shaped as the lab's control plane keeps them after the four topologies of the tutorial."""

SUBSCRIPTION = "/subscriptions/00000000-0000-0000-0000-0000000001ab"
LOCATION = "westeurope"


def group(name):
    return f"{SUBSCRIPTION}/resourceGroups/{name}"


def resource(scope, type_name, name, properties, **more):
    namespace, *types = type_name.split("/")
    path = "/".join(f"{kind}/{part}" for kind, part in zip(types, name.split("/"), strict=True))
    body = {"id": f"{scope}/providers/{namespace}/{path}", "type": type_name, "name": name.split("/")[-1], "location": LOCATION, "properties": properties}
    return {**body, **more}


def public_ip(scope, name, address):
    return resource(scope, "Microsoft.Network/publicIPAddresses", name, {"ipAddress": address, "publicIPAllocationMethod": "Static"})


def reference(body):
    return {"id": body["id"]}


def cluster(scope, name, *, subnet_id=None, count=3, overlay=False, profile=None, ranges=()):
    network = {"networkPlugin": "azure", "podCidr": "10.244.0.0/16", **(profile or {})}
    if overlay:
        network["networkPluginMode"] = "overlay"
    pool = {"name": "nodepool1", "count": count, "vmSize": "Standard_D2s_v5"}
    if subnet_id:
        pool["vnetSubnetID"] = subnet_id
    group_name = scope.rsplit("/", 1)[-1]
    properties = {
        "agentPoolProfiles": [pool],
        "networkProfile": network,
        "nodeResourceGroup": f"MC_{group_name}_{name}_{LOCATION}",
        "fqdn": f"{name}-abcd1234.hcp.{LOCATION}.azmk8s.io",
        "apiServerAccessProfile": {"authorizedIPRanges": list(ranges)},
    }
    return resource(scope, "Microsoft.ContainerService/managedClusters", name, properties)


def scale_set(scope, subnet_id, *, pools=(), capacity=3):
    ip = {"subnet": {"id": subnet_id}, "loadBalancerBackendAddressPools": [{"id": pool} for pool in pools]}
    interface = {"name": "nic", "properties": {"ipConfigurations": [{"name": "ipconfig1", "properties": ip}]}}
    profile = {"networkProfile": {"networkInterfaceConfigurations": [interface]}}
    name = "aks-nodepool1-12345678-vmss"
    return resource(scope, "Microsoft.Compute/virtualMachineScaleSets", name, {"virtualMachineProfile": profile}, sku={"capacity": capacity})


def vnet(scope, name, prefixes, subnets, dns_servers=()):
    found = resource(scope, "Microsoft.Network/virtualNetworks", name, {"addressSpace": {"addressPrefixes": list(prefixes)}})
    inner = [{"id": f"{found['id']}/subnets/{key}", "name": key, "properties": properties} for key, properties in subnets.items()]
    found["properties"]["subnets"] = inner
    if dns_servers:
        found["properties"]["dhcpOptions"] = {"dnsServers": list(dns_servers)}
    return found


def managed_vnet(scope, **subnet):
    return vnet(scope, "aks-vnet-12345678", ["10.224.0.0/12"], {"aks-subnet": {"addressPrefix": "10.224.0.0/16", "defaultOutboundAccess": False, **subnet}})


def load_balancer_topology(address="20.100.0.5", group_name="rg-aks-lb", name="aks-lb", **options):
    nodes = group(f"MC_{group_name}_{name}_{LOCATION}")
    ip = public_ip(nodes, "outbound", address)
    balancer_id = f"{nodes}/providers/Microsoft.Network/loadBalancers/kubernetes"
    pool = f"{balancer_id}/backendAddressPools/aksOutboundBackendPool"
    rule = {"backendAddressPool": {"id": pool}, "frontendIPConfigurations": [{"id": f"{balancer_id}/frontendIPConfigurations/f1"}]}
    balancer = resource(
        nodes,
        "Microsoft.Network/loadBalancers",
        "kubernetes",
        {
            "frontendIPConfigurations": [{"name": "f1", "properties": {"publicIPAddress": reference(ip)}}],
            "backendAddressPools": [{"name": "aksOutboundBackendPool", "properties": {}}],
            "outboundRules": [{"name": "aksOutboundRule", "properties": rule}],
        },
    )
    network = managed_vnet(nodes)
    subnet_id = network["properties"]["subnets"][0]["id"]
    profile = {"outboundType": "loadBalancer", "loadBalancerProfile": {"effectiveOutboundIPs": [reference(ip)]}}
    made = cluster(group(group_name), name, overlay=True, profile=profile, **options)
    return [made, ip, balancer, network, scale_set(nodes, subnet_id, pools=[pool])]


def managed_nat_topology(addresses=("20.100.1.5", "20.100.1.80"), group_name="rg-aks-natgateway", name="aks-natgateway"):
    nodes = group(f"MC_{group_name}_{name}_{LOCATION}")
    ips = [public_ip(nodes, f"ip{i}", address) for i, address in enumerate(addresses)]
    gateway = resource(nodes, "Microsoft.Network/natGateways", f"aks-{name}-natgw", {"publicIpAddresses": [reference(ip) for ip in ips]})
    network = managed_vnet(nodes, natGateway=reference(gateway))
    subnet_id = network["properties"]["subnets"][0]["id"]
    return [cluster(group(group_name), name, overlay=True), *ips, gateway, network, scale_set(nodes, subnet_id)]


def user_nat_topology(address="20.100.2.5", group_name="rg-aks-usernatgateway", name="aks-usernat"):
    scope = group(group_name)
    ip = public_ip(scope, "myNatGatewayPip", address)
    gateway = resource(scope, "Microsoft.Network/natGateways", "myNatGateway", {"publicIpAddresses": [reference(ip)]})
    network = vnet(scope, "myVnet", ["172.16.0.0/20"], {"subnet-aks": {"addressPrefix": "172.16.0.0/22", "natGateway": reference(gateway)}})
    return [ip, gateway, network, cluster(scope, name, subnet_id=network["properties"]["subnets"][0]["id"])]


NETWORK_RULES = [
    {"name": "apiudp", "ipProtocols": ["UDP"], "destinationAddresses": [f"AzureCloud.{LOCATION}"], "destinationPorts": ["1194"]},
    {"name": "apitcp", "ipProtocols": ["TCP"], "destinationAddresses": [f"AzureCloud.{LOCATION}"], "destinationPorts": ["9000"]},
    {"name": "time", "ipProtocols": ["UDP"], "destinationFqdns": ["ntp.ubuntu.com"], "destinationPorts": ["123"]},
]
HTTP = {"protocolType": "Http", "port": 80}
HTTPS = {"protocolType": "Https", "port": 443}
TAG_RULE = {"name": "fqdn", "protocols": [HTTP, HTTPS], "fqdnTags": ["AzureKubernetesService"]}
DOCKER_RULE = {"name": "dockerhub", "protocols": [HTTPS], "targetFqdns": ["registry-1.docker.io", "auth.docker.io"]}
IFCONFIG_RULE = {"name": "ifconfig", "protocols": [HTTP], "targetFqdns": ["ifconfig.me"]}


def collection(name, priority, rules, *, action="Allow"):
    kind = "NetworkRule" if "ipProtocols" in rules[0] else "ApplicationRule"
    filled = [{"ruleType": kind, "sourceAddresses": ["*"], **rule} for rule in rules]
    return {"ruleCollectionType": "FirewallPolicyFilterRuleCollection", "name": name, "priority": priority, "action": {"type": action}, "rules": filled}


def rule_group(policy, name, priority, collections):
    scope, policy_name = policy["id"].split("/providers/")[0], policy["name"]
    body = {"priority": priority, "ruleCollections": collections}
    return resource(scope, "Microsoft.Network/firewallPolicies/ruleCollectionGroups", f"{policy_name}/{name}", body)


def udr_topology(
    address="20.100.3.163",
    group_name="rg-aks-udr",
    name="aks-udr",
    *,
    application=(TAG_RULE, DOCKER_RULE, IFCONFIG_RULE),
    network_rules=tuple(NETWORK_RULES),
    dns_proxy=True,
    use_proxy=True,
    ranges=None,
    firewall_subnet=None,
    more_addresses=(),
):
    scope = group(group_name)
    ips = [public_ip(scope, f"firewall-publicip{i}", each) for i, each in enumerate((address, *more_addresses))]
    routes = [
        {"name": "firewall-route", "properties": {"addressPrefix": "0.0.0.0/0", "nextHopType": "VirtualAppliance", "nextHopIpAddress": "10.42.2.4"}},
        {"name": "internet", "properties": {"addressPrefix": f"{address}/32", "nextHopType": "Internet"}},
    ]
    table = resource(scope, "Microsoft.Network/routeTables", "firewall-routetable", {"routes": routes})
    subnets = {
        "aks-subnet": {"addressPrefix": "10.42.1.0/24", "routeTable": reference(table), "defaultOutboundAccess": False},
        "AzureFirewallSubnet": {"addressPrefix": "10.42.2.0/24", **(firewall_subnet or {})},
    }
    network = vnet(scope, "aks-vnet", ["10.42.0.0/16"], subnets, ["10.42.2.4"] if use_proxy else ())
    policy = resource(scope, "Microsoft.Network/firewallPolicies", "hub-firewall-policy", {"dnsSettings": {"enableProxy": dns_proxy}})
    groups = [rule_group(policy, "network", 200, [collection("aksfwnr", 100, list(network_rules))])] if network_rules else []
    if application:
        groups.append(rule_group(policy, "application", 300, [collection(f"c{i}", 100 + i, [rule]) for i, rule in enumerate(application)]))
    configurations = [
        {"name": f"c{i}", "properties": {"privateIPAddress": "10.42.2.4" if i == 0 else None, "publicIPAddress": reference(ip)}} for i, ip in enumerate(ips)
    ]
    configurations[0]["properties"]["subnet"] = {"id": network["properties"]["subnets"][1]["id"]}
    firewall = resource(scope, "Microsoft.Network/azureFirewalls", "hub-firewall", {"ipConfigurations": configurations, "firewallPolicy": reference(policy)})
    allowed = [f"{address}/32"] if ranges is None else ranges
    made = cluster(scope, name, subnet_id=network["properties"]["subnets"][0]["id"], ranges=allowed, profile={"outboundType": "userDefinedRouting"})
    return [*ips, table, network, policy, *groups, firewall, made]


def cluster_id(resources):
    return next(body["id"] for body in resources if body["type"] == "Microsoft.ContainerService/managedClusters")


def find(resources, type_name):
    return next(body for body in resources if body["type"] == f"Microsoft.Network/{type_name}")
