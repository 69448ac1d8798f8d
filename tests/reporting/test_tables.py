"""Tables: nothing is cut, no address is broken, whatever the width."""

from hypothesis import given
from hypothesis import strategies as st

from orchestrator.reporting.styled_text import plain_line, plain_text
from orchestrator.reporting.tables import break_words, render_table

WORDS = st.text("abc.:/-0123456789", min_size=1, max_size=30)
CELLS = st.lists(WORDS, max_size=4).map(" ".join)


def test_a_table_is_as_wide_as_its_cells() -> None:
    assert plain_text(render_table(("name", "x"), [("longer one", "1"), ("b", "2")])) == "name        x\nlonger one  1\nb           2\n"


def test_a_narrow_screen_breaks_between_words() -> None:
    rows = [("20.100.0.4 20.100.0.5", "denied by the firewall (HTTP 470: no rule matched)")]
    assert plain_text(render_table(("expected", "observed"), rows, width=40)) == (
        "expected             observed\n20.100.0.4           denied by the\n20.100.0.5           firewall (HTTP 470:\n                     no rule matched)\n"
    )


@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=5), width=st.integers(1, 100))
def test_every_word_is_there_whole(rows: list[tuple[str, str, str]], width: int) -> None:
    shown = "\n".join(plain_line(line) for line in render_table(("a", "b", "c"), rows, width=width)).split()
    assert sorted(shown) == sorted(["a", "b", "c", *(word for row in rows for cell in row for word in cell.split())])


@given(text=CELLS, width=st.integers(1, 40))
def test_breaking_keeps_the_words_in_order(text: str, width: int) -> None:
    pieces = break_words(text, width)
    assert " ".join(pieces) == text
    assert all(len(piece) <= width or " " not in piece for piece in pieces)
