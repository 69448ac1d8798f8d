"""Elements of HTML and SVG as values, and their text: well-formed XML that is HTML, too. Texts are escaped here and nowhere else, so nothing can forget it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import TypeAlias

Attribute: TypeAlias = str | int | float | None

_VOID = frozenset({"meta", "link", "br", "hr", "img", "input"})
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Element:
    """A tag with attributes and children."""

    tag: str
    attributes: tuple[tuple[str, str], ...]
    children: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class StyleSheet:
    """The one text that is not escaped: a style sheet of ours. ValueError where it could end its element, or be read otherwise by an XML parser."""

    text: str

    def __post_init__(self) -> None:
        if "<" in self.text or "&" in self.text:
            raise ValueError("a style sheet has neither < nor &")


Node: TypeAlias = Element | StyleSheet | str


def el(tag: str, *children: "Node | None", **attributes: Attribute) -> Element:
    """An element. A child or an attribute that is None is left out; `class_` is class, `aria_label` is aria-label."""
    pairs = tuple((_attribute_name(name), _number(value)) for name, value in attributes.items() if value is not None)
    if not _NAME.fullmatch(tag) or not all(_NAME.fullmatch(name) for name, _ in pairs):
        raise ValueError(f"no name of an element or attribute in {tag} {[name for name, _ in pairs]}")
    return Element(tag, pairs, tuple(child for child in children if child is not None))


def render_markup(node: Node) -> str:
    """The text of a node with all that is in it."""
    return "".join(_render(node))


def clean_text(text: str) -> str:
    """The text with a replacement sign for what no document may hold: control characters, halves of surrogate pairs."""
    return _NOT_IN_XML.sub("\ufffd", text)


def _render(node: Node) -> Iterator[str]:
    match node:
        case str():
            yield escape(clean_text(node), quote=False)
        case StyleSheet():
            yield node.text
        case Element():
            attributes = "".join(f' {name}="{escape(clean_text(value))}"' for name, value in node.attributes)
            if node.tag in _VOID:
                yield f"<{node.tag}{attributes} />"
                return
            yield f"<{node.tag}{attributes}>"
            for child in node.children:
                yield from _render(child)
            yield f"</{node.tag}>"


def _attribute_name(name: str) -> str:
    return name.removesuffix("_").replace("_", "-")


def _number(value: str | int | float) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
