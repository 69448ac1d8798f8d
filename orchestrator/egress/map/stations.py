"""The places that a traced flow passes, told from its hops: subnet, firewall, way out, public addresses, internet."""

from collections.abc import Iterator, Sequence

from orchestrator.egress.dispositions import Ending, Kind
from orchestrator.egress.firewall.firewall import Firewall
from orchestrator.egress.network.model import Network
from orchestrator.egress.trace.hops import Hop, Step
from orchestrator.model.topology_map import PlaceKind

Station = tuple[PlaceKind, str]
"""What a place is, and the id of its resource; for public addresses, ids in order, joined by blanks."""

NOT_KNOWN = "not-known-yet:"
"""Before the id of what will have public addresses that no resource shows."""

INTERNET: Station = (PlaceKind.INTERNET, "")


def key_of(station: Station) -> str:
    """How a map calls a place."""
    kind, resource_id = station
    return f"{kind.value}:{resource_id.lower()}"


def find_stations(network: Network, ending: Ending) -> tuple[Station, ...]:
    """The places of one way, in order; the last is where it ends."""
    found = list(_of_hops(network, ending.hops))
    if ending.kind is Kind.EXITS_INTERNET:
        ids = ending.leaving.resources if ending.leaving is not None else ()
        found.append((PlaceKind.PUBLIC_ADDRESS, " ".join(ids) if ids else f"{NOT_KNOWN}{ending.hops[-1].resource_id}"))
        found.append(INTERNET)
    elif ending.kind is Kind.EXITS_SERVICE_ENDPOINT:
        found.append((PlaceKind.SERVICE, ending.hops[-1].resource_id))
    return tuple(one for index, one in enumerate(found) if index == 0 or one != found[index - 1])


def _of_hops(network: Network, hops: Sequence[Hop]) -> Iterator[Station]:
    for hop in hops:
        match hop.step:
            case Step.SOURCE:
                yield (PlaceKind.SUBNET, hop.resource_id)
            case Step.FIREWALL:
                firewall = find_firewall(network, hop)
                if firewall is not None:
                    yield (PlaceKind.FIREWALL, firewall.id)
            case Step.DELIVERY:
                yield (PlaceKind.FIREWALL if hop.resource_id.lower() in network.firewalls else PlaceKind.SUBNET, hop.resource_id)
            case Step.OUTBOUND if hop.resource_id.lower() not in network.firewalls:
                yield (_way_kind(network, hop), hop.resource_id)
            case _:
                pass


def find_firewall(network: Network, hop: Hop) -> Firewall | None:
    """The firewall that a hop is about: the hop names the rule collection group that decides, which several firewalls may share."""
    wanted = hop.resource_id.lower()
    for firewall in network.firewalls.values():
        owners = (firewall.id, *firewall.policy_ids)
        if hop.text.startswith(f"{firewall.name} ") and any(wanted == owner.lower() or wanted.startswith(f"{owner.lower()}/") for owner in owners):
            return firewall
    return None


def _way_kind(network: Network, hop: Hop) -> PlaceKind:
    key = hop.resource_id.lower()
    if key in network.nat_gateways:
        return PlaceKind.NAT_GATEWAY
    cluster = network.clusters.get(key)
    if cluster is None:
        return PlaceKind.DEFAULT_ACCESS if network.subnet(key) is not None else PlaceKind.NAT_GATEWAY
    if hop.text.startswith("the own public address"):
        return PlaceKind.NODE_ADDRESS
    if cluster.outbound_type == "block":
        return PlaceKind.BLOCK
    return PlaceKind.LOAD_BALANCER if cluster.outbound_type == "loadBalancer" else PlaceKind.NAT_GATEWAY
