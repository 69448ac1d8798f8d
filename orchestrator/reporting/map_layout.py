"""Where everything of a topology map stands: boxes for places, lanes for paths, frames for networks. Numbers only; how it looks is `map_drawing`'s to say.

Theory of operation: a place has a stage (subnet, firewall, way out, address, internet), a path has a lane. Along the flow stages follow each other; across it
lanes do, straight from a path's first place to its last. A box spans the lanes of the paths that pass it; where a lane between them goes elsewhere through the
same stage, the place has another box behind that lane. So a path never bends, never crosses another, and passes no box that it does not belong to. The wide map
flows to the right; the narrow one downward, where lanes that have nothing to do with a box may pass behind its texts.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from orchestrator.model.topology_map import MapPath, MapPlace, PlaceKind, TopologyMap

_STAGES = {PlaceKind.SUBNET: 0, PlaceKind.FIREWALL: 1, PlaceKind.PUBLIC_ADDRESS: 3, PlaceKind.INTERNET: 4, PlaceKind.SERVICE: 4}
_WAY_OUT = 2


@dataclass(frozen=True, slots=True)
class Text:
    """A line in a box or a frame. `style`: kind, name, fact or end; `of`: the path that an end line is about."""

    text: str
    style: str
    of: MapPath | None = None


HEIGHTS: Mapping[str, float] = {"kind": 18, "name": 20, "fact": 16, "end": 22}
"""How far each style of line is from the one before."""

CHARACTERS: Mapping[str, float] = {"kind": 7.6, "name": 8.6, "fact": 6.8, "end": 7.6}
"""Room for one character, on the generous side: fonts differ, and nothing is measured here."""


_LEAST = 8
"""Lines are never shorter, however little room there is."""


@dataclass(frozen=True, slots=True)
class Station:
    """A place on the map: its stage, and the first and last of the lanes that pass it. `again`: it has a box before this one."""

    place: MapPlace
    stage: int
    first: int
    last: int
    again: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A station with its rectangle, and its texts, which begin at `text_x`."""

    station: Station
    x: float
    y: float
    width: float
    height: float
    text_x: float
    texts: tuple[Text, ...]

    @property
    def right(self) -> float:
        """The edge on the right."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The edge below."""
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class Lane:
    """A path's line: `at` is across the flow; `stops` are its boxes in order."""

    path: MapPath
    at: float
    stops: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """A network around its boxes."""

    place: MapPlace
    x: float
    y: float
    width: float
    height: float
    text_x: float
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A map with its numbers. `downward`: the flow runs down, else to the right."""

    downward: bool
    width: float
    height: float
    boxes: tuple[Box, ...]
    lanes: tuple[Lane, ...]
    frames: tuple[Frame, ...]


def find_stations(topology: TopologyMap, *, whole: bool = False) -> tuple[Station, ...]:
    """Every place that a path passes, stages without gaps between them. `whole`: each once, whatever lies between its lanes."""
    starts = {path.places[0] for path in topology.paths}
    passed = {key for path in topology.paths for key in path.places}
    raw = {place.key: _stage(place, place.key in starts) for place in topology.places if place.key in passed}
    used = sorted(set(raw.values()))
    stages = {key: used.index(stage) for key, stage in raw.items()}
    found = (place for place in topology.places if place.key in passed)
    return tuple(station for place in found for station in _find_runs(topology.paths, place, stages, whole=whole))


def _find_runs(paths: Sequence[MapPath], place: MapPlace, stages: Mapping[str, int], *, whole: bool) -> Iterator[Station]:
    """The lanes of a place, as many runs as it needs so that none holds a lane that goes elsewhere through its stage."""
    stage, first, last, again = stages[place.key], -1, -1, False
    for lane, path in enumerate(paths):
        if place.key in path.places:
            first, last = (lane if first < 0 else first), lane
        elif first >= 0 and not whole and any(stages[key] >= stage for key in path.places):
            yield Station(place, stage, first, last, again)
            first, again = -1, True
    if first >= 0:
        yield Station(place, stage, first, last, again)


def _stage(place: MapPlace, starts_here: bool) -> int:
    if place.kind is PlaceKind.SUBNET and not starts_here:
        return 1
    return _STAGES.get(place.kind, _WAY_OUT)


def station_texts(station: Station, room: float) -> tuple[Text, ...]:
    """What stands in a box of that width; the second of a place names it, and no more."""
    texts = place_texts(station.place, room)
    return shortened(texts) if station.again else texts


def shortened(texts: Sequence[Text]) -> tuple[Text, ...]:
    """Without the facts, which are told elsewhere."""
    return tuple(text for text in texts if text.style != "fact")


def place_texts(place: MapPlace, room: float) -> tuple[Text, ...]:
    """Kind, name, facts; long ones go on in the next line."""
    facts = [line for fact in place.facts for line in wrap(fact, int(room / CHARACTERS["fact"]))]
    head = [] if place.kind.value == place.name else [Text(place.kind.value, "kind")]
    names = [Text(line, "name") for line in wrap(place.name, int(room / CHARACTERS["name"]))]
    return (*head, *names, *(Text(fact, "fact") for fact in facts))


def height_of(texts: Sequence[Text]) -> float:
    """Of these lines below each other."""
    return sum(HEIGHTS[text.style] for text in texts)


def wrap(text: str, most: int) -> list[str]:
    """Lines of at most so many characters, broken at blanks, else behind `/`, `-`, `.`, else anywhere."""
    most = max(most, _LEAST)
    lines, rest = [], text.strip()
    while len(rest) > most:
        blank = rest.rfind(" ", 0, most + 1)
        cut = blank if blank > 0 else max(rest.rfind(sign, 0, most) + 1 for sign in "/-.")
        cut = cut if cut > most // 3 else most
        lines.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*lines, rest]


def make_lanes(paths: Sequence[MapPath], boxes: Sequence[Box], at: Sequence[float]) -> tuple[Lane, ...]:
    """The lines of the paths through their boxes."""
    by_key: dict[str, list[Box]] = {}
    for box in boxes:
        by_key.setdefault(box.station.place.key, []).append(box)

    def stop(key: str, lane: int) -> Box:
        return next(box for box in by_key[key] if box.station.first <= lane <= box.station.last)

    return tuple(Lane(path, at[lane], tuple(stop(key, lane) for key in path.places)) for lane, path in enumerate(paths))


def make_frames(topology: TopologyMap, boxes: Sequence[Box], padding: float, texts: Mapping[str, tuple[Text, ...]]) -> tuple[Frame, ...]:
    """Around the boxes of each network: as few frames as hold no other place's box."""
    frames: list[Frame] = []
    for network in (place for place in topology.places if place.key in texts):
        own = sorted((box for box in boxes if box.station.place.inside == network.key), key=lambda box: (box.station.stage, box.station.first))
        foreign = [_around([box], 0, 0) for box in boxes if box.station.place.inside != network.key]
        groups: list[list[Box]] = []
        for box in own:
            together = next((group for group in groups if not _holds_any([*group, box], padding, foreign)), None)
            if together is None or box.station.again:
                groups.append([box])
            else:
                together.append(box)
        for index, group in enumerate(groups):
            said = texts[network.key] if not index else shortened(texts[network.key])
            x, y, width, height = _around(group, padding, height_of(said) + 6)
            frames.append(Frame(network, x, y, width, height, min(box.text_x for box in group), said))
    return tuple(frames)


def _holds_any(boxes: Sequence[Box], padding: float, foreign: Sequence["_Rectangle"]) -> bool:
    around = _around(boxes, padding, 0)
    return any(_overlap(around, other) for other in foreign)


_Rectangle = tuple[float, float, float, float]


def _around(boxes: Sequence[Box], padding: float, head: float) -> _Rectangle:
    x, y = min(box.x for box in boxes) - padding, min(box.y for box in boxes) - padding - head
    return x, y, max(box.right for box in boxes) + padding - x, max(box.bottom for box in boxes) + padding - y


def _overlap(one: _Rectangle, other: _Rectangle) -> bool:
    return one[0] < other[0] + other[2] and other[0] < one[0] + one[2] and one[1] < other[1] + other[3] and other[1] < one[1] + one[3]
