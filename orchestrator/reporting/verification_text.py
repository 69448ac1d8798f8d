"""The table expected / observed of a verification, and its last line."""

from collections import Counter
from collections.abc import Sequence

from orchestrator.model.flows import Check, CheckStatus, Verification
from orchestrator.reporting.styled_text import BAD, DOUBT, EMPTY, GOOD, STRONG, Line, line
from orchestrator.reporting.tables import fits, render_table

COLUMNS = ("status", "check", "subject", "expected", "predicted", "observed")
_STYLES = {
    CheckStatus.PASSED: GOOD,
    CheckStatus.FAILED: BAD,
    CheckStatus.DISAGREES: BAD,
    CheckStatus.INCONCLUSIVE: DOUBT,
    CheckStatus.COULD_NOT_RUN: DOUBT,
}
_WORDS = {
    CheckStatus.PASSED: "passed",
    CheckStatus.FAILED: "FAILED",
    CheckStatus.DISAGREES: "DISAGREES",
    CheckStatus.INCONCLUSIVE: "inconclusive",
    CheckStatus.COULD_NOT_RUN: "could not run",
}


def render_verification(verification: Verification, *, width: int | None = None) -> list[Line]:
    """All lines of a verification."""
    lines: list[Line] = []
    if verification.checks:
        lines += _render_checks(verification.checks, width)
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
        CheckStatus.DISAGREES: "is NOT as predicted",
        CheckStatus.INCONCLUSIVE: "could not be judged (inconclusive)",
        CheckStatus.COULD_NOT_RUN: "was not verified (could not run)",
    }
    return f"The egress of {verification.environment} {words[verification.status]}{': ' + numbers if numbers else ''}."


def _render_checks(checks: Sequence[Check], width: int | None) -> list[Line]:
    """A table; what a screen is too narrow for stands above it, a block for each check, so that addresses stay whole."""
    columns = [column for column in COLUMNS if column != "predicted" or any(check.predicted for check in checks)]
    short = [check for check in checks if fits(columns, [_row(check, columns)], width)]
    while short and not fits(columns, [_row(check, columns) for check in short], width):
        short.remove(max(short, key=_longest_words))
    lines = [one for check in checks if check not in short for one in _render_block(check)]
    if short:
        lines += render_table(columns, [_row(check, columns) for check in short], width=width, styles=[_STYLES[check.status] for check in short])
    return lines


def _longest_words(check: Check) -> int:
    """How wide a row is that is broken at every blank."""
    return sum(max(len(word) for word in cell.split(" ")) for cell in _row(check, COLUMNS))


def _render_block(check: Check) -> list[Line]:
    status, kind, subject, expected, predicted, observed = _row(check, COLUMNS)
    head = line((f"{status:<14}", _STYLES[check.status]), f"{kind}  {subject}")
    told = [("expected", expected), ("predicted", predicted), ("observed", observed)]
    return [head, *(line(f"{'':14}{word:<9}  {text}") for word, text in told if text)]


def _row(check: Check, columns: Sequence[str]) -> tuple[str, ...]:
    cells = (_WORDS[check.status], check.kind, check.subject, check.expected, check.predicted, check.observed)
    return tuple(cell for column, cell in zip(COLUMNS, cells, strict=True) if column in columns)
