"""The map for phones: stages from top to bottom, lanes side by side on the left, texts on the right of them."""

from collections.abc import Mapping, Sequence

from orchestrator.model.topology_map import MapPath, PlaceKind, Standing, TopologyMap
from orchestrator.reporting.map_layout import (
    CHARACTERS,
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
    wrap,
)

_WIDTH = 344.0
_LEFT, _STEP, _LANES_ROOM = 30.0, 26.0, 140.0
_PADDING, _GAP, _INSIDE = 9.0, 30.0, 14.0
_MARKS = {Standing.ARRIVES: "arrives", Standing.DENIED: "ends", Standing.UNKNOWN: "not known"}


def lay_out_narrow(topology: TopologyMap) -> Layout:
    """All numbers of the narrow map."""
    stations = sorted(find_stations(topology, whole=True), key=lambda one: (one.stage, one.first))
    step = min(_STEP, _LANES_ROOM / max(len(topology.paths), 1))
    lanes = [_LEFT + step * number for number in range(len(topology.paths))]
    text_x = (lanes[-1] if lanes else _LEFT) + 18
    room = _WIDTH - _PADDING - 12 - text_x
    texts = {one: (*station_texts(one, room), *_ends(topology.paths, one, room)) for one in stations}
    frames = {place.key: place_texts(place, room) for place in topology.places if place.kind is PlaceKind.NETWORK}
    boxes, bottom = _stack(stations, lanes, text_x, texts, frames)
    return Layout(True, _WIDTH, bottom, boxes, make_lanes(topology.paths, boxes, lanes), make_frames(topology, boxes, _PADDING, frames))


def _ends(paths: Sequence[MapPath], station: Station, room: float) -> list[Text]:
    """What becomes of the paths that begin or end here: a drawing this narrow has no room along the lines."""
    said: list[Text] = []
    for path in paths[station.first : station.last + 1]:
        if path.places[-1] == station.place.key and path.places[0] != station.place.key:
            text = f"{path.number}: {path.why}" if path.standing is not Standing.ARRIVES else f"{path.number}: {count_endpoints(path)}"
        elif path.places[0] == station.place.key:
            text = f"{path.number}: {count_endpoints(path)}" + ("" if len(path.places) > 1 else f", {path.why}")
        else:
            continue
        said += [Text(line, "end", path) for line in wrap(text, int(room / CHARACTERS["end"]))]
    return said


def count_endpoints(path: MapPath) -> str:
    """`14 endpoints`."""
    return f"{len(path.endpoints)} endpoint{'' if len(path.endpoints) == 1 else 's'}"


def _stack(
    stations: Sequence[Station], lanes: Sequence[float], text_x: float, texts: Mapping[Station, tuple[Text, ...]], frames: Mapping[str, tuple[Text, ...]]
) -> tuple[tuple[Box, ...], float]:
    boxes: list[Box] = []
    y, before = 4.0, None
    seen: set[str | None] = set()
    for station in stations:
        key = station.place.inside
        if boxes:
            y += _GAP + (_PADDING if before in frames and before != key else 0)
        if key in frames and key != before:
            texts_above = frames[key or ""]
            y += height_of(shortened(texts_above) if key in seen else texts_above) + 6 + _PADDING
            seen.add(key)
        x = lanes[station.first] - _INSIDE
        height = height_of(texts[station]) + 22
        boxes.append(Box(station, x, y, _WIDTH - _PADDING - 3 - x, height, text_x, texts[station]))
        y, before = y + height, key
    return tuple(boxes), y + 4 + (_PADDING if before in frames else 0)
