"""A report for a terminal: the verdict, what it rests on, facts, paths, and every endpoint that is not as it should be."""

from orchestrator.model.flows import CheckStatus
from orchestrator.model.json_value import JsonObject
from orchestrator.model.report import Agreement, EgressReport, ReportedFlow
from orchestrator.model.topology_map import MapPath, Standing, TopologyMap
from orchestrator.reporting.explanation_text import flow_to_json
from orchestrator.reporting.findings_text import render_findings
from orchestrator.reporting.indented_text import render_indented
from orchestrator.reporting.report_words import (
    AGREEMENTS,
    list_facts,
    say_kept,
    say_observed,
    say_predicted,
    say_sources,
    say_verdict,
    say_way,
    shorten_ids,
    sort_rows,
)
from orchestrator.reporting.styled_text import BAD, DOUBT, EMPTY, FAINT, GOOD, STRONG, Line, line
from orchestrator.reporting.tables import render_table

_STYLES = {CheckStatus.PASSED: GOOD, CheckStatus.FAILED: BAD, CheckStatus.DISAGREES: BAD, CheckStatus.INCONCLUSIVE: DOUBT, CheckStatus.COULD_NOT_RUN: DOUBT}
_STANDINGS = {Standing.ARRIVES: ("arrives", GOOD), Standing.DENIED: ("denied ", BAD), Standing.UNKNOWN: ("unknown", DOUBT)}
COLUMNS = ("demand", "endpoint", "from", "predicted", "observed")


def render_report(report: EgressReport, *, width: int | None = None) -> list[Line]:
    """All lines."""
    lines: list[Line] = [line((f"{say_verdict(report)}.", _STYLES[report.status])), EMPTY]
    for head, texts in (("predicted", say_predicted(report)), ("observed", say_observed(report))):
        for number, text in enumerate(texts):
            lines += render_indented(f"  {head if not number else '':<11}", text, width, style=STRONG)
    lines.append(EMPTY)
    for name, value in list_facts(report):
        lines += render_indented(f"  {name:<17}", value, width, style=FAINT)
    lines += [EMPTY, *_render_paths(report, width), EMPTY]
    rows = [flow for flow in sort_rows(report.flows) if _is_amiss(flow)]
    if rows:
        cells = [_row(flow) for flow in rows]
        lines += [*render_table(COLUMNS, cells, width=width, styles=[_style(flow) for flow in rows]), EMPTY]
    lines += render_findings(report.preflight.findings)
    for one in report.preflight.ports:
        lines += render_indented(f"  SNAT ports of {one.cluster}, ", one.text, width, style=STRONG)
    return lines


def _render_paths(report: EgressReport, width: int | None) -> list[Line]:
    lines: list[Line] = [line(("  paths, as predicted:", STRONG))] if report.topology.paths else []
    for path in report.topology.paths:
        word, style = _STANDINGS[path.standing]
        lines.append(line(f"  {path.number:>3} ", (word, style), f"  {say_way(report.topology, path)}"))
        count = len(path.endpoints)
        said = f"{count} endpoint{'' if count == 1 else 's'} from the {say_sources(path)}: {path.says}. {say_kept(report, path)}"
        lines += render_indented(" " * 15, said, width, style=FAINT)
    return lines


def _is_amiss(flow: ReportedFlow) -> bool:
    seen = flow.observed is not None and flow.observed.status is not CheckStatus.PASSED
    return flow.predicted is not CheckStatus.PASSED or seen or flow.agreement is Agreement.DISAGREES


def _style(flow: ReportedFlow) -> str:
    failed = flow.observed is not None and flow.observed.status in (CheckStatus.FAILED, CheckStatus.DISAGREES)
    return BAD if flow.is_grave or failed or flow.contradiction is not None else DOUBT


def _row(flow: ReportedFlow) -> tuple[str, str, str, str, str]:
    seen = "not probed" if flow.observed is None else f"{flow.observed.status.value}: {flow.observed.observed}"
    apart = f" ({AGREEMENTS[flow.agreement]})" if flow.agreement is Agreement.DISAGREES else ""
    return (str(flow.demand), str(flow.prediction.endpoint), flow.prediction.source, shorten_ids(flow.prediction.ends), seen + apart)


def report_to_json(report: EgressReport) -> JsonObject:
    """What other members of its environment do not say: findings, preflight and verification stand beside it."""
    return {
        "status": report.status.value,
        "verdict": say_verdict(report),
        "predicted": report.predicted.value,
        "observed": None if report.observed is None else report.observed.value,
        "notObserved": report.not_observed,
        "basis": report.basis,
        "made": report.made,
        "clusters": [
            {
                "name": one.name,
                "location": one.location,
                "kubernetesVersion": one.version or None,
                "outboundType": one.outbound_type,
                "pools": list(one.pools),
                "waysOut": list(one.ways),
                "publicAddresses": one.addresses,
            }
            for one in report.clusters
        ],
        "flows": [_reported_flow(flow) for flow in report.flows],
        "map": _map_to_json(report.topology),
    }


def _reported_flow(flow: ReportedFlow) -> JsonObject:
    check = flow.observed
    return {
        "demand": str(flow.demand),
        "why": flow.why or None,
        "path": flow.path or None,
        "predicted": {"status": flow.predicted.value, **flow_to_json(flow.prediction)},
        "observed": None
        if check is None
        else {"status": check.status.value, "expected": check.expected, "observed": check.observed, "note": check.note or None},
        "contradiction": None if flow.contradiction is None else flow.contradiction.note,
        "agreement": None if flow.agreement is None else str(flow.agreement),
    }


def _map_to_json(topology: TopologyMap) -> JsonObject:
    places = [
        {
            "key": place.key,
            "kind": str(place.kind),
            "name": place.name,
            "facts": list(place.facts),
            "inside": place.inside,
            "resourceId": place.resource_id or None,
        }
        for place in topology.places
    ]
    peerings = [{"here": one.here, "there": one.there, "mutual": one.mutual} for one in topology.peerings]
    return {"places": places, "paths": [_path_to_json(path) for path in topology.paths], "peerings": peerings}


def _path_to_json(path: MapPath) -> JsonObject:
    return {
        "number": path.number,
        "places": list(path.places),
        "standing": str(path.standing),
        "says": path.says,
        "flows": [{"source": flow.source, "endpoint": flow.endpoint} for flow in path.flows],
    }
