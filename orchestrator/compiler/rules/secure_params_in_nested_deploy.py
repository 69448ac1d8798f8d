"""secure-params-in-nested-deploy: secrets in a nested template that the outer deployment evaluates."""

from collections.abc import Iterator

from orchestrator.compiler.linting.calls import Call, is_builtin_call
from orchestrator.compiler.linting.declared import is_secure_declaration
from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.nested_deployments import nested_deployments, scope_of
from orchestrator.compiler.linting.rule import Finding, Rule
from orchestrator.compiler.semantics.symbols import ParameterSymbol, ResourceSymbol
from orchestrator.compiler.semantics.template_language import needs_symbolic_names
from orchestrator.compiler.syntax.children import descendants
from orchestrator.compiler.syntax.expressions import ObjectLiteral, StringSyntax
from orchestrator.model.diagnostics import Level


def _check(file: LintedFile) -> Iterator[Finding]:
    found = [finding for symbol, properties in nested_deployments(file) if _is_outer(symbol, properties) for finding in _find_secrets(file, symbol)]
    if found and not needs_symbolic_names(file.model):
        yield from found


def _find_secrets(file: LintedFile, symbol: ResourceSymbol) -> Iterator[Finding]:
    nodes = list(descendants(symbol.declaration))
    used = (file.model.symbol_of(node) for node in nodes)
    secure = dict.fromkeys(found.text for found in used if isinstance(found, ParameterSymbol) and is_secure_declaration(found.declaration))
    if secure:
        yield Finding(symbol.name, f"The history of '{symbol.text}' shows the secure {', '.join(secure)}.")
    for node in nodes:
        if isinstance(node, Call) and node.name.name.startswith("list") and is_builtin_call(file.model, node, "az"):
            yield Finding(symbol.name, f"The history of '{symbol.text}' shows what {file.text_of(node)} gives.")
            break


def _is_outer(symbol: ResourceSymbol, properties: ObjectLiteral) -> bool:
    template, scope = properties.find("template"), scope_of(properties)
    inner = isinstance(scope, StringSyntax) and (scope.literal or "").lower() == "inner"
    return symbol.nested_in is None and template is not None and isinstance(template.value, ObjectLiteral) and not inner


RULE = Rule(
    code="secure-params-in-nested-deploy",
    level=Level.WARNING,
    what="Secure parameters or list* functions in a nested deployment that is evaluated in the outer scope.",
    remedy="Set expressionEvaluationOptions.scope to 'inner', or declare a module.",
    check=_check,
)
