"""Draws the map: flows that go the same way are one path, and every network that a path touches is there."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from orchestrator.egress.dispositions import Disposition, Kind
from orchestrator.egress.map.places import make_place, network_key, network_place
from orchestrator.egress.map.stations import Station, find_stations, key_of
from orchestrator.egress.network.model import Network, VirtualNetwork
from orchestrator.egress.trace.trace import Trace
from orchestrator.model.topology_map import MapFlow, MapPath, MapPeering, Standing, TopologyMap

WHY = {
    Kind.EXITS_INTERNET: "leaves",
    Kind.EXITS_SERVICE_ENDPOINT: "by service endpoint",
    Kind.DELIVERED_VNET: "delivered here",
    Kind.DENIED_NSG: "security group denies",
    Kind.DENIED_FW_NETWORK: "network rule denies",
    Kind.DENIED_FW_APPLICATION: "application rule denies",
    Kind.DENIED_FW_DEFAULT: "denied: no rule matches",
    Kind.NO_ROUTE: "lost: no route",
    Kind.NO_SNAT: "lost: no public address",
    Kind.DNS_FAILURE: "name not resolved",
    Kind.UNKNOWN: "not known",
}
"""How a path ends, in the few words that a drawing has room for."""

_STANDINGS = {True: Standing.ARRIVES, False: Standing.DENIED, None: Standing.UNKNOWN}


def draw_map(network: Network, traces: Iterable[Trace]) -> TopologyMap:
    """The map of a network with the paths of these flows, numbered in the order in which they are best drawn beside each other."""
    groups = _group(network, traces)
    places = [make_place(network, station) for station in dict.fromkeys(station for group in groups for station in group.stations)]
    keys = frozenset(place.key for place in places)
    inside = dict.fromkeys(place.inside for place in places if place.inside is not None)
    touched = [one for key in inside for one in network.networks.values() if network_key(one.id) == key]
    groups.sort(key=_beside(groups))
    return TopologyMap(
        (*(network_place(network, one, keys, frozenset(inside)) for one in touched), *places),
        tuple(_path(number, group) for number, group in enumerate(groups, start=1)),
        tuple(_peerings(touched)),
    )


def _beside(groups: "Sequence[_Group]") -> "Callable[[_Group], tuple[int, ...]]":
    """Paths of one subnet stand together, then those that go on to one place, then those that arrive before those that do not."""
    places, standings = list(dict.fromkeys(station for group in groups for station in group.stations)), list(Standing)

    def position(group: _Group) -> tuple[int, ...]:
        second = places.index(group.stations[1]) if len(group.stations) > 1 else len(places)
        return places.index(group.stations[0]), second, standings.index(_STANDINGS[group.disposition.allowed])

    return position


@dataclass(slots=True)
class _Group:
    """Flows with one way and one end; the first disposition stands for all."""

    stations: tuple[Station, ...]
    disposition: Disposition
    flows: dict[MapFlow, None]


def _group(network: Network, traces: Iterable[Trace]) -> list[_Group]:
    found: dict[tuple[tuple[Station, ...], Kind], _Group] = {}
    for trace in traces:
        stations = find_stations(network, trace.endings[0])
        group = found.setdefault((stations, trace.disposition.kind), _Group(stations, trace.disposition, {}))
        group.flows[MapFlow(str(trace.flow.source), str(trace.flow.endpoint))] = None
    return list(found.values())


def _path(number: int, group: _Group) -> MapPath:
    disposition = group.disposition
    keys = tuple(key_of(station) for station in group.stations)
    return MapPath(number, keys, _STANDINGS[disposition.allowed], str(disposition.kind), WHY[disposition.kind], tuple(group.flows))


def _peerings(networks: Sequence[VirtualNetwork]) -> Iterator[MapPeering]:
    """Each pair of networks that are on the map, once."""
    keys = {network_key(one.id) for one in networks}
    told = set()
    for one in networks:
        for peering in one.peerings:
            here, there = network_key(one.id), network_key(peering.remote_id)
            if there in keys and frozenset((here, there)) not in told:
                told.add(frozenset((here, there)))
                yield MapPeering(here, there, peering.mutual)
