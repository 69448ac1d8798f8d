"""Parameters that nothing uses."""

from collections.abc import Iterator

from orchestrator.compiler.rules.rule import Rule
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.syntax.problems import Placed


def find(model: SemanticModel) -> Iterator[tuple[Placed, str]]:
    """The names of such parameters."""
    for symbol in model.parameters.values():
        if symbol not in model.used:
            yield symbol.name, f"Nothing uses the parameter '{symbol.text}'."


RULE = Rule("no-unused-params", "warning", "Remove it, or use it.", find)
