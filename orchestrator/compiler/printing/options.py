"""The options of the formatter, from the `formatting` section of bicepconfig.json."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from orchestrator.compiler.configuration.bicepconfig import Configuration
from orchestrator.model.errors import Problem, UserError
from orchestrator.model.json_value import Json


class IndentKind(StrEnum):
    """What a step to the right is made of."""

    SPACE = "Space"
    TAB = "Tab"


class NewlineKind(StrEnum):
    """How a line ends."""

    LF = "LF"
    CRLF = "CRLF"
    CR = "CR"


_ENDS = {NewlineKind.LF: "\n", NewlineKind.CRLF: "\r\n", NewlineKind.CR: "\r"}
_LARGEST_INDENT = 1000
_LARGEST_NUMBER = 2**31 - 1
_Kind = TypeVar("_Kind", IndentKind, NewlineKind)


@dataclass(frozen=True, slots=True)
class FormatOptions:
    """How to print; the defaults are the official ones."""

    indent_kind: IndentKind = IndentKind.SPACE
    newline_kind: NewlineKind = NewlineKind.LF
    indent_size: int = 2
    width: int = 120
    insert_final_newline: bool = True

    @property
    def indent(self) -> str:
        """One step to the right."""
        return "\t" if self.indent_kind is IndentKind.TAB else " " * min(_LARGEST_INDENT, max(0, self.indent_size))

    @property
    def newline(self) -> str:
        """The end of a line."""
        return _ENDS[self.newline_kind]


def read_options(configuration: Configuration) -> FormatOptions:
    """The options that a configuration asks for; unknown keys are passed over, every wrong value is told (BCP271)."""
    if configuration.experimental("legacyFormatter"):
        problem = "The experimental legacyFormatter is not supported."
        raise UserError([Problem("BCP271", problem, str(configuration.path), "Take experimentalFeaturesEnabled.legacyFormatter away.")])
    return _Reader(configuration).read()


class _Reader:
    def __init__(self, configuration: Configuration) -> None:
        self.path = configuration.path
        section = configuration.values.get("formatting")
        self.section: Json = {} if section is None else section
        self.problems: list[Problem] = []

    def read(self) -> FormatOptions:
        if not isinstance(self.section, dict):
            self._refuse("formatting", "an object")
            self.section = {}
        default = FormatOptions()
        options = FormatOptions(
            self._kind("indentKind", default.indent_kind),
            self._kind("newlineKind", default.newline_kind),
            self._number("indentSize", default.indent_size),
            max(0, self._number("width", default.width)),
            self._switch("insertFinalNewline", default.insert_final_newline),
        )
        if self.problems:
            raise UserError(self.problems)
        return options

    def _kind(self, key: str, default: _Kind) -> _Kind:
        value = self.section.get(key, default)
        found = next((kind for kind in type(default) if isinstance(value, str) and kind.lower() == value.lower()), None)
        if found is None:
            self._refuse(key, " or ".join(type(default)))
        return found or default

    def _number(self, key: str, default: int) -> int:
        value = self.section.get(key, default)
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _LARGEST_NUMBER:
            return value
        self._refuse(key, "a whole number")
        return default

    def _switch(self, key: str, default: bool) -> bool:
        value = self.section.get(key, default)
        if isinstance(value, bool):
            return value
        self._refuse(key, "true or false")
        return default

    def _refuse(self, key: str, wanted: str) -> None:
        where, value = (key, self.section) if key == "formatting" else (f"formatting.{key}", self.section[key])
        self.problems.append(Problem("BCP271", f"{where} is not valid: {value!r}.", str(self.path), f"Write {wanted}."))
