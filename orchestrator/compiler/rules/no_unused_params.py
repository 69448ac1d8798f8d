"""no-unused-params: parameters that nothing uses."""

from orchestrator.compiler.linting.declared import unused
from orchestrator.compiler.linting.rule import Rule
from orchestrator.compiler.syntax.declarations import ParameterDeclaration
from orchestrator.model.diagnostics import Level

RULE = Rule(
    code="no-unused-params",
    level=Level.WARNING,
    what="A parameter that nothing uses.",
    remedy="Remove it, or use it.",
    check=lambda file: () if file.model.is_parameters else unused(file, ParameterDeclaration, "param", "parameter"),
)
