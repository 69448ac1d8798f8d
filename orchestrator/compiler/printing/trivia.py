"""What stands between tokens: blanks, comments and pragmas, and which token each belongs to.

The lexer keeps no comments; they are read here from the text between two tokens. A comment behind a name, a literal or a closing bracket on the same line
trails that token, any other leads the token that follows.
"""

import re
from dataclasses import dataclass

from orchestrator.compiler.syntax.tokens import END, IDENTIFIER, INTEGER, NEWLINE, STRING, STRING_LEFT, STRING_RIGHT, Token

_PIECE = re.compile(
    r"(?P<blank>[ \t]+)|(?P<line>//[^\r\n]*)|(?P<block>/\*[\s\S]*?(?:\*/|\Z))"
    r"|\#(?P<pragma>disable-next-line|disable-diagnostics|restore-diagnostics)(?P<codes>(?:[ \t]+[A-Za-z0-9_-]+)*)"
    r"|(?P<other>[\s\S])"
)
_LINE_END = re.compile(r"\r\n|[\r\n\f\x85\u2028\u2029]")
LEADING = frozenset((NEWLINE, END, "|", "@", "-", "(", "[", "{", STRING_LEFT))
TRAILING = frozenset((")", "]", "}", STRING_RIGHT, "?"))
BOTH = frozenset(("!", STRING, INTEGER, IDENTIFIER))


@dataclass(frozen=True, slots=True)
class Piece:
    """A comment or pragma. `ends_line`: it is a `//` comment."""

    text: str
    ends_line: bool = False


class Trivia:
    """The comments around the tokens of a text."""

    def __init__(self, text: str, tokens: list[Token], newline: str) -> None:
        self.text = text
        self.tokens = tokens
        self.newline = newline

    def leading(self, at: int) -> list[Piece]:
        """The comments in front of a token that belong to it."""
        before = self.tokens[at - 1] if at else None
        start, end = (before.end if before else 0), self.tokens[at].start
        if start == end:
            return []
        trails = before is not None and (before.kind in TRAILING or before.kind in BOTH)
        return [] if trails and not self._leads(start, end) else self._pieces(start, end)

    def trailing(self, at: int) -> list[Piece]:
        """The comments behind a token that belong to it."""
        start, end = self.tokens[at].end, self.tokens[at + 1].start if at + 1 < len(self.tokens) else len(self.text)
        return [] if start == end or self._leads(start, end) else self._pieces(start, end)

    def raw(self, first: int, stop: int) -> str:
        """The source from a token up to another, with what belongs to them, trimmed."""
        start = self.tokens[first - 1].end if first else 0
        if first and self.tokens[first - 1].kind in TRAILING | BOTH:
            start = self.tokens[first].start
        last = self.tokens[stop - 1]
        end = self.tokens[stop].start if last.kind in TRAILING | BOTH and stop < len(self.tokens) else last.end
        return self.with_line_ends(self.text[start:end]).strip()

    def with_line_ends(self, text: str) -> str:
        """The text with the wanted line ends."""
        return text if text.isascii() and "\r" not in text and "\f" not in text and self.newline == "\n" else _LINE_END.sub(lambda _: self.newline, text)

    def _leads(self, start: int, end: int) -> bool:
        """True where what stands there begins with a pragma and so belongs to the token behind it."""
        return self.text[start:end].lstrip(" \t").startswith("#")

    def _pieces(self, start: int, end: int) -> list[Piece]:
        found: list[Piece] = []
        for match in _PIECE.finditer(self.text, start, end):
            kind = match.lastgroup
            if kind == "line":
                found.append(Piece(match.group(), True))
            elif match.group("pragma"):
                found.append(Piece(f"#{match.group('pragma')} {' '.join(match.group('codes').split())}"))
            elif kind != "blank":
                found.append(Piece(self.with_line_ends(match.group().rstrip("\r\n"))))
        return found
