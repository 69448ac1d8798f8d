"""use-description-params: parameters without a description."""

from orchestrator.compiler.linting.descriptions import declarations, without_description
from orchestrator.compiler.linting.rule import Rule
from orchestrator.compiler.syntax.declarations import ParameterDeclaration

RULE = Rule(
    code="use-description-params",
    level=None,
    what="A parameter without @description(), or with an empty one.",
    remedy="Put @description('...') on it.",
    check=lambda file: without_description("parameter", declarations(file, ParameterDeclaration, "param")),
)
