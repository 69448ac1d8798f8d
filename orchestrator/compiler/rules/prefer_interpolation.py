"""prefer-interpolation: concat() of texts."""

from collections.abc import Iterator

from orchestrator.compiler.linting.calls import builtin_calls
from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.rule import Finding, Rule
from orchestrator.compiler.linting.types import is_string
from orchestrator.compiler.types.values import AnyType
from orchestrator.model.diagnostics import Level


def _check(file: LintedFile) -> Iterator[Finding]:
    for call in builtin_calls(file, "sys", "concat"):
        if len(call.arguments) > 1 and is_string(file.type_of(call)) and not all(isinstance(file.type_of(part), AnyType) for part in call.arguments):
            yield Finding(call, "These texts are put together with concat().")


RULE = Rule(
    code="prefer-interpolation",
    level=Level.WARNING,
    what="concat() of texts, where '${a}${b}' says the same.",
    remedy="Write '${a}${b}'.",
    check=_check,
)
