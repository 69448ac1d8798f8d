"""max-outputs: more outputs than a template may have."""

from orchestrator.compiler.linting.limits import over_limit
from orchestrator.compiler.linting.rule import Rule
from orchestrator.compiler.syntax.declarations import OutputDeclaration
from orchestrator.model.diagnostics import Level

MOST = 64
RULE = Rule(
    code="max-outputs",
    level=Level.ERROR,
    what="More than 64 outputs.",
    remedy="Divide the file into modules.",
    check=lambda file: over_limit(file, OutputDeclaration, "output", MOST),
)
