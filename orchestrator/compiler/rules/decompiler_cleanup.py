"""decompiler-cleanup: names that the decompiler made up."""

import re
from collections.abc import Iterator

from orchestrator.compiler.linting.declared import declared_names
from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.rule import Finding, Rule
from orchestrator.compiler.syntax.declarations import VariableDeclaration
from orchestrator.compiler.syntax.expressions import StringSyntax
from orchestrator.model.diagnostics import Level

_RESOURCE = re.compile(r"[a-zA-Z0-9]+_resource\Z")
_VARIABLE = re.compile(r"[a-zA-Z0-9]+_var\Z")


def _check(file: LintedFile) -> Iterator[Finding]:
    for symbol in file.resources:
        name = symbol.find_value("name")
        if isinstance(name, StringSyntax) and _RESOURCE.search(symbol.text):
            yield Finding(name, f"The name of the resource '{symbol.text}' was made up by the decompiler.")
    for variable, _ in declared_names(file, VariableDeclaration, "var"):
        if _VARIABLE.search(variable.name):
            yield Finding(variable, f"The name of the variable '{variable.name}' was made up by the decompiler.")


RULE = Rule(
    code="decompiler-cleanup",
    level=Level.WARNING,
    what="Names such as x_var and x_resource, which the decompiler makes up.",
    remedy="Find a better name.",
    check=_check,
)
