"""Where a piece of a text stands."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a text; line and column are one-based, columns count characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a file, the end excluded."""

    path: Path
    start: Position
    end: Position
