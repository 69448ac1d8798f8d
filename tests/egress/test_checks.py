import pytest

from orchestrator.egress.plan_checks import check_plan
from orchestrator.model.findings import Severity

ENVIRONMENTS = ("lb", "managed-natgw", "user-natgw", "udr")
SUBNET_ID = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/nodes"
CONTRIBUTOR = "4d97b98b-1d4f-4787-a291-c67834d212e7"


def no_default_route(plan):
    del plan.find("firewall-routetable")["properties"]["routes"][0]


def no_route_table(plan):
    plan.subnet["routeTable"] = None


def routes_are_an_expression(plan):
    plan.find("firewall-routetable")["properties"]["routes"] = "[reference('x').routes]"


def the_only_prefix_is_an_expression(plan):
    no_default_route(plan)
    plan.default_route["addressPrefix"] = "[reference('x').prefix]"


def next_hop(kind):
    def change(plan):
        plan.default_route["nextHopType"] = kind

    return change


def load_balancer_profile(plan):
    plan.network["loadBalancerProfile"] = {"managedOutboundIPs": {"count": 1}}


def outbound_type_is_an_expression(plan):
    load_balancer_profile(plan)
    plan.network["outboundType"] = "[reference('x').type]"


def own_subnet(plan):
    plan.find("cluster")["properties"]["agentPoolProfiles"][0]["vnetSubnetID"] = SUBNET_ID


def own_subnet_and_unknown_type(plan):
    own_subnet(plan)
    plan.network["outboundType"] = "[reference('x').type]"


def own_subnet_in_a_pool_of_its_own(plan):
    pool_id = f"{plan.cluster_id}/agentPools/second"
    plan.bodies.append(
        {"id": pool_id, "type": "Microsoft.ContainerService/managedClusters/agentPools", "name": "aks/second", "properties": {"vnetSubnetID": SUBNET_ID}}
    )


def no_nat_gateway(plan):
    plan.subnet["natGateway"] = None


def no_network(plan):
    plan.drop("virtualNetworks")


def no_subnet_of_its_own(plan):
    del plan.find("cluster")["properties"]["agentPoolProfiles"][0]["vnetSubnetID"]


def no_role(plan):
    plan.drop("roleAssignments")


def role_on_the_subnet_only(plan):
    plan.bodies = [body for body in plan.bodies if "routeTables/firewall-routetable/providers" not in body["id"]]


def another_role(plan):
    for body in plan.bodies:
        if body["type"].endswith("roleAssignments"):
            body["properties"]["roleDefinitionId"] = body["properties"]["roleDefinitionId"].replace(CONTRIBUTOR, "11111111-2222-3333-4444-555555555555")


def role_of_another_identity(plan):
    for body in plan.bodies:
        if body["type"].endswith("roleAssignments"):
            body["properties"]["principalId"] = body["properties"]["principalId"].replace("aks-udr-identity", "another")


def identity_outside_the_plan(plan):
    plan.drop("roleAssignments", "userAssignedIdentities")


def system_identity_and_kubenet(plan):
    plan.find("cluster")["identity"] = {"type": "SystemAssigned"}
    plan.network["networkPlugin"] = "kubenet"


def role_whose_id_is_an_expression(plan):
    role_on_the_subnet_only(plan)
    role = next(body for body in plan.bodies if body["type"].endswith("roleAssignments"))
    role["id"] = "[format('{0}/providers/Microsoft.Authorization/roleAssignments/{1}', 'x', guid(reference('y').principalId))]"


def kubenet(change):
    def both(plan):
        change(plan)
        plan.network["networkPlugin"] = "kubenet"

    return both


ERROR, UNKNOWN = Severity.ERROR, Severity.UNKNOWN


@pytest.mark.parametrize(
    ("environment", "change", "code", "severity"),
    [
        ("udr", no_default_route, "RouteTableMissingDefaultRoute", ERROR),
        ("udr", no_route_table, "ExistingRouteTableNotAssociatedWithSubnet", ERROR),
        ("udr", no_subnet_of_its_own, "UserDefinedRoutingWithManagedVNet", ERROR),
        ("udr", routes_are_an_expression, "RouteTableMissingDefaultRoute", UNKNOWN),
        ("udr", the_only_prefix_is_an_expression, "RouteTableMissingDefaultRoute", UNKNOWN),
        ("udr", no_network, "ExistingRouteTableNotAssociatedWithSubnet", UNKNOWN),
        ("udr", lambda plan: plan.drop("routeTables"), "RouteTableMissingDefaultRoute", UNKNOWN),
        ("udr", next_hop("Internet"), "RouteTableInvalidNextHop", ERROR),
        ("udr", next_hop("None"), "RouteTableInvalidNextHop", ERROR),
        ("udr", next_hop("[reference('x').kind]"), "RouteTableInvalidNextHop", UNKNOWN),
        ("udr", load_balancer_profile, "InvalidUserDefinedRoutingWithLoadBalancerProfile", ERROR),
        ("udr", outbound_type_is_an_expression, "InvalidUserDefinedRoutingWithLoadBalancerProfile", UNKNOWN),
        ("managed-natgw", own_subnet, "ManagedNATGatewayWithCustomVNetNotAllowed", ERROR),
        ("managed-natgw", own_subnet_in_a_pool_of_its_own, "ManagedNATGatewayWithCustomVNetNotAllowed", ERROR),
        ("managed-natgw", own_subnet_and_unknown_type, "ManagedNATGatewayWithCustomVNetNotAllowed", UNKNOWN),
        ("user-natgw", no_nat_gateway, "SubnetNotAssociatedWithNATGateway", ERROR),
        ("user-natgw", no_subnet_of_its_own, "UserAssignedNATGatewayWithManagedVNetNotAllowed", ERROR),
        ("user-natgw", no_network, "SubnetNotAssociatedWithNATGateway", UNKNOWN),
        ("udr", no_role, "CustomRouteTableMissingPermission", ERROR),
        ("udr", role_on_the_subnet_only, "CustomRouteTableMissingPermission", ERROR),
        ("udr", role_of_another_identity, "CustomRouteTableMissingPermission", ERROR),
        ("udr", system_identity_and_kubenet, "CustomRouteTableWithUnsupportedMSIType", ERROR),
        ("udr", another_role, "CustomRouteTableMissingPermission", Severity.WARNING),
        ("udr", kubenet(another_role), "CustomRouteTableMissingPermission", UNKNOWN),
        ("udr", identity_outside_the_plan, "CustomRouteTableMissingPermission", Severity.WARNING),
        ("udr", kubenet(identity_outside_the_plan), "CustomRouteTableMissingPermission", UNKNOWN),
        ("udr", role_whose_id_is_an_expression, "CustomRouteTableMissingPermission", Severity.WARNING),
        ("udr", kubenet(role_whose_id_is_an_expression), "CustomRouteTableMissingPermission", UNKNOWN),
    ],
)
def test_what_is_refused_and_what_is_unknown(plan, environment, change, code, severity):
    changed = plan(environment)
    change(changed)
    found = {finding.code: finding for finding in check_plan(changed.snapshot())}
    assert code in found
    assert found[code].severity is severity
    assert found[code].target.startswith("/subscriptions/")
    assert ERROR not in {finding.severity for finding in found.values() if finding.code != code}


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_four_topologies_pass(plan, deployed, environment):
    assert check_plan(plan(environment).snapshot()) == ()
    assert check_plan(deployed(environment).snapshot()) == ()


def next_hop_is_a_gateway(plan):
    next_hop("VirtualNetworkGateway")(plan)


def system_identity_and_azure_cni(plan):
    plan.drop("roleAssignments").find("cluster")["identity"] = {"type": "SystemAssigned"}


def role_on_the_group(plan):
    role_on_the_subnet_only(plan)
    role = next(body for body in plan.bodies if body["type"].endswith("roleAssignments"))
    role["id"] = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/RG/providers/Microsoft.Authorization/roleAssignments/7a7e7e8b"


def principal_is_known(plan):
    plan.find("aks-udr-identity")["properties"] = {"principalId": "p"}
    for body in plan.bodies:
        if body["type"].endswith("roleAssignments"):
            body["properties"] |= {"principalId": "p", "scope": body["id"].split("/providers/Microsoft.Authorization")[0]}


def routes_of_their_own(plan):
    table = plan.find("firewall-routetable")
    for body in table["properties"].pop("routes"):
        plan.bodies.append({"id": f"{table['id']}/routes/{body['name']}", "type": "Microsoft.Network/routeTables/routes", **body})


def subnet_of_its_own(plan):
    network = plan.find("aks-vnet")
    for body in network["properties"].pop("subnets"):
        plan.bodies.append({"id": f"{network['id']}/subnets/{body['name']}", "type": "Microsoft.Network/virtualNetworks/subnets", **body})


@pytest.mark.parametrize(
    "change",
    [next_hop_is_a_gateway, system_identity_and_azure_cni, role_on_the_group, principal_is_known, routes_of_their_own, subnet_of_its_own],
)
def test_other_ways_that_azure_accepts(plan, change):
    changed = plan("udr")
    change(changed)
    assert check_plan(changed.snapshot()) == ()


def test_a_plan_without_a_cluster_has_no_findings(plan):
    assert check_plan(plan("udr").drop("managedClusters").snapshot()) == ()
