"""Imported names that nothing uses."""

from collections.abc import Iterator

from orchestrator.compiler.rules.rule import Rule
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.syntax.problems import Placed


def find(model: SemanticModel) -> Iterator[tuple[Placed, str]]:
    """The names of such imports."""
    for symbol in model.imports:
        if symbol not in model.used:
            yield symbol.name, f"Nothing uses the import '{symbol.text}'."


RULE = Rule("no-unused-imports", "warning", "Remove it, or use it.", find)
