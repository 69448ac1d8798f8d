"""Tokens of a Bicep file.

One regular expression finds everything but strings. A string is scanned segment by segment: at `${` the lexer remembers the string on a stack and
goes on with ordinary tokens, until the `}` that belongs to it continues the string.
"""

import re

from orchestrator.compiler.syntax.problems import Problems
from orchestrator.compiler.syntax.tokens import (
    END,
    IDENTIFIER,
    INTEGER,
    NEWLINE,
    STRING,
    STRING_LEFT,
    STRING_MIDDLE,
    STRING_RIGHT,
    UNKNOWN,
    Pragma,
    Token,
)
from orchestrator.model.diagnostics import Level

_TOKEN = re.compile(
    r"(?P<skip>[ \t\f\v\u00a0\ufeff]+|//[^\r\n]*|/\*[\s\S]*?\*/)"
    r"|(?P<newline>(?:\r?\n|\r)+)"
    r"|(?P<identifier>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<integer>\d+)"
    r"|(?P<multi>\$*''')"
    r"|(?P<quote>')"
    r"|(?P<pragma>\#(?:disable-next-line|disable-diagnostics|restore-diagnostics)(?:[A-Za-z0-9_-]+)?(?:[ \t]+[A-Za-z0-9_-]+)*)"
    r"|(?P<unclosed>/\*[\s\S]*)"
    r"|(?P<mark>\.\.\.|=>|==|=~|!=|!~|<=|>=|&&|\|\||\?\?|::|[{}()\[\],.:?=@+\-*/%!<>|^])"
    r"|(?P<unknown>[\s\S])"
)
_SEGMENT = re.compile(r"(?:[^'\\$\r\n]+|\\[^\r\n]|\$(?!\{))*")
_ESCAPE = re.compile(r"\\(u(?:\{[0-9a-fA-F]*\}?)?|[\s\S])")
_UNICODE = re.compile(r"u\{([0-9a-fA-F]{1,6})\}")
_HALF = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "\\": "\\", "'": "'", "$": "$"}
_PRAGMAS = ("#disable-next-line", "#disable-diagnostics", "#restore-diagnostics")
_FIRST_NEWLINE = re.compile(r"\r?\n|\r")


class _OpenString:
    """A string whose interpolated expression is being read."""

    __slots__ = ("depth", "dollars")

    def __init__(self, dollars: int | None) -> None:
        self.dollars = dollars  # None: an ordinary string; else how many `$` begin an interpolation in a multi-line one
        self.depth = 0


class _Lexer:
    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.text = problems.source.text
        self.tokens: list[Token] = []
        self.pragmas: list[Pragma] = []
        self.opening = 0
        self.open: list[_OpenString] = []

    def run(self) -> None:
        """Read the whole text."""
        text, tokens, match = self.text, self.tokens, _TOKEN.match
        at, end = 0, len(self.text)
        while at < end:
            found = match(text, at)
            kind = found.lastgroup if found else None
            if found is None or kind is None:
                break
            begin, at = at, found.end()
            if kind == "skip":
                continue
            if kind == "mark":
                at = self._mark(begin, at)
            elif kind == "identifier" or kind == "integer" or kind == "newline":
                if kind == "newline" and self.open:
                    self._close_strings(begin)
                tokens.append(Token(IDENTIFIER if kind == "identifier" else INTEGER if kind == "integer" else NEWLINE, begin, at, text[begin:at]))
            else:
                at = self._special(kind, begin, at)
        self._close_strings(end)
        tokens.append(Token(END, end, end, ""))

    def _close_strings(self, at: int) -> None:
        """An interpolation of an ordinary string ends with its line."""
        if self.open and self.open[-1].dollars is None:
            while self.open and self.open[-1].dollars is None:
                self.open.pop()
            self._error(at, at, "BCP004", "The string is not closed on its line.", "Close the interpolation with }, and the string with '.")

    def _mark(self, begin: int, at: int) -> int:
        mark = self.text[begin:at]
        if self.open and mark in "{}":
            current = self.open[-1]
            if mark == "{":
                current.depth += 1
            elif current.depth:
                current.depth -= 1
            else:
                self.open.pop()
                return self._string(begin, at, current.dollars, continued=True)
        self.tokens.append(Token(mark, begin, at, mark))
        return at

    def _special(self, kind: str, begin: int, at: int) -> int:
        if kind == "quote":
            return self._string(begin, at, None)
        if kind == "multi":
            first = _FIRST_NEWLINE.match(self.text, at)
            self.opening = begin
            return self._string(begin, first.end() if first else at, at - begin - 3)
        if kind == "pragma" and self._begins_line(begin):
            keyword = next(known for known in _PRAGMAS if self.text.startswith(known, begin))
            codes = frozenset(self.text[begin + len(keyword) : at].split())
            self.pragmas.append(Pragma(keyword[1:], begin, at, codes))
            if not codes:
                self._error(at, at, "BCP226", f"{keyword} names no code.", f"Write what it is for: {keyword} <code>.")
        elif kind == "unclosed":
            self._error(begin, at, "BCP002", "This comment is not closed.", "Close it with */.")
        elif self.text[begin] == '"':
            self._error(begin, at, "BCP103", "Strings stand in single quotes in Bicep.", "Write ' instead of \".")
            self.tokens.append(Token(UNKNOWN, begin, at, '"'))
        else:
            at = begin + 1
            if self.text[begin] != ";":
                self._error(begin, at, "BCP001", f"The character {self.text[begin]!r} begins no token.", None)
            self.tokens.append(Token(UNKNOWN, begin, at, self.text[begin]))
        return at

    def _begins_line(self, at: int) -> bool:
        return not self.text[max(self.text.rfind("\n", 0, at), self.text.rfind("\r", 0, at)) + 1 : at].strip()

    def _string(self, begin: int, at: int, dollars: int | None, *, continued: bool = False) -> int:
        """Scan a segment of a string that began, or goes on, at `begin`; its text begins at `at`."""
        value, at, interpolates = self._multi_segment(at, dollars) if dollars is not None else self._segment(begin, at)
        if interpolates:
            self.tokens.append(Token(STRING_MIDDLE if continued else STRING_LEFT, begin, at, value))
            self.open.append(_OpenString(dollars))
        else:
            self.tokens.append(Token(STRING_RIGHT if continued else STRING, begin, at, value))
        return at

    def _segment(self, begin: int, at: int) -> tuple[str, int, bool]:
        match = _SEGMENT.match(self.text, at)
        stop = match.end() if match else at
        value = self.text[at:stop]
        if "\\" in value:
            value = self._unescape(at, value)
        if self.text.startswith("'", stop):
            return value, stop + 1, False
        if self.text.startswith("${", stop):
            return value, stop + 2, True
        self._error(begin, stop, "BCP004", "The string is not closed on its line.", "Close it with '. A text over several lines stands in '''.")
        return value, stop, False

    def _multi_segment(self, at: int, dollars: int) -> tuple[str, int, bool]:
        closing = self.text.find("'''", at)
        opening = self.text.find("$" * dollars + "{", at) if dollars else -1
        if opening >= 0 and (closing < 0 or opening < closing):
            return self.text[at:opening], opening + dollars + 1, True
        if closing < 0:
            self._error(self.opening, len(self.text), "BCP140", "The multi-line string is not closed.", "Close it with '''.")
            return self.text[at:], len(self.text), False
        while self.text.startswith("'", closing + 3):
            closing += 1
        return self.text[at:closing], closing + 3, False

    def _unescape(self, at: int, raw: str) -> str:
        def replace(match: re.Match[str]) -> str:
            if match.group(1).startswith("u"):
                code = _UNICODE.fullmatch(match.group(1))
                if code is not None and int(code.group(1), 16) <= 0x10FFFF:
                    return chr(int(code.group(1), 16))
                self._error(
                    at + match.start(), at + match.end(), "BCP133", "The unicode escape is not valid.", "Write \\u{2014}: hexadecimal digits up to 10FFFF."
                )
                return ""
            if match.group(1) in _ESCAPES:
                return _ESCAPES[match.group(1)]
            self._error(
                at + match.start(),
                at + match.end(),
                "BCP006",
                f"{match.group(0)} is no escape.",
                "Known are \\$ \\' \\\\ \\n \\r \\t \\u{...}; a backslash is \\\\.",
            )
            return ""

        return _join_surrogates(_ESCAPE.sub(replace, raw))

    def _error(self, begin: int, at: int, code: str, message: str, remedy: str | None) -> None:
        self.problems.add(Level.ERROR, begin, at, (code, message, remedy))


def _join_surrogates(text: str) -> str:
    """One character for two escapes that are its halves: `\\u{D801}\\u{DC37}`."""
    if not _HALF.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def tokenize(problems: Problems) -> tuple[list[Token], list[Pragma]]:
    """All tokens, an END last, and the pragmas; problems go where they are given."""
    lexer = _Lexer(problems)
    lexer.run()
    return lexer.tokens, lexer.pragmas
