"""Types that nothing uses; an exported one is for others."""

from collections.abc import Iterator

from orchestrator.compiler.rules.rule import Rule
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.syntax.problems import Placed


def find(model: SemanticModel) -> Iterator[tuple[Placed, str]]:
    """The names of such types."""
    for symbol in model.types.values():
        if symbol not in model.used and symbol.declaration.decorator("export") is None:
            yield symbol.name, f"Nothing uses the type '{symbol.text}'."


RULE = Rule("no-unused-types", "warning", "Remove it, or use it.", find)
