"""The addresses before and after a move, and what the API server's authorized ranges need of them."""

from collections.abc import Iterator
from ipaddress import AddressValueError, IPv4Address, IPv4Network, NetmaskValueError

from orchestrator.egress.expected_addresses import expected_addresses
from orchestrator.egress.migration.ways import network_profile, read_way
from orchestrator.model.json_value import Json, JsonObject
from orchestrator.model.migrations import Addresses, OutAddress
from orchestrator.model.resources import Resource, Snapshot, is_expression

_MANAGED = {"loadBalancer": "loadBalancerProfile", "managedNATGateway": "natGatewayProfile", "managedNATGatewayV2": "natGatewayProfile"}
_ONLY_LOAD_BALANCER = "0.0.0.0/32"


def find_addresses(snapshot: Snapshot, cluster: Resource, deployed: Snapshot) -> Addresses:
    """What the internet sees of a cluster. `deployed`: what is there now; a public address that is there already keeps its address."""
    expected = expected_addresses(snapshot, cluster.id)
    known: list[OutAddress] = []
    for resource_id in expected.resources:
        of_it = sorted(address for address, owner in expected.owners.items() if owner.lower() == resource_id.lower())
        known += [OutAddress(address, resource_id) for address in of_it or _find_deployed(deployed, resource_id)]
    if known:
        return Addresses(tuple(known))
    return _stated_addresses(snapshot, cluster, deployed, expected.unknown)


def _find_deployed(deployed: Snapshot, resource_id: str) -> list[str | None]:
    resource = deployed.find(resource_id)
    address: Json = resource.properties.get("ipAddress") if resource is not None else None
    prefix: Json = resource.properties.get("ipPrefix") if resource is not None else None
    found = address or prefix
    return [found if isinstance(found, str) and not is_expression(found) else None]


def _stated_addresses(snapshot: Snapshot, cluster: Resource, deployed: Snapshot, unknown: str | None) -> Addresses:
    """What the profile of a way that AKS makes says of its addresses: those that were given to it, or how many AKS makes."""
    way = read_way(snapshot, cluster)
    profile: JsonObject = network_profile(cluster).get(_MANAGED.get(way.outbound_type, "")) or {}
    given = [*_ids(profile, "outboundIPs", "publicIPs"), *_ids(profile, "outboundIPPrefixes", "publicIPPrefixes")]
    if given:
        return Addresses(tuple(OutAddress(address, one) for one in given for address in _find_deployed(deployed, one)))
    if way.outbound_type not in _MANAGED:
        return Addresses((), unknown)
    counts = profile.get("managedOutboundIPs") or profile.get("managedOutboundIPProfile") or {}
    count = counts.get("count", 1)
    what = "the address" if count == 1 else f"the {count} addresses"
    return Addresses((OutAddress(None, cluster.id),), f"AKS makes {what} of outbound type {way.outbound_type} itself")


def _ids(profile: JsonObject, member: str, kind: str) -> Iterator[str]:
    for reference in (profile.get(member) or {}).get(kind) or ():
        if isinstance(reference, dict) and isinstance(reference.get("id"), str):
            yield reference["id"]


def advise_authorized_ranges(cluster: Resource, outbound_type: str, before: Addresses, after: Addresses) -> tuple[str, ...]:
    """What has to change in the ranges that are planned: nodes call the API server of a public cluster from the outbound addresses."""
    access: JsonObject = cluster.properties.get("apiServerAccessProfile") or {}
    ranges = [str(text) for text in access.get("authorizedIPRanges") or ()]
    if not ranges or access.get("enablePrivateCluster"):
        return ()
    advice = []
    if outbound_type == "loadBalancer":
        advice.append("AKS adds the load balancer's own addresses by itself")
    else:
        advice += [_advise_missing(one) for one in after.known if not _is_covered(one, ranges)]
        if not after.known:
            advice.append(f"the new addresses are not known ({after.unknown}): without them in the ranges the nodes lose the API server")
        if _ONLY_LOAD_BALANCER in ranges:
            advice.append(f"{_ONLY_LOAD_BALANCER} stands for the load balancer's address only, which is left")
    new = {one.address for one in after.known}
    stale = [one.address for one in before.known if one.address is not None and one.address not in new and f"{one.address}/32" in ranges]
    return (*advice, *(f"drop {address}/32 once the move is done" for address in stale))


def _advise_missing(one: OutAddress) -> str:
    if one.address is None:
        return f"the new address is {one}: deploy without ranges first, then with it; or bring an address of your own"
    length = "" if "/" in one.address else "/32"
    return f"add {one.address}{length} before the move, or the nodes lose the API server"


def _is_covered(one: OutAddress, ranges: list[str]) -> bool:
    """By its address, or by a range that the deployment makes of the same resource."""
    if any(is_expression(text) and one.resource_id.lower() in text.lower() for text in ranges):
        return True
    return one.address is not None and any(_contains(text, one.address) for text in ranges)


def _contains(text: str, address: str) -> bool:
    try:
        network = IPv4Network(text, strict=False)
        return IPv4Network(address).subnet_of(network) if "/" in address else IPv4Address(address) in network
    except (AddressValueError, NetmaskValueError, ValueError):
        return False
