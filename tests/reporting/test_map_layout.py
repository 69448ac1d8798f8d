"""Laws of the map's layout, for maps of every kind: nothing overlaps, paths are straight, and every text has its room."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reports import REPORTS

from orchestrator.model.topology_map import MapFlow, MapPath, MapPeering, MapPlace, PlaceKind, Standing, TopologyMap
from orchestrator.reporting.map_layout import CHARACTERS, Layout, find_stations, height_of, wrap
from orchestrator.reporting.map_narrow import lay_out_narrow
from orchestrator.reporting.map_parts import MOST_PATHS, split_map
from orchestrator.reporting.map_wide import lay_out_wide

INTERNET = MapPlace("internet", PlaceKind.INTERNET, "internet")
WORDS = st.text("abcdefgh-/. 0123", min_size=1, max_size=60).map(lambda text: text.strip() or "x")


@st.composite
def maps(draw):
    """Spokes with subnets, hubs with firewalls, ways out and addresses; every path goes through some of them, in order."""
    networks = [MapPlace(f"net{n}", PlaceKind.NETWORK, draw(WORDS), tuple(draw(st.lists(WORDS, max_size=2)))) for n in range(draw(st.integers(1, 3)))]

    def places(kind, most, *, inside):
        count = draw(st.integers(1, most))
        return [
            MapPlace(
                f"{kind.name}{n}",
                kind,
                draw(WORDS),
                tuple(draw(st.lists(WORDS, max_size=3))),
                draw(st.sampled_from([None, *(one.key for one in networks)])) if inside else None,
            )
            for n in range(count)
        ]

    subnets, firewalls = places(PlaceKind.SUBNET, 3, inside=True), places(PlaceKind.FIREWALL, 2, inside=True)
    ways, addresses = places(PlaceKind.NAT_GATEWAY, 2, inside=False), places(PlaceKind.PUBLIC_ADDRESS, 2, inside=False)
    paths = []
    for start in subnets:
        for _ in range(draw(st.integers(1, 3))):
            passed = [start, *(draw(st.sampled_from([None, *some])) for some in (firewalls, ways, addresses, [INTERNET]))]
            keys = tuple(place.key for place in passed if place is not None)
            endpoints = draw(st.integers(1, 9))
            flows = tuple(MapFlow("pod of a/b", f"https://{n}.example") for n in range(endpoints))
            paths.append(MapPath(len(paths) + 1, keys, draw(st.sampled_from(Standing)), "ends", "denied: no rule matches", flows))
    peerings = (MapPeering("net0", "net1"),) if len(networks) > 1 else ()
    return TopologyMap((*networks, *subnets, *firewalls, *ways, *addresses, INTERNET), tuple(paths), peerings)


def overlap(one, other) -> bool:
    return one.x < other.x + other.width and other.x < one.x + one.width and one.y < other.y + other.height and other.y < one.y + one.height


def check(layout: Layout, topology: TopologyMap) -> None:
    for index, box in enumerate(layout.boxes):
        assert box.x >= 0
        assert box.right <= layout.width
        assert box.y >= 0
        assert box.bottom <= layout.height
        assert height_of(box.texts) <= box.height
        assert all(box.text_x + len(text.text) * CHARACTERS[text.style] <= box.right + 1 or len(text.text) <= 8 for text in box.texts)
        assert not [other for other in layout.boxes[index + 1 :] if overlap(box, other)]
    for frame in layout.frames:
        assert frame.x >= 0
        assert frame.y >= 0
        assert frame.x + frame.width <= layout.width
        assert frame.y + frame.height <= layout.height
        for box in layout.boxes:
            assert overlap(frame, box) is False or box.station.place.inside == frame.place.key or layout.downward
    assert [lane.path for lane in layout.lanes] == list(topology.paths)
    for lane in layout.lanes:
        assert tuple(box.station.place.key for box in lane.stops) == lane.path.places
        for box in lane.stops:
            low, high = (box.x, box.right) if layout.downward else (box.y, box.bottom)
            assert low < lane.at < high
        starts = [box.y if layout.downward else box.x for box in lane.stops]
        assert starts == sorted(starts)


@settings(max_examples=150, deadline=None)
@given(maps())
def test_nothing_overlaps_and_paths_pass_their_places_in_order(topology: TopologyMap) -> None:
    for part in split_map(topology):
        check(lay_out_wide(part), part)
        check(lay_out_narrow(part), part)


@settings(max_examples=150, deadline=None)
@given(maps())
def test_a_wide_lane_passes_no_box_that_it_does_not_belong_to(topology: TopologyMap) -> None:
    layout = lay_out_wide(topology)
    for lane in layout.lanes:
        begin, end = lane.stops[0].x, lane.stops[-1].x
        for box in layout.boxes:
            crossed = begin < box.x < end and box.y < lane.at < box.bottom
            assert not crossed or box in lane.stops


@pytest.mark.parametrize("name", [name for name in REPORTS if name != "empty"])
def test_the_reports_of_these_tests_hold_to_it(name: str) -> None:
    topology = REPORTS[name].topology
    check(lay_out_wide(topology), topology)
    check(lay_out_narrow(topology), topology)


def test_a_large_map_is_several_which_keep_the_numbers_of_paths() -> None:
    subnets = [MapPlace(f"s{n}", PlaceKind.SUBNET, f"subnet-{n}") for n in range(40)]
    paths = [MapPath(2 * n + m + 1, (f"s{n}", "internet"), Standing.ARRIVES, "leaves", "leaves", (MapFlow("p", "e"),)) for n in range(40) for m in range(2)]
    paths += [MapPath(81 + n, ("s0", "internet"), Standing.DENIED, "no", "no", (MapFlow("p", "e"),)) for n in range(25)]
    parts = split_map(TopologyMap((*subnets, INTERNET), tuple(paths)))
    assert sorted(path.number for part in parts for path in part.paths) == list(range(1, 106))
    assert max(len(part.paths) for part in parts) == MOST_PATHS
    for part in parts:
        check(lay_out_wide(part), part)
        check(lay_out_narrow(part), part)


def test_a_place_that_others_pass_between_its_lanes_has_two_boxes_on_a_wide_map() -> None:
    places = (MapPlace("a", PlaceKind.SUBNET, "a"), MapPlace("fw", PlaceKind.FIREWALL, "fw"), MapPlace("nat", PlaceKind.NAT_GATEWAY, "nat"), INTERNET)
    ways = (("a", "fw", "internet"), ("a", "nat", "internet"), ("a", "fw"))
    paths = tuple(MapPath(n, way, Standing.ARRIVES, "x", "x", (MapFlow("p", "e"),)) for n, way in enumerate(ways, start=1))
    stations = [(one.place.key, one.first, one.last, one.again) for one in find_stations(TopologyMap(places, paths))]
    assert stations == [("a", 0, 2, False), ("fw", 0, 0, False), ("fw", 2, 2, True), ("nat", 1, 1, False), ("internet", 0, 1, False)]


@given(st.text(max_size=200), st.integers(-5, 60))
def test_wrapping_ends_and_keeps_every_sign_but_blanks(text: str, most: int) -> None:
    lines = wrap(text, most)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(len(line) <= max(most, 8) for line in lines)
