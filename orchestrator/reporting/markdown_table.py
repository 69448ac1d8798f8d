"""A table in Markdown, whose cells cannot break it."""

from collections.abc import Sequence


def render_markdown_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The table's text. Cells are plain text: what would be markup, or end a cell, is escaped."""
    lines = [columns, ["---"] * len(columns), *([escape_cell(cell) for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def escape_cell(cell: str) -> str:
    """The text in one line, without what would end a cell, or be an element, a link or an image."""
    return cell.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;").replace("[", "\\[")
