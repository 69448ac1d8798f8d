"""no-unused-existing-resources: existing resources that nothing uses."""

from collections.abc import Iterator

from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.rule import Finding, Rule
from orchestrator.compiler.syntax.declarations import ResourceDeclaration
from orchestrator.model.diagnostics import Level


def _check(file: LintedFile) -> Iterator[Finding]:
    for statement in file.statements:
        if isinstance(statement, ResourceDeclaration) and statement.existing and statement.name not in file.used_names:
            symbol = file.model.resources_by_declaration.get(statement)
            if statement.name.name and symbol is not None and not (symbol.body and symbol.body.resources):
                yield Finding(statement.name, f"Nothing uses the existing resource '{statement.name.name}'.")


RULE = Rule(
    code="no-unused-existing-resources",
    level=Level.WARNING,
    what="An existing resource that nothing uses and in which nothing is nested.",
    remedy="Remove it, or use it.",
    check=_check,
)
