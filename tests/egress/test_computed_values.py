"""What Azure will add to a resource, and what who reads it takes for granted."""

from typing import Any

import pytest

from orchestrator.egress.network.computed_values import assumed_values, compute_values
from orchestrator.model.json_value import JsonObject

GROUP = "/subscriptions/s/resourceGroups/rg/providers"
NETWORK = f"{GROUP}/Microsoft.Network/virtualNetworks/hub"
SUBNET = f"{NETWORK}/subnets/AzureFirewallSubnet"
FIREWALL = f"{GROUP}/Microsoft.Network/azureFirewalls/fw"
CLUSTER = f"{GROUP}/Microsoft.ContainerService/managedClusters/aks"
HIDDEN = object()
"""A value that only the deployment knows, as the engine carries it."""


def find(resource_id: str) -> JsonObject | None:
    return {"properties": {"addressPrefixes": ["fd00::/64", "10.0.0.64/26"]}} if resource_id == SUBNET else None


def firewall(*configurations: Any) -> JsonObject:
    return {"properties": {"ipConfigurations": list(configurations)}}


def configuration(name: str, **properties: Any) -> JsonObject:
    return {"name": name, "properties": properties}


def test_a_firewall_gets_the_first_address_of_its_subnet() -> None:
    body = firewall(configuration("a", publicIPAddress={"id": "x"}), configuration("b", subnet={"id": SUBNET}))
    found = compute_values(FIREWALL, body, find)["ipConfigurations"]
    assert found == [
        {"name": "a", "id": f"{FIREWALL}/azureFirewallIpConfigurations/a"},
        {"name": "b", "id": f"{FIREWALL}/azureFirewallIpConfigurations/b", "properties": {"privateIPAddress": "10.0.0.68"}},
    ]
    (assumption,) = assumed_values(FIREWALL, body, find)
    assert (assumption.code, assumption.text) == ("predicted-firewall-address", "Azure gives fw the first address of its subnet, 10.0.0.68")


def test_an_address_that_is_said_is_not_assumed() -> None:
    assert list(assumed_values(FIREWALL, firewall(configuration("a", privateIPAddress="10.0.0.70")), find)) == []


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"properties": HIDDEN},
        {"properties": {"ipConfigurations": HIDDEN}},
        firewall(),
        firewall(HIDDEN),
        firewall({"name": HIDDEN, "properties": {}}),
        firewall(configuration("a", subnet={"id": HIDDEN})),
        firewall(configuration("a", subnet={"id": f"{NETWORK}/subnets/other"})),
    ],
)
def test_nothing_is_made_up(body: JsonObject) -> None:
    assert "privateIPAddress" not in str(compute_values(FIREWALL, body, find))
    assert list(assumed_values(FIREWALL, body, find)) == []


def test_parts_of_a_body_have_ids() -> None:
    body = {"properties": {"subnets": [{"name": "a", "properties": {}}], "addressSpace": {"addressPrefixes": ["10.0.0.0/24"]}, "tags": ["x"], "empty": []}}
    assert compute_values(NETWORK, body, find) == {"subnets": [{"name": "a", "id": f"{NETWORK}/subnets/a"}]}


def test_the_group_of_a_clusters_nodes() -> None:
    body = {"location": "West Europe", "properties": {}}
    assert compute_values(CLUSTER, body, find) == {"nodeResourceGroup": "MC_rg_aks_westeurope"}
    assert [one.code for one in assumed_values(CLUSTER, body, find)] == ["node-resource-group"]
    assert compute_values(CLUSTER, {**body, "location": HIDDEN}, find) == {}
    assert compute_values(CLUSTER, {**body, "properties": {"nodeResourceGroup": "mine"}}, find) == {}


def test_other_resources_get_nothing() -> None:
    assert compute_values(f"{GROUP}/A.B/c/d", {"properties": {"list": [{"name": "a", "properties": {}}]}}, find) == {}
