"""no-unused-types: types that nothing uses."""

from orchestrator.compiler.linting.declared import unused
from orchestrator.compiler.linting.rule import Rule
from orchestrator.compiler.syntax.declarations import TypeDeclaration
from orchestrator.model.diagnostics import Level

RULE = Rule(
    code="no-unused-types",
    level=Level.WARNING,
    what="A type that nothing uses and that is not exported.",
    remedy="Remove it, or use it.",
    check=lambda file: unused(file, TypeDeclaration, "type", "type"),
)
