"""The options of the formatter, from the `formatting` section of bicepconfig.json."""

from dataclasses import dataclass
from enum import StrEnum

from orchestrator.compiler.configuration.bicepconfig import Configuration
from orchestrator.model.errors import Problem, UserError


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
