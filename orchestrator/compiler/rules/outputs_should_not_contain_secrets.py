"""outputs-should-not-contain-secrets: secrets that the deployment's history shows."""

from collections.abc import Iterator

from orchestrator.compiler.linting.declared import find_decorator, whole
from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.possible_secrets import possible_secrets
from orchestrator.compiler.linting.rule import Finding, Rule
from orchestrator.compiler.syntax.declarations import OutputDeclaration
from orchestrator.model.diagnostics import Level


def _check(file: LintedFile) -> Iterator[Finding]:
    for output in file.nodes(OutputDeclaration):
        if find_decorator(output, "secure") is None:
            if "password" in output.name.name.lower():
                yield Finding(whole(output), f"The output '{output.name.name}' is named like a secret.")
            yield from possible_secrets(file, output)


RULE = Rule(
    code="outputs-should-not-contain-secrets",
    level=Level.WARNING,
    what="An output that may give a secret: a secure value, the result of a list* function, or a name with 'password' in it.",
    remedy="Leave it out, or mark the output @secure().",
    check=_check,
)
