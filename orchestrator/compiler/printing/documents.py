"""Documents: what is to be printed, with the places where a line may break.

A `Group` is printed on one line where it fits into the width; otherwise each `Line` directly in it is a line break, and the groups inside decide for
themselves. (Wadler, "A prettier printer", with the official formatter's additions.)
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """A text; it counts in UTF-16 units, as .NET does. `flat`: what stands there on one line, where that differs."""

    value: str
    flat: "Text | None" = None

    @property
    def width(self) -> int:
        """How much of a line it takes."""
        return len(self.value) if self.value.isascii() else len(self.value.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(frozen=True, slots=True, eq=False)
class Suffix:
    """A comment at the end of a line, which takes none of the width."""

    value: str


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A place for a line break; `flat` stands there where the group is on one line, None where it never can be."""

    flat: Text | None


@dataclass(frozen=True, slots=True, eq=False)
class Glue:
    """One after the other."""

    documents: Sequence["Document"]


@dataclass(frozen=True, slots=True, eq=False)
class Tail(Glue):
    """The object or array at the end of a call's arguments: it may break while the line that it begins on does not."""


@dataclass(frozen=True, slots=True, eq=False)
class Indent:
    """One step further to the right."""

    documents: Sequence["Document"]


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """On one line where it fits."""

    documents: Sequence["Document"]


Document: TypeAlias = Text | Suffix | Line | Glue | Indent | Group

SPACE = Text(" ")
HARD = Line(None)  # an empty line that stays
SOFT = Line(None)  # the end of a line of the source: only two in a row matter
LINE_OR_EMPTY = Line(Text(""))
LINE_OR_SPACE = Line(SPACE)
LINE_OR_COMMA = Line(Text(", "))


def separate(documents: Iterable[Document], separator: Document) -> list[Document]:
    """The separator between any two, but not behind an empty line."""
    result: list[Document] = []
    for document in documents:
        if result and result[-1] is not HARD:
            result.append(separator)
        result.append(document)
    return result


def spread(documents: Iterable[Document]) -> Document:
    """Side by side with a space between."""
    parts = separate(documents, SPACE)
    return parts[0] if len(parts) == 1 else Glue(parts)


def trim_lines(documents: Sequence[Document]) -> Sequence[Document]:
    """Without the line breaks at both ends."""
    start, end = 0, len(documents)
    while start < end and isinstance(documents[start], Line):
        start += 1
    while end > start and isinstance(documents[end - 1], Line):
        end -= 1
    return documents[start:end]


def collapse_lines(documents: Iterable[Document], on_empty_line: Callable[[], None] | None = None) -> list[Document]:
    """Single ends of lines go, several become one empty line."""
    result: list[Document] = []
    previous: Document | None = None
    for document in documents:
        if (document is SOFT and previous is SOFT) or (document is HARD and previous is not HARD):
            result.append(HARD)
            if on_empty_line is not None:
                on_empty_line()
        elif document is not SOFT and document is not HARD:
            result.append(document)
        previous = document
    return result


def ends_in_suffix(document: Document) -> bool:
    """True where a comment stands at its end."""
    while isinstance(document, Glue | Indent | Group):
        document = document.documents[-1]
    return isinstance(document, Suffix)
