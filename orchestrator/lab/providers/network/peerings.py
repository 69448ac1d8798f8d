"""Peerings of a virtual network: what Azure refuses, and the state that follows from the other side.

A peering is Initiated until the other network has one back, then both are Connected; where the other network is gone it is Disconnected
(learn.microsoft.com/azure/virtual-network/virtual-network-peering-overview). Gateways are not looked for.
"""

from collections.abc import Iterator
from ipaddress import ip_network

from orchestrator.lab.resource_types import REFERENCE, Put, View, find_reference
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import JsonObject
from orchestrator.model.resource_id import same_id

PEERINGS = "virtualNetworkPeerings"
_FLAGS = ("allowVirtualNetworkAccess", "allowForwardedTraffic", "allowGatewayTransit", "useRemoteGateways", "doNotVerifyRemoteGateways", "peerCompleteVnets")
PEERING_DEFAULTS: JsonObject = dict.fromkeys(_FLAGS, False) | {"allowVirtualNetworkAccess": True, "peerCompleteVnets": True}
PEERING_SHAPE: JsonObject = {"name": str, "properties": {"remoteVirtualNetwork": REFERENCE, **dict.fromkeys(_FLAGS, bool)}}


def check_peerings(put: Put) -> None:
    """InvalidRequestFormat without a remote network, InvalidResourceReference where it is not there, and the refusals of address spaces that overlap."""
    peers: list[JsonObject] = []
    for peering in put.properties[PEERINGS]:
        if not _remote_id(peering):
            raise ArmError("InvalidRequestFormat", f"Peering {peering['name']} of {put.resource_id} has no remoteVirtualNetwork.")
        existing = [
            one for one in put.existing_properties.get(PEERINGS) or () if one["name"] == peering["name"] and same_id(_remote_id(one), _remote_id(peering))
        ]
        remote = put.view.find(_remote_id(peering)) if existing else find_reference(put, peering["properties"]["remoteVirtualNetwork"], "remoteVirtualNetwork")
        if remote is not None:
            _check_spaces(put, peering, remote, peers)
            peers.append(remote)


def _check_spaces(put: Put, peering: JsonObject, remote: JsonObject, peers: list[JsonObject]) -> None:
    subject = f"Cannot create or update peering {put.resource_id}/{PEERINGS}/{peering['name']}. Virtual networks {put.resource_id} and {remote['id']}"
    own = list(_overlaps(put.body, remote))
    if own:
        text = f"{subject} cannot be peered because their address spaces overlap. Overlapping address prefixes: {', '.join(own)}"
        raise ArmError("VnetAddressSpacesOverlap", text)
    for other in peers:
        shared = list(_overlaps(remote, other))
        if shared:
            raise ArmError(
                "VnetAddressSpaceOverlapsWithAlreadyPeeredVnet",
                f"{subject} cannot be peered because address space of the second virtual network overlaps with address space of virtual network "
                f"{other['id']} already peered with the first virtual network. Overlapping address prefixes: {', '.join(shared)}",
            )


def _overlaps(left: JsonObject, right: JsonObject) -> Iterator[str]:
    there = [ip_network(prefix) for prefix in _space(right)["addressPrefixes"]]
    for text in _space(left)["addressPrefixes"]:
        network = ip_network(text)
        if any(network.version == other.version and network.overlaps(other) for other in there):
            yield text


def show_peerings(body: JsonObject, view: View) -> None:
    """Enter the states, and the other side's address space."""
    for peering in body["properties"].get(PEERINGS) or ():
        remote = view.find(_remote_id(peering))
        properties = peering["properties"]
        properties["peeringState"] = "Disconnected" if remote is None else "Connected" if _leads_to(remote, body["id"]) else "Initiated"
        properties["peeringSyncLevel"] = {"Connected": "FullyInSync", "Initiated": "RemoteNotInSync"}.get(properties["peeringState"], "LocalAndRemoteNotInSync")
        if remote is not None:
            properties["remoteAddressSpace"] = properties["remoteVirtualNetworkAddressSpace"] = _space(remote)


def _leads_to(network: JsonObject, network_id: str) -> bool:
    return any(same_id(_remote_id(peering), network_id) for peering in network["properties"].get(PEERINGS) or ())


def _remote_id(peering: JsonObject) -> str | None:
    return (peering["properties"].get("remoteVirtualNetwork") or {}).get("id")


def _space(network: JsonObject) -> JsonObject:
    return {"addressPrefixes": list(network["properties"]["addressSpace"]["addressPrefixes"])}
