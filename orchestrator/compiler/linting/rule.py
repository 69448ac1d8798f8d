"""What a rule is, and what it finds."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.syntax.problems import Placed
from orchestrator.model.diagnostics import Level


class Place(NamedTuple):
    """A stretch of the text that is no node of its own."""

    start: int
    end: int


class Finding(NamedTuple):
    """One thing that a rule found; `remedy` where the rule's own does not fit."""

    place: Placed
    message: str
    remedy: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the linter. level: unless bicepconfig.json says otherwise, None is off; what: one sentence for the docs; remedy: what to do."""

    code: str
    level: Level | None
    what: str
    remedy: str
    check: Callable[[LintedFile], Iterable[Finding]]
