"""Nested deployments written as resources, and in which scope their expressions are evaluated."""

from collections.abc import Iterator
from typing import Any

from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.literals import find_ignoring_case
from orchestrator.compiler.semantics.symbols import ResourceSymbol
from orchestrator.compiler.syntax.expressions import Expression, ObjectLiteral


def nested_deployments(file: LintedFile) -> Iterator[tuple[ResourceSymbol, ObjectLiteral]]:
    """Every resource of type Microsoft.Resources/deployments whose properties are written out, with them."""
    for symbol in file.resources:
        if (symbol.type or "").lower() == "microsoft.resources/deployments" and symbol.body is not None:
            entry = find_ignoring_case(symbol.body, "properties")
            if entry is not None and isinstance(entry.value, ObjectLiteral):
                yield symbol, entry.value


def scope_of(properties: ObjectLiteral) -> Expression | Any:
    """What expressionEvaluationOptions.scope says; None where it is not written."""
    options = find_ignoring_case(properties, "expressionEvaluationOptions")
    entry = find_ignoring_case(options.value, "scope") if options is not None and isinstance(options.value, ObjectLiteral) else None
    return entry.value if entry is not None else None
