"""The tables of endpoints: predicted beside observed, each with its path hop by hop."""

from orchestrator.model.explanations import ExplainedFlow, ExplainedHop, ExplainedWay
from orchestrator.model.flows import CheckStatus
from orchestrator.model.report import Agreement, Demand, EgressReport, ReportedFlow
from orchestrator.reporting.markup import Element, Node, el
from orchestrator.reporting.page_parts import TONES, count, make_details, make_list, make_section, make_tag
from orchestrator.reporting.report_words import AGREEMENTS, shorten_ids, sort_rows

_STANDINGS = {True: "arrives", False: "does not arrive", None: "not known"}
_AGREEMENT_TONES = {Agreement.AGREES: "passed", Agreement.DISAGREES: "failed", Agreement.PROVES_NOTHING: "doubt"}
_COLUMNS = ("Endpoint", "Predicted", "Observed")


def make_flows(report: EgressReport) -> Element:
    """A table for each demand that there is."""
    tables = [_make_table(report, demand) for demand in Demand if any(flow.demand is demand for flow in report.flows)]
    if not tables:
        return make_section("endpoints", "Endpoints", el("p", "None: there is no cluster that would need any."))
    note = "Every row says what is predicted, and the number of its path on the map. What was observed stands beside it where a probe was sent there."
    return make_section("endpoints", "Endpoints, predicted and observed", el("p", note, class_="soft"), *tables)


def _make_table(report: EgressReport, demand: Demand) -> Element:
    rows = sort_rows(tuple(flow for flow in report.flows if flow.demand is demand))
    head = el("tr", *(el("th", name, scope="col", role="columnheader", class_=f"c{index}") for index, name in enumerate(_COLUMNS, start=1)), role="row")
    return el(
        "table",
        el("caption", f"{demand[:1].upper()}{demand[1:]}: {count(len(rows), 'row')}"),
        el("thead", head, role="rowgroup"),
        el("tbody", *(_make_row(report, row) for row in rows), role="rowgroup"),
        class_="stacks",
        role="table",
    )


def _make_row(report: EgressReport, row: ReportedFlow) -> Element:
    flow = row.prediction
    path = f", path {row.path}" if row.path else ""
    first = [el("span", str(flow.endpoint), class_="mono"), el("span", f"{flow.source}{path}", class_="step")]
    if row.why:
        first.append(el("span", f"must be {row.why}" if row.demand is Demand.MUST_BE_BLOCKED else row.why, class_="step"))
    return el(
        "tr",
        el("th", *first, scope="row", role="rowheader"),
        el("td", *_predicted(row), role="cell", data_label="Predicted"),
        el("td", *_observed(report, row), role="cell", data_label="Observed"),
        role="row",
    )


def _predicted(row: ReportedFlow) -> list[Node]:
    flow = row.prediction
    tone = "warned" if row.predicted is CheckStatus.FAILED and not row.is_grave else TONES[row.predicted]
    parts: list[Node] = [make_tag(tone, _STANDINGS[flow.allowed]), f" {shorten_ids(flow.ends)}"]
    if flow.allowed and flow.leaving is not None and flow.leaving[:1].isdigit():
        parts.append(el("span", f"seen outside with {shorten_ids(flow.leaving)}", class_="step"))
    if flow.nearest is not None:
        parts.append(el("span", f"smallest change that would allow it: {flow.nearest.change}", class_="step"))
    return [*parts, make_details("Hop by hop", *_explain(flow), about=f"to {flow.endpoint} from the {flow.source}")]


def _observed(report: EgressReport, row: ReportedFlow) -> list[Node]:
    check = row.observed
    if check is None:
        return [el("span", "not probed" if report.verification is not None else "not observed", class_="soft")]
    note = f"{check.note}. " if check.note else ""
    parts: list[Node] = [make_tag(TONES[check.status], check.status.value), f" {check.observed}"]
    if note:
        parts.append(el("span", note, class_="step"))
    if row.agreement is not None:
        tone = _AGREEMENT_TONES[row.agreement]
        words = AGREEMENTS[row.agreement]
        parts.append(el("span", words, class_="step") if tone == "passed" else el("p", make_tag(tone, words)))
    if row.contradiction is not None:
        parts.append(el("span", row.contradiction.note, class_="step"))
    return parts


def _explain(flow: ExplainedFlow) -> list[Element]:
    """The ways with their hops, and what they rest on."""
    parts = [_make_way(flow.ways[0])] if flow.ways else []
    if flow.allowed is None and len(flow.ways) > 1:
        others = [f"{way.ends}{': ' + '; '.join(way.reasons) if way.reasons else ''}" for way in flow.ways]
        parts += [el("p", f"{len(flow.ways)} ways are possible:"), make_list(dict.fromkeys(others))]
    if flow.nearest is not None and flow.nearest.rule is not None:
        misses = f", but for {', '.join(flow.nearest.misses)}" if flow.nearest.misses else ""
        parts.append(el("p", f"Nearest rule: {flow.nearest.rule}{misses}"))
    if flow.allowed and flow.leaving is not None:
        parts.append(el("p", f"Address outside: {shorten_ids(flow.leaving)}"))
    if flow.reply is not None:
        parts.append(el("p", f"Answers: {flow.reply}"))
    sure = {"certain": "Certain: it rests on the resources alone.", "unknown": "Not known."}.get(
        flow.grade, f"On {count(len(flow.assumptions), 'assumption')}:"
    )
    parts.append(el("p", sure))
    if flow.assumptions:
        parts.append(make_list(f"{one.code}: {one.text}" for one in flow.assumptions))
    if flow.reasons or flow.undecided:
        parts.append(make_list([*flow.reasons, *(f"left open, without changing that: {reason}" for reason in flow.undecided)]))
    return parts


def _make_way(way: ExplainedWay) -> Element:
    return el("ol", *(el("li", *_make_hop(hop)) for hop in way.hops))


def _make_hop(hop: ExplainedHop) -> list[Node]:
    parts: list[Node] = [el("span", hop.step, class_="step"), shorten_ids(hop.text)]
    if hop.resource_id:
        parts.append(el("span", el("code", hop.resource_id.rpartition("/providers/")[2] or hop.resource_id), class_="step"))
    return parts


def make_checks(report: EgressReport) -> Element | None:
    """What was verified that is no endpoint: addresses, image pulls, places where nothing ran."""
    shown = {flow.observed for flow in report.flows}
    checks = [] if report.verification is None else [check for check in report.verification.checks if check not in shown]
    if not checks:
        return None
    columns = ("Check", "Status", "Expected", "Observed")
    rows = [
        el(
            "tr",
            el("th", el("span", check.kind, class_="step"), check.subject, scope="row", role="rowheader"),
            el("td", make_tag(TONES[check.status], check.status.value), role="cell", data_label="Status"),
            el("td", check.expected, role="cell", data_label="Expected"),
            el("td", check.observed, *([el("span", check.note, class_="step")] if check.note else []), role="cell", data_label="Observed"),
            role="row",
        )
        for check in sorted(checks, key=lambda check: check.status is CheckStatus.PASSED)
    ]
    head = el("tr", *(el("th", name, scope="col", role="columnheader") for name in columns), role="row")
    body = el("tbody", *rows, role="rowgroup")
    table = el("table", el("thead", head, role="rowgroup"), body, class_="stacks even", role="table", aria_labelledby="checks-heading")
    return make_section("checks", "Addresses and images, observed", table)
