"""Every declared type with the real SDK client: create, read, list, update, delete. A type without a case here fails the first test."""

from typing import Any

import pytest
from azure.core.exceptions import ResourceNotFoundError

from orchestrator.lab.directory import SUBSCRIPTION_ID
from orchestrator.lab.providers import BY_NAME, RESOURCE_TYPES
from tests.lab.conftest import Sdk

NETWORK_CONTRIBUTOR = "4d97b98b-1d4f-4787-a291-c67834d212e7"
API_VERSION = "2026-03-01"

ADDRESS = {"location": "westeurope", "sku": {"name": "Standard"}, "properties": {"publicIPAllocationMethod": "Static"}}
NETWORK = {
    "location": "westeurope",
    "properties": {
        "addressSpace": {"addressPrefixes": ["10.42.0.0/16"]},
        "subnets": [
            {"name": "aks-subnet", "properties": {"addressPrefix": "10.42.1.0/24"}},
            {"name": "AzureFirewallSubnet", "properties": {"addressPrefix": "10.42.2.0/24"}},
        ],
    },
}
HUB = {"location": "westeurope", "properties": {"addressSpace": {"addressPrefixes": ["10.10.0.0/16"]}}}
POLICY = {"location": "westeurope", "properties": {"dnsSettings": {"enableProxy": True}}}
IDENTITY = {"location": "westeurope"}
RULES = {
    "properties": {
        "priority": 200,
        "ruleCollections": [
            {
                "ruleCollectionType": "FirewallPolicyFilterRuleCollection",
                "name": "a",
                "priority": 100,
                "action": {"type": "Allow"},
                "rules": [
                    {
                        "ruleType": "NetworkRule",
                        "name": "time",
                        "sourceAddresses": ["*"],
                        "ipProtocols": ["UDP"],
                        "destinationFqdns": ["ntp.ubuntu.com"],
                        "destinationPorts": ["123"],
                    }
                ],
            }
        ],
    }
}
CLUSTER = {
    "location": "westeurope",
    "identity": {"type": "SystemAssigned"},
    "properties": {"dnsPrefix": "c", "agentPoolProfiles": [{"name": "np", "mode": "System", "count": 2, "vmSize": "Standard_D2s_v5"}]},
}


def _network_path(group: str, rest: str) -> str:
    return f"{group}/providers/Microsoft.Network/{rest}"


def case(type_name: str, group: str) -> tuple[list[tuple[str, dict[str, Any]]], str, dict[str, Any]]:
    """(what must be there before, the id, the body) for a type."""
    network, address = (_network_path(group, "virtualNetworks/v"), NETWORK), (_network_path(group, "publicIPAddresses/p"), ADDRESS)
    policy = (_network_path(group, "firewallPolicies/f"), POLICY)
    subnet = f"{network[0]}/subnets/aks-subnet"
    cluster = (f"{group}/providers/Microsoft.ContainerService/managedClusters/c", CLUSTER)
    configuration = {"name": "c", "properties": {"publicIPAddress": {"id": address[0]}}}
    firewall_subnet = {"subnet": {"id": f"{network[0]}/subnets/AzureFirewallSubnet"}, "publicIPAddress": {"id": address[0]}}
    interface = {"name": "n", "properties": {"ipConfigurations": [{"name": "i", "properties": {"subnet": {"id": subnet}}}]}}
    role = f"/subscriptions/{SUBSCRIPTION_ID}/providers/Microsoft.Authorization/roleDefinitions/{NETWORK_CONTRIBUTOR}"
    cases: dict[str, tuple[list[tuple[str, dict[str, Any]]], str, dict[str, Any]]] = {
        "publicIPAddresses": ([], address[0], ADDRESS),
        "publicIPPrefixes": ([], _network_path(group, "publicIPPrefixes/x"), {"location": "westeurope", "properties": {"prefixLength": 30}}),
        "natGateways": (
            [address],
            _network_path(group, "natGateways/n"),
            {"location": "westeurope", "sku": {"name": "Standard"}, "properties": {"publicIpAddresses": [{"id": address[0]}]}},
        ),
        "routeTables": ([], _network_path(group, "routeTables/r"), {"location": "westeurope"}),
        "routeTables/routes": (
            [(_network_path(group, "routeTables/r"), {"location": "westeurope"})],
            _network_path(group, "routeTables/r/routes/x"),
            {"properties": {"addressPrefix": "0.0.0.0/0", "nextHopType": "Internet"}},
        ),
        "networkSecurityGroups": ([], _network_path(group, "networkSecurityGroups/g"), {"location": "westeurope"}),
        "networkSecurityGroups/securityRules": (
            [(_network_path(group, "networkSecurityGroups/g"), {"location": "westeurope"})],
            _network_path(group, "networkSecurityGroups/g/securityRules/x"),
            {"properties": {"priority": 100, "direction": "Outbound", "access": "Allow", "protocol": "*"}},
        ),
        "virtualNetworks": ([], network[0], NETWORK),
        "virtualNetworks/subnets": ([network], f"{network[0]}/subnets/other", {"properties": {"addressPrefix": "10.42.3.0/24"}}),
        "virtualNetworks/virtualNetworkPeerings": (
            [network, (_network_path(group, "virtualNetworks/hub"), HUB)],
            f"{network[0]}/virtualNetworkPeerings/to-hub",
            {"properties": {"remoteVirtualNetwork": {"id": _network_path(group, "virtualNetworks/hub")}, "allowForwardedTraffic": True}},
        ),
        "firewallPolicies": ([], policy[0], POLICY),
        "firewallPolicies/ruleCollectionGroups": ([policy], f"{policy[0]}/ruleCollectionGroups/g", RULES),
        "ipGroups": ([], _network_path(group, "ipGroups/i"), {"location": "westeurope", "properties": {"ipAddresses": ["10.42.1.0/24"]}}),
        "azureFirewalls": (
            [network, address, policy],
            _network_path(group, "azureFirewalls/w"),
            {"location": "westeurope", "properties": {"firewallPolicy": {"id": policy[0]}, "ipConfigurations": [{"name": "c", "properties": firewall_subnet}]}},
        ),
        "loadBalancers": (
            [address],
            _network_path(group, "loadBalancers/b"),
            {"location": "westeurope", "properties": {"frontendIPConfigurations": [configuration]}},
        ),
        "userAssignedIdentities": ([], f"{group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i", IDENTITY),
        "roleAssignments": (
            [],
            f"{group}/providers/Microsoft.Authorization/roleAssignments/4d97b98b-0000-4787-a291-c67834d21200",
            {"properties": {"principalId": "4d97b98b-1111-4787-a291-c67834d212e7", "roleDefinitionId": role}},
        ),
        "managedClusters": ([], cluster[0], CLUSTER),
        "virtualMachineScaleSets": (
            [network],
            f"{group}/providers/Microsoft.Compute/virtualMachineScaleSets/s",
            {"location": "westeurope", "properties": {"virtualMachineProfile": {"networkProfile": {"networkInterfaceConfigurations": [interface]}}}},
        ),
    }
    return cases[type_name.partition("/")[2]]


WRITABLE = [row.name for row in RESOURCE_TYPES if row.writable] + [
    f"{row.name}/{e.segment}" for row in RESOURCE_TYPES for e in row.elements if e.child and not e.read_only
]


def test_each_type_has_one_row() -> None:
    assert len(BY_NAME) == len(RESOURCE_TYPES)
    for row in RESOURCE_TYPES:
        assert row.name.split("/")[0].startswith("Microsoft.")


@pytest.mark.parametrize("type_name", WRITABLE)
def test_create_read_list_update_delete(sdk: Sdk, group: str, type_name: str) -> None:
    needed, resource_id, body = case(type_name, group)
    resources = sdk.resources.resources
    for other_id, other in needed:
        resources.begin_create_or_update_by_id(other_id, other, api_version=API_VERSION).result()
    made = resources.begin_create_or_update_by_id(resource_id, body, api_version=API_VERSION).result()
    assert made.id == resource_id
    assert made.type.lower() == type_name.lower()
    assert resources.check_existence_by_id(resource_id, api_version=API_VERSION)
    first = sdk.get(resource_id)
    assert first["properties"].get("provisioningState", "Succeeded") == "Succeeded"
    listed = sdk.send("GET", f"{resource_id.rpartition('/')[0]}?api-version={API_VERSION}")[1]["value"]
    assert resource_id in [entry["id"] for entry in listed]
    again = resources.begin_create_or_update_by_id(resource_id, body, api_version=API_VERSION).result()
    assert again.id == resource_id
    assert sdk.get(resource_id) == first, "the same PUT twice changes nothing, not even an etag"
    if first.get("location"):
        tagged = resources.begin_update_by_id(resource_id, {"tags": {"a": "b"}}, api_version=API_VERSION).result()
        assert tagged.tags == {"a": "b"}
        group_name = group.rsplit("/", 1)[-1]
        assert resource_id in [entry.id for entry in resources.list_by_resource_group(group_name, filter=f"resourceType eq '{type_name}'")]
    resources.begin_delete_by_id(resource_id, api_version=API_VERSION).result()
    assert not resources.check_existence_by_id(resource_id, api_version=API_VERSION)
    with pytest.raises(ResourceNotFoundError):
        resources.get_by_id(resource_id, api_version=API_VERSION)
    resources.begin_delete_by_id(resource_id, api_version=API_VERSION).result()


def test_built_in_roles_are_read(sdk: Sdk) -> None:
    path = f"/subscriptions/{SUBSCRIPTION_ID}/providers/Microsoft.Authorization/roleDefinitions"
    assert sdk.get(f"{path}/{NETWORK_CONTRIBUTOR}", "2022-04-01")["properties"]["roleName"] == "Network Contributor"
    assert NETWORK_CONTRIBUTOR in [role["name"] for role in sdk.get(path, "2022-04-01")["value"]]


def test_pools_are_read_from_their_cluster(sdk: Sdk, group: str) -> None:
    cluster = f"{group}/providers/Microsoft.ContainerService/managedClusters/c"
    sdk.send("PUT", f"{cluster}?api-version={API_VERSION}", CLUSTER)
    pool = sdk.get(f"{cluster}/agentPools/np")
    assert (pool["id"], pool["properties"]["count"], pool["properties"]["mode"]) == (f"{cluster}/agentPools/np", 2, "System")
    assert [entry["name"] for entry in sdk.get(f"{cluster}/agentPools")["value"]] == ["np"]
    assert sdk.send("PUT", f"{cluster}/agentPools/np?api-version={API_VERSION}", {})[1]["error"]["code"] == "OperationNotAllowed"


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    pairs: list[tuple[Any, Any]] = list(value.items()) if isinstance(value, dict) else list(enumerate(value)) if isinstance(value, list) else []
    return ([path] if path else []) + [place for key, item in pairs for place in _places(item, (*path, key))]


def _replace(body: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    items = dict(body) if isinstance(body, dict) else list(body)
    items[path[0]] = _replace(body[path[0]], path[1:], value)
    return items


@pytest.mark.parametrize("type_name", WRITABLE)
def test_a_body_of_another_shape_is_refused_and_breaks_nothing(sdk: Sdk, group: str, type_name: str) -> None:
    needed, resource_id, body = case(type_name, group)
    for other_id, other in needed:
        sdk.resources.resources.begin_create_or_update_by_id(other_id, other, api_version=API_VERSION).result()
    for place in _places(body):
        for value in (1, [{}], {"a": [1]}):
            status, answer = sdk.send("PUT", f"{resource_id}?api-version={API_VERSION}", _replace(body, place, value))
            assert status < 500, (place, value, answer)
    assert sdk.send("GET", f"{resource_id.rpartition('/')[0]}?api-version={API_VERSION}")[0] == 200
    assert sdk.send("GET", f"{group}/resources?api-version=2024-11-01")[0] == 200
