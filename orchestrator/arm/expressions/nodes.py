"""The nodes of a template expression. There is no literal for booleans, null or arrays: those are calls (`true()`, `null()`, `createArray(...)`)."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class String:
    """A text in quotes."""

    value: str


@dataclass(frozen=True, slots=True)
class Integer:
    """A whole number."""

    value: int


@dataclass(frozen=True, slots=True)
class Call:
    """`name(arguments)`; a user-defined function's name has its namespace: `__bicep.f`."""

    name: str
    arguments: tuple["Expression", ...] = ()


@dataclass(frozen=True, slots=True)
class Access:
    """`base.key` or `base[key]`: a property by its text, an element by its number."""

    base: "Expression"
    key: "Expression"


Expression: TypeAlias = String | Integer | Call | Access
