import copy

import pytest

from orchestrator.lab.dataplane.routing import Method, NextHop, Outbound, Route
from orchestrator.lab.dataplane.world import derive_world
from tests.lab.dataplane import topologies


def only_vnet(resources):
    (vnet,) = derive_world(resources).vnets
    return vnet


def nodes(resources):
    return only_vnet(resources).clusters[0].nodes


def test_nodes_take_addresses_first_then_pods_and_azure_keeps_the_first_four():
    found = [(node.address, node.pod_address, node.inside) for node in nodes(topologies.user_nat_topology())]
    inside = ("172.16.0.0/20",)
    assert found == [("172.16.0.4", "172.16.0.7", inside), ("172.16.0.5", "172.16.0.8", inside), ("172.16.0.6", "172.16.0.9", inside)]


def test_overlay_pods_have_a_range_of_their_own():
    assert [(n.address, n.pod_address, n.inside) for n in nodes(topologies.load_balancer_topology())][:2] == [
        ("10.224.0.4", "10.244.0.10", ("10.244.0.0/16",)),
        ("10.224.0.5", "10.244.1.10", ("10.244.0.0/16",)),
    ]


@pytest.mark.parametrize(
    ("resources", "outbound"),
    [
        (topologies.load_balancer_topology(), Outbound(Method.LOAD_BALANCER, ("20.100.0.5",))),
        (topologies.managed_nat_topology(), Outbound(Method.NAT_GATEWAY, ("20.100.1.5", "20.100.1.80"))),
        (topologies.user_nat_topology(), Outbound(Method.NAT_GATEWAY, ("20.100.2.5",))),
        (topologies.udr_topology(), Outbound(Method.NONE)),
    ],
)
def test_the_outbound_method_of_each_topology(resources, outbound):
    assert {node.segment.outbound for node in nodes(resources)} == {outbound}


def test_the_nat_gateway_wins_over_the_load_balancer():
    resources = topologies.load_balancer_topology()
    ip = topologies.public_ip(topologies.group("x"), "nat", "20.100.9.9")
    gateway = topologies.resource(topologies.group("x"), "Microsoft.Network/natGateways", "g", {"publicIpAddresses": [topologies.reference(ip)]})
    topologies.find(resources, "virtualNetworks")["properties"]["subnets"][0]["properties"]["natGateway"] = topologies.reference(gateway)
    assert nodes([*resources, ip, gateway])[0].segment.outbound == Outbound(Method.NAT_GATEWAY, ("20.100.9.9",))


def test_a_scale_set_outside_of_the_pool_has_no_load_balancer_and_default_access_only_where_allowed():
    resources = topologies.load_balancer_topology()
    scale_set = next(body for body in resources if body["type"].endswith("virtualMachineScaleSets"))
    interface = scale_set["properties"]["virtualMachineProfile"]["networkProfile"]["networkInterfaceConfigurations"][0]
    interface["properties"]["ipConfigurations"][0]["properties"]["loadBalancerBackendAddressPools"] = []
    assert nodes(resources)[0].segment.outbound == Outbound(Method.NONE)
    del topologies.find(resources, "virtualNetworks")["properties"]["subnets"][0]["properties"]["defaultOutboundAccess"]
    assert nodes(resources)[0].segment.outbound == Outbound(Method.DEFAULT, ("203.0.113.1",))


def test_prefixes_of_a_nat_gateway_count_with_all_their_addresses():
    resources = topologies.user_nat_topology()
    prefix = topologies.resource(topologies.group("x"), "Microsoft.Network/publicIPPrefixes", "p", {"ipPrefix": "20.100.8.0/30"})
    topologies.find(resources, "natGateways")["properties"] = {"publicIpPrefixes": [topologies.reference(prefix)]}
    assert nodes([*resources, prefix])[0].segment.outbound.addresses == ("20.100.8.0", "20.100.8.1", "20.100.8.2", "20.100.8.3")


def test_user_routes_replace_system_routes_of_the_same_prefix():
    resources = topologies.udr_topology()
    taken = (Route("10.42.0.0/16", NextHop.VNET_LOCAL), Route("20.100.3.163/32", NextHop.INTERNET))
    assert nodes(resources)[0].segment.routes == (Route("0.0.0.0/0", NextHop.APPLIANCE, "10.42.2.4"), *taken)
    topologies.find(resources, "routeTables")["properties"]["routes"][0]["properties"]["addressPrefix"] = "192.168.0.0/16"
    assert nodes(resources)[0].segment.routes == (
        Route("0.0.0.0/0", NextHop.INTERNET),
        Route("10.0.0.0/8", NextHop.NONE),
        *taken,
        Route("100.64.0.0/10", NextHop.NONE),
        Route("172.16.0.0/12", NextHop.NONE),
        Route("192.168.0.0/16", NextHop.APPLIANCE, "10.42.2.4"),
    )


def test_the_firewall_has_its_address_settings_and_own_way_out():
    (firewall,) = only_vnet(topologies.udr_topology()).firewalls
    assert (firewall.address, firewall.addresses, firewall.segment.outbound.method) == ("10.42.2.4", ("20.100.3.163",), Method.OWN)
    assert firewall.settings.dns_proxy
    assert firewall.settings.rules.learned_names == {"ntp.ubuntu.com"}
    assert [(c.group, c.name, c.order) for c in firewall.settings.rules.collections] == [
        ("network", "aksfwnr", (0, 200, 100)),
        ("application", "c0", (0, 300, 100)),
        ("application", "c1", (0, 300, 101)),
        ("application", "c2", (0, 300, 102)),
    ]


def test_equal_resources_give_equal_worlds_and_rules_are_no_part_of_the_shape():
    resources = topologies.udr_topology()
    assert derive_world(resources) == derive_world(copy.deepcopy(list(reversed(resources))))
    changed = topologies.udr_topology(application=())
    assert only_vnet(changed) != only_vnet(resources)
    assert only_vnet(changed).shape == only_vnet(resources).shape


def test_vnets_may_overlap():
    world = derive_world([*topologies.load_balancer_topology(), *topologies.managed_nat_topology()])
    assert [vnet.prefixes for vnet in world.vnets] == [("10.224.0.0/12",), ("10.224.0.0/12",)]


def test_authorized_ranges_include_the_load_balancers_addresses():
    world = derive_world([*topologies.load_balancer_topology(ranges=["1.2.3.0/24"]), *topologies.udr_topology(), *topologies.user_nat_topology()])
    assert {server.name.split("-abcd")[0]: server.ranges for server in world.api_servers} == {
        "aks-lb": ("1.2.3.0/24", "20.100.0.5/32"),
        "aks-udr": ("20.100.3.163/32",),
        "aks-usernat": (),
    }


def test_what_is_not_modelled_is_said():
    bad = {"name": "x", "ipProtocols": ["TCP"], "destinationAddresses": ["NoSuchTag"], "destinationPorts": ["1-5"]}
    resources = topologies.udr_topology(network_rules=[bad], dns_proxy=False)
    table = topologies.find(resources, "routeTables")["properties"]["routes"]
    table.append({"name": "six", "properties": {"addressPrefix": "::/0", "nextHopType": "Internet"}})
    assert set(derive_world(resources).notes) == {
        "rule x: 'NoSuchTag' matches no packet: the lab does not know the service tag 'NoSuchTag'",
        "route six: ::/0: IPv6 is not modelled",
    }


def test_classic_rules_of_a_firewall():
    resources = [body for body in topologies.udr_topology() if "firewallPolicies" not in body["type"]]
    firewall = topologies.find(resources, "azureFirewalls")
    rule = {"name": "r", "sourceAddresses": ["*"], "protocols": [{"protocolType": "Http", "port": 80}], "targetFqdns": ["ifconfig.me"]}
    net = {"name": "n", "sourceAddresses": ["*"], "protocols": ["UDP"], "destinationAddresses": ["*"], "destinationPorts": ["53"]}
    firewall["properties"] |= {
        "firewallPolicy": None,
        "additionalProperties": {"Network.DNS.EnableProxy": "true"},
        "applicationRuleCollections": [{"name": "a", "properties": {"priority": 300, "action": {"type": "Allow"}, "rules": [rule]}}],
        "networkRuleCollections": [{"name": "b", "properties": {"priority": 100, "action": {"type": "Deny"}, "rules": [net]}}],
    }
    settings = only_vnet(resources).firewalls[0].settings
    assert settings.dns_proxy
    assert [(c.name, c.allows, len(c.network), len(c.application)) for c in settings.rules.collections] == [("b", False, 1, 0), ("a", True, 0, 1)]


def test_an_inherited_policy_comes_first():
    resources = topologies.udr_topology()
    policy = topologies.find(resources, "firewallPolicies")
    base = topologies.resource(topologies.group("hub"), "Microsoft.Network/firewallPolicies", "base", {})
    policy["properties"]["basePolicy"] = topologies.reference(base)
    inherited = topologies.rule_group(base, "inherited", 60000, [topologies.collection("i", 60000, [topologies.IFCONFIG_RULE], action="Deny")])
    collections = only_vnet([*resources, base, inherited]).firewalls[0].settings.rules.collections
    assert (collections[0].name, collections[0].order) == ("i", (0, 60000, 60000))
    assert collections[1].order[0] == 1


def test_what_the_lab_has_not_is_said_too():
    resources = topologies.user_nat_topology()
    network = topologies.find(resources, "virtualNetworks")
    network["properties"]["subnets"][0]["properties"]["serviceEndpoints"] = [{"service": "Microsoft.Storage"}]
    network["properties"]["virtualNetworkPeerings"] = [{"name": "p", "properties": {"useRemoteGateways": True}}]
    pool = resources[-1]["properties"]["agentPoolProfiles"][0]
    pool |= {"enableNodePublicIP": True, "podSubnetID": "/other"}
    gateway = topologies.resource(topologies.group("x"), "Microsoft.Network/virtualNetworkGateways", "g", {})
    assert derive_world([*resources, gateway]).notes == (
        "the lab has no virtual network gateways: routes to one lose their packets",
        "subnet subnet-aks: the lab has no service endpoints, so traffic to Microsoft.Storage takes the subnet's other routes",
        "peering p of myVnet: there is no virtual network gateway in the lab to bring routes",
        "aks-usernat/nodepool1: nodes have no public addresses of their own in the lab",
        "aks-usernat/nodepool1: in the lab pods leave by their node's subnet, whatever the subnet of the pods says",
    )
