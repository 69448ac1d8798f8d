"""Problems of source files: `file:line:column: error BCP057: message`, the source line, a caret, the remedy."""

from collections.abc import Sequence
from pathlib import Path

from orchestrator.model.diagnostics import Diagnostic, Level
from orchestrator.model.source import Span
from orchestrator.reporting.styled_text import BAD, DOUBT, FAINT, GOOD, STRONG, Line, line

_STYLES = {Level.ERROR: BAD, Level.WARNING: DOUBT, Level.INFO: FAINT}


def render_diagnostics(diagnostics: Sequence[Diagnostic], base: Path | None = None) -> list[Line]:
    """All of them, in the order of file and place; paths are shown relative to `base` where they lie below it."""
    ordered = sorted(diagnostics, key=lambda diagnostic: (str(diagnostic.path), diagnostic.line, diagnostic.column))
    return [one for diagnostic in ordered for one in render_diagnostic(diagnostic, base)]


def render_diagnostic(diagnostic: Diagnostic, base: Path | None = None) -> list[Line]:
    """One problem, in one to four lines."""
    where = f"{shown_path(diagnostic.path, base)}:{diagnostic.line}:{diagnostic.column}: "
    lines = [line((where, STRONG), (f"{diagnostic.level.value} {diagnostic.code}", _STYLES[diagnostic.level]), f": {diagnostic.message}")]
    if diagnostic.source_line is not None:
        text = diagnostic.source_line.rstrip("\r\n")
        lines += [line(f"    {text}"), line("    ", (_caret(text, diagnostic.span), GOOD))]
    if diagnostic.remedy:
        lines.append(line(f"    fix: {diagnostic.remedy}"))
    return lines


def shown_path(path: Path, base: Path | None) -> str:
    """The path relative to `base` where it lies below it."""
    return str(path.relative_to(base)) if base is not None and path.is_relative_to(base) else str(path)


def _caret(text: str, span: Span) -> str:
    """`^~~~` below the span; tabs stay tabs, so that it stands right whatever their width."""
    start = span.start.column - 1
    same_line = span.end.line == span.start.line
    end = min(span.end.column - 1 if same_line else len(text), max(len(text), start + 1))
    indent = "".join("\t" if character == "\t" else " " for character in text[:start])
    return indent + " " * (start - len(indent)) + "^" + "~" * max(0, end - start - 1)
