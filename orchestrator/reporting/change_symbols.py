"""Symbols, titles, order and colours of what-if's changes, as az has them."""

from dataclasses import dataclass

from orchestrator.model.changes import ChangeType, PropertyChangeType


@dataclass(frozen=True, slots=True)
class Look:
    """How a kind of change is shown. `count`: its words in the last line, after the number."""

    symbol: str
    title: str
    weight: int
    style: str
    count: str = ""


_GREEN, _ORANGE, _PURPLE, _BLUE, _GREY = "green", "dark_orange", "medium_purple", "blue", "bright_black"

RESOURCE_LOOKS = {
    ChangeType.DELETE: Look("-", "Delete", 0, _ORANGE, "to delete"),
    ChangeType.CREATE: Look("+", "Create", 1, _GREEN, "to create"),
    ChangeType.DEPLOY: Look("!", "Deploy", 2, _BLUE, "to deploy"),
    ChangeType.MODIFY: Look("~", "Modify", 3, _PURPLE, "to modify"),
    ChangeType.NO_CHANGE: Look("=", "NoChange", 4, "", "no change"),
    ChangeType.UNSUPPORTED: Look("x", "Unsupported", 5, _GREY, "unsupported"),
    ChangeType.IGNORE: Look("*", "Ignore", 6, _GREY, "to ignore"),
}

PROPERTY_LOOKS = {
    PropertyChangeType.DELETE: Look("-", "Delete", 0, _ORANGE),
    PropertyChangeType.CREATE: Look("+", "Create", 1, _GREEN),
    PropertyChangeType.MODIFY: Look("~", "Modify", 2, _PURPLE),
    PropertyChangeType.ARRAY: Look("~", "Modify", 2, _PURPLE),
    PropertyChangeType.NO_EFFECT: Look("x", "NoEffect", 3, _GREY),
}

LEGEND_ORDER = ("Delete", "Create", "Deploy", "Modify", "NoChange", "Unsupported", "Ignore", "NoEffect")
