"""no-unused-imports: imported names that nothing uses."""

from collections.abc import Iterator

from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.rule import Finding, Rule
from orchestrator.compiler.syntax.declarations import ImportDeclaration
from orchestrator.model.diagnostics import Level


def _check(file: LintedFile) -> Iterator[Finding]:
    for statement in file.statements:
        if isinstance(statement, ImportDeclaration):
            names = [item.name for item in statement.items] + ([statement.wildcard] if statement.wildcard else [])
            for name in names:
                if name not in file.used_names and name.name:
                    yield Finding(name, f"Nothing uses the import '{name.name}'.")


RULE = Rule(
    code="no-unused-imports",
    level=Level.WARNING,
    what="An imported name that nothing uses.",
    remedy="Remove it, or use it.",
    check=_check,
)
