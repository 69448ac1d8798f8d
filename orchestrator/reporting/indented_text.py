"""Named texts below each other: `name: text`, and what is wider than the screen goes on below itself."""

from orchestrator.reporting.styled_text import Line, line
from orchestrator.reporting.tables import break_words

_LEAST = 40


def render_indented(head: str, text: str, width: int | None, *, style: str = "") -> list[Line]:
    """The text behind its head; `style` is the head's."""
    room = 10**6 if width is None else max(width - len(head), _LEAST)
    first, *more = break_words(text, room)
    return [line((head, style), first), *(line(" " * len(head), piece) for piece in more)]
