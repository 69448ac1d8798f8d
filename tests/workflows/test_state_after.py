"""What will be there after a deployment: what Azure computed stays, what a change takes away is gone."""

from typing import Any

from orchestrator.model.changes import ChangeType, ResourceChange, WhatIf
from orchestrator.model.resources import Snapshot, make_snapshot
from orchestrator.workflows.state_after import state_after

GROUP = "/subscriptions/s/resourceGroups/rg/providers"
NODES = "/subscriptions/s/resourceGroups/MC_rg/providers"
CLUSTER = f"{GROUP}/Microsoft.ContainerService/managedClusters/aks"
ADDRESS = f"{GROUP}/Microsoft.Network/publicIPAddresses/ip"
FIREWALL = f"{GROUP}/Microsoft.Network/azureFirewalls/fw"
NETWORK = f"{GROUP}/Microsoft.Network/virtualNetworks/net"
MADE = f"{NODES}/Microsoft.Network/publicIPAddresses/made"


def body(resource_id: str, **properties: Any) -> dict[str, Any]:
    return {"id": resource_id, "type": "/".join(resource_id.split("/")[-3:-1]), "properties": properties}


def cluster(profile: dict[str, Any], **more: Any) -> dict[str, Any]:
    return body(CLUSTER, networkProfile=profile, agentPoolProfiles=[{"name": "one", "count": 1}], **more)


EFFECTIVE = {"effectiveOutboundIPs": [{"id": MADE}]}
BEFORE = make_snapshot(
    [
        cluster({"outboundType": "loadBalancer", "loadBalancerProfile": {"managedOutboundIPs": {"count": 1}, **EFFECTIVE}}, nodeResourceGroup="MC_rg"),
        body(ADDRESS, ipAddress="20.1.1.1"),
        body(FIREWALL, ipConfigurations=[{"name": "a", "properties": {"privateIPAddress": "10.0.0.4"}}]),
        body(NETWORK, subnets=[{"name": "x", "properties": {"natGateway": {"id": "n"}}}]),
        body(MADE, ipAddress="20.9.9.9"),
    ]
)


def after(*planned: dict[str, Any], kind: ChangeType = ChangeType.MODIFY) -> Snapshot:
    changes = tuple(ResourceChange(one["id"], kind, after=one) for one in planned)
    return state_after(BEFORE, WhatIf(changes), planned)


def properties(snapshot: Snapshot, resource_id: str) -> dict[str, Any]:
    found = snapshot.find(resource_id)
    assert found is not None
    return dict(found.properties)


def test_an_address_that_was_assigned_stays() -> None:
    assert properties(after(body(ADDRESS, publicIPAllocationMethod="Static")), ADDRESS)["ipAddress"] == "20.1.1.1"
    later = after(body(FIREWALL, ipConfigurations=[{"name": "a", "properties": {"subnet": {"id": "s"}}}, {"name": "b", "properties": {}}]))
    assert properties(later, FIREWALL)["ipConfigurations"] == [
        {"name": "a", "properties": {"privateIPAddress": "10.0.0.4", "subnet": {"id": "s"}}},
        {"name": "b", "properties": {}},
    ]


def test_what_is_no_longer_written_is_gone() -> None:
    assert properties(after(body(NETWORK, subnets=[{"name": "x", "properties": {}}])), NETWORK)["subnets"] == [{"name": "x", "properties": {}}]


def test_what_no_change_names_stays_and_what_is_deleted_goes() -> None:
    assert {one.id for one in after()} == {one.id for one in BEFORE}
    assert after(body(ADDRESS), kind=ChangeType.DELETE).find(ADDRESS) is None
    assert properties(after(body(ADDRESS), kind=ChangeType.UNSUPPORTED), ADDRESS) == {"ipAddress": "20.1.1.1"}


def test_what_aks_made_stays_where_the_way_out_does() -> None:
    later = after(cluster({"outboundType": "loadBalancer"}))
    assert later.find(MADE) is not None
    assert properties(later, CLUSTER)["nodeResourceGroup"] == "MC_rg"
    assert properties(later, CLUSTER)["networkProfile"]["loadBalancerProfile"] == EFFECTIVE


def test_what_aks_made_says_nothing_of_another_way_out() -> None:
    for profile in ({"outboundType": "managedNATGateway"}, {"outboundType": "loadBalancer", "loadBalancerProfile": {"managedOutboundIPs": {"count": 2}}}):
        later = after(cluster(profile))
        assert later.find(MADE) is None
        assert properties(later, CLUSTER)["networkProfile"] == profile
