"""no-hardcoded-outputs: outputs that are known while compiling."""

from collections.abc import Iterator
from typing import Any

from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.rule import Finding, Rule
from orchestrator.compiler.syntax.declarations import OutputDeclaration
from orchestrator.compiler.syntax.expressions import (
    ArrayLiteral,
    BooleanLiteral,
    IntegerLiteral,
    NullLiteral,
    ObjectLiteral,
    Parenthesized,
    StringSyntax,
    Unary,
)


def _check(file: LintedFile) -> Iterator[Finding]:
    for output in file.nodes(OutputDeclaration):
        if _is_hardcoded(output.value):
            yield Finding(output.value, f"The output '{output.name.name}' is the same in each deployment.")


def _is_hardcoded(node: Any) -> bool:
    match node:
        case StringSyntax():
            return node.literal is not None
        case BooleanLiteral() | IntegerLiteral() | NullLiteral():
            return True
        case Unary(operand=inner) | Parenthesized(expression=inner):
            return _is_hardcoded(inner)
        case ArrayLiteral(items=items):
            return all(_is_hardcoded(item) for item in items)
        case ObjectLiteral():
            return all(_is_hardcoded(entry.value) for entry in node.properties)
        case _:
            return False


RULE = Rule(
    code="no-hardcoded-outputs",
    level=None,
    what="An output whose value is a literal.",
    remedy="Export a variable.",
    check=_check,
)
