"""The map for wide screens and for paper: stages from left to right, lanes below each other."""

from collections.abc import Mapping, Sequence

from orchestrator.model.topology_map import PlaceKind, TopologyMap
from orchestrator.reporting.map_layout import (
    Box,
    Layout,
    Station,
    Text,
    find_stations,
    height_of,
    make_frames,
    make_lanes,
    place_texts,
    shortened,
    station_texts,
)

_WIDTHS = {PlaceKind.SUBNET: 236.0, PlaceKind.FIREWALL: 216.0, PlaceKind.PUBLIC_ADDRESS: 176.0, PlaceKind.INTERNET: 132.0}
_OTHER_WIDTH = 176.0
_GAP, _MARGIN, _PADDING, _INSIDE = 58.0, 18.0, 14.0, 14.0
_PEERING = 30.0
_LANE, _BELOW, _APART = 42.0, 10.0, 22.0


def lay_out_wide(topology: TopologyMap) -> Layout:
    """All numbers of the wide map."""
    stations = find_stations(topology)
    columns = _columns(stations, _PEERING if topology.peerings else 0.0)
    texts = {one: station_texts(one, columns[one.stage][1] - 2 * _INSIDE) for one in stations}
    frames = {place.key: place_texts(place, _frame_room(place.key, stations, columns)) for place in topology.places if place.kind is PlaceKind.NETWORK}
    tops, lanes, bottom = _rows(len(topology.paths), stations, texts, frames)
    boxes = tuple(_box(one, columns[one.stage], tops, lanes, texts[one]) for one in stations)
    width = max((x + width for x, width in columns), default=0.0) + _MARGIN
    return Layout(False, width, bottom, boxes, make_lanes(topology.paths, boxes, lanes), make_frames(topology, boxes, _PADDING, frames))


def _columns(stations: Sequence[Station], more: float) -> list[tuple[float, float]]:
    """(x, width) of each stage. `more`: room behind the first one, where a peering is named."""
    columns: list[tuple[float, float]] = []
    x = _MARGIN + _PADDING
    for stage in range(max((one.stage for one in stations), default=-1) + 1):
        width = max(_WIDTHS.get(one.place.kind, _OTHER_WIDTH) for one in stations if one.stage == stage)
        columns.append((x, width))
        x += width + _GAP + (0.0 if stage else more)
    return columns


def _frame_room(key: str, stations: Sequence[Station], columns: Sequence[tuple[float, float]]) -> float:
    """What a network's texts have: the width of its first stage, since it may have a frame for each."""
    own = [one.stage for one in stations if one.place.inside == key]
    return columns[min(own)][1] - _INSIDE if own else 0.0


def _rows(
    count: int, stations: Sequence[Station], texts: Mapping[Station, tuple[Text, ...]], frames: Mapping[str, tuple[Text, ...]]
) -> tuple[list[float], list[float], float]:
    """(where boxes begin that begin at a lane, where each lane runs, the height of all)."""
    tops: list[float] = []
    lanes: list[float] = []
    y = _MARGIN
    for lane in range(count):
        starting = [one for one in stations if one.first == lane]
        framed = [_head(one, stations, frames) for one in starting if one.place.inside in frames and _begins(one, stations)]
        if starting and lane:
            y += _BELOW + _APART + (_PADDING if any(one.place.inside in frames for one in stations) else 0)
        y += max(framed, default=0)
        tops.append(y)
        y += max((height_of(texts[one]) + 18 for one in starting), default=0)
        lanes.append(y + _LANE / 2)
        y += _LANE
    framed_last = any(one.place.inside in frames for one in stations)
    return tops, lanes, y + _BELOW + _MARGIN + (_PADDING if framed_last else 0)


def _head(station: Station, stations: Sequence[Station], frames: Mapping[str, tuple[Text, ...]]) -> float:
    """Room for a network's texts above a station; its first frame has all of them."""
    alike = [one for one in stations if one.place.inside == station.place.inside]
    earliest = min(alike, key=lambda one: (one.stage, one.first))
    texts = frames[station.place.inside or ""]
    return height_of(texts if station == earliest else shortened(texts)) + 6 + _PADDING


def _begins(station: Station, stations: Sequence[Station]) -> bool:
    """True where a frame may begin, since no box of the same network stands just before: then the network's texts need room above."""
    alike = (one for one in stations if one.place.inside == station.place.inside and one.stage == station.stage)
    return station.again or not any(one.last == station.first - 1 for one in alike)


def _box(station: Station, column: tuple[float, float], tops: Sequence[float], lanes: Sequence[float], texts: tuple[Text, ...]) -> Box:
    x, width = column
    y = tops[station.first]
    return Box(station, x, y, width, lanes[station.last] + _LANE / 2 + _BELOW - y, x + _INSIDE, texts)
