"""max-asserts: more asserts than a template may have."""

from orchestrator.compiler.linting.limits import over_limit
from orchestrator.compiler.linting.rule import Rule
from orchestrator.compiler.syntax.declarations import AssertDeclaration
from orchestrator.model.diagnostics import Level

MOST = 32
RULE = Rule(
    code="max-asserts",
    level=Level.ERROR,
    what="More than 32 asserts.",
    remedy="Divide the file into modules.",
    check=lambda file: over_limit(file, AssertDeclaration, "assert", MOST),
)
