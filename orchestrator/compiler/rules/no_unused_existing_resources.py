"""Existing resources that nothing uses."""

from collections.abc import Iterator

from orchestrator.compiler.rules.rule import Rule
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.syntax.problems import Placed


def find(model: SemanticModel) -> Iterator[tuple[Placed, str]]:
    """The names of such resources."""
    for symbol in model.resources:
        if symbol.existing and symbol not in model.used and not any(nested in model.used for nested in symbol.nested.values()):
            yield symbol.name, f"Nothing uses the existing resource '{symbol.text}'."


RULE = Rule("no-unused-existing-resources", "warning", "Remove it, or use it.", find)
