"""A summary in Markdown, for the page of a pipeline's run or a pull request."""

from collections.abc import Iterator, Sequence

from orchestrator.model.changes import ChangeType, WhatIf
from orchestrator.model.findings import Finding
from orchestrator.model.flows import CheckStatus, Verification
from orchestrator.model.targets import TargetKind
from orchestrator.reporting.change_symbols import RESOURCE_LOOKS
from orchestrator.reporting.documents import write_document
from orchestrator.reporting.errors_text import render_error
from orchestrator.reporting.explanation_text import render_explanation
from orchestrator.reporting.markdown_table import render_markdown_table
from orchestrator.reporting.migration_text import render_migrations
from orchestrator.reporting.preflight_text import summarise_preflight
from orchestrator.reporting.property_changes_text import render_property_changes
from orchestrator.reporting.records import EnvironmentRecord, RecordingReporter
from orchestrator.reporting.report_markdown import render_report_markdown
from orchestrator.reporting.styled_text import Line, plain_text
from orchestrator.reporting.traffic_text import render_traffic
from orchestrator.reporting.verification_text import COLUMNS, summarise_verification
from orchestrator.reporting.what_if_text import count_changes, relative_name

_MARKS = {
    CheckStatus.PASSED: "✅",
    CheckStatus.FAILED: "❌",
    CheckStatus.DISAGREES: "❌",
    CheckStatus.INCONCLUSIVE: "❔",
    CheckStatus.COULD_NOT_RUN: "⏭️",
}


class MarkdownReporter(RecordingReporter):
    """Writes the summary when it is closed."""

    def __init__(self, command: str, destination: str) -> None:
        super().__init__()
        self._command = command
        self._destination = destination

    def close(self) -> None:
        """Write the summary."""
        write_document(self._destination, render_markdown(self._command, self.environments))


def render_markdown(command: str, records: Sequence[EnvironmentRecord]) -> str:
    """The summary's text."""
    return f"# {command}\n\n" + "\n".join(_render_environment(record) for record in records)


def _render_environment(record: EnvironmentRecord) -> str:
    parts = [f"## {record.name or 'before the first environment'}\n"]
    if record.target is not None and record.target.kind is TargetKind.LOCAL:
        parts.append("**Lab: nothing was deployed to Azure.**\n")
    if record.failure is not None:
        parts.append(_block(plain_text(render_error(record.failure)), "text"))
    if record.report is not None:
        parts.append(render_report_markdown(record.report))
    if record.preflight is not None:
        parts.append(f"{_MARKS[record.preflight.status]} preflight: {summarise_preflight(record.preflight)}\n")
        parts += [f"**Forced:** `--force` overrides {', '.join(record.preflight.forced)}.\n"] if record.preflight.forced else []
    if record.findings:
        parts.append(_render_findings(record.findings))
    if record.what_if is not None:
        parts.append(_render_what_if(record.what_if))
    parts += [_block(plain_text(lines), "text") for lines in _traffic_lines(record)]
    if record.resources:
        rows = [(state, name, "" if seconds is None else f"{seconds:.1f} s", detail) for name, (state, seconds, detail) in record.resources.items()]
        parts.append(render_markdown_table(("state", "resource", "took", "detail"), rows))
    if record.verification is not None:
        parts.append(_render_verification(record.verification))
    return "\n".join(parts)


def _traffic_lines(record: EnvironmentRecord) -> Iterator[list[Line]]:
    """What is said of traffic, as a terminal shows it."""
    if record.traffic is not None:
        yield render_traffic(record.traffic)
    if record.explanation is not None:
        yield render_explanation(record.explanation)
    if record.migrations:
        yield render_migrations(record.migrations)


def _render_what_if(what_if: WhatIf) -> str:
    changed = [change for change in what_if.changes if change.type not in (ChangeType.NO_CHANGE, ChangeType.IGNORE)]
    parts = [f"{count_changes(what_if)}\n"]
    if what_if.source == "snapshot":
        parts.append("The resource group does not exist yet: computed from the template alone.\n")
    if changed:
        rows = [(f"`{RESOURCE_LOOKS[change.type].symbol}` {change.type.value}", f"`{relative_name(change.resource_id)}`") for change in changed]
        parts.append(render_markdown_table(("change", "resource"), rows))
    for change in changed:
        if change.delta:
            parts.append(f"`{relative_name(change.resource_id)}`\n\n" + _block(plain_text(render_property_changes(change.delta, level=0)), "diff"))
    return "\n".join(parts)


def _render_verification(verification: Verification) -> str:
    rows = [
        (f"{_MARKS[check.status]} {check.status.value}", check.kind, check.subject, check.expected, check.predicted, check.observed)
        for check in verification.checks
    ]
    parts = [f"{_MARKS[verification.status]} {summarise_verification(verification)}\n"]
    if verification.could_not_run is not None:
        parts.append(f"{verification.could_not_run}\n")
    return "\n".join([*parts, render_markdown_table(COLUMNS, rows)] if rows else parts)


def _render_findings(findings: Sequence[Finding]) -> str:
    return render_markdown_table(("severity", "code", "message", "fix"), [(f.severity.value, f.code, f.message, f.remedy) for f in findings])


def _block(text: str, language: str) -> str:
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}{language}\n{text}{fence}\n"
