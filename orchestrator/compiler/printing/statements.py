"""A file as the official formatter sees it: declarations that are sound, and stretches that stay as they are.

Where the official parser meets an error in a declaration it goes on reading at certain tokens (the end of the line, a closing bracket), and where the
declaration ends then decides how much of the text is kept as it is. Our parser goes on at the same tokens.
"""

from bisect import bisect_left
from dataclasses import dataclass
from typing import TypeAlias

from orchestrator.compiler.parsing.declarations import DeclarationParser
from orchestrator.compiler.syntax.declarations import MissingDeclaration, SkippedDeclaration, Statement
from orchestrator.compiler.syntax.expressions import Node
from orchestrator.compiler.syntax.problems import Problems
from orchestrator.compiler.syntax.tokens import END, NEWLINE, Token
from orchestrator.compiler.syntax.types import Decorator
from orchestrator.model.diagnostics import Level

_LATER = frozenset(("BCP152",))  # what the official parser lets pass and a later phase reports


@dataclass(frozen=True, slots=True)
class NewLine:
    """The end of a line, or several."""

    at: int


@dataclass(frozen=True, slots=True)
class Sound:
    """A declaration, or a decorator above nothing, without an error, and its tokens."""

    node: Node
    first: int
    stop: int


@dataclass(frozen=True, slots=True)
class Raw:
    """Tokens that stay as they are, from one up to another."""

    first: int
    stop: int


Section: TypeAlias = NewLine | Sound | Raw


class OffsetProblems(Problems):
    """Problems that remember their offsets."""

    def __init__(self, problems: Problems) -> None:
        super().__init__(problems.source)
        self.offsets: list[tuple[int, int, str]] = []

    def add(self, level: Level, start: int, end: int, said: tuple[str, str, str | None]) -> None:
        """Remember where; nobody asks what."""
        if level is Level.ERROR and said[0] not in _LATER:
            self.offsets.append((start, end, said[0]))


class StatementReader:
    """Splits the tokens of a file into sections."""

    def __init__(self, tokens: list[Token], problems: OffsetProblems, *, parameters_file: bool) -> None:
        self.tokens = tokens
        self.starts = [token.start for token in tokens]
        self.problems = problems
        self.lexical_spans = sorted(problems.offsets)
        self.parser = DeclarationParser(tokens, problems, [(start, end) for start, end, _ in problems.offsets])
        self.parser.parameters_file = parameters_file
        self.sections: list[Section] = []

    def read(self) -> list[Section]:
        """All sections, in order."""
        at = 0
        while self.tokens[at].kind != END:
            at = self._read_section(at)
        return self.sections

    def _read_section(self, at: int) -> int:
        if self.tokens[at].kind == NEWLINE:
            self.sections.append(NewLine(at))
            return at + 1
        self.problems.offsets.clear()
        statement = self.parser.parse_statement_at(at)
        stop = self.parser.at
        if isinstance(statement, MissingDeclaration):
            self._decorators(at, stop, {decorator.start: decorator for decorator in statement.decorators})
            return stop
        if self._is_sound(statement, self.tokens[at].start):
            stop = bisect_left(self.starts, statement.end)
            self.sections.append(Sound(statement, at, stop))
            return self._junk(stop)
        self.sections.append(Raw(at, stop))
        return stop if isinstance(statement, SkippedDeclaration) else self._junk(stop)

    def _is_sound(self, statement: Statement, begin: int) -> bool:
        low, high = (bisect_left(self.lexical_spans, (offset,)) for offset in (begin, statement.end + 1))
        if isinstance(statement, SkippedDeclaration) or self.problems.offsets:
            return False
        return not any(begin <= start and end <= statement.end for start, end, _ in self.lexical_spans[low:high])

    def _junk(self, at: int) -> int:
        """What stands between a declaration and the end of its line is kept, together with that end."""
        if self.tokens[at].kind in (NEWLINE, END):
            return at
        stop = at
        while self.tokens[stop].kind not in (NEWLINE, END):
            stop += 1
        stop += self.tokens[stop].kind == NEWLINE
        self.sections.append(Raw(at, stop))
        return stop

    def _decorators(self, at: int, body: int, known: dict[int, Decorator]) -> None:
        """Decorators above nothing that is known."""
        first = at
        for place in range(at, body):
            if self.tokens[place].kind == NEWLINE and (self.tokens[place + 1].kind in ("@", NEWLINE) or place + 1 == body):
                decorator = known.get(self.tokens[first].start)
                if decorator is not None and decorator.end == self.tokens[place - 1].end and not self._is_broken(decorator):
                    self.sections.append(Sound(decorator, first, place))
                elif first < place:
                    self.sections.append(Raw(first, place))
                self.sections.append(NewLine(place))
                first = place + 1

    def _is_broken(self, decorator: Decorator) -> bool:
        low, high = (bisect_left(self.lexical_spans, (offset,)) for offset in (decorator.start, decorator.end + 1))
        return low < high or any(decorator.start <= start <= decorator.end for start, _, _ in self.problems.offsets)
