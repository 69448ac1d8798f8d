"""The place in the tokens, with the verbs that parsers use: peek, consume, expect, recover.

Theory of operation: what can be read by itself (a name, a value, a member of an object) is read inside `recover`. Where its reader meets a token that cannot
stand there, tokens are passed over up to one of the stops that `recover` was given, brackets and all, and a `Skipped` stands in the tree: the same stops as
the official parser's, so that what follows an error is read as there. Problems found inside of what is passed over are forgotten.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import TypeAlias, TypeVar

from orchestrator.compiler.syntax.expressions import Identifier, Skipped
from orchestrator.compiler.syntax.problems import Problems
from orchestrator.compiler.syntax.tokens import END, IDENTIFIER, NEWLINE, Token

LITERAL_WORDS = frozenset(("true", "false", "null"))
LONGEST_NAME = 255
Stops: TypeAlias = frozenset[str]
Read = TypeVar("Read")


class SyntaxProblem(Exception):
    """Stops the reading of what `recover` reads; `place` is what was found instead."""

    def __init__(self, place: Token, code: str, message: str, remedy: str | None = None) -> None:
        super().__init__(message)
        self.place, self.code, self.message, self.remedy = place, code, message, remedy


class Cursor:
    """Walks over tokens."""

    def __init__(self, tokens: list[Token], problems: Problems, lexical: Sequence[tuple[int, int]] = ()) -> None:
        self.tokens = tokens
        self.problems = problems
        self.lexical = sorted(lexical)
        self.found: list[tuple[int, int, str, str, str | None]] = []
        self.at = 0
        self.token = tokens[0]

    @property
    def kind(self) -> str:
        """The kind of the current token."""
        return self.token.kind

    @property
    def previous_end(self) -> int:
        """Where the last consumed token ended."""
        return self.tokens[self.at - 1].end if self.at else 0

    @property
    def is_name(self) -> bool:
        """True where a name stands here: `true`, `false` and `null` are none."""
        return self.token.kind == IDENTIFIER and self.token.value not in LITERAL_WORDS

    def advance(self) -> Token:
        """Take the current token."""
        token = self.token
        if token.kind is not END:
            self.at += 1
            self.token = self.tokens[self.at]
        return token

    def go(self, at: int) -> None:
        """Return to an earlier place."""
        self.at = at
        self.token = self.tokens[at]

    def look(self, ahead: int) -> Token:
        """A token further on."""
        return self.tokens[min(self.at + ahead, len(self.tokens) - 1)]

    def look_behind_lines(self, ahead: int = 0) -> Token:
        """The first token from there on that is no end of a line."""
        while self.look(ahead).kind == NEWLINE:
            ahead += 1
        return self.look(ahead)

    def word(self, text: str) -> bool:
        """True where the current token is that contextual keyword."""
        return self.token.kind == IDENTIFIER and self.token.value == text

    def take(self, kind: str) -> bool:
        """Consume a token of that kind if it is here."""
        if self.token.kind == kind:
            self.advance()
            return True
        return False

    def take_word(self, text: str) -> bool:
        """Consume that contextual keyword if it is here."""
        if self.word(text):
            self.advance()
            return True
        return False

    def expect(self, kind: str) -> Token:
        """Consume a mark; BCP018 where something else is here."""
        if self.token.kind != kind:
            raise self.unexpected("BCP018", f'Expected "{kind}" here.')
        return self.advance()

    def expect_word(self, text: str, code: str = "BCP012") -> Token:
        """Consume a contextual keyword; BCP012 where something else is here."""
        if not self.word(text):
            raise self.unexpected(code, f'Expected the keyword "{text}" here.')
        return self.advance()

    def expect_identifier(self, code: str, what: str) -> Identifier:
        """Consume a name."""
        if not self.is_name:
            raise self.unexpected(code, f"Expected {what} here.")
        token = self.advance()
        if len(token.value) > LONGEST_NAME:
            self.note(token.start, token.end, "BCP024", f"The name is longer than {LONGEST_NAME} characters.", "Shorten it.")
        return Identifier(token.start, token.end, token.value)

    def identifier_or_nothing(self, code: str, what: str) -> Identifier:
        """Consume a name; where there is none, one without text stands in the tree and nothing is passed over."""
        if self.is_name:
            return self.expect_identifier(code, what)
        skipped = self.skip_nothing(code, f"Expected {what} here.")
        return Identifier(skipped.start, skipped.end, "")

    def recover_identifier(self, code: str, what: str, stops: Stops) -> Identifier:
        """Consume a name; one without text stands for what is passed over."""
        found = self.recover(lambda: self.expect_identifier(code, what), stops)
        return Identifier(found.start, found.end, "") if isinstance(found, Skipped) else found

    def skip_newlines(self) -> None:
        """Pass over ends of lines."""
        while self.token.kind == NEWLINE:
            self.advance()

    def unexpected(self, code: str, message: str, remedy: str | None = None) -> SyntaxProblem:
        """A problem at the current token."""
        return SyntaxProblem(self.token, code, message, remedy)

    def note(self, start: int, end: int, code: str, message: str, remedy: str | None = None) -> None:
        """Remember a problem; it is entered when the whole statement is read, unless it is passed over till then."""
        self.found.append((start, end, code, message, remedy))

    def enter_problems(self) -> None:
        """Enter what was remembered."""
        for start, end, code, message, remedy in self.found:
            self.problems.error(Token("", start, end, ""), code, message, remedy)
        self.found.clear()

    def recover(self, read: Callable[[], Read], stops: Stops, *, quiet: bool = False) -> Read | Skipped:
        """Read; where that fails, pass over tokens up to a stop. quiet: a problem right in front of it was named already."""
        begin, known = self.at, len(self.found)
        try:
            return read()
        except SyntaxProblem as problem:
            del self.found[known:]
            self.synchronize(stops)
            if not quiet:
                place = problem.place
                end = place.start if place.kind in (NEWLINE, END) else place.end
                self.note(place.start, end, problem.code, problem.message, problem.remedy)
            return self.skipped_since(begin)

    def synchronize(self, stops: Stops) -> None:
        """Pass over tokens up to a stop."""
        while self.token.kind is not END and self.token.kind not in stops:
            self.advance()

    def skipped_since(self, begin: int) -> Skipped:
        """What was passed over since a token."""
        start = self.tokens[begin].start
        return Skipped(start, self.tokens[self.at - 1].end if self.at > begin else start)

    def skip_nothing(self, code: str | None = None, message: str = "") -> Skipped:
        """Something is missing in front of the current token."""
        start = self.token.start
        if code is not None:
            self.note(start, start, code, message)
        return Skipped(start, start)

    def has_lexical_problem(self, start: int, end: int) -> bool:
        """True where the lexer found a problem between two offsets."""
        at = bisect_left(self.lexical, (start, -1))
        return at < len(self.lexical) and self.lexical[at][0] < max(end, start + 1)


def is_missing(node: object) -> bool:
    """True for what is not there at all: no second problem is entered behind it."""
    match node:
        case Skipped(start=start, end=end):
            return start == end
        case Identifier(start=start, end=end, name=""):
            return start == end
        case _:
            return False
