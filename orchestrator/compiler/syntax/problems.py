"""Collects the problems of one file as diagnostics."""

import difflib
from collections.abc import Collection, Iterable
from heapq import nlargest
from typing import Protocol

from orchestrator.compiler.syntax.source_text import SourceText
from orchestrator.model.diagnostics import Diagnostic, Level

_MOST_COMPARED = 50
"""Names that are compared through and through with one that is nowhere."""


class Placed(Protocol):
    """Anything with a place in the text: a node or a token."""

    @property
    def start(self) -> int:
        """Offset of the first character."""
        ...

    @property
    def end(self) -> int:
        """Offset behind the last character."""
        ...


class Problems:
    """The problems of one file, in the order found."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.found: list[Diagnostic] = []
        self.places: list[tuple[int, int]] = []

    def error(self, place: Placed, code: str, message: str, remedy: str | None = None) -> None:
        """Add an error at a node or token."""
        self.add(Level.ERROR, place.start, place.end, (code, message, remedy))

    def warn(self, place: Placed, code: str, message: str, remedy: str | None = None) -> None:
        """Add a warning at a node or token."""
        self.add(Level.WARNING, place.start, place.end, (code, message, remedy))

    def take_back(self, place: Placed, codes: Collection[str]) -> None:
        """Forget the errors of some codes inside a node."""
        start, end = self.source.position(place.start), self.source.position(place.end)
        self.found = [entry for entry in self.found if entry.code not in codes or entry.level is not Level.ERROR or not start <= entry.span.start <= end]

    def add(self, level: Level, start: int, end: int, said: tuple[str, str, str | None]) -> None:
        """Add a diagnostic; `said` is its code, message and remedy."""
        code, message, remedy = said
        self.places.append((start, end))
        self.found.append(Diagnostic(level, code, message, self.source.span(start, end), remedy, self.source.line_text(start)))


def did_you_mean(name: str, candidates: Iterable[str]) -> str | None:
    """The nearest name, as a question; None where nothing is near."""
    known = {candidate.lower(): candidate for candidate in candidates}
    wanted = name.lower()
    likely = known if len(known) <= _MOST_COMPARED else nlargest(_MOST_COMPARED, known, key=lambda candidate: _common_ends(wanted, candidate))
    near = difflib.get_close_matches(wanted, likely, n=1, cutoff=0.6)
    return f"Did you mean '{known[near[0]]}'?" if near else None


def _common_ends(first: str, second: str) -> int:
    """How many characters two names have in common at their beginning and at their end: what a slip in the middle leaves."""
    return _common_start(first, second) + _common_start(first[::-1], second[::-1])


def _common_start(first: str, second: str) -> int:
    shorter = min(len(first), len(second))
    return next((at for at in range(shorter) if first[at] != second[at]), shorter)


def is_misspelt(name: str, candidates: Iterable[str]) -> bool:
    """True where the official compiler would make a suggestion, and so give another code: about one change for each three characters."""
    limit = int(len(name) * 0.34)
    upper = name.upper()
    return any(
        abs(len(name) - len(candidate)) <= min(limit, 2)
        and (upper == candidate.upper() or (len(candidate) > 2 and _distance(upper, candidate.upper()) <= limit))
        for candidate in candidates
    )


def _distance(first: str, second: str) -> int:
    """How many characters must be put in, taken out or changed (Levenshtein)."""
    row = list(range(len(second) + 1))
    for number, char in enumerate(first, 1):
        diagonal, row[0] = row[0], number
        for at, other in enumerate(second, 1):
            diagonal, row[at] = row[at], diagonal if char == other else 1 + min(diagonal, row[at], row[at - 1])
    return row[-1]
