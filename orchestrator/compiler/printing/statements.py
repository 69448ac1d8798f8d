"""A file as the official formatter sees it: declarations that are sound, and stretches that stay as they are.

Where the official parser meets an error in a declaration it goes on reading at certain tokens (the end of the line, a closing bracket), and where the
declaration ends then decides how much of the text is kept as it is. A sound declaration comes from our parser; of a broken one only its end is found.
"""

from bisect import bisect_left
from dataclasses import dataclass
from typing import TypeAlias

from orchestrator.compiler.parsing.declarations import DeclarationParser
from orchestrator.compiler.printing.broken import DeclarationWalk
from orchestrator.compiler.syntax.declarations import ExtensionDeclaration, ParameterDeclaration, SkippedDeclaration, Statement, UsingDeclaration
from orchestrator.compiler.syntax.expressions import Node
from orchestrator.compiler.syntax.problems import Problems
from orchestrator.compiler.syntax.tokens import END, IDENTIFIER, NEWLINE, Token
from orchestrator.compiler.syntax.types import Decorator
from orchestrator.model.diagnostics import Level

_FILE = frozenset(("targetScope", "metadata", "type", "param", "var", "func", "resource", "output", "module", "test", "import", "extension", "assert"))
_PARAMETERS_FILE = frozenset(("using", "extends", "param", "var", "import", "extensionConfig", "extension", "type"))
_LINE_END = frozenset((NEWLINE,))
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


class _OneStatement(DeclarationParser):
    """Reads single statements; what stands behind an error is not its business."""

    def skip_until(self, stops: frozenset[str]) -> None:
        """Pass over a bad member, not over the rest of a bad statement."""
        if stops != _LINE_END:
            super().skip_until(stops)


class StatementReader:
    """Splits the tokens of a file into sections."""

    def __init__(self, tokens: list[Token], problems: OffsetProblems, *, parameters_file: bool) -> None:
        self.tokens = tokens
        self.starts = [token.start for token in tokens]
        self.problems = problems
        self.lexical_spans = sorted(problems.offsets)
        self.lexical = {start for start, _, _ in problems.offsets}
        self.parser = _OneStatement(tokens, problems)
        self.parameters_file = parameters_file
        self.keywords = _PARAMETERS_FILE if parameters_file else _FILE
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
        statement = self._parse(at)
        errors = self.problems.offsets
        if statement is not None and self._is_sound(statement, self.tokens[at].start, errors):
            stop = bisect_left(self.starts, statement.end)
            self.sections.append(Sound(statement, at, stop))
            return self._junk(stop)
        errors_at = {start for start, _, _ in errors}
        return self._broken(at, errors_at, {decorator.start: decorator for decorator in statement.decorators} if statement else {})

    def _parse(self, at: int) -> Statement | None:
        try:
            return self.parser.parse_statement_at(at)
        except RecursionError:  # nested too deeply: as good as broken
            return None

    def _is_sound(self, statement: Statement, begin: int, errors: list[tuple[int, int, str]]) -> bool:
        low, high = (bisect_left(self.lexical_spans, (offset,)) for offset in (begin, statement.end + 1))
        if isinstance(statement, SkippedDeclaration) or any(begin <= start and end <= statement.end for start, end, _ in errors + self.lexical_spans[low:high]):
            return False
        first = bisect_left(self.starts, statement.start)
        if self.tokens[first].value not in self.keywords or self._takes_junk(statement):
            return False
        is_assignment = self.tokens[first].value == "param" and self.tokens[first + 2].kind == "="
        return self.tokens[first].value != "param" or is_assignment == self.parameters_file

    def _takes_junk(self, statement: Statement) -> bool:
        """True where more stands on the line of a declaration that would take it for a part of itself."""
        takes = isinstance(statement, UsingDeclaration | ExtensionDeclaration) or (isinstance(statement, ParameterDeclaration) and statement.default is None)
        return takes and self.tokens[bisect_left(self.starts, statement.end)].kind not in (NEWLINE, END)

    def _junk(self, at: int) -> int:
        """What stands between a declaration and the end of its line is kept, together with that end."""
        if self.tokens[at].kind in (NEWLINE, END):
            return at
        stop = self._line_end(at)
        stop += self.tokens[stop].kind == NEWLINE
        self.sections.append(Raw(at, stop))
        return stop

    def _line_end(self, at: int) -> int:
        while self.tokens[at].kind not in (NEWLINE, END):
            at += 1
        return at

    def _broken(self, at: int, errors: set[int], decorators: dict[int, Decorator]) -> int:
        body = self._behind_decorators(at)
        known = self.tokens[body].kind == IDENTIFIER and self.tokens[body].value in self.keywords
        if not known:
            stop = self._line_end(body)
            if body > at and not self.parameters_file:
                self._decorators(at, body, decorators)
                return body
            self.sections.append(Raw(at, stop))
            return stop
        stop = DeclarationWalk(self.tokens, errors, self.lexical, parameters_file=self.parameters_file).end(body)
        self.sections.append(Raw(at, stop))
        return self._junk(stop)

    def _behind_decorators(self, at: int) -> int:
        while self.tokens[at].kind == "@":
            at = DeclarationWalk(self.tokens, parameters_file=self.parameters_file).line_end(at)
            while self.tokens[at].kind == NEWLINE:
                at += 1
        return at

    def _decorators(self, at: int, body: int, known: dict[int, Decorator]) -> None:
        """Decorators above nothing that is known."""
        first = at
        for place in range(at, body):
            if self.tokens[place].kind == NEWLINE and (self.tokens[place + 1].kind in ("@", NEWLINE) or place + 1 == body):
                decorator = known.get(self.tokens[first].start)
                if decorator is not None and decorator.end == self.tokens[place - 1].end:
                    self.sections.append(Sound(decorator, first, place))
                elif first < place:
                    self.sections.append(Raw(first, place))
                self.sections.append(NewLine(place))
                first = place + 1
