"""use-description-types: types without a description."""

from collections.abc import Iterator

from orchestrator.compiler.linting.declared import find_decorator
from orchestrator.compiler.linting.descriptions import declarations, without_description
from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.rule import Finding, Rule
from orchestrator.compiler.syntax.declarations import TypeDeclaration


def _check(file: LintedFile) -> Iterator[Finding]:
    targets = (target for target in declarations(file, TypeDeclaration, "type") if find_decorator(target[0], "discriminator") is None)
    return without_description("type", targets)


RULE = Rule(
    code="use-description-types",
    level=None,
    what="A type without @description(), or with an empty one; those with @discriminator() need none.",
    remedy="Put @description('...') on it.",
    check=_check,
)
