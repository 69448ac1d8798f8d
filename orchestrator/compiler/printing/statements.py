"""A file as the official formatter sees it: declarations that are sound, and stretches that stay as they are.

Where the official parser meets an error in a declaration it goes on reading at certain tokens (the end of the line, a closing bracket), and where the
declaration ends then decides how much of the text is kept as it is. A sound declaration comes from our parser; of a broken one only its end is found here, by
walking over its tokens with the brackets that are open and the errors that our parser reported.
"""

from dataclasses import dataclass
from typing import TypeAlias

from orchestrator.compiler.parsing.declarations import DeclarationParser
from orchestrator.compiler.syntax.declarations import SkippedDeclaration, Statement
from orchestrator.compiler.syntax.problems import Problems
from orchestrator.compiler.syntax.tokens import END, IDENTIFIER, NEWLINE, STRING_LEFT, STRING_RIGHT, Token
from orchestrator.model.diagnostics import Level

_FILE = frozenset("targetScope metadata type param var func resource output module test import extension assert".split())
_PARAMETERS_FILE = frozenset("using extends param var import extensionConfig extension type".split())
_LATER = frozenset(("BCP152", "BCP305"))  # what the official parser lets pass and a later phase reports


@dataclass(frozen=True, slots=True)
class NewLine:
    """The end of a line, or several."""

    at: int


@dataclass(frozen=True, slots=True)
class Sound:
    """A declaration without an error."""

    statement: Statement


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
        if said[0] not in _LATER:
            self.offsets.append((start, end, said[0]))


@dataclass(slots=True)
class _Open:
    """An open bracket and how errors in it end: `stops`, and whether the end of a line closes it, too."""

    closing: str
    stops: frozenset[str]
    at_line_end: bool


class StatementReader:
    """Splits the tokens of a file into sections."""

    def __init__(self, tokens: list[Token], problems: OffsetProblems, *, parameters_file: bool) -> None:
        self.tokens = tokens
        self.problems = problems
        self.lexical = list(problems.offsets)
        self.parser = DeclarationParser(tokens, problems)
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
        statement = self.parser.parse_statement_at(at)
        errors = self.problems.offsets + self.lexical
        if self._is_sound(statement, self.tokens[at].start, errors):
            self.sections.append(Sound(statement))
            return self._junk(self._index(statement.end, at))
        return self._broken(at, {start for start, _, _ in errors})

    def _is_sound(self, statement: Statement, begin: int, errors: list[tuple[int, int, str]]) -> bool:
        if isinstance(statement, SkippedDeclaration) or any(begin <= start and end <= statement.end for start, end, _ in errors):
            return False
        first = self._index(statement.start, 0)
        if self.tokens[first].value not in self.keywords:
            return False
        is_assignment = self.tokens[first].value == "param" and self.tokens[first + 2].kind == "="
        return self.tokens[first].value != "param" or is_assignment == self.parameters_file

    def _index(self, offset: int, low: int) -> int:
        while self.tokens[low].start < offset:
            low += 1
        return low

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

    def _broken(self, at: int, errors: set[int]) -> int:
        body = self._behind_decorators(at)
        known = self.tokens[body].kind == IDENTIFIER and self.tokens[body].value in self.keywords
        if not known:
            stop = self._line_end(body)
            if body > at and not self.parameters_file:
                self._decorators(at, body)
                return body
            self.sections.append(Raw(at, stop))
            return stop
        stop = _Walk(self.tokens, errors, self.parameters_file).end(body)
        self.sections.append(Raw(at, stop))
        return self._junk(stop)

    def _behind_decorators(self, at: int) -> int:
        while self.tokens[at].kind == "@":
            at = _Walk(self.tokens, set(), self.parameters_file).line_end(at)
            while self.tokens[at].kind == NEWLINE:
                at += 1
        return at

    def _decorators(self, at: int, body: int) -> None:
        """Decorators above nothing that is known stay."""
        first = at
        for place in range(at, body):
            if self.tokens[place].kind == NEWLINE and (self.tokens[place + 1].kind in ("@", NEWLINE) or place + 1 == body):
                if first < place:
                    self.sections.append(Raw(first, place))
                self.sections.append(NewLine(place))
                first = place + 1


class _Walk:
    """Finds where a broken declaration ends."""

    def __init__(self, tokens: list[Token], errors: set[int], parameters_file: bool) -> None:
        self.tokens = tokens
        self.errors = errors
        self.parameters_file = parameters_file
        self.open: list[_Open] = []

    def line_end(self, at: int) -> int:
        """The end of the line where no bracket is open."""
        self.open = []
        while self.tokens[at].kind != END and (self.open or self.tokens[at].kind != NEWLINE):
            self._step(at)
            at += 1
        return at

    def end(self, at: int) -> int:
        """The end of the declaration whose keyword stands at `at`."""
        keyword = self.tokens[at].value
        head_stops = frozenset((NEWLINE, "=", "{")) if keyword in ("resource", "module", "test") else frozenset((NEWLINE, "="))
        if keyword == "param" and self.parameters_file:
            head_stops = frozenset((NEWLINE,))
        in_head = keyword not in ("import", "func", "using", "extends", "extension", "extensionConfig")
        at += 1
        while self.tokens[at].kind != END:
            token = self.tokens[at]
            if not self.open and token.kind == NEWLINE:
                break
            if token.start in self.errors:
                at = self._recover(at, head_stops if in_head else frozenset((NEWLINE,)))
                token = self.tokens[at]
                if token.kind == END or (not self.open and token.kind == NEWLINE):
                    break
            in_head = in_head and not (not self.open and token.kind in "={")
            self._step(at)
            at += 1
        return at

    def _recover(self, at: int, head_stops: frozenset[str]) -> int:
        """Pass over tokens, brackets and all, up to where the official parser goes on."""
        while self.open and not self.open[-1].stops:
            self.open.pop()
        stops = self.open[-1].stops if self.open else head_stops
        while self.tokens[at].kind not in stops and self.tokens[at].kind != END:
            at += 1
        if self.tokens[at].kind == NEWLINE:
            while self.open and self.open[-1].at_line_end:
                self.open.pop()
        return at

    def _step(self, at: int) -> None:
        kind = self.tokens[at].kind
        if kind in ("{", "[", "(", STRING_LEFT):
            self.open.append(self._opened(at, kind))
        elif self.open and kind == self.open[-1].closing:
            self.open.pop()

    def _opened(self, at: int, kind: str) -> _Open:
        before = self.tokens[at - 1]
        adjoins = before.kind in (IDENTIFIER, ")", "]") and before.end == self.tokens[at].start
        if kind == "{":
            return _Open("}", frozenset((NEWLINE, "}")), False)
        if kind == STRING_LEFT:
            return _Open(STRING_RIGHT, frozenset((NEWLINE, STRING_RIGHT)), True)
        if kind == "(":
            call = adjoins and before.value not in ("if", "for")
            return _Open(")", frozenset((NEWLINE, ",", ")")) if call else frozenset((NEWLINE, ",", ")", "]", "}")), not call)
        loop = next((token for token in self.tokens[at + 1 : at + 3] if token.kind != NEWLINE), None)
        is_loop = loop is not None and loop.value == "for"
        return _Open("]", frozenset() if adjoins else frozenset((NEWLINE, "]")), is_loop)
