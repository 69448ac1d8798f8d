"""Peerings in the control plane: states that follow from the other side, both ways to write them, refusals, and a what-if that has nothing to say."""

from typing import Any

import pytest

from tests.lab.conftest import Sdk
from tests.lab.test_deployments import body, deploy, what_if
from tests.lab.test_network import put
from tests.waiting import wait_until

PEERING = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings"


def network(prefix: str, *peerings: dict[str, Any]) -> dict[str, Any]:
    embedded = {"virtualNetworkPeerings": list(peerings)} if peerings else {}
    return {"location": "westeurope", "properties": {"addressSpace": {"addressPrefixes": [prefix]}, "subnets": [], **embedded}}


def peering(remote_id: str, **settings: Any) -> dict[str, Any]:
    return {"properties": {"remoteVirtualNetwork": {"id": remote_id}, **settings}}


def delete(sdk: Sdk, resource_id: str) -> None:
    wait_until(lambda: sdk.send("DELETE", f"{resource_id}?api-version=2026-03-01")[0] < 400)  # refused while it is being updated
    wait_until(lambda: sdk.send("GET", f"{resource_id}?api-version=2026-03-01")[0] == 404)


def states(sdk: Sdk, network_id: str) -> dict[str, str]:
    return {one["name"]: one["properties"]["peeringState"] for one in sdk.get(network_id)["properties"]["virtualNetworkPeerings"]}


def test_a_peering_is_connected_once_both_sides_have_one(sdk: Sdk, group: str) -> None:
    hub, spoke = (f"{group}/providers/Microsoft.Network/virtualNetworks/{name}" for name in ("hub", "spoke"))
    put(sdk, hub, network("10.10.0.0/16"))
    put(sdk, spoke, network("10.20.0.0/16"))
    made = put(sdk, f"{spoke}/virtualNetworkPeerings/to-hub", peering(hub.upper(), allowForwardedTraffic=True))
    assert made["type"] == PEERING
    assert {key: made["properties"][key] for key in ("peeringState", "peeringSyncLevel", "allowVirtualNetworkAccess", "allowForwardedTraffic")} == {
        "peeringState": "Initiated",
        "peeringSyncLevel": "RemoteNotInSync",
        "allowVirtualNetworkAccess": True,
        "allowForwardedTraffic": True,
    }
    put(sdk, hub, network("10.10.0.0/16", {"name": "to-spoke", **peering(spoke)}))
    assert (states(sdk, hub), states(sdk, spoke)) == ({"to-spoke": "Connected"}, {"to-hub": "Connected"})
    assert sdk.get(f"{spoke}/virtualNetworkPeerings/to-hub")["properties"]["remoteAddressSpace"] == {"addressPrefixes": ["10.10.0.0/16"]}
    put(sdk, hub, network("10.10.0.0/16"))
    assert states(sdk, hub) == {"to-spoke": "Connected"}, "a PUT that does not name peerings leaves them"
    delete(sdk, f"{hub}/virtualNetworkPeerings/to-spoke")
    assert states(sdk, spoke) == {"to-hub": "Initiated"}
    delete(sdk, hub)
    assert states(sdk, spoke) == {"to-hub": "Disconnected"}


@pytest.mark.parametrize(
    ("prefix", "remote", "code"),
    [
        ("10.20.0.0/16", "nowhere", "InvalidResourceReference"),
        ("10.10.128.0/20", "hub", "VnetAddressSpacesOverlap"),
        ("10.20.0.0/16", "", "InvalidRequestFormat"),
        ("10.30.0.0/16", "third", "VnetAddressSpaceOverlapsWithAlreadyPeeredVnet"),
    ],
)
def test_what_azure_refuses(sdk: Sdk, group: str, prefix: str, remote: str, code: str) -> None:
    n = f"{group}/providers/Microsoft.Network/virtualNetworks"
    put(sdk, f"{n}/hub", network("10.10.0.0/16"))
    put(sdk, f"{n}/third", network("10.10.0.0/24"))
    put(sdk, f"{n}/spoke", network("10.30.0.0/16"))
    put(sdk, f"{n}/spoke/virtualNetworkPeerings/first", peering(f"{n}/hub"))
    target = f"{n}/spoke" if remote == "third" else f"{n}/new"
    put(sdk, target, network(prefix))
    assert put(sdk, f"{target}/virtualNetworkPeerings/p", peering(f"{n}/{remote}" if remote else "")) == code


def test_a_deployment_of_hub_and_spoke_changes_nothing_the_second_time(sdk: Sdk, group: str) -> None:
    def vnet(name: str, prefix: str) -> dict[str, Any]:
        return {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01", "name": name, **network(prefix)}

    def child(name: str, remote: str) -> dict[str, Any]:
        properties = {"remoteVirtualNetwork": {"id": f"[resourceId('Microsoft.Network/virtualNetworks', '{remote}')]"}, "allowForwardedTraffic": True}
        return {"type": PEERING, "apiVersion": "2024-05-01", "name": f"{name}/to-{remote}", "dependsOn": ["hub", "spoke"], "properties": properties}

    resources = {
        "hub": vnet("hub", "10.10.0.0/16"),
        "spoke": vnet("spoke", "10.20.0.0/16"),
        "there": child("hub", "spoke"),
        "back": child("spoke", "hub"),
    }
    assert deploy(sdk, group, body(resources)).properties.provisioning_state == "Succeeded"
    assert states(sdk, f"{group}/providers/Microsoft.Network/virtualNetworks/hub") == {"to-spoke": "Connected"}
    assert set(what_if(sdk, group, body(resources)).values()) == {"NoChange"}
    deploy(sdk, group, body(resources))
    assert set(what_if(sdk, group, body(resources)).values()) == {"NoChange"}
