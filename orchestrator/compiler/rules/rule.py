"""What a rule is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.syntax.problems import Placed


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the linter: its code, its level unless configured, what to do, and how it is found."""

    code: str
    level: str
    remedy: str
    find: Callable[[SemanticModel], Iterable[tuple[Placed, str]]]
