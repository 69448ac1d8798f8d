"""no-explicit-any: the type any."""

from collections.abc import Iterator

from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.rule import Finding, Rule
from orchestrator.compiler.semantics.symbols import NamespaceSymbol
from orchestrator.compiler.syntax.types import TypeMember, TypeName
from orchestrator.model.diagnostics import Level


def _check(file: LintedFile) -> Iterator[Finding]:
    for name in file.nodes(TypeName):
        if name.name == "any" and file.model.symbol_of(name) is None:
            yield Finding(name, "'any' checks nothing.")
    for member in file.nodes(TypeMember):
        if member.name.name == "any" and isinstance(file.model.symbol_of(member.base), NamespaceSymbol):
            yield Finding(member.base, "'any' checks nothing.")


RULE = Rule(
    code="no-explicit-any",
    level=Level.WARNING,
    what="The type any.",
    remedy="Name the type that is meant.",
    check=_check,
)
