"""Which resources the model of a network needs beside those that it has: what bodies refer to, type by type, as data.

A network that only a peering leads to is looked at without its own peerings: traffic does not pass through one network into a third.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from orchestrator.model.json_value import Json, JsonObject
from orchestrator.model.resource_id import ResourceId, parse_resource_id
from orchestrator.model.resources import Resource, is_expression

_SUBNET = ("routeTable/id", "natGateway/id", "networkSecurityGroup/id", "ipConfigurations/*/id")
_GROUPS = ("sourceIpGroups/*", "destinationIpGroups/*")
_NETWORK = "microsoft.network/virtualnetworks"
_FIREWALL = "microsoft.network/azurefirewalls"
_PEERING = f"{_NETWORK}/virtualnetworkpeerings"
_REMOTE = "remoteVirtualNetwork/id"

_PATHS: dict[str, tuple[str, ...]] = {
    _NETWORK: tuple(f"subnets/*/properties/{path}" for path in _SUBNET),
    f"{_NETWORK}/subnets": _SUBNET,
    _FIREWALL: (
        "firewallPolicy/id",
        "ipConfigurations/*/properties/publicIPAddress/id",
        "ipConfigurations/*/properties/subnet/id",
        *(f"networkRuleCollections/*/properties/rules/*/{path}" for path in _GROUPS),
        *(f"applicationRuleCollections/*/properties/rules/*/{path}" for path in _GROUPS),
    ),
    "microsoft.network/firewallpolicies": ("basePolicy/id",),
    "microsoft.network/firewallpolicies/rulecollectiongroups": tuple(f"ruleCollections/*/rules/*/{path}" for path in _GROUPS),
    "microsoft.network/natgateways": ("publicIpAddresses/*/id", "publicIpPrefixes/*/id"),
    "microsoft.containerservice/managedclusters": (
        "agentPoolProfiles/*/vnetSubnetID",
        "agentPoolProfiles/*/podSubnetID",
        "networkProfile/loadBalancerProfile/outboundIPs/publicIPs/*/id",
        "networkProfile/loadBalancerProfile/outboundIPPrefixes/publicIPPrefixes/*/id",
        "networkProfile/loadBalancerProfile/effectiveOutboundIPs/*/id",
        "networkProfile/natGatewayProfile/effectiveOutboundIPs/*/id",
    ),
}
"""Type -> where its properties name others; `*` is every element of a list."""

_PEERS: dict[str, tuple[str, ...]] = {_NETWORK: (f"virtualNetworkPeerings/*/properties/{_REMOTE}",), _PEERING: (_REMOTE,)}

_READ = frozenset(
    {
        _NETWORK,
        _FIREWALL,
        "microsoft.network/virtualnetworkgateways",
        "microsoft.network/routetables",
        "microsoft.network/natgateways",
        "microsoft.network/networksecuritygroups",
        "microsoft.network/firewallpolicies",
        "microsoft.network/ipgroups",
        "microsoft.network/publicipaddresses",
        "microsoft.network/publicipprefixes",
    }
)
"""Types with bodies of their own that the model reads. A part of one (a subnet, an IP configuration) is read with its owner; network interfaces are not."""

_CLUSTER = "microsoft.containerservice/managedclusters"


@dataclass(frozen=True, slots=True)
class References:
    """Ids that bodies refer to. `peers`: networks that a peering, or a child's place alone, leads to."""

    ids: tuple[str, ...]
    peers: tuple[str, ...]


def needs_surroundings(bodies: Iterable[JsonObject]) -> bool:
    """True where there is a cluster, whose traffic is asked for."""
    return any(Resource(str(body.get("id", "")), body).type.lower() == _CLUSTER for body in bodies)


def find_references(bodies: Iterable[JsonObject], peered: frozenset[str] = frozenset()) -> References:
    """What bodies refer to, each once. `peered`: lower-case ids of networks whose own peerings do not matter."""
    ids: dict[str, str] = {}
    peers: dict[str, str] = {}
    for body in bodies:
        resource = Resource(str(body.get("id", "")), body)
        kind = resource.type.lower()
        for text in _follow_all(resource.properties, _PATHS.get(kind, ())):
            _add(ids, text)
        if resource.id.lower() not in peered:
            for text in _follow_all(resource.properties, _PEERS.get(kind, ())):
                _add(peers, text)
        if kind.count("/") > 1:
            _add(peers, resource.id)
    return References(tuple(ids.values()), tuple(text for key, text in peers.items() if key not in ids))


def _add(found: dict[str, str], text: str) -> None:
    owner = _owner(text)
    if owner is not None:
        found.setdefault(owner.key, str(owner))


def _owner(text: str) -> ResourceId | None:
    """The resource that is read to know what an id names; None where the model does not ask for it."""
    if is_expression(text):
        return None
    try:
        named = parse_resource_id(text)
    except ValueError:
        return None
    while named.parent is not None:
        named = named.parent
    return named if named.type.lower() in _READ and named.resource_group is not None else None


def _follow_all(properties: JsonObject, paths: Iterable[str]) -> Iterator[str]:
    return (text for path in paths for text in _follow(properties, path.split("/")))


def _follow(value: Json, steps: list[str]) -> Iterator[str]:
    if not steps:
        if isinstance(value, str):
            yield value
    elif steps[0] == "*":
        for element in value if isinstance(value, list) else ():
            yield from _follow(element, steps[1:])
    elif isinstance(value, dict):
        yield from _follow(value.get(steps[0]), steps[1:])
