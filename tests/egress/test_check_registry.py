"""Each check of the plan: a plan that it finds fault with. The four topologies, and what is deployed of them, pass all (test_checks)."""

from pathlib import Path

import pytest

from orchestrator.egress.checks import CHECKS
from orchestrator.egress.plan_checks import check_plan
from orchestrator.model.findings import Severity

ROOT = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers"
IDENTITY = f"{ROOT}/Microsoft.ManagedIdentity/userAssignedIdentities"
ERROR, WARNING = Severity.ERROR, Severity.WARNING


def profile(**values):
    return lambda plan: plan.network.update(values)


def pool(**values):
    return lambda plan: plan.find("cluster")["properties"]["agentPoolProfiles"][0].update(values)


def cluster(**values):
    return lambda plan: plan.find("cluster")["properties"].update(values)


def access(**values):
    return cluster(apiServerAccessProfile=values)


def balancer(**values):
    return profile(loadBalancerProfile=values)


def gateway(**values):
    return profile(natGatewayProfile=values)


def both(*changes):
    def change(plan):
        for one in changes:
            one(plan)

    return change


def subnet(**values):
    return lambda plan: plan.subnet.update(values)


def routes(*given):
    return lambda plan: plan.find("firewall-routetable")["properties"].update(routes=[{"name": "r", "properties": one} for one in given])


def drop(*types):
    return lambda plan: plan.drop(*types)


def version(text):
    return lambda plan: plan.find("cluster").update(apiVersion=text)


def no_addresses(plan):
    plan.find("myNatGateway")["properties"]["publicIpAddresses"] = []


def long_timeout(plan):
    plan.find("myNatGateway")["properties"]["idleTimeoutInMinutes"] = 121


def v2_gateway(plan):
    plan.find("myNatGateway")["sku"] = {"name": "StandardV2"}


def basic_address(plan):
    address = plan.add(ROOT.removesuffix("/providers"), "publicIPAddresses", "basic", {})
    balancer(outboundIPs={"publicIPs": [{"id": address}]})(plan)


def own_balancer_address(plan):
    profile(outboundType="loadBalancer")(plan)
    basic_address(plan)


def second_cluster(plan):
    profile(networkPlugin="kubenet")(plan)
    other = {**plan.find("cluster"), "id": f"{ROOT}/Microsoft.ContainerService/managedClusters/zweiter", "name": "zweiter"}
    plan.bodies.append(other)


def system_identity(plan):
    plan.find("cluster")["identity"] = {"type": "SystemAssigned"}


def no_subnet_role(plan):
    plan.bodies = [body for body in plan.bodies if "/subnets/" not in body["id"]]


def own_kubelet(plan):
    plan.bodies.append({"id": f"{IDENTITY}/kubelet", "type": "Microsoft.ManagedIdentity/userAssignedIdentities", "name": "kubelet", "properties": {}})
    cluster(identityProfile={"kubeletidentity": {"resourceId": f"{IDENTITY}/kubelet"}})(plan)


KUBELET = cluster(identityProfile={"kubeletidentity": {"resourceId": f"{IDENTITY}/kubelet"}})

FAULTS = {
    "UnsupportedOutboundType": ("lb", profile(outboundType="loadbalancer"), ERROR),
    "OutboundTypeNeedsScaleSets": ("managed-natgw", pool(type="AvailabilitySet"), ERROR),
    "UnexpectedLoadBalancerSkuForCurrentOutboundConfiguration": ("lb", profile(loadBalancerSku="Basic"), ERROR),
    "UserDefinedRoutingWithManagedVNet": ("udr", pool(vnetSubnetID=None), ERROR),
    "ExistingRouteTableNotAssociatedWithSubnet": ("udr", subnet(routeTable=None), ERROR),
    "RouteTableMissingDefaultRoute": ("udr", routes({"addressPrefix": "10.0.0.0/8", "nextHopType": "VirtualAppliance"}), ERROR),
    "RouteTableInvalidNextHop": ("udr", routes({"addressPrefix": "0.0.0.0/0", "nextHopType": "Internet"}), ERROR),
    "InvalidUserDefinedRoutingWithLoadBalancerProfile": ("udr", balancer(idleTimeoutInMinutes=4), ERROR),
    "UDRWithNodePublicIPNotAllowed": ("udr", pool(enableNodePublicIP=True), ERROR),
    "Ipv6DefaultRouteMissing": ("udr", profile(ipFamilies=["IPv4", "IPv6"]), WARNING),
    "ManagedNATGatewayWithCustomVNetNotAllowed": ("managed-natgw", pool(vnetSubnetID=f"{ROOT}/Microsoft.Network/virtualNetworks/v/subnets/s"), ERROR),
    "InvalidNATGatewayProfileManagedOutboundIPCount": ("managed-natgw", gateway(managedOutboundIPProfile={"count": 17}), ERROR),
    "InvalidNATGatewayProfileIdleTimeoutInMinutes": ("managed-natgw", gateway(idleTimeoutInMinutes=3), ERROR),
    "NatGatewayAddressesMixed": ("managed-natgw", gateway(managedOutboundIPProfile={"count": 1}, outboundIPPrefixes={"publicIPPrefixes": []}), ERROR),
    "ManagedNatGatewayV2Spelling": ("managed-natgw", both(profile(outboundType="managedNATGatewayV2"), version("2026-08-01")), WARNING),
    "ManagedNatGatewayZones": ("managed-natgw", pool(availabilityZones=["1", "2"]), WARNING),
    "UserAssignedNATGatewayWithManagedVNetNotAllowed": ("user-natgw", pool(vnetSubnetID=None), ERROR),
    "SubnetNotAssociatedWithNATGateway": ("user-natgw", subnet(natGateway=None), ERROR),
    "NATGatewayNotAssociatedWithPublicIPOrIPPrefix": ("user-natgw", no_addresses, ERROR),
    "NatGatewayAddressSku": ("user-natgw", v2_gateway, ERROR),
    "NatGatewayLimits": ("user-natgw", long_timeout, ERROR),
    "NatGatewayWithAnotherOutboundType": ("user-natgw", profile(outboundType="loadBalancer"), WARNING),
    "InvalidLoadBalancerProfileManagedOutboundIPCount": ("lb", balancer(managedOutboundIPs={"count": 0}), ERROR),
    "InvalidLoadBalancerProfileIdleTimeoutInMinutes": ("lb", balancer(idleTimeoutInMinutes=121), ERROR),
    "InvalidLoadBalancerProfileAllocatedOutboundPorts": ("lb", balancer(allocatedOutboundPorts=21_000), ERROR),
    "LoadBalancerAddressesMixed": ("lb", balancer(managedOutboundIPs={"count": 1}, outboundIPs={"publicIPs": [{"id": "x"}]}), WARNING),
    "LoadBalancerProfileOutboundIPNotStandardSKU": ("lb", basic_address, ERROR),
    "DisableOutboundNatWithLoadBalancer": ("lb", pool(windowsProfile={"disableOutboundNat": True}), ERROR),
    "ProfileOfAnotherOutboundType": ("lb", gateway(idleTimeoutInMinutes=4), WARNING),
    "InvalidNetworkIsolatedClusterConfiguration": ("lb", profile(outboundType="none"), ERROR),
    "BlockWithCustomVNet": ("user-natgw", both(profile(outboundType="block"), cluster(bootstrapProfile={"artifactSource": "Cache"})), ERROR),
    "CustomRouteTableMissingPermission": ("udr", drop("roleAssignments"), ERROR),
    "CustomRouteTableWithUnsupportedMSIType": ("udr", both(system_identity, profile(networkPlugin="kubenet")), ERROR),
    "KubenetRouteTableShared": ("udr", second_cluster, ERROR),
    "KubenetRetires": ("lb", profile(networkPlugin="kubenet"), WARNING),
    "OutboundAddressRoleMissing": ("user-natgw", own_balancer_address, WARNING),
    "SubnetRoleMissing": ("user-natgw", no_subnet_role, WARNING),
    "CustomKubeletIdentityOnlySupportedOnUserAssignedMSICluster": ("lb", KUBELET, ERROR),
    "CustomKubeletIdentityMissingPermissionError": ("user-natgw", own_kubelet, ERROR),
    "AuthorizedRangesOnPrivateCluster": ("lb", access(enablePrivateCluster=True, authorizedIPRanges=["1.2.3.4/32"]), ERROR),
    "TooManyAuthorizedRanges": ("lb", access(authorizedIPRanges=[f"198.51.{n // 200}.{n % 200}/32" for n in range(201)]), ERROR),
    "OnlyLoadBalancerRangeBesideOthers": ("lb", access(authorizedIPRanges=["0.0.0.0/32", "1.2.3.4/32"]), ERROR),
    "EgressGatewayPrefixSize": ("lb", pool(mode="Gateway", gatewayProfile={"publicIPPrefixSize": 27}), ERROR),
}
"""Code -> (topology, what breaks it, how grave that is)."""


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_each_finds_its_fault_and_says_what_azure_would(check, plan):
    environment, change, severity = FAULTS[check.code]
    changed = plan(environment)
    change(changed)
    found = {finding.code: finding for finding in check_plan(changed.snapshot())}
    assert check.code in found, found
    finding = found[check.code]
    assert (finding.severity, finding.remedy, finding.source) == (severity, check.remedy, check.source)
    if severity is ERROR and check.azure_code is None:
        assert finding.message.endswith("(Azure's code not known)")
    elif severity is ERROR and check.azure_code != check.code:
        assert finding.message.endswith(f"(Azure's code: {check.azure_code})")
    else:
        assert "Azure's code" not in finding.message


@pytest.mark.parametrize("code", ["ProfileOfAnotherOutboundType", "NatGatewayWithAnotherOutboundType", "LoadBalancerAddressesMixed"])
def test_where_sources_disagree_both_are_named(code, plan):
    environment, change, _ = FAULTS[code]
    changed = plan("user-natgw" if code.startswith("Profile") else environment)
    (balancer(idleTimeoutInMinutes=4) if code.startswith("Profile") else change)(changed)
    [text] = [finding.message for finding in check_plan(changed.snapshot()) if finding.code == code]
    assert "sources disagree" in text
    assert text.count("https://") >= 2


def test_a_nat_gateway_takes_sixteen_addresses(plan):
    changed = plan("user-natgw")
    addresses = [changed.add(ROOT.removesuffix("/providers"), "publicIPAddresses", f"p{n}", {}) for n in range(17)]
    for body in changed.bodies:
        if body["type"].endswith("publicIPAddresses"):
            body["sku"] = {"name": "Standard"}
    changed.find("myNatGateway")["properties"]["publicIpAddresses"] = [{"id": each} for each in addresses]
    [finding] = check_plan(changed.snapshot())
    assert finding.message == "the NAT gateway myNatGateway has 17 addresses (Azure's code not known)"


def test_ranges_of_a_private_cluster_that_only_the_deployment_knows(plan):
    changed = plan("lb")
    access(enablePrivateCluster="[reference('x').private]", authorizedIPRanges=["1.2.3.4/32"])(changed)
    assert [(finding.code, finding.severity) for finding in check_plan(changed.snapshot())] == [("AuthorizedRangesOnPrivateCluster", Severity.UNKNOWN)]


def test_addresses_of_ipv6_and_addresses_that_are_given_to_a_managed_gateway(plan):
    changed = plan("managed-natgw")
    gateway(sku="Standard", managedOutboundIPProfile={"count": 1, "countIPv6": 1})(changed)
    assert [finding.message for finding in check_plan(changed.snapshot())] == [
        "managedOutboundIPProfile.countIPv6 of aks-natgateway is set, and its NAT gateway of the SKU Standard has no IPv6"
    ]
    address = changed.add(ROOT.removesuffix("/providers"), "publicIPAddresses", "mine", {})
    gateway(sku="StandardV2", outboundIPs={"publicIPs": [{"id": address}]})(changed)
    [finding] = check_plan(changed.snapshot())
    assert (finding.code, "which is of the SKU Basic" in finding.message) == ("NatGatewayAddressSku", True)


def test_a_default_route_by_bgp_is_disputed_for_private_clusters(plan):
    changed = plan("udr")
    FAULTS["RouteTableMissingDefaultRoute"][1](changed)
    access(enablePrivateCluster=True)(changed)
    vnet = next(body["id"] for body in changed.bodies if body["type"].endswith("virtualNetworks"))
    subnet_id = f"{vnet}/subnets/GatewaySubnet"
    changed.add(ROOT.removesuffix("/providers"), "virtualNetworkGateways", "vpn", {"ipConfigurations": [{"properties": {"subnet": {"id": subnet_id}}}]})
    [finding] = [finding for finding in check_plan(changed.snapshot()) if finding.code == "RouteTableMissingDefaultRoute"]
    assert finding.severity is WARNING
    assert "sources disagree" in finding.message


def test_the_registry_is_whole():
    codes = [check.code for check in CHECKS]
    assert sorted(codes) == sorted(FAULTS)
    for check in CHECKS:
        assert all(len(text) > 20 for text in (check.what, check.why, check.remedy)), check.code
        assert check.source.startswith("https://"), check.code


def test_the_documentation_has_every_check():
    text = (Path(__file__).parents[2] / "docs" / "refusals.md").read_text(encoding="utf-8")
    for check in CHECKS:
        code = {None: "not known", check.code: "the same"}.get(check.azure_code, f"`{check.azure_code}`")
        assert f"| `{check.code}` | {code} | [{check.what}]({check.source}) | {check.remedy} |" in text, check.code
