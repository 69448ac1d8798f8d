"""`file:line:column: error CODE: message`, source line, caret, remedy."""

from pathlib import Path

import pytest

from orchestrator.model.diagnostics import Diagnostic, Level
from orchestrator.model.source import Position, Span
from orchestrator.reporting.diagnostics_text import render_diagnostics
from orchestrator.reporting.styled_text import plain_text

ROOT = Path("/project")


def diagnostic(start: tuple[int, int], end: tuple[int, int], source: str | None, remedy: str | None = None) -> Diagnostic:
    span = Span(ROOT / "a.bicep", Position(*start), Position(*end))
    return Diagnostic(Level.ERROR, "BCP057", "no such name", span, remedy, source)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (diagnostic((3, 5), (3, 8), "var abc", "say 'abd'"), "a.bicep:3:5: error BCP057: no such name\n    var abc\n        ^~~\n    fix: say 'abd'\n"),
        (diagnostic((3, 2), (3, 2), "\tx"), "a.bicep:3:2: error BCP057: no such name\n    \tx\n    \t^\n"),
        (diagnostic((3, 4), (5, 1), "a: {"), "a.bicep:3:4: error BCP057: no such name\n    a: {\n       ^\n"),
        (diagnostic((9, 7), (9, 8), "short"), "a.bicep:9:7: error BCP057: no such name\n    short\n          ^\n"),
        (diagnostic((1, 1), (1, 2), None), "a.bicep:1:1: error BCP057: no such name\n"),
    ],
    ids=["word", "tab", "over several lines", "behind the end of the line", "without source"],
)  # fmt: skip
def test_a_diagnostic(found: Diagnostic, expected: str) -> None:
    assert plain_text(render_diagnostics([found], ROOT)) == expected


def test_they_stand_in_the_order_of_their_places() -> None:
    text = plain_text(render_diagnostics([diagnostic((9, 1), (9, 2), None), diagnostic((2, 1), (2, 2), None)], Path("/elsewhere")))
    assert text == "/project/a.bicep:2:1: error BCP057: no such name\n/project/a.bicep:9:1: error BCP057: no such name\n"
