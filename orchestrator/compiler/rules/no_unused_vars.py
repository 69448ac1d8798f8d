"""no-unused-vars: variables that nothing uses."""

from orchestrator.compiler.linting.declared import unused
from orchestrator.compiler.linting.rule import Rule
from orchestrator.compiler.syntax.declarations import VariableDeclaration
from orchestrator.model.diagnostics import Level

RULE = Rule(
    code="no-unused-vars",
    level=Level.WARNING,
    what="A variable that nothing uses and that is not exported.",
    remedy="Remove it, or use it.",
    check=lambda file: unused(file, VariableDeclaration, "var", "variable"),
)
