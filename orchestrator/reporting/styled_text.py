"""Lines of styled text: what the renderers make, and what a screen shows with or without colours."""

from collections.abc import Iterable
from typing import TypeAlias

Segment: TypeAlias = tuple[str, str]
"""A text and its style: a word of rich's style language, or nothing."""

Line: TypeAlias = tuple[Segment, ...]
"""One line, without its end."""

EMPTY: Line = ()

GOOD, BAD, DOUBT, FAINT, STRONG = "green", "bold red", "yellow", "bright_black", "bold"
BANNER = "bold black on yellow"


def line(*parts: str | Segment) -> Line:
    """A line of plain texts and styled ones."""
    return tuple((part, "") if isinstance(part, str) else part for part in parts)


def plain_text(lines: Iterable[Line]) -> str:
    """The lines without styles, each with its end."""
    return "".join(f"{plain_line(one)}\n" for one in lines)


def plain_line(one: Line) -> str:
    """One line without styles."""
    return "".join(text for text, _ in one).rstrip()
