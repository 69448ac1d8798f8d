"""Where lines go: plain text for files, pipes and NO_COLOR; colours and a live region on a terminal, through rich, which is imported only then."""

import os
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol, TextIO

from orchestrator.model.errors import OperationFailed
from orchestrator.reporting.styled_text import Line, plain_line

if TYPE_CHECKING:
    from rich.live import Live
    from rich.text import Text


Renderer = Callable[[], Sequence[Line]]
"""Renders what a live region shows now."""


class Screen(Protocol):
    """Shows lines."""

    @property
    def is_live(self) -> bool:
        """True where a region at the end can be drawn again and again."""

    @property
    def width(self) -> int | None:
        """Columns; None where there is no limit."""

    def show(self, lines: Sequence[Line]) -> None:
        """Lines that stay."""

    def draw(self, render: Renderer | None) -> None:
        """A live region at the end, rendered again several times a second; None ends it. Nothing happens where the screen is not live."""


class PlainScreen:
    """Text without colours; a line is never wrapped."""

    is_live = False
    width: int | None = None

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def show(self, lines: Sequence[Line]) -> None:
        """Write and flush, so that a reader of the pipe sees progress as it happens; what the stream cannot encode becomes `?`."""
        encoding = self._stream.encoding or "utf-8"
        try:
            for one in lines:
                text = plain_line(one)
                print(text.encode(encoding, "replace").decode(encoding), file=self._stream)
            self._stream.flush()
        except BrokenPipeError:  # the reader has gone: nothing to say, and nobody to say it to
            raise
        except OSError as error:
            name = self._stream.name.strip("<>")
            raise OperationFailed(f"cannot write to {name}: {error.strerror or error}", f"Let {name} go where there is room.") from error

    def draw(self, render: Renderer | None) -> None:
        """A plain screen has no live region."""


class TerminalScreen:
    """Colours and a live region."""

    is_live = True

    def __init__(self, stream: TextIO) -> None:
        from rich.console import Console

        self._console: Console = Console(file=stream, highlight=False, markup=False, emoji=False, soft_wrap=True)
        self._live: Live | None = None

    @property
    def width(self) -> int | None:
        """The terminal's columns."""
        return shutil.get_terminal_size((160, 40)).columns

    def show(self, lines: Sequence[Line]) -> None:
        """Lines above the live region; long ones are left to the terminal, so that they can be copied whole."""
        for one in lines:
            self._console.print(_rich_text([one]), soft_wrap=True)

    def draw(self, render: Renderer | None) -> None:
        """Begin the region, or end it: then it disappears."""
        from rich.live import Live

        if render is None:
            if self._live is not None:
                self._live.stop()
                self._live = None
        elif self._live is None:
            self._live = Live(console=self._console, transient=True, refresh_per_second=4, get_renderable=lambda: _rich_text(render()))
            self._live.start()


def open_screen(stream: TextIO | None = None, environ: Mapping[str, str] = os.environ) -> Screen:
    """A terminal screen where the stream is a terminal that takes colours; else a plain one."""
    stream = stream or sys.stdout
    colourless = bool(environ.get("NO_COLOR")) or environ.get("TERM") == "dumb"
    return PlainScreen(stream) if colourless or not stream.isatty() else TerminalScreen(stream)


def _rich_text(lines: Sequence[Line]) -> "Text":
    from rich.text import Text

    text = Text("\n").join(Text.assemble(*one) for one in lines)
    text.overflow, text.no_wrap = "ignore", True
    return text
