"""no-conflicting-metadata: a description in @metadata() beside @description()."""

from collections.abc import Iterator

from orchestrator.compiler.linting.declared import find_decorator
from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.rule import Finding, Rule
from orchestrator.compiler.syntax.expressions import ObjectLiteral
from orchestrator.model.diagnostics import Level


def _check(file: LintedFile) -> Iterator[Finding]:
    """Looks at statements only: the official linter does not look at the parts of types either."""
    for statement in file.statements:
        decorator = find_decorator(statement, "metadata")
        if decorator is None or find_decorator(statement, "description") is None:
            continue
        value = decorator.arguments[0] if decorator.arguments else None
        for entry in value.properties if isinstance(value, ObjectLiteral) else ():
            if entry.name == "description":
                yield Finding(entry.key, "'description' in @metadata() gives way to @description().")


RULE = Rule(
    code="no-conflicting-metadata",
    level=Level.WARNING,
    what="@metadata() with a property that a decorator beside it sets too.",
    remedy="Remove it from @metadata().",
    check=_check,
)
