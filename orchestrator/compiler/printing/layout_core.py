"""Layouts that all nodes are made of: tokens with their comments, bracketed lists, groups that break together.

`breaks` counts what keeps a group from one line (a `//` comment, an empty line, an object that begins with a new line): where it has grown while a list was
laid out, the list is no group any more. A comment at the very end of a group does not count against that group, nor, as in the official formatter, against
those around it.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence

from orchestrator.compiler.printing.documents import (
    HARD,
    LINE_OR_EMPTY,
    LINE_OR_SPACE,
    SOFT,
    Document,
    Glue,
    Group,
    Indent,
    Line,
    Suffix,
    Text,
    collapse_lines,
    ends_in_suffix,
    separate,
    spread,
    trim_lines,
)
from orchestrator.compiler.printing.line_writer import flatten
from orchestrator.compiler.printing.parts import Part, PartsReader
from orchestrator.compiler.printing.trivia import BOTH, LEADING, TRAILING, Piece, Trivia
from orchestrator.compiler.syntax.tokens import END, NEWLINE, Token


class LayoutCore(ABC):
    """Lays out tokens and lists."""

    def __init__(self, reader: PartsReader, trivia: Trivia) -> None:
        self.reader = reader
        self.tokens = reader.tokens
        self.trivia = trivia
        self.breaks = 0

    def force_break(self) -> None:
        """Keep the groups around from one line."""
        self.breaks += 1

    def kind(self, part: Part) -> str | None:
        """The kind of a token, None for a node."""
        return self.tokens[part].kind if isinstance(part, int) else None

    @abstractmethod
    def layout(self, part: Part) -> list[Document]:
        """The documents of a token or node."""

    def single(self, part: Part) -> Document:
        """The one document of a token or node."""
        documents = self.layout(part)
        return documents[0] if len(documents) == 1 else Glue(documents) if documents else Text("")

    def spread_parts(self, parts: Iterable[Part]) -> Document:
        """Side by side with spaces; new lines between do not count."""
        return spread([self.single(part) for part in parts if self.kind(part) != NEWLINE])

    def glue_parts(self, parts: Iterable[Part]) -> Document:
        """Side by side without spaces."""
        return Glue([self.single(part) for part in parts if self.kind(part) != NEWLINE])

    def layout_token(self, at: int) -> list[Document]:
        """A token with the comments that belong to it; commas stand in separators."""
        token = self.tokens[at]
        if token.kind in LEADING:
            return self._layout_leading(at, token)
        text = Text(self.trivia.text[token.start : token.end])
        if token.kind in TRAILING:
            return [*self._comments(self.trivia.leading(at)), self.with_trailing(text, at)]
        if token.kind in BOTH:
            return [self.with_trailing(text, at, self._comments(self.trivia.leading(at)))]
        return [] if token.kind == "," else [text]

    def with_trailing(self, text: Document, at: int, leading: Sequence[Document] = ()) -> Document:
        """A text with the comments behind it; a `//` comment takes no width and breaks the groups around."""
        pieces = self.trivia.trailing(at)
        if not pieces:
            return spread([*leading, text]) if leading else text
        parts = [*leading, text, *(Text(piece.text) for piece in pieces if not piece.ends_line)]
        document = spread(parts)
        if pieces[-1].ends_line:
            self.force_break()
            return Glue([document, Suffix(" " + pieces[-1].text)])
        return document

    def _comments(self, pieces: Iterable[Piece]) -> list[Document]:
        return [Text(piece.text) for piece in pieces]

    def _layout_leading(self, at: int, token: Token) -> list[Document]:
        pieces = self.trivia.leading(at)
        comments = self._comments(pieces)
        if token.kind == NEWLINE:
            lines = token.value.count("\n") + token.value.count("\r") - token.value.count("\r\n")
            line = HARD if lines > 1 else SOFT
            if not comments:
                return [line]
            self.breaks += 1 + pieces[0].ends_line + sum(piece.ends_line for piece in pieces)
            return [spread(comments), line]
        if token.kind in (END, "|"):
            return [spread(comments)] if comments else []
        return [spread([*comments, Text(self.trivia.text[token.start : token.end])])]

    def bracket(
        self,
        opening: Part,
        lay_out_items: Callable[[], list[Document]],
        closing: Part,
        *,
        separator: Document,
        padding: Line = LINE_OR_EMPTY,
        force_break: bool = False,
        indent_single: bool = True,
    ) -> Document:
        """Items between brackets: on one line, or each on its own."""
        open_document = self.single(opening)
        *dangling, close_document = self.layout(closing)
        before = self.breaks
        items = separate([*collapse_lines(trim_lines(lay_out_items()), self.force_break), *dangling], separator)
        if not items:
            return Glue([open_document, close_document])
        if len(items) == 1 and not indent_single and not ends_in_suffix(items[0]):
            flat = list(flatten([padding]))
            return Glue([open_document, *flat, items[0], *flat, close_document])
        if force_break or dangling:
            self.force_break()
        documents = [open_document, Indent([padding, *items]), padding, close_document]
        return Glue(documents) if self.breaks > before else Group(documents)

    def indent_group(self, lay_out: Callable[[], list[Document]], *, first_line: bool) -> Document:
        """Documents that break together, one step to the right; `first_line`: a break in front of the first, too."""
        before = self.breaks
        documents = separate([document for document in lay_out() if not isinstance(document, Line)], LINE_OR_SPACE)
        indented = Indent([LINE_OR_EMPTY, *documents] if first_line else documents)
        if ends_in_suffix(indented):
            self.breaks -= 1
        return Glue([indented]) if self.breaks > before else Group([indented])

    def lay_out_all(self, parts: Iterable[Part]) -> list[Document]:
        """All documents, in order."""
        return [document for part in parts for document in self.layout(part)]
