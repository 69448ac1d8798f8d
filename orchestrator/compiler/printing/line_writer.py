"""Documents to text: the one place that knows widths, indentation and line ends."""

from collections.abc import Iterable, Iterator, Sequence

from orchestrator.compiler.printing.documents import Document, Glue, Group, Indent, Line, Suffix, Tail, Text
from orchestrator.compiler.printing.options import FormatOptions


class _NeverFlat(Exception):
    """A line break that must stay."""


def flatten(documents: Iterable[Document]) -> Iterator[Document]:
    """The leaves, every line break as what stands there on one line; a `Tail` stays whole."""
    stack = [iter(documents)]
    while stack:
        document = next(stack[-1], None)
        if document is None:
            stack.pop()
        elif isinstance(document, Text):
            yield document.flat or document
        elif isinstance(document, Line):
            if document.flat is None:
                raise _NeverFlat
            yield document.flat
        elif isinstance(document, Suffix | Tail):
            yield document
        else:
            stack.append(iter(document.documents))


class LineWriter:
    """Writes documents, without spaces at the ends of lines."""

    def __init__(self, options: FormatOptions) -> None:
        self.width = options.width
        self.indent = options.indent
        self.newline = options.newline
        self.occupied = 0
        self.pending = ""
        self.written: list[str] = []

    def write(self, documents: Iterable[Document]) -> str:
        """The text of documents at the left margin."""
        self._write_all(0, documents)
        return "".join(self.written)

    def _write_all(self, level: int, documents: Iterable[Document]) -> None:
        stack: list[tuple[int, Iterator[Document]]] = [(level, iter(documents))]
        while stack:
            level, rest = stack[-1]
            document = next(rest, None)
            if document is None:
                stack.pop()
            elif isinstance(document, Indent):
                stack.append((level + 1, iter(document.documents)))
            elif isinstance(document, Glue):
                stack.append((level, iter(document.documents)))
            elif isinstance(document, Group):
                stack.append((level, iter(self._fit(document) or document.documents)))
            else:
                self._write_leaf(level, document)

    def _write_leaf(self, level: int, document: Text | Suffix | Line) -> None:
        if isinstance(document, Line):
            self.written.append(self.newline)
            self.pending = self.indent * level
            self.occupied = len(self.pending)
            return
        value = document.value
        self.occupied += document.width if isinstance(document, Text) else 0
        if not value or value.isspace():
            self.pending += value
            return
        self.written.append(self.pending + value)
        self.pending = ""

    def _fit(self, group: Group) -> Sequence[Document] | None:
        """The group on one line, None where it does not fit; behind a tail everything fits."""
        remaining = self.width - self.occupied
        flat: list[Document] = []
        tail = False
        try:
            for document in flatten(group.documents):
                if not tail:
                    remaining -= document.width if isinstance(document, Text) else isinstance(document, Tail)
                    if remaining < 0:
                        return None
                    tail = isinstance(document, Tail)
                flat.append(document)
        except _NeverFlat:
            return None
        return flat if self.width >= self.occupied else None
