"""The outbound method, once the route says Internet: NAT gateway, the instance's own address, the load balancer's outbound rule, Azure's default.

learn.microsoft.com/azure/nat-gateway/nat-overview. The default exists only where the subnet allows it. outboundType says what AKS makes, and nothing more.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from orchestrator.egress.dispositions import Kind, Leaving
from orchestrator.egress.firewall.firewall import Firewall
from orchestrator.egress.logic.truth import NOTHING_ASSUMED, Assumption
from orchestrator.egress.network.clusters import network_profile
from orchestrator.egress.network.model import Cluster, Network, Pool, Subnet
from orchestrator.egress.network.reading import last_name, reference_ids
from orchestrator.egress.trace.hops import Hop, Step
from orchestrator.model.json_value import Json

_PROFILES = {"loadBalancer": "loadBalancerProfile", "managedNATGateway": "natGatewayProfile", "managedNATGatewayV2": "natGatewayProfile"}
_MADE = {"loadBalancer": "the load balancer that AKS makes", "managedNATGateway": "the NAT gateway that AKS makes"}


@dataclass(frozen=True, slots=True)
class WayOut:
    """How a packet gets out. `kind`: EXITS_INTERNET, NO_SNAT or UNKNOWN (with `problem`)."""

    kind: Kind
    hop: Hop
    leaving: Leaving | None = None
    assumptions: frozenset[Assumption] = NOTHING_ASSUMED
    problem: str = ""


def find_addresses(network: Network, ids: Iterable[str], unknown: str | None = None) -> Leaving:
    """The addresses of public addresses and prefixes by their ids; what is not assigned yet is said."""
    owners: dict[str, str] = {}
    missing, resources = [], tuple(dict.fromkeys(ids))
    for resource_id in resources:
        found = network.addresses.get(resource_id.lower(), ())
        owners |= dict.fromkeys(found, resource_id)
        if not found:
            missing.append(resource_id)
    return Leaving(frozenset(owners), resources, owners, unknown or _say_missing(network, missing))


def _say_missing(network: Network, missing: list[str]) -> str | None:
    reasons = {resource_id: network.resources.snapshot.find_absence(resource_id) for resource_id in missing}
    unread = [f"{last_name(resource_id)} {why}" for resource_id, why in reasons.items() if why is not None]
    others = [last_name(resource_id) for resource_id, why in reasons.items() if why is None]
    texts = [*unread, *((f"not assigned yet, or not among the resources: {', '.join(others)}",) if others else ())]
    return "; ".join(texts) or None


def leave_by_nat_gateway(network: Network, subnet: Subnet) -> WayOut | None:
    """By the NAT gateway of a subnet, where it has one."""
    if subnet.nat_gateway_id is None:
        return None
    gateway = network.nat_gateways.get(subnet.nat_gateway_id.lower())
    hop = Hop(Step.OUTBOUND, subnet.nat_gateway_id, f"NAT gateway {last_name(subnet.nat_gateway_id)} of the subnet {subnet.name}")
    if gateway is None:
        return WayOut(Kind.UNKNOWN, hop, problem=f"the {hop.text} {network.absence(subnet.nat_gateway_id)}")
    if not gateway.address_ids and gateway.unknown is None:
        return WayOut(Kind.NO_SNAT, Hop(Step.OUTBOUND, gateway.id, f"the NAT gateway {gateway.name} has no public address"))
    return WayOut(Kind.EXITS_INTERNET, hop, find_addresses(network, gateway.address_ids, gateway.unknown))


def leave_firewall(network: Network, firewall: Firewall, subnet: Subnet) -> WayOut:
    """Out of a firewall's subnet: a NAT gateway there replaces the firewall's own addresses."""
    by_gateway = leave_by_nat_gateway(network, subnet)
    if by_gateway is not None:
        return by_gateway
    hop = Hop(Step.OUTBOUND, firewall.id, f"{_addresses(len(firewall.public_ids))} of {firewall.name}")
    if not firewall.public_ids:
        return WayOut(Kind.NO_SNAT, Hop(Step.OUTBOUND, firewall.id, f"the firewall {firewall.name} has no public address"))
    return WayOut(Kind.EXITS_INTERNET, hop, find_addresses(network, firewall.public_ids))


def leave_subnet(network: Network, cluster: Cluster, pool: Pool, subnet: Subnet) -> WayOut:
    """Out of a subnet of a cluster's nodes."""
    by_gateway = leave_by_nat_gateway(network, subnet)
    if by_gateway is not None:
        return by_gateway
    if cluster.outbound_type == "block":
        return WayOut(
            Kind.DENIED_NSG, Hop(Step.OUTBOUND, cluster.id, "outbound type block: AKS makes a security group that stops what leaves for the internet")
        )
    if pool.own_addresses:
        hop = Hop(Step.OUTBOUND, cluster.id, f"the own public address of a node of {pool.name}")
        return WayOut(
            Kind.EXITS_INTERNET, hop, Leaving(unknown=f"the nodes of the pool {pool.name} have public addresses of their own, which are not modelled")
        )
    return _leave_by_profile(network, cluster, subnet)


def _leave_by_profile(network: Network, cluster: Cluster, subnet: Subnet) -> WayOut:
    key = _PROFILES.get(cluster.outbound_type)
    if key is None:
        return _leave_by_default(cluster, subnet)
    made = _MADE.get(cluster.outbound_type, "the NAT gateway that AKS makes")
    profile: Json = network_profile(cluster.resource).get(key)
    ids = _profile_ids(profile) if isinstance(profile, dict) else ()
    unknown = None if ids else f"AKS makes the addresses of outbound type {cluster.outbound_type} itself; they are known after the deployment"
    return WayOut(Kind.EXITS_INTERNET, Hop(Step.OUTBOUND, cluster.id, made), find_addresses(network, ids, unknown))


def _profile_ids(profile: dict[str, Json]) -> tuple[str, ...]:
    """What AKS reports after the deployment, else what the profile brings along."""
    effective = reference_ids(profile.get("effectiveOutboundIPs"))
    if effective:
        return effective
    own, prefixes = profile.get("outboundIPs"), profile.get("outboundIPPrefixes")
    found = reference_ids(own.get("publicIPs")) if isinstance(own, dict) else ()
    return found + (reference_ids(prefixes.get("publicIPPrefixes")) if isinstance(prefixes, dict) else ())


def _leave_by_default(cluster: Cluster, subnet: Subnet) -> WayOut:
    what = f"neither a route nor a NAT gateway leads the nodes out, and outbound type {cluster.outbound_type} makes nothing"
    if subnet.default_outbound is False:
        return WayOut(Kind.NO_SNAT, Hop(Step.OUTBOUND, subnet.id, f"{what}: the subnet {subnet.name} is private, without Azure's default way out"))
    hop = Hop(Step.OUTBOUND, subnet.id, f"{what}: Azure's default outbound access of the subnet {subnet.name}")
    leaving = Leaving(unknown=f"{what}: Azure picks an address of its own")
    said = subnet.default_outbound is True
    assumption = Assumption("default-outbound", f"the subnet {subnet.name} has default outbound access, which it has only by older API versions")
    return WayOut(Kind.EXITS_INTERNET, hop, leaving, NOTHING_ASSUMED if said else frozenset((assumption,)))


def _addresses(count: int) -> str:
    return "the public address" if count == 1 else f"one of the {count} public addresses"
