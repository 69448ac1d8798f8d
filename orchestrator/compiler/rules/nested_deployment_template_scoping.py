"""nested-deployment-template-scoping: symbols of this file in a template that is evaluated for itself."""

from collections.abc import Iterator

from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.literals import find_ignoring_case, known_text
from orchestrator.compiler.linting.nested_deployments import nested_deployments, scope_of
from orchestrator.compiler.linting.rule import Finding, Rule
from orchestrator.compiler.semantics.symbols import ResourceSymbol, Symbol
from orchestrator.compiler.semantics.template_language import needs_symbolic_names
from orchestrator.compiler.syntax.children import descendants
from orchestrator.compiler.syntax.expressions import Expression, FunctionCall, VariableAccess
from orchestrator.compiler.syntax.types import TypeName
from orchestrator.model.diagnostics import Level


def _check(file: LintedFile) -> Iterator[Finding]:
    for _, properties in nested_deployments(file):
        template = find_ignoring_case(properties, "template")
        uses = list(_uses(file, template.value)) if template is not None else []
        if uses and ((known_text(file, scope_of(properties)) or "").lower() == "inner" or needs_symbolic_names(file.model)):
            for node, symbol in uses:
                yield Finding(node, f"'{symbol.text}' is not known inside the nested template, which is evaluated for itself.")


def _uses(file: LintedFile, template: Expression) -> Iterator[tuple[VariableAccess | FunctionCall | TypeName, Symbol]]:
    for node in descendants(template):
        symbol = file.model.symbol_of(node) if isinstance(node, VariableAccess | FunctionCall | TypeName) else None
        if isinstance(symbol, Symbol) and not (isinstance(symbol, ResourceSymbol) and symbol.nested_in is not None):
            yield node, symbol


RULE = Rule(
    code="nested-deployment-template-scoping",
    level=Level.ERROR,
    what="A symbol of the file in the template of a nested deployment that is evaluated in its own scope.",
    remedy="Declare a module, or pass the value through the nested template's parameters.",
    check=_check,
)
