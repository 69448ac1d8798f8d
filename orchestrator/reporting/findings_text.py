"""What the checks of a plan say."""

from collections.abc import Sequence

from orchestrator.model.findings import Finding, Severity
from orchestrator.reporting.styled_text import BAD, DOUBT, FAINT, Line, line

_STYLES = {Severity.ERROR: BAD, Severity.WARNING: DOUBT, Severity.UNKNOWN: FAINT}
_ORDER = (Severity.ERROR, Severity.WARNING, Severity.UNKNOWN)


def render_findings(findings: Sequence[Finding]) -> list[Line]:
    """Errors first; each with the resource, the remedy and the document that the rule is from."""
    ordered = sorted(findings, key=lambda finding: (_ORDER.index(finding.severity), finding.code, finding.target))
    return [one for finding in ordered for one in _render_finding(finding)]


def _render_finding(finding: Finding) -> list[Line]:
    lines = [line((f"{finding.severity.value} {finding.code}", _STYLES[finding.severity]), f": {finding.message}")]
    details = (("at", finding.target), ("fix", finding.remedy), ("see", finding.source))
    return lines + [line(f"    {name}: {text}") for name, text in details if text]
