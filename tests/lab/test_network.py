"""What Azure computes in Microsoft.Network, and what it refuses."""

import time
from typing import Any

import pytest

from tests.lab.conftest import Sdk
from tests.lab.test_providers import ADDRESS, NETWORK, POLICY, RULES


def put(sdk: Sdk, resource_id: str, body: dict[str, Any]) -> Any:
    """The body once it is provisioned, or the code of the refusal."""
    status, answer = sdk.send("PUT", f"{resource_id}?api-version=2026-03-01", body)
    if status >= 400:
        return answer["error"]["code"]
    while answer["properties"].get("provisioningState", "Succeeded") in ("Creating", "Updating"):
        time.sleep(0.01)
        answer = sdk.get(resource_id)
    return answer


def test_addresses_routes_and_references(sdk: Sdk, group: str) -> None:
    n = f"{group}/providers/Microsoft.Network"
    address = put(sdk, f"{n}/publicIPAddresses/p", ADDRESS)
    assert address["properties"]["ipAddress"].startswith("20.10")
    assert address["properties"]["idleTimeoutInMinutes"] == 4
    gateway = put(sdk, f"{n}/natGateways/g", {"location": "westeurope", "properties": {"publicIpAddresses": [{"id": address["id"].upper()}]}})
    table = put(sdk, f"{n}/routeTables/t", {"location": "westeurope", "properties": {"routes": []}})
    network = {**NETWORK, "properties": {**NETWORK["properties"]}}
    subnet = {"name": "s", "properties": {"addressPrefix": "10.42.1.0/24", "natGateway": {"id": gateway["id"]}, "routeTable": {"id": table["id"]}}}
    network["properties"]["subnets"] = [subnet]
    made = put(sdk, f"{n}/virtualNetworks/v", network)
    assert made["properties"]["subnets"][0]["id"] == f"{made['id']}/subnets/s"
    assert made["properties"]["subnets"][0]["etag"] == made["etag"]
    assert sdk.get(gateway["id"])["properties"]["subnets"] == [{"id": f"{made['id']}/subnets/s"}]
    assert sdk.get(table["id"])["properties"]["subnets"] == [{"id": f"{made['id']}/subnets/s"}]
    assert sdk.get(address["id"])["properties"]["natGateway"] == {"id": gateway["id"]}
    for resource_id, code in (
        (table["id"], "InUseRouteTableCannotBeDeleted"),
        (gateway["id"], "InUseNatGatewayCannotBeDeleted"),
        (address["id"], "PublicIPAddressCannotBeDeleted"),
    ):
        assert sdk.send("DELETE", f"{resource_id}?api-version=2026-03-01")[1]["error"]["code"] == code
    other = put(sdk, f"{n}/natGateways/h", {"location": "westeurope", "properties": {"publicIpAddresses": [{"id": address["id"]}]}})
    assert other == "PublicIPAddressInUse"
    # a subnet declared apart stays when its network is put without naming subnets, and goes when the list does not have it
    put(sdk, f"{made['id']}/subnets/apart", {"properties": {"addressPrefix": "10.42.9.0/24"}})
    bare = {"location": "westeurope", "properties": {"addressSpace": NETWORK["properties"]["addressSpace"]}}
    assert [s["name"] for s in put(sdk, made["id"], bare)["properties"]["subnets"]] == ["s", "apart"]
    assert [s["name"] for s in put(sdk, made["id"], network)["properties"]["subnets"]] == ["s"]


def test_a_firewall_gets_the_first_usable_address_and_holds_its_subnet(sdk: Sdk, group: str) -> None:
    n = f"{group}/providers/Microsoft.Network"
    address, network, policy = (
        put(sdk, f"{n}/{i}", b) for i, b in (("publicIPAddresses/p", ADDRESS), ("virtualNetworks/v", NETWORK), ("firewallPolicies/f", POLICY))
    )
    body = {
        "location": "westeurope",
        "properties": {
            "firewallPolicy": {"id": policy["id"]},
            "ipConfigurations": [
                {"name": "c", "properties": {"subnet": {"id": f"{network['id']}/subnets/AzureFirewallSubnet"}, "publicIPAddress": {"id": address["id"]}}}
            ],
        },
    }
    firewall = put(sdk, f"{n}/azureFirewalls/w", body)
    configuration = firewall["properties"]["ipConfigurations"][0]
    assert configuration["properties"]["privateIPAddress"] == "10.42.2.4"
    assert configuration["id"] == f"{firewall['id']}/azureFirewallIpConfigurations/c"
    assert sdk.get(address["id"])["properties"]["ipConfiguration"] == {"id": configuration["id"]}
    assert sdk.get(policy["id"])["properties"]["firewalls"] == [{"id": firewall["id"]}]
    assert put(sdk, network["id"], {**NETWORK, "properties": {**NETWORK["properties"], "subnets": []}}) == "InUseSubnetCannotBeDeleted"
    assert sdk.send("DELETE", f"{network['id']}?api-version=2026-03-01")[1]["error"]["code"] == "InUseSubnetCannotBeDeleted"
    assert sdk.send("DELETE", f"{policy['id']}?api-version=2026-03-01")[1]["error"]["code"] == "FirewallPolicyInUse"
    assert put(sdk, f"{n}/azureFirewalls/other", body) == "PublicIPAddressInUse"


def _subnets(*subnets: dict[str, Any]) -> dict[str, Any]:
    return {"location": "westeurope", "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}, "subnets": list(subnets)}}


def _routes(*routes: dict[str, Any]) -> dict[str, Any]:
    return {"location": "westeurope", "properties": {"routes": [{"name": f"r{i}", "properties": route} for i, route in enumerate(routes)]}}


NOWHERE = "/subscriptions/x/resourceGroups/y/providers/Microsoft.Network/routeTables/z"


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("publicIPAddresses/x", {**ADDRESS, "properties": {}}, "StandardSkuPublicIPAddressesMustBeStatic"),
        ("publicIPAddresses/x", {"properties": {}}, "LocationRequired"),
        ("natGateways/x", {"location": "westeurope", "properties": {"publicIpAddresses": [{"id": NOWHERE}]}}, "InvalidResourceReference"),
        ("virtualNetworks/x", _subnets({"name": "a", "properties": {"addressPrefix": "10.1.0.0/24"}}), "NetcfgSubnetRangeOutsideVnet"),
        ("virtualNetworks/x", _subnets({"name": "a", "properties": {"addressPrefix": "10.0.0.1/24"}}), "InvalidAddressPrefixFormat"),
        ("virtualNetworks/x", _subnets({"properties": {"addressPrefix": "10.0.0.0/24"}}), "InvalidRequestFormat"),
        (
            "virtualNetworks/x",
            _subnets({"name": "a", "properties": {"addressPrefix": "10.0.0.0/24"}}, {"name": "b", "properties": {"addressPrefix": "10.0.0.0/23"}}),
            "NetcfgSubnetRangesOverlap",
        ),
        (
            "virtualNetworks/x",
            _subnets({"name": "a", "properties": {"addressPrefix": "10.0.0.0/24", "routeTable": {"id": NOWHERE}}}),
            "InvalidResourceReference",
        ),
        ("virtualNetworks/x", {"location": "westeurope"}, "InvalidRequestFormat"),
        ("virtualNetworks/x/subnets/y", {"properties": {"addressPrefix": "10.0.0.0/24"}}, "ParentResourceNotFound"),
        ("routeTables/x", _routes({"addressPrefix": "0.0.0.0/0", "nextHopType": "VirtualAppliance"}), "RouteNextHopIpAddressRequired"),
        ("routeTables/x", _routes({"addressPrefix": "everything", "nextHopType": "Internet"}), None),
        ("routeTables/x", _routes({"addressPrefix": "10.0.0.0/33", "nextHopType": "Internet"}), "InvalidAddressPrefixFormat"),
        ("routeTables/x", _routes({"addressPrefix": "0.0.0.0/0", "nextHopType": "Nowhere"}), "InvalidRequestFormat"),
        ("azureFirewalls/x", {"location": "westeurope", "properties": {"ipConfigurations": [{"name": "c"}]}}, "AzureFirewallIpConfigurationNeedsPublicIp"),
        ("firewallPolicies/none/ruleCollectionGroups/g", RULES, "ParentResourceNotFound"),
    ],
)
def test_refusals(sdk: Sdk, group: str, path: str, body: dict[str, Any], code: str | None) -> None:
    answer = put(sdk, f"{group}/providers/Microsoft.Network/{path}", body)
    assert (answer if code else answer["name"]) == (code or "x")


def test_names_in_network_rules_need_the_dns_proxy(sdk: Sdk, group: str) -> None:
    policy = f"{group}/providers/Microsoft.Network/firewallPolicies/f"
    put(sdk, policy, {"location": "westeurope", "properties": {}})
    assert put(sdk, f"{policy}/ruleCollectionGroups/g", RULES) == "FirewallPolicyRuleInvalid"


def test_role_assignments(sdk: Sdk, group: str) -> None:
    role = "/providers/Microsoft.Authorization/roleDefinitions/4d97b98b-1d4f-4787-a291-c67834d212e7"
    at = f"{group}/providers/Microsoft.Authorization/roleAssignments"
    one, two = "11111111-0000-4000-8000-000000000001", "11111111-0000-4000-8000-000000000002"
    body = {"properties": {"principalId": one, "roleDefinitionId": role, "principalType": "ServicePrincipal"}}
    assert put(sdk, f"{at}/{one}", body)["properties"]["scope"] == group
    assert put(sdk, f"{at}/{two}", body) == "RoleAssignmentExists"
    assert put(sdk, f"{at}/{one}", {"properties": {"principalId": two, "roleDefinitionId": role}}) == "RoleAssignmentUpdateNotPermitted"
    assert put(sdk, f"{at}/no-guid", body) == "InvalidRoleAssignmentId"
    assert put(sdk, f"{at}/{two}", {"properties": {"principalId": two, "roleDefinitionId": f"/x/{two}"}}) == "RoleDefinitionDoesNotExist"
