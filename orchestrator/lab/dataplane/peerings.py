"""Peerings between virtual networks, read from resources. Pure.

Packets pass only where both networks have a peering with the other (both are Connected), and never through one network into a third. A network takes traffic
that does not come from its peer's own addresses only where its peering allows forwarded traffic. Without virtual network access the peer's addresses are no
part of the tag VirtualNetwork, so that only a security rule of one's own lets packets pass
(learn.microsoft.com/azure/virtual-network/virtual-network-manage-peering).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from orchestrator.model.json_value import JsonObject
from orchestrator.model.resource_id import same_id
from orchestrator.model.resources import Resource, Snapshot

_TYPE = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings"


@dataclass(frozen=True, slots=True)
class Peer:
    """A connected peering, from one side. `remote`: the other network's id in lower case; `access`, `forwarded`: what this side allows."""

    remote: str
    prefixes: tuple[str, ...]
    access: bool = True
    forwarded: bool = False


def find_peers(snapshot: Snapshot, network: Resource) -> tuple[Peer, ...]:
    """The networks that a network is connected with."""
    found = {}
    for properties in _peerings(snapshot, network):
        remote = snapshot.find(_remote_id(properties))
        if remote is not None and any(same_id(_remote_id(back), network.id) for back in _peerings(snapshot, remote)):
            prefixes = read_prefixes(remote)
            access = properties.get("allowVirtualNetworkAccess") is not False
            found[remote.id.lower()] = Peer(remote.id.lower(), prefixes, access, properties.get("allowForwardedTraffic") is True)
    return tuple(found[key] for key in sorted(found))


def read_prefixes(network: Resource) -> tuple[str, ...]:
    """A network's IPv4 address space."""
    return tuple(p for p in (network.properties.get("addressSpace") or {}).get("addressPrefixes") or () if ":" not in p)


def _peerings(snapshot: Snapshot, network: Resource) -> Iterator[JsonObject]:
    """Those in the network's body, and those that are resources of their own."""
    for body in network.properties.get("virtualNetworkPeerings") or ():
        yield body.get("properties") or {}
    for resource in snapshot.of_type(_TYPE):
        if same_id(str(resource.resource_id.parent), network.id):
            yield resource.properties


def _remote_id(properties: JsonObject) -> str | None:
    return (properties.get("remoteVirtualNetwork") or {}).get("id")
