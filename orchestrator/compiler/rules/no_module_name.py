"""no-module-name: modules with a name of their own."""

from collections.abc import Iterator

from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.rule import Finding, Rule


def _check(file: LintedFile) -> Iterator[Finding]:
    for symbol in file.model.modules.values():
        entry = symbol.body.find("name") if symbol.body else None
        if entry is not None:
            yield Finding(entry, f"The module '{symbol.text}' is given a name.")


RULE = Rule(
    code="no-module-name",
    level=None,
    what="A module with the property name, which Bicep makes by itself.",
    remedy="Remove the name.",
    check=_check,
)
