"""max-resources: more resources than a template may have."""

from collections.abc import Iterator

from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.parents import parent_of
from orchestrator.compiler.linting.rule import Finding, Rule
from orchestrator.model.diagnostics import Level

MOST = 800


def _check(file: LintedFile) -> Iterator[Finding]:
    if len(file.resources) > MOST:
        first = next(symbol for symbol in file.resources if parent_of(symbol) is None)
        yield Finding(first.name, f"There are {len(file.resources)} resources; a template may have {MOST}.")


RULE = Rule(
    code="max-resources",
    level=Level.ERROR,
    what="More than 800 resources, nested ones included, each loop counted once.",
    remedy="Divide the file into modules.",
    check=_check,
)
