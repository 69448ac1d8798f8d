"""A large map as several that can be read: as many paths as have room beside each other, those of one subnet together where that is possible."""

from collections.abc import Iterator, Sequence

from orchestrator.model.topology_map import MapPath, TopologyMap

MOST_PATHS = 10
"""As many lanes as fit a phone with their numbers legible."""


def split_map(topology: TopologyMap, most: int = MOST_PATHS) -> tuple[TopologyMap, ...]:
    """Maps of at most so many paths, which keep their numbers; the map itself where it is small."""
    if len(topology.paths) <= most:
        return (topology,)
    return tuple(_part(topology, paths) for paths in _fill(topology.paths, most))


def _fill(paths: Sequence[MapPath], most: int) -> Iterator[list[MapPath]]:
    by_start: dict[str, list[MapPath]] = {}
    for path in paths:
        by_start.setdefault(path.places[0], []).append(path)
    part: list[MapPath] = []
    for alike in by_start.values():
        for at in range(0, len(alike), most):
            piece = alike[at : at + most]
            if part and len(part) + len(piece) > most:
                yield part
                part = []
            part = [*part, *piece]
    if part:
        yield part


def _part(topology: TopologyMap, paths: Sequence[MapPath]) -> TopologyMap:
    """The places of these paths, with the networks that they are in."""
    passed = {key for path in paths for key in path.places}
    inside = {place.inside for place in topology.places if place.key in passed}
    places = tuple(place for place in topology.places if place.key in passed or place.key in inside)
    keys = {place.key for place in places}
    return TopologyMap(places, tuple(paths), tuple(one for one in topology.peerings if one.here in keys and one.there in keys))
