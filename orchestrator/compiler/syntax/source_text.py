"""A source file's text, and where an offset stands in it."""

from bisect import bisect_right
from pathlib import Path

from orchestrator.model.source import Position, Span


class SourceText:
    """A text with its path. Offsets are zero-based characters; positions are one-based lines and columns."""

    __slots__ = ("_line", "_starts", "path", "text")

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.text = text
        self._starts: list[int] | None = None
        self._line: tuple[int, str] = (0, "")

    def position(self, offset: int) -> Position:
        """The line and column of an offset."""
        starts = self._line_starts()
        line = bisect_right(starts, offset)
        return Position(line, offset - starts[line - 1] + 1)

    def span(self, start: int, end: int) -> Span:
        """The stretch between two offsets."""
        return Span(self.path, self.position(start), self.position(end))

    def line_text(self, offset: int) -> str:
        """The whole line that an offset stands in, without its end."""
        starts = self._line_starts()
        line = bisect_right(starts, offset)
        if self._line[0] != line:  # what is wrong in one line shares its text
            self._line = line, self.text[starts[line - 1] : starts[line] if line < len(starts) else None].rstrip("\r\n")
        return self._line[1]

    def _line_starts(self) -> list[int]:
        if self._starts is None:
            starts, at = [0], self.text.find("\n")
            while at >= 0:
                starts.append(at + 1)
                at = self.text.find("\n", at + 1)
            self._starts = starts
        return self._starts
