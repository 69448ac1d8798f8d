"""The table expected / observed of a verification, and its last line."""

from collections import Counter

from orchestrator.model.flows import Check, CheckStatus, Verification
from orchestrator.reporting.styled_text import BAD, DOUBT, EMPTY, GOOD, STRONG, Line, line
from orchestrator.reporting.tables import render_table

COLUMNS = ("status", "check", "subject", "expected", "observed")
_STYLES = {CheckStatus.PASSED: GOOD, CheckStatus.FAILED: BAD, CheckStatus.INCONCLUSIVE: DOUBT, CheckStatus.COULD_NOT_RUN: DOUBT}
_WORDS = {CheckStatus.PASSED: "passed", CheckStatus.FAILED: "FAILED", CheckStatus.INCONCLUSIVE: "inconclusive", CheckStatus.COULD_NOT_RUN: "could not run"}


def render_verification(verification: Verification, *, width: int | None = None) -> list[Line]:
    """All lines of a verification."""
    lines: list[Line] = []
    if verification.checks:
        rows = [_row(check) for check in verification.checks]
        lines += render_table(COLUMNS, rows, width=width, styles=[_STYLES[check.status] for check in verification.checks])
        lines += [line(f"  note: {check.subject}: {check.note}") for check in verification.checks if check.note]
        lines.append(EMPTY)
    lines.append(line((summarise_verification(verification), _STYLES[verification.status])))
    if verification.could_not_run is not None:
        lines.append(line(("    why: ", STRONG), verification.could_not_run))
    return lines


def summarise_verification(verification: Verification) -> str:
    """`The egress of udr is as expected: 12 passed.`"""
    counts = Counter(check.status for check in verification.checks)
    numbers = ", ".join(f"{counts[status]} {status.value}" for status in CheckStatus if counts[status])
    words = {
        CheckStatus.PASSED: "is as expected",
        CheckStatus.FAILED: "is NOT as expected",
        CheckStatus.INCONCLUSIVE: "could not be judged (inconclusive)",
        CheckStatus.COULD_NOT_RUN: "was not verified (could not run)",
    }
    return f"The egress of {verification.environment} {words[verification.status]}{': ' + numbers if numbers else ''}."


def _row(check: Check) -> tuple[str, ...]:
    return (_WORDS[check.status], check.kind, check.subject, check.expected, check.observed)
