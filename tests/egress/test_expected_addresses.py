import pytest

from orchestrator.egress.expected_addresses import expected_addresses, shown_address

CASES = {
    "lb": {"20.100.0.1": "out-0"},
    "managed-natgw": {"20.100.0.2": "out-0", "20.100.0.3": "out-1"},
    "user-natgw": {"20.100.0.4": "myNatGatewayPip"},
    "udr": {"20.100.0.5": "firewall-publicip"},
}


@pytest.mark.parametrize("environment", CASES)
def test_after_the_deployment(deployed, environment):
    found = deployed(environment)
    expected = expected_addresses(found.snapshot(), found.cluster_id.upper().replace("/SUBSCRIPTIONS", "/subscriptions"))
    assert expected.unknown is None
    assert expected.addresses == frozenset(CASES[environment])
    assert {address: owner.rsplit("/", 1)[-1] for address, owner in expected.owners.items()} == CASES[environment]


@pytest.mark.parametrize(
    ("environment", "resources", "reason"),
    [
        ("lb", [], "AKS makes the addresses of outbound type loadBalancer itself; they are known after the deployment"),
        ("managed-natgw", [], "AKS makes the addresses of outbound type managedNATGateway itself; they are known after the deployment"),
        ("user-natgw", ["myNatGatewayPip"], "not assigned yet, or not among the resources: myNatGatewayPip"),
        ("udr", ["firewall-publicip"], "not assigned yet, or not among the resources: firewall-publicip"),
    ],
)
def test_in_a_plan_the_resource_is_known_and_the_address_is_not(plan, environment, resources, reason):
    found = plan(environment)
    expected = expected_addresses(found.snapshot(), found.cluster_id)
    assert (expected.addresses, [each.rsplit("/", 1)[-1] for each in expected.resources], expected.unknown) == (frozenset(), resources, reason)


def test_the_route_wins_over_a_nat_gateway_and_over_the_outbound_type(deployed):
    found = deployed("udr")
    found.network["outboundType"] = "loadBalancer"
    other = found.add("/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg", "publicIPAddresses", "other", {"ipAddress": "20.100.0.9"})
    gateway = found.add("/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg", "natGateways", "nat", {"publicIpAddresses": [{"id": other}]})
    found.network["loadBalancerProfile"] = {"effectiveOutboundIPs": [{"id": other}]}
    found.subnet["natGateway"] = {"id": gateway}
    assert expected_addresses(found.snapshot(), found.cluster_id).addresses == {"20.100.0.5"}
    found.default_route["nextHopType"] = "Internet"
    assert expected_addresses(found.snapshot(), found.cluster_id).addresses == {"20.100.0.9"}
    found.subnet["natGateway"] = found.subnet["routeTable"] = None
    assert expected_addresses(found.snapshot(), found.cluster_id).addresses == {"20.100.0.9"}


def test_a_nat_gateway_on_the_firewalls_subnet_replaces_its_addresses(deployed):
    found = deployed("udr")
    group = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg"
    prefix = found.add(group, "publicIPPrefixes", "prefix", {"ipPrefix": "20.100.1.0/30"})
    gateway = found.add(group, "natGateways", "nat", {"publicIpPrefixes": [{"id": prefix}]})
    found.find("aks-vnet")["properties"]["subnets"][1]["properties"]["natGateway"] = {"id": gateway}
    assert expected_addresses(found.snapshot(), found.cluster_id).addresses == {f"20.100.1.{host}" for host in range(4)}


def test_several_addresses_of_a_firewall_are_a_set(deployed):
    found = deployed("udr")
    group = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg"
    second = found.add(group, "publicIPAddresses", "second", {"ipAddress": "20.100.0.6"})
    found.find("hub-firewall")["properties"]["ipConfigurations"].append({"name": "b", "properties": {"publicIPAddress": {"id": second}}})
    assert expected_addresses(found.snapshot(), found.cluster_id).addresses == {"20.100.0.5", "20.100.0.6"}


def forced_tunnelling(found):
    table = found.add(
        "/subscriptions/s/resourceGroups/rg",
        "routeTables",
        "t",
        {"routes": [{"name": "r", "properties": dict(found.default_route, nextHopIpAddress="10.9.9.9")}]},
    )
    found.find("aks-vnet")["properties"]["subnets"][1]["properties"]["routeTable"] = {"id": table}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (
            lambda f: f.default_route.update(nextHopIpAddress="10.9.9.9"),
            "no firewall among the resources has the address 10.9.9.9, where the default route leads",
        ),
        (
            lambda f: f.default_route.update(nextHopType="VirtualNetworkGateway"),
            "the default route of firewall-routetable leads to VirtualNetworkGateway, behind which nothing is modelled",
        ),
        (
            lambda f: f.default_route.update(nextHopIpAddress="[reference('x').ip]"),
            "the next hop is known only to the deployment: [reference('x').ip], where the default route leads",
        ),
        (lambda f: f.drop("routeTables"), "the route table of the subnet aks-subnet is not among the resources"),
        (
            lambda f: f.find("hub-firewall-policy")["properties"].update(snat={"privateRanges": ["0.0.0.0/0"]}),
            "the policy of the firewall hub-firewall does not translate addresses on the way to the internet",
        ),
        (forced_tunnelling, "the firewall hub-firewall is itself led to another appliance (forced tunnelling), which is not modelled"),
        (
            lambda f: f.subnet.update(routeTable=None),
            "neither a route nor a NAT gateway leads the nodes out, and outbound type userDefinedRouting makes nothing: "
            "the subnet aks-subnet is private, without Azure's default way out",
        ),
    ],
)
def test_what_is_not_modelled_is_unknown(deployed, change, reason):
    found = deployed("udr")
    change(found)
    expected = expected_addresses(found.snapshot(), found.cluster_id)
    assert (expected.addresses, expected.unknown) == (frozenset(), reason)


def test_nodes_with_addresses_of_their_own(deployed):
    found = deployed("udr")
    found.find("cluster")["properties"]["agentPoolProfiles"][0]["enableNodePublicIP"] = True
    assert expected_addresses(found.snapshot(), found.cluster_id).addresses == {"20.100.0.5"}  # the route comes first
    found.default_route["nextHopType"] = "Internet"
    expected = expected_addresses(found.snapshot(), found.cluster_id)
    assert expected.unknown == "the nodes of the pool nodepool1 have public addresses of their own, which are not modelled"


def test_no_such_cluster(deployed):
    assert expected_addresses(deployed("lb").snapshot(), "/x").unknown == "the cluster /x is not among the resources"


def test_an_address_names_its_resource(deployed):
    found = deployed("udr")
    expected = expected_addresses(found.snapshot(), found.cluster_id)
    assert shown_address(expected, "20.100.0.5") == "20.100.0.5 (publicIPAddresses/firewall-publicip)"
    assert shown_address(expected, "20.100.0.6") == "20.100.0.6"
