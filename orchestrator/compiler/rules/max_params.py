"""max-params: more parameters than a template may have."""

from orchestrator.compiler.linting.limits import over_limit
from orchestrator.compiler.linting.rule import Rule
from orchestrator.compiler.syntax.declarations import ParameterDeclaration
from orchestrator.model.diagnostics import Level

MOST = 256
RULE = Rule(
    code="max-params",
    level=Level.ERROR,
    what="More than 256 parameters.",
    remedy="Divide the file into modules.",
    check=lambda file: over_limit(file, ParameterDeclaration, "param", MOST),
)
