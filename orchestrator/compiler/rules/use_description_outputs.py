"""use-description-outputs: outputs without a description."""

from orchestrator.compiler.linting.descriptions import declarations, without_description
from orchestrator.compiler.linting.rule import Rule
from orchestrator.compiler.syntax.declarations import OutputDeclaration

RULE = Rule(
    code="use-description-outputs",
    level=None,
    what="An output without @description(), or with an empty one.",
    remedy="Put @description('...') on it.",
    check=lambda file: without_description("output", declarations(file, OutputDeclaration, "output")),
)
