"""no-deployments-resources: a nested deployment written as a resource."""

from collections.abc import Iterator

from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.rule import Finding, Rule
from orchestrator.model.diagnostics import Level


def _check(file: LintedFile) -> Iterator[Finding]:
    for symbol in file.resources:
        if (symbol.type or "").lower() == "microsoft.resources/deployments":
            yield Finding(symbol.declaration.type, f"'{symbol.text}' is a nested deployment.")


RULE = Rule(
    code="no-deployments-resources",
    level=Level.WARNING,
    what="A resource of type Microsoft.Resources/deployments.",
    remedy="Declare a module.",
    check=_check,
)
