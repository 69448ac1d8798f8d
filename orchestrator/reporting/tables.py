"""Tables in plain text: columns as wide as their cells; where that is too wide, cells break between words, never inside one: an address stays whole."""

from collections.abc import Sequence

from orchestrator.reporting.styled_text import STRONG, Line

_GAP = 2
_NARROWEST = 12


def render_table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, width: int | None = None, styles: Sequence[str] = ()) -> list[Line]:
    """A header and the rows. `width`: of the screen, None for unlimited; `styles`: one for each row, worn by its first cell."""
    cells = [list(columns), *([str(cell) for cell in row] for row in rows)]
    widths = _fit([max(len(row[index]) for row in cells) for index in range(len(columns))], cells, width)
    lines = _render_row(cells[0], widths, [STRONG] * len(columns))
    for index, row in enumerate(cells[1:]):
        first = styles[index] if index < len(styles) else ""
        lines += _render_row(row, widths, [first] + [""] * (len(columns) - 1))
    return lines


def fits(columns: Sequence[str], rows: Sequence[Sequence[str]], width: int | None) -> bool:
    """True where a screen of that width can show the table, breaking its cells between words only."""
    cells = [list(columns), *([str(cell) for cell in row] for row in rows)]
    widths = _fit([max(len(row[index]) for row in cells) for index in range(len(columns))], cells, width)
    return width is None or sum(widths) + _GAP * (len(widths) - 1) <= width


def break_words(text: str, width: int) -> list[str]:
    """The text in pieces of at most `width`, broken at blanks; a longer word is a piece of its own."""
    pieces: list[str] = []
    for word in text.split(" "):
        if pieces and len(pieces[-1]) + 1 + len(word) <= width:
            pieces[-1] += f" {word}"
        else:
            pieces.append(word)
    return pieces


def _fit(natural: list[int], cells: list[list[str]], width: int | None) -> list[int]:
    """Take from the widest column, one character at a time, what is too much; never less than its longest word."""
    widths = list(natural)
    if width is None:
        return widths
    longest_word = [max(len(word) for row in cells for word in row[index].split(" ")) for index in range(len(widths))]
    least = [min(natural[index], max(longest, _NARROWEST)) for index, longest in enumerate(longest_word)]
    while sum(widths) + _GAP * (len(widths) - 1) > width:
        wide = [index for index in range(len(widths)) if widths[index] > least[index]]
        if not wide:
            break
        widths[max(wide, key=lambda index: widths[index])] -= 1
    return widths


def _render_row(row: Sequence[str], widths: Sequence[int], styles: Sequence[str]) -> list[Line]:
    pieces = [break_words(cell, width) for cell, width in zip(row, widths, strict=True)]
    height = max(len(parts) for parts in pieces)
    lines = []
    for level in range(height):
        texts = [parts[level] if level < len(parts) else "" for parts in pieces]
        last = max((index for index, text in enumerate(texts) if text), default=-1)
        padded = [text.ljust(widths[index] + _GAP) if index < last else text for index, text in enumerate(texts)]
        lines.append(tuple(zip(padded, styles, strict=True)))
    return lines
