"""The public addresses that a cluster's pods must be seen with, told from the resources alone.

Theory of operation: two steps, which Azure takes in this order. The *route* of the node subnet says where a packet to the internet at large goes (a user's
0.0.0.0/0 before the system's; routes to narrower ranges are not looked at). Only where it says Internet does the *outbound method* decide: NAT gateway of the
subnet, else the load balancer's addresses (learn.microsoft.com/azure/nat-gateway/nat-overview). A firewall does the same two steps again from its own subnet.
outboundType says what AKS makes, never where a packet leaves. What is not modelled is unknown, with the reason, and never an empty set.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from orchestrator.egress.network_view import (
    Subnet,
    agent_pools,
    default_route,
    find_firewall_at,
    find_subnet,
    firewall_subnet_ids,
    ip_configurations,
    managed_subnet,
    network_profile,
    node_subnet_ids,
    outbound_type,
    read_network,
    reference_id,
)
from orchestrator.model.json_value import Json, JsonObject
from orchestrator.model.resources import Resource, Snapshot, is_expression

_MAX_PREFIX_ADDRESSES = 256


@dataclass(frozen=True, slots=True)
class ExpectedEgress:
    """The addresses that may be seen. `owners`: which resource each belongs to; `resources`: those ids, also where the address is not assigned yet.

    unknown: why the set is not known, or not known whole; None where `addresses` is all of it.
    """

    addresses: frozenset[str] = frozenset()
    resources: tuple[str, ...] = ()
    owners: Mapping[str, str] = field(default_factory=dict)
    unknown: str | None = None


class _Unknown(Exception):
    """The way out cannot be told; the text says why."""


def expected_addresses(snapshot: Snapshot, cluster_id: str) -> ExpectedEgress:
    """What the internet sees of a cluster's pods; see the module for how it is told. The same for a plan, the lab, Azure or a saved file."""
    cluster = snapshot.find(cluster_id)
    if cluster is None:
        return ExpectedEgress(unknown=f"the cluster {cluster_id} is not among the resources")
    try:
        address_ids = tuple(dict.fromkeys(_way_out(snapshot, cluster)))
    except _Unknown as unknown:
        return ExpectedEgress(unknown=str(unknown))
    return _assigned(snapshot, address_ids)


def _assigned(snapshot: Snapshot, address_ids: tuple[str, ...]) -> ExpectedEgress:
    owners: dict[str, str] = {}
    missing = []
    for address_id in address_ids:
        found = _addresses_of(snapshot.find(address_id))
        owners |= dict.fromkeys(found, address_id)
        if not found:
            missing.append(address_id.rsplit("/", 1)[-1])
    unknown = f"not assigned yet, or not among the resources: {', '.join(missing)}" if missing else None
    return ExpectedEgress(frozenset(owners), address_ids, owners, unknown)


def _addresses_of(resource: Resource | None) -> tuple[str, ...]:
    """The addresses of a public address or a prefix of them; empty where none is assigned."""
    if resource is None:
        return ()
    address, prefix = resource.properties.get("ipAddress"), read_network(resource.properties.get("ipPrefix"))
    if isinstance(address, str) and not is_expression(address):
        return (address,)
    if prefix is not None and prefix.num_addresses <= _MAX_PREFIX_ADDRESSES:
        return tuple(str(host) for host in prefix)
    return ()


def _way_out(snapshot: Snapshot, cluster: Resource) -> Iterator[str]:
    """The ids of the public addresses (or prefixes) that the cluster's pods leave from."""
    for pool in agent_pools(snapshot, cluster):
        if pool.get("enableNodePublicIP"):
            raise _Unknown(f"the nodes of the pool {pool.get('name')} have public addresses of their own, which are not modelled")
    ids = node_subnet_ids(snapshot, cluster)
    if not ids:
        made = managed_subnet(snapshot, cluster)
        yield from _from_subnet(snapshot, cluster, made) if made is not None else _by_profile(cluster)
    for subnet_id in ids:
        subnet = find_subnet(snapshot, subnet_id)
        if subnet is None:
            raise _Unknown(f"the node subnet {subnet_id} is not among the resources")
        yield from _from_subnet(snapshot, cluster, subnet)


def _from_subnet(snapshot: Snapshot, cluster: Resource, subnet: Subnet) -> Iterator[str]:
    """Route first, then outbound method."""
    hop = _next_hop(snapshot, subnet)
    if hop is not None:
        yield from _through_firewall(snapshot, hop)
        return
    gateway_ids = tuple(_of_nat_gateway(snapshot, subnet))
    yield from gateway_ids or _by_profile(cluster)


def _next_hop(snapshot: Snapshot, subnet: Subnet) -> str | None:
    """The appliance's address that the default route leads to; None where it leads to the internet."""
    if not subnet.properties.get("routeTable"):
        return None
    table = snapshot.find(subnet.route_table_id)
    if table is None:
        raise _Unknown(f"the route table of the subnet {subnet.name} is not among the resources")
    route = default_route(snapshot, table)
    kind = str(route.next_hop_type).lower() if route is not None else "internet"
    if kind == "internet":
        return None
    if route is not None and kind == "virtualappliance" and isinstance(route.next_hop_address, str) and not is_expression(route.next_hop_address):
        return route.next_hop_address
    raise _Unknown(f"the default route of {table.name} leads to {route.next_hop_type if route else kind}, behind which nothing is modelled")


def _through_firewall(snapshot: Snapshot, hop: str) -> Iterator[str]:
    firewall = find_firewall_at(snapshot, hop)
    if firewall is None:
        raise _Unknown(f"no firewall among the resources has the address {hop}, where the default route leads")
    _check_translation(snapshot, firewall)
    gateway_ids: list[str] = []
    for subnet_id in firewall_subnet_ids(firewall):
        subnet = find_subnet(snapshot, subnet_id)
        if subnet is None:
            raise _Unknown(f"the subnet of the firewall {firewall.name} is not among the resources")
        if _next_hop(snapshot, subnet) is not None:
            raise _Unknown(f"the firewall {firewall.name} is itself led to another appliance (forced tunnelling), which is not modelled")
        gateway_ids += _of_nat_gateway(snapshot, subnet)
    own = [found for inner in ip_configurations(firewall) if (found := reference_id(inner.get("publicIPAddress"))) is not None]
    if not gateway_ids and not own:
        raise _Unknown(f"the firewall {firewall.name} has no public address")
    yield from gateway_ids or own


def _check_translation(snapshot: Snapshot, firewall: Resource) -> None:
    """A policy may keep addresses as they are for ranges that it calls private; the internet among them is not modelled."""
    policy = snapshot.find(reference_id(firewall.properties.get("firewallPolicy")))
    settings: Json = policy.properties.get("snat") if policy is not None else None
    ranges = settings.get("privateRanges") if isinstance(settings, dict) else None
    if any(text == "0.0.0.0/0" or is_expression(text) for text in ranges or ()):
        raise _Unknown(f"the policy of the firewall {firewall.name} does not translate addresses on the way to the internet")


def _of_nat_gateway(snapshot: Snapshot, subnet: Subnet) -> Iterator[str]:
    if not subnet.properties.get("natGateway"):
        return
    gateway = snapshot.find(subnet.nat_gateway_id)
    if gateway is None:
        raise _Unknown(f"the NAT gateway of the subnet {subnet.name} is not among the resources")
    found = [*_ids(gateway.properties.get("publicIpAddresses")), *_ids(gateway.properties.get("publicIpPrefixes"))]
    if not found:
        raise _Unknown(f"the NAT gateway {gateway.name} has no public address")
    yield from found


def _by_profile(cluster: Resource) -> Iterator[str]:
    """The addresses that AKS itself reports: the load balancer's, or its own NAT gateway's where the network is not among the resources."""
    kind = outbound_type(cluster)
    names = {"loadBalancer": "loadBalancerProfile", "managedNATGateway": "natGatewayProfile", "managedNATGatewayV2": "natGatewayProfile"}
    if kind not in names:
        raise _Unknown(
            f"neither a route nor a NAT gateway leads the nodes out, and outbound type {kind} makes nothing: they have no way out, or Azure's default one"
        )
    profile: JsonObject = network_profile(cluster).get(names[kind]) or {}
    found = tuple(_ids(profile.get("effectiveOutboundIPs"))) if isinstance(profile, dict) else ()
    if not found:
        raise _Unknown(f"AKS makes the addresses of outbound type {kind} itself; they are known after the deployment")
    yield from found


def _ids(references: Iterable[Json] | None) -> Iterator[str]:
    for reference in references or ():
        found = reference_id(reference)
        if found is not None:
            yield found


def shown_address(expected: ExpectedEgress, address: str) -> str:
    """`20.100.0.5 (publicIPAddresses/firewall-publicip)`; the address alone where it belongs to nothing that is expected."""
    owner = expected.owners.get(address)
    if owner is None:
        return address
    segments = owner.rstrip("/").split("/")
    return f"{address} ({segments[-2]}/{segments[-1]})"
