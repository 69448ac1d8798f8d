"""The place in the tokens, with the verbs that parsers use: peek, consume, expect."""

from orchestrator.compiler.syntax.expressions import Identifier
from orchestrator.compiler.syntax.problems import Problems
from orchestrator.compiler.syntax.tokens import END, IDENTIFIER, NEWLINE, Token

_OPENING = {"{": "}", "[": "]", "(": ")", "string-left": "string-right"}
_CLOSING = frozenset(_OPENING.values())


class SyntaxProblem(Exception):
    """Stops the reading of one statement, property or item; `place` is what was found instead."""

    def __init__(self, place: Token, code: str, message: str, remedy: str | None = None) -> None:
        super().__init__(message)
        self.place, self.code, self.message, self.remedy = place, code, message, remedy


class Cursor:
    """Walks over tokens."""

    def __init__(self, tokens: list[Token], problems: Problems) -> None:
        self.tokens = tokens
        self.problems = problems
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
        if self.token.kind != IDENTIFIER:
            raise self.unexpected(code, f"Expected {what} here.")
        token = self.advance()
        return Identifier(token.start, token.end, token.value)

    def skip_newlines(self) -> None:
        """Pass over ends of lines."""
        while self.token.kind == NEWLINE:
            self.advance()

    def unexpected(self, code: str, message: str, remedy: str | None = None) -> SyntaxProblem:
        """A problem at the current token."""
        return SyntaxProblem(self.token, code, message, remedy)

    def report(self, problem: SyntaxProblem) -> None:
        """Enter a problem at the token that was found; at the end of a line its place is empty."""
        place = problem.place
        start, end = place.start, place.end
        if place.kind == NEWLINE or place.kind == END:
            end = start
        self.problems.error(Token(place.kind, start, end, ""), problem.code, problem.message, problem.remedy)

    def skip_until(self, stops: frozenset[str]) -> None:
        """Pass over tokens up to one of `stops` that is not inside brackets opened on the way."""
        depth = 0
        while self.token.kind is not END:
            kind = self.token.kind
            if depth == 0 and kind in stops:
                return
            if kind in _OPENING:
                depth += 1
            elif kind in _CLOSING and depth:
                depth -= 1
            self.advance()
