"""Resource bodies of a worked case out of its words, as the lab's control plane keeps them, each case in a resource group of its own.

The words are those of tests/egress/worked_networks.py, and: `balancer` (addresses of an outbound rule), `interface_nsg` (the security group at the nodes'
interfaces), `nat_prefix` (a prefix of the NAT gateway), `peered` (prefixes of another network, peered both ways), `gateway` (a VPN gateway in the network).
"""

import json

from orchestrator.catalog.lab_internet import candidate_addresses
from tests.egress.worked_networks import GROUP, NETWORK, build, resource, security_group

NODES = GROUP.replace("/rg", "/rg-nodes")
BALANCER = f"{NODES}/providers/Microsoft.Network/loadBalancers/kubernetes"
POOL = f"{BALANCER}/backendAddressPools/aksOutboundBackendPool"
SUBNET = f"{NETWORK}/virtualNetworks/vnet/subnets/aks-subnet"


def make_bodies(number, given):
    """The bodies of a case: those of its words, then what only this corpus has, moved to the group of its number."""
    words = {**given, "pool": {"count": 1, **given.get("pool", {})}, "outbound_type": given.get("outbound_type", _outbound_type(given))}
    if "balancer" in given:
        words |= {"effective": given["balancer"], "cluster": {"nodeResourceGroup": "rg-nodes"}}
    bodies = [json.loads(json.dumps(each.body)) for each in build(words)[0]]
    bodies = [each for each in bodies if not each["id"].lower().endswith(("/to-hub", "/to-spoke"))]
    found = {each["id"].rsplit("/", 2)[-2] + "/" + each["id"].rsplit("/", 1)[-1]: each for each in bodies}
    bodies += _nodes(given, found)
    bodies += _more_networks(given, found)
    if "nat_prefix" in given:
        prefix = resource("publicIPPrefixes", "nat-prefix", {"ipPrefix": given["nat_prefix"]})
        found["natGateways/nat"]["properties"]["publicIpPrefixes"] = [{"id": prefix["id"]}]
        bodies.append(prefix)
    text = json.dumps(bodies).replace("/resourceGroups/rg", f"/resourceGroups/case-{number}").replace('"rg-nodes"', f'"case-{number}-nodes"')
    return [{"location": "westeurope", **body} for body in json.loads(text)]


def _outbound_type(given):
    return "userDefinedRouting" if "firewall" in given else "loadBalancer"


def _nodes(given, found):
    """What AKS puts into the node resource group: the load balancer with its addresses, the interfaces of the scale set and their security group."""
    if "balancer" not in given and "interface_nsg" not in given:
        return []
    made, addresses, interface = [], [], {"ipConfigurations": [{"name": "one", "properties": {"subnet": {"id": SUBNET}}}]}
    if "balancer" in given:
        addresses = [resource("publicIPAddresses", f"lb-{n}", {"ipAddress": value}) for n, value in enumerate(given["balancer"])]
        made += [*addresses, _balancer(addresses)]
        interface["ipConfigurations"][0]["properties"]["loadBalancerBackendAddressPools"] = [{"id": POOL}]
    if "interface_nsg" in given:
        group = security_group("interface", given["interface_nsg"])
        interface["networkSecurityGroup"] = {"id": group["id"]}
        made.append(group)
    found["managedClusters/aks"]["properties"]["nodeResourceGroup"] = "rg-nodes"
    profile = {"networkProfile": {"networkInterfaceConfigurations": [{"name": "nic", "properties": interface}]}}
    kind, name = "Microsoft.Compute/virtualMachineScaleSets", "aks-nodepool1-12345678-vmss"
    scale_set = {"id": f"{NODES}/providers/{kind}/{name}", "type": kind, "name": name, "sku": {"capacity": 1}, "properties": {"virtualMachineProfile": profile}}
    return [*made, scale_set]


def _balancer(addresses):
    fronts = [{"name": f"f{n}", "properties": {"publicIPAddress": {"id": each["id"]}}} for n, each in enumerate(addresses)]
    rule = {"backendAddressPool": {"id": POOL}, "frontendIPConfigurations": [{"id": f"{BALANCER}/frontendIPConfigurations/{each['name']}"} for each in fronts]}
    properties = {
        "frontendIPConfigurations": fronts,
        "backendAddressPools": [{"name": "aksOutboundBackendPool", "properties": {}}],
        "outboundRules": [{"name": "aksOutboundRule", "properties": rule}],
    }
    return {"id": BALANCER, "type": "Microsoft.Network/loadBalancers", "name": "kubernetes", "properties": properties}


def _more_networks(given, found):
    """Peerings stand in the bodies of both networks, as a GET shows them."""
    vnet = found["virtualNetworks/vnet"]
    made = []
    if given.get("hub"):
        _peer(vnet, found["virtualNetworks/hub"])
    if "peered" in given:
        subnets = [{"name": "one", "properties": {"addressPrefix": given["peered"][0]}}]
        other = resource("virtualNetworks", "other", {"addressSpace": {"addressPrefixes": given["peered"]}, "subnets": subnets})
        _peer(vnet, other)
        made.append(other)
    if given.get("gateway"):
        vnet["properties"]["subnets"].append({"name": "GatewaySubnet", "properties": {"addressPrefix": "10.42.255.0/27"}})
        at = {"name": "one", "properties": {"subnet": {"id": f"{vnet['id']}/subnets/GatewaySubnet"}}}
        made.append(resource("virtualNetworkGateways", "gw", {"gatewayType": "Vpn", "enableBgp": True, "ipConfigurations": [at]}))
    return made


def _peer(here, there):
    for one, other in ((here, there), (there, here)):
        properties = {
            "remoteVirtualNetwork": {"id": other["id"]},
            "allowVirtualNetworkAccess": True,
            "allowForwardedTraffic": False,
            "peeringState": "Connected",
        }
        name = f"to-{other['name']}"
        body = {"id": f"{one['id']}/virtualNetworkPeerings/{name}", "name": name, "properties": properties}
        one["properties"].setdefault("virtualNetworkPeerings", []).append(body)


def cluster_id(number):
    """The id of a case's cluster."""
    return f"/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/case-{number}/providers/Microsoft.ContainerService/managedClusters/aks"


def exact_names(hosts):
    """The one address that each of these names has in the lab."""
    return {host: [next(candidate_addresses(host))] for host in hosts}
