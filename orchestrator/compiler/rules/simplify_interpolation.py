"""simplify-interpolation: a text that is one interpolated text and nothing else."""

from collections.abc import Iterator

from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.rule import Finding, Rule
from orchestrator.compiler.linting.types import is_string
from orchestrator.compiler.syntax.declarations import OutputDeclaration, ParameterDeclaration, VariableDeclaration
from orchestrator.compiler.syntax.expressions import Expression, ObjectProperty, StringSyntax
from orchestrator.model.diagnostics import Level


def _check(file: LintedFile) -> Iterator[Finding]:
    for value in _values(file):
        if isinstance(value, StringSyntax) and len(value.expressions) == 1 and not any(value.segments) and is_string(file.type_of(value.expressions[0])):
            yield Finding(value, f"{file.text_of(value)} is the text itself.")


def _values(file: LintedFile) -> Iterator[Expression | None]:
    for entry in file.nodes(ObjectProperty):
        yield entry.value
    for variable in file.nodes(VariableDeclaration):
        yield variable.value
    for output in file.nodes(OutputDeclaration):
        yield output.value
    for parameter in file.nodes(ParameterDeclaration):
        yield parameter.default


RULE = Rule(
    code="simplify-interpolation",
    level=Level.WARNING,
    what="'${text}' where text alone says the same.",
    remedy="Write the expression without quotes and ${}.",
    check=_check,
)
