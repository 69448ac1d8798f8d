"""max-variables: more variables than a template may have."""

from collections.abc import Iterator

from orchestrator.compiler.linting.limits import over_limit
from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.rule import Finding, Rule
from orchestrator.compiler.semantics.symbols import VariableSymbol, unaliased
from orchestrator.compiler.syntax.declarations import VariableDeclaration
from orchestrator.model.diagnostics import Level

MOST = 512


def _check(file: LintedFile) -> Iterator[Finding]:
    imported = {unaliased(symbol) for symbol in file.model.imports}
    more = sum(isinstance(symbol, VariableSymbol) for symbol in imported)
    yield from over_limit(file, VariableDeclaration, "var", MOST, more=more)


RULE = Rule(
    code="max-variables",
    level=Level.ERROR,
    what="More than 512 variables, imported ones included.",
    remedy="Divide the file into modules.",
    check=_check,
)
