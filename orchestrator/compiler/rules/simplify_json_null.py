"""simplify-json-null: json('null')."""

from collections.abc import Iterator

from orchestrator.compiler.linting.calls import builtin_calls
from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.rule import Finding, Rule
from orchestrator.compiler.syntax.expressions import StringSyntax
from orchestrator.model.diagnostics import Level


def _check(file: LintedFile) -> Iterator[Finding]:
    for call in builtin_calls(file, "sys", "json"):
        argument = call.arguments[0] if len(call.arguments) == 1 else None
        if isinstance(argument, StringSyntax) and (argument.literal or "").strip() == "null":
            yield Finding(call, "json('null') is null.")


RULE = Rule(
    code="simplify-json-null",
    level=Level.WARNING,
    what="json('null') where null says the same.",
    remedy="Write null.",
    check=_check,
)
