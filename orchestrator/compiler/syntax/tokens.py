"""Tokens. A mark's kind is its own text (`{`, `??`); the rest have the names below."""

from typing import NamedTuple

IDENTIFIER = "identifier"
INTEGER = "integer"
NEWLINE = "newline"
END = "end"
UNKNOWN = "unknown"
STRING = "string"
STRING_LEFT = "string-left"
STRING_MIDDLE = "string-middle"
STRING_RIGHT = "string-right"


class Token(NamedTuple):
    """A token; `value` is the unescaped text of a string segment, the name of an identifier, the text of a mark."""

    kind: str
    start: int
    end: int
    value: str


class Pragma(NamedTuple):
    """`#disable-next-line a b`, `#disable-diagnostics a`, `#restore-diagnostics a`: what, where, and the codes."""

    kind: str
    start: int
    end: int
    codes: frozenset[str]
