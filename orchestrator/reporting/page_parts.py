"""Small parts of the page that its sections share: icons, tags, sections, lists."""

from collections.abc import Iterable

from orchestrator.model.flows import CheckStatus
from orchestrator.reporting.markup import Element, Node, el

TONES = {
    CheckStatus.PASSED: "passed",
    CheckStatus.FAILED: "failed",
    CheckStatus.DISAGREES: "failed",
    CheckStatus.INCONCLUSIVE: "doubt",
    CheckStatus.COULD_NOT_RUN: "doubt",
}


def make_icon(tone: str) -> Element:
    """A sign told by its shape, too: a round tick, a square cross, a triangle, a diamond with a question mark. Screen readers have the word beside it."""
    shapes: dict[str, tuple[Element, ...]] = {
        "passed": (el("circle", cx=10, cy=10, r=9, class_="ground"), el("path", d="M5.8 10.4l2.8 2.8 5.6-6", class_="sign")),
        "failed": (el("rect", x=1.5, y=1.5, width=17, height=17, rx=3, class_="ground"), el("path", d="M6 6l8 8m0-8l-8 8", class_="sign")),
        "warned": (el("path", d="M10 1L19.5 18.5H.5Z", class_="ground"), el("path", d="M10 7.5v5m0 3v.2", class_="sign")),
        "doubt": (el("path", d="M10 0L20 10 10 20 0 10Z", class_="ground"), el("text", "?", x=10, y=14.2, text_anchor="middle")),
    }
    return el("svg", *shapes[tone], viewBox="0 0 20 20", class_=f"icon {tone}", aria_hidden="true", focusable="false")


def make_tag(tone: str, words: str) -> Element:
    """A word with its icon."""
    return el("span", make_icon(tone), words, class_=f"tag {tone}")


def make_section(name: str, heading: str, *children: Node | None, more: str = "") -> Element:
    """A section with its heading, to which the page's navigation leads."""
    return el("section", el("h2", heading, id=f"{name}-heading"), *children, id=name, aria_labelledby=f"{name}-heading", class_=more or None)


def make_list(texts: Iterable[Node], *, tag: str = "ul") -> Element:
    """A list of texts."""
    return el(tag, *(el("li", text) for text in texts), class_="plain")


def make_details(summary: str, *children: Node | None, about: str = "") -> Element:
    """What opens without any script. `about`: tells a screen reader this one from others with the same words."""
    return el("details", el("summary", summary, el("span", f" {about}", class_="hidden") if about else None), *children)


def count(number: int, word: str) -> str:
    """`1 warning`, `2 warnings`."""
    return f"{number} {word}{'' if number == 1 else 's'}"
