"""Tokens of a template expression."""

import re
from dataclasses import dataclass
from enum import Enum, auto

_TOKEN = re.compile(r"\s*(?:(?P<string>'(?:[^']|'')*')|(?P<integer>-?\d+(?![\w.]))|(?P<name>[A-Za-z_][A-Za-z0-9_$]*)|(?P<mark>[()\[\].,])|(?P<end>$))")


class Kind(Enum):
    """What a token is."""

    STRING = auto()
    INTEGER = auto()
    NAME = auto()
    MARK = auto()
    END = auto()


_KINDS = {"string": Kind.STRING, "integer": Kind.INTEGER, "name": Kind.NAME, "mark": Kind.MARK, "end": Kind.END}


class ExpressionError(ValueError):
    """A text that is no expression. `position`: zero-based, in the text between the brackets."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.position = position


@dataclass(frozen=True, slots=True)
class Token:
    """A token; `text` of a string is unquoted."""

    kind: Kind
    text: str
    position: int


def tokenize(text: str) -> list[Token]:
    """All tokens, an END last; ExpressionError at a character that begins none."""
    tokens: list[Token] = []
    at = 0
    while not tokens or tokens[-1].kind is not Kind.END:
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            start = at + len(text[at:]) - len(text[at:].lstrip())
            raise ExpressionError(f"unexpected character {text[start]!r}", start)
        raw = match.group(match.lastgroup)
        kind = _KINDS[match.lastgroup]
        tokens.append(Token(kind, raw[1:-1].replace("''", "'") if kind is Kind.STRING else raw, match.start(match.lastgroup)))
        at = match.end()
    return tokens
