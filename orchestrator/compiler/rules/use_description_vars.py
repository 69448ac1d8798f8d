"""use-description-vars: variables without a description."""

from orchestrator.compiler.linting.descriptions import declarations, without_description
from orchestrator.compiler.linting.rule import Rule
from orchestrator.compiler.syntax.declarations import VariableDeclaration

RULE = Rule(
    code="use-description-vars",
    level=None,
    what="A variable without @description(), or with an empty one.",
    remedy="Put @description('...') on it.",
    check=lambda file: without_description("variable", declarations(file, VariableDeclaration, "var")),
)
