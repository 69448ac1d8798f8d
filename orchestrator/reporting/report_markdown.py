"""A report in Markdown; its findings and its verification stand below it, as for every command."""

from orchestrator.model.report import EgressReport, ReportedFlow
from orchestrator.reporting.markdown_table import escape_cell, render_markdown_table
from orchestrator.reporting.report_words import AGREEMENTS, list_facts, say_observed, say_path, say_predicted, say_verdict, shorten_ids, sort_rows

_COLUMNS = ("endpoint", "from", "demand", "predicted", "observed")


def render_report_markdown(report: EgressReport) -> str:
    """Verdict, facts, paths, endpoints."""
    parts = [f"**{escape_cell(say_verdict(report))}.**\n"]
    parts.append("".join(f"- {head}: {escape_cell(text)}\n" for head, texts in _said(report) for text in texts))
    parts.append(render_markdown_table(("fact", "value"), list_facts(report)))
    if report.topology.paths:
        parts.append("".join(f"{path.number}. {escape_cell(say_path(report.topology, path))}\n" for path in report.topology.paths))
    if report.flows:
        parts.append(render_markdown_table(_COLUMNS, [_row(flow) for flow in sort_rows(report.flows)]))
    return "\n".join(parts)


def _said(report: EgressReport) -> list[tuple[str, list[str]]]:
    return [("predicted", list(say_predicted(report))), ("observed", list(say_observed(report)))]


def _row(flow: ReportedFlow) -> tuple[str, str, str, str, str]:
    check = flow.observed
    seen = "not probed" if check is None else f"{check.status.value}: {check.observed}"
    agrees = f" ({AGREEMENTS[flow.agreement]})" if flow.agreement is not None else ""
    predicted = f"{flow.predicted.value}: {shorten_ids(flow.prediction.ends)}"
    return (f"`{flow.prediction.endpoint}`", flow.prediction.source, str(flow.demand), predicted, f"{seen}{agrees}")
