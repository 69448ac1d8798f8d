"""use-user-defined-types: the types object and array."""

from collections.abc import Iterator

from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.rule import Finding, Rule
from orchestrator.compiler.syntax.types import TypeName


def _check(file: LintedFile) -> Iterator[Finding]:
    for name in file.nodes(TypeName):
        if name.name in ("object", "array"):
            yield Finding(name, f"'{name.name}' says nothing of what is inside.")


RULE = Rule(
    code="use-user-defined-types",
    level=None,
    what="The types object and array.",
    remedy="Declare what is inside: { a: string }, string[], a type of your own.",
    check=_check,
)
