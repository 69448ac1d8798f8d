"""All checks of a model."""

from orchestrator.compiler.semantics.compilation import Check, ModelStore
from orchestrator.compiler.semantics.model import SemanticModel


class AllChecks(Check):
    """Runs every check."""

    def __call__(self, model: SemanticModel, store: ModelStore) -> None:
        """Enter problems into the model."""
