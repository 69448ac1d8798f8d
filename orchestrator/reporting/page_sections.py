"""The page's sections beside the endpoints: verdict, facts, map, findings, ports, assumptions."""

from collections.abc import Iterator

from orchestrator.model.findings import Finding, Severity
from orchestrator.model.flows import CheckStatus
from orchestrator.model.report import EgressReport
from orchestrator.model.topology_map import MapPath, Standing, TopologyMap
from orchestrator.reporting.map_drawing import draw_layout
from orchestrator.reporting.map_narrow import lay_out_narrow
from orchestrator.reporting.map_parts import split_map
from orchestrator.reporting.map_wide import lay_out_wide
from orchestrator.reporting.markup import Element, Node, el
from orchestrator.reporting.page_parts import TONES, count, make_details, make_icon, make_list, make_section, make_tag
from orchestrator.reporting.report_words import (
    describe_map,
    list_cluster_facts,
    list_facts,
    say_kept,
    say_observed,
    say_predicted,
    say_sources,
    say_verdict,
    say_way,
    shorten_ids,
)

_SEVERITIES = {Severity.ERROR: ("failed", "error"), Severity.UNKNOWN: ("doubt", "not known"), Severity.WARNING: ("warned", "warning")}
_STANDING_TONES = {Standing.ARRIVES: "passed", Standing.DENIED: "failed", Standing.UNKNOWN: "doubt"}


def make_verdict(report: EgressReport) -> Element:
    """First of all."""
    tone = TONES[report.status]
    predicted = el("div", el("h3", "Predicted", make_tag(TONES[report.predicted], report.predicted.value)), make_list(say_predicted(report)))
    seen = make_tag(TONES[report.observed], report.observed.value) if report.observed is not None else el("span", "nothing", class_="tag plain")
    observed = el("div", el("h3", "Observed", seen), make_list(say_observed(report)))
    heading = el("h2", make_icon(tone), f"{say_verdict(report)}.", id="verdict-heading")
    return el("section", heading, el("div", predicted, observed, class_="said"), id="verdict", aria_labelledby="verdict-heading", class_=f"verdict {tone}")


def make_facts(report: EgressReport) -> Element:
    """What this is about."""
    alone = len(report.clusters) == 1
    pairs = [el("div", el("dt", name), el("dd", value)) for name, value in list_facts(report, clusters=alone)]
    return make_section("facts", "Facts", el("dl", *pairs, class_="facts"), None if alone or not report.clusters else _make_clusters(report))


def _make_clusters(report: EgressReport) -> Element:
    """A row for each, where there are several."""
    columns = ("Cluster", "Node pools", "Outbound type", "Way out", "Public addresses")
    rows = []
    for cluster in report.clusters:
        name, *cells = [value for _, value in list_cluster_facts(cluster)]
        named = zip(columns[1:], cells, strict=True)
        cells_made = [el("td", value, role="cell", data_label=column) for column, value in named]
        rows.append(el("tr", el("th", name, scope="row", role="rowheader"), *cells_made, role="row"))
    head = el("tr", *(el("th", column, scope="col", role="columnheader") for column in columns), role="row")
    body = el("tbody", *rows, role="rowgroup")
    return el("table", el("caption", f"{len(rows)} clusters"), el("thead", head, role="rowgroup"), body, class_="stacks even", role="table")


def make_map(report: EgressReport) -> Element:
    """The picture, wide and narrow, of which one is shown; then its paths and its places as text."""
    topology = report.topology
    if not topology.paths:
        return make_section("map", "Map", el("p", "There is nothing to draw: no cluster with a node pool, or nothing that it must reach."))
    parts = split_map(topology)
    pictures = [picture for number, part in enumerate(parts, start=1) for picture in _draw(report, part, number, len(parts))]
    legend = "Paths are predicted. A solid line with a tick arrives, a dashed one with a cross does not, a dotted one with a question mark is not known."
    paths = el("ol", *(_make_path(report, path) for path in topology.paths), class_="paths", role="list")
    places = [f"{place.kind.value}: {place.name}{' (' + '; '.join(place.facts) + ')' if place.facts else ''}" for place in topology.places]
    return make_section(
        "map",
        "Map",
        el("figure", *pictures, el("figcaption", legend, class_="soft small")),
        paths,
        make_details("All places of the map as text", make_list(places)),
    )


def _draw(report: EgressReport, part: TopologyMap, number: int, of: int) -> list[Element]:
    """Both pictures of a map, or of a part of it, of which a screen shows one."""
    more = f", part {number} of {of}" if of > 1 else ""
    title = f"Map of the egress of {report.environment}, as predicted from {report.basis}{more}"
    description = describe_map(part)
    return [draw_layout(lay_out(part), part, f"{name}-{number}", title, description) for name, lay_out in (("wide", lay_out_wide), ("narrow", lay_out_narrow))]


def _make_path(report: EgressReport, path: MapPath) -> Element:
    said = f"{count(len(path.endpoints), 'endpoint')} from the {say_sources(path)}: {path.says}. {say_kept(report, path)}"
    endpoints = make_details("Its endpoints", make_list(el("span", endpoint, class_="mono") for endpoint in path.endpoints), about=f"of path {path.number}")
    way = el("div", make_tag(_STANDING_TONES[path.standing], str(path.standing)), f" {say_way(report.topology, path)}", class_="way")
    number = el("span", el("span", "Path ", class_="hidden"), str(path.number), class_="badge")
    return el("li", number, el("div", way, el("div", said, class_="soft small"), endpoints))


def make_findings(report: EgressReport) -> Element:
    """Errors first; each with its remedy."""
    order = list(_SEVERITIES)
    findings = sorted(report.preflight.findings, key=lambda finding: order.index(finding.severity))
    if not findings:
        return make_section("findings", "Findings", el("p", "None: nothing that Azure would refuse, and nothing in the rules, addresses or ports to change."))
    listed = el("ul", *(_make_finding(finding) for finding in findings), class_="findings", role="list")
    return make_section("findings", f"Findings: {len(findings)}", listed)


def _make_finding(finding: Finding) -> Element:
    tone, word = _SEVERITIES[finding.severity]
    return el(
        "li",
        el("p", make_tag(tone, word), " ", el("strong", finding.code)),
        el("p", shorten_ids(finding.message)),
        el("p", el("strong", "Remedy: "), finding.remedy) if finding.remedy else None,
        el("p", el("span", "at ", class_="soft"), el("code", finding.target.rpartition("/providers/")[2] or finding.target), class_="small"),
        el("p", f"Source: {finding.source}", class_="soft small") if finding.source else None,
        class_=tone,
    )


def make_ports(report: EgressReport) -> Element:
    """SNAT ports beside the demand."""
    words = {True: ("passed", "enough"), False: ("failed", "too few"), None: ("doubt", "no verdict")}
    rows = [el("li", make_tag(*words[one.enough]), f" {one.cluster}, {one.text}.") for one in report.preflight.ports]
    body = el("ul", *rows, class_="plain") if rows else el("p", "No cluster, so no ports.")
    return make_section("ports", "SNAT ports", body)


def make_assumptions(report: EgressReport) -> Element:
    """What predictions take for granted, and what they do not know."""
    by_code: dict[tuple[str, str], list[str]] = {}
    seen = dict.fromkeys((*report.preflight.assumptions, *(one for flow in report.flows for one in flow.prediction.assumptions)))
    for one in seen:
        by_code.setdefault((one.code, one.source), []).append(one.text)
    groups = [
        make_details(f"{code}: {len(texts)}", make_list(texts), el("p", f"Source: {source}", class_="soft small") if source else None)
        for (code, source), texts in by_code.items()
    ]
    unknowns = list(dict.fromkeys(_iterate_unknowns(report)))
    return make_section(
        "assumptions",
        "Assumptions and unknowns",
        el("h3", f"Assumptions: {len(seen)}"),
        el("p", "Predictions pass on these, and are counted.", class_="soft") if seen else el("p", "None: every prediction is certain."),
        *groups,
        el("h3", f"Unknowns: {len(unknowns)}"),
        make_list(unknowns) if unknowns else el("p", "None."),
    )


def _iterate_unknowns(report: EgressReport) -> Iterator[Node]:
    for open_thing in report.preflight.unknowns:
        yield f"{shorten_ids(open_thing.what)}: {open_thing.why}"
    for finding in report.preflight.findings:
        if finding.severity is Severity.UNKNOWN:
            yield f"{finding.code}: {shorten_ids(finding.message)}"
    for flow in report.flows:
        if flow.predicted is CheckStatus.INCONCLUSIVE:
            yield f"{flow.prediction.source} to {flow.prediction.endpoint}: {'; '.join(flow.prediction.reasons) or flow.prediction.ends}"
        for reason in flow.prediction.undecided:
            yield f"left open, without changing an outcome: {reason}"
