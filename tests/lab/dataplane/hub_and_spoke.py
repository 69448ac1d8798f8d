"""A hub with the firewall, and spokes with a cluster each, in resource groups of their own; bodies as the lab's control plane keeps them."""

from tests.lab.dataplane import topologies
from tests.lab.dataplane.topologies import HTTP, HTTPS, collection, group, public_ip, reference, resource, rule_group, vnet

FIREWALL = "10.10.1.4"
ADDRESS = "20.100.6.10"
SPOKES = ("10.20.0.0/16", "10.30.0.0/16")
ALLOWED = {"name": "web", "protocols": [HTTP, HTTPS], "targetFqdns": ["ifconfig.me"]}
BETWEEN = {"name": "between", "ipProtocols": ["Any"], "sourceAddresses": list(SPOKES), "destinationAddresses": list(SPOKES), "destinationPorts": ["*"]}


def peering(name, remote, **settings):
    return {"name": name, "properties": {"remoteVirtualNetwork": {"id": remote["id"]}, "allowVirtualNetworkAccess": True, **settings}}


def hub(rules=(ALLOWED,), network_rules=(BETWEEN,), *, dns_proxy=True):
    scope = group("rg-hub")
    ip = public_ip(scope, "fw-ip", ADDRESS)
    network = vnet(scope, "hub", ["10.10.0.0/16"], {"AzureFirewallSubnet": {"addressPrefix": "10.10.1.0/26"}})
    policy = resource(scope, "Microsoft.Network/firewallPolicies", "policy", {"dnsSettings": {"enableProxy": dns_proxy}})
    groups = [rule_group(policy, "g", 200, [collection("n", 100, list(network_rules)), collection("a", 200, list(rules))])]
    subnet = {"id": network["properties"]["subnets"][0]["id"]}
    configuration = {"name": "c", "properties": {"privateIPAddress": FIREWALL, "publicIPAddress": reference(ip), "subnet": subnet}}
    firewall = resource(scope, "Microsoft.Network/azureFirewalls", "fw", {"ipConfigurations": [configuration], "firewallPolicy": reference(policy)})
    return [network, ip, policy, *groups, firewall]


def spoke(number, *, dns=True, routes=("0.0.0.0/0",), **subnet):
    """A cluster with one node, 10.<number>0.0.4, and its pod, 10.<number>0.0.5."""
    prefix = SPOKES[number]
    scope = group(f"rg-spoke{number}")
    bodies = [
        {"name": f"r{i}", "properties": {"addressPrefix": p, "nextHopType": "VirtualAppliance", "nextHopIpAddress": FIREWALL}} for i, p in enumerate(routes)
    ]
    table = resource(scope, "Microsoft.Network/routeTables", f"routes{number}", {"routes": bodies})
    nodes = {"addressPrefix": prefix.replace("0.0/16", "0.0/24"), "defaultOutboundAccess": False, "routeTable": reference(table), **subnet}
    network = vnet(scope, f"spoke{number}", [prefix], {"nodes": nodes}, [FIREWALL] if dns else ())
    made = topologies.cluster(
        scope, f"aks{number}", subnet_id=network["properties"]["subnets"][0]["id"], count=1, profile={"outboundType": "userDefinedRouting"}
    )
    return [network, table, made]


def join(left, right, there=None, back=None):
    """Peer two lists' first networks; `there`, `back`: settings of each side's peering, or False for none."""
    for near, far, settings in ((left[0], right[0], there), (right[0], left[0], back)):
        if settings is not False:
            near["properties"].setdefault("virtualNetworkPeerings", []).append(peering(f"to-{far['name']}", far, **(settings or {})))


def hub_and_spokes(**settings):
    """(hub, spoke, spoke), peered with the hub; the spokes take what the hub forwards."""
    middle, *spokes = hub(**settings), spoke(0), spoke(1)
    for each in spokes:
        join(each, middle, there={"allowForwardedTraffic": True})
    return middle, *spokes
