"""Draws a laid-out map as SVG: shapes and texts with classes, which the page's style sheet colours for light, dark and paper."""

from collections.abc import Iterator

from orchestrator.model.topology_map import Standing, TopologyMap
from orchestrator.reporting.map_layout import HEIGHTS, Box, Frame, Lane, Layout, Text
from orchestrator.reporting.map_narrow import count_endpoints
from orchestrator.reporting.markup import Element, el

LANE_CLASSES = {Standing.ARRIVES: "arrives", Standing.DENIED: "denied", Standing.UNKNOWN: "unknown"}
_MARK = 8.0


def draw_layout(layout: Layout, topology: TopologyMap, name: str, title: str, description: str) -> Element:
    """The picture. `name`: what its ids begin with, `wide-1` or `narrow-1`; `title`, `description`: what a screen reader says of it."""
    return el(
        "svg",
        el("title", title, id=f"{name}-title"),
        el("desc", description, id=f"{name}-desc"),
        *(_draw_frame(frame) for frame in layout.frames),
        *_draw_peerings(layout, topology),
        *(_line(layout, lane, _start(layout, lane), _end(layout, lane)) for lane in layout.lanes),
        *(part for box in layout.boxes for part in _draw_box(box)),
        *(part for lane in layout.lanes for part in _draw_lane(layout, lane)),
        viewBox=f"0 0 {layout.width:.0f} {layout.height:.0f}",
        width=round(layout.width),
        height=round(layout.height),
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
        class_=f"map map-{name.partition('-')[0]}",
        xmlns="http://www.w3.org/2000/svg",
    )


def _draw_frame(frame: Frame) -> Element:
    shape = el("rect", x=frame.x, y=frame.y, width=frame.width, height=frame.height, rx=10, class_="frame")
    return el("g", shape, *_draw_texts(frame.texts, frame.text_x, frame.y + 4))


def _draw_box(box: Box) -> Iterator[Element]:
    kind = box.station.place.kind.name.lower().replace("_", "-")
    yield el("rect", x=box.x, y=box.y, width=box.width, height=box.height, rx=8, class_=f"box box-{kind}")
    yield from _draw_texts(box.texts, box.text_x, box.y + 6)


def _draw_texts(texts: tuple[Text, ...], x: float, y: float) -> Iterator[Element]:
    for text in texts:
        y += HEIGHTS[text.style]
        mark = "" if text.of is None else f" end-{LANE_CLASSES[text.of.standing]}"
        yield el("text", text.text, x=x, y=y - 3, class_=f"text-{text.style}{mark}")


def _draw_peerings(layout: Layout, topology: TopologyMap) -> Iterator[Element]:
    """Between the frames of two networks: a double line at the height of their names."""
    for peering in topology.peerings:
        here = next((frame for frame in layout.frames if frame.place.key == peering.here), None)
        there = next((frame for frame in layout.frames if frame.place.key == peering.there), None)
        if here is not None and there is not None:
            first, second = sorted((here, there), key=lambda frame: (frame.y, frame.x) if layout.downward else (frame.x, frame.y))
            yield from _draw_peering(layout.downward, first, second)


def _draw_peering(downward: bool, first: Frame, second: Frame) -> Iterator[Element]:
    if downward:
        x, y1, y2 = first.x + first.width - 24, first.y + first.height, second.y
        yield el("path", d=f"M{x:.1f} {y1:.1f}V{y2:.1f}M{x + 5:.1f} {y1:.1f}V{y2:.1f}", class_="peering")
        yield el("text", "peering", x=x - 6, y=(y1 + y2) / 2 + 4, class_="text-fact", text_anchor="end")
        return
    y, x1, x2 = max(first.y, second.y) + 20, first.x + first.width, second.x
    yield el("path", d=f"M{x1:.1f} {y:.1f}H{x2:.1f}M{x1:.1f} {y + 5:.1f}H{x2:.1f}", class_="peering")
    yield el("text", "peering", x=(x1 + x2) / 2, y=y - 6, class_="text-fact", text_anchor="middle")


def _point(layout: Layout, along: float, across: float) -> tuple[float, float]:
    return (across, along) if layout.downward else (along, across)


def _edge(layout: Layout, box: Box, *, far: bool) -> float:
    """Where a box begins or ends along the flow."""
    if layout.downward:
        return box.bottom if far else box.y
    return box.right if far else box.x


def _start(layout: Layout, lane: Lane) -> float:
    """A line begins at its number, which stands in its first box."""
    return _edge(layout, lane.stops[0], far=layout.downward) + (-18 if layout.downward else 24)


def _end(layout: Layout, lane: Lane) -> float:
    if len(lane.stops) == 1:
        return _start(layout, lane) + (0 if layout.downward else 34)
    return _edge(layout, lane.stops[-1], far=False) + 22


def _line(layout: Layout, lane: Lane, begin: float, end: float, more: str = "") -> Element:
    (x1, y1), (x2, y2) = _point(layout, begin, lane.at), _point(layout, end, lane.at)
    return el("path", d=f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}", class_=f"lane lane-{LANE_CLASSES[lane.path.standing]}{more}")


def _draw_lane(layout: Layout, lane: Lane) -> Iterator[Element]:
    """Over the boxes that the path passes; arrows where it enters one; its number and its end."""
    begin, end = _start(layout, lane), _end(layout, lane)
    for number, box in enumerate(lane.stops):
        inside = max(begin, _edge(layout, box, far=False)), min(end, _edge(layout, box, far=True))
        if inside[0] < inside[1]:
            yield _line(layout, lane, *inside)
        if number:
            yield _arrow(layout, lane, _edge(layout, box, far=False))
    yield from _draw_mark(layout, lane, end)
    yield from _draw_number(layout, lane, begin)
    if not layout.downward:
        yield from _draw_captions(lane, begin, end)


def _arrow(layout: Layout, lane: Lane, at: float) -> Element:
    points = [_point(layout, along, lane.at + across) for along, across in ((at - 10, -6), (at, 0), (at - 10, 6))]
    return el("path", d="M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z", class_=f"arrow arrow-{LANE_CLASSES[lane.path.standing]}")


def _draw_number(layout: Layout, lane: Lane, at: float) -> Iterator[Element]:
    x, y = _point(layout, at, lane.at)
    yield el("circle", cx=x, cy=y, r=10, class_=f"number number-{LANE_CLASSES[lane.path.standing]}")
    yield el("text", str(lane.path.number), x=x, y=y + 4, class_="text-number", text_anchor="middle")


def _draw_mark(layout: Layout, lane: Lane, at: float) -> Iterator[Element]:
    """How a path ends, told by shape: a filled circle with a tick, a square with a cross, a diamond with a question mark."""
    if len(lane.stops) == 1 and layout.downward:
        return
    x, y = _point(layout, at, lane.at)
    r = _MARK
    match lane.path.standing:
        case Standing.ARRIVES:
            yield el("circle", cx=x, cy=y, r=r, class_="mark mark-arrives")
            yield el("path", d=f"M{x - 3.6:.1f} {y + 0.4:.1f}L{x - 0.8:.1f} {y + 3.2:.1f}L{x + 4:.1f} {y - 3:.1f}", class_="sign")
        case Standing.DENIED:
            yield el("rect", x=x - r, y=y - r, width=2 * r, height=2 * r, rx=2, class_="mark mark-denied")
            yield el("path", d=f"M{x - 3.6:.1f} {y - 3.6:.1f}l7.2 7.2m0 -7.2l-7.2 7.2", class_="sign")
        case Standing.UNKNOWN:
            d = f"M{x:.1f} {y - r - 2:.1f}L{x + r + 2:.1f} {y:.1f}L{x:.1f} {y + r + 2:.1f}L{x - r - 2:.1f} {y:.1f}Z"
            yield el("path", d=d, class_="mark mark-unknown")
            yield el("text", "?", x=x, y=y + 4, class_="text-number", text_anchor="middle")


def _draw_captions(lane: Lane, begin: float, end: float) -> Iterator[Element]:
    """Along the line: how many endpoints at its beginning, what becomes of them at its end."""
    path = lane.path
    ends = f"end-{LANE_CLASSES[path.standing]}"
    alone = len(lane.stops) == 1
    yield el("text", count_endpoints(path), x=end + 14 if alone else begin + 16, y=lane.at - 8, class_="text-end")
    said = "reached" if path.standing is Standing.ARRIVES and lane.stops[-1].station.place.inside is None else path.why
    yield el("text", said, x=end + 14, y=lane.at + (7 if alone else 4), class_=f"text-end {ends}")
