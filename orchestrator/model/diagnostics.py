"""Problems in the user's files, as values: collected, never the first only."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from orchestrator.model.source import Span


class Level(StrEnum):
    """How grave a diagnostic is; the official compiler's words."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem at one place; `source_line` is the text of its first line, for a caret below it."""

    level: Level
    code: str
    message: str
    span: Span
    remedy: str | None = None
    source_line: str | None = None

    @property
    def path(self) -> Path:
        """The file it stands in."""
        return self.span.path

    @property
    def line(self) -> int:
        """The one-based line where it starts."""
        return self.span.start.line

    @property
    def column(self) -> int:
        """The one-based column where it starts."""
        return self.span.start.column


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """True where at least one is an error."""
    return any(diagnostic.level is Level.ERROR for diagnostic in diagnostics)
