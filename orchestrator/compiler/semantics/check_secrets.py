"""Where a secret of a key vault may be read (BCP180): as the whole value of a secure parameter of a module."""

from typing import Any

from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.semantics.module_types import parameters_type
from orchestrator.compiler.semantics.symbols import ModuleSymbol, NamespaceSymbol
from orchestrator.compiler.semantics.values import is_secure
from orchestrator.compiler.syntax.children import children
from orchestrator.compiler.syntax.declarations import ModuleDeclaration
from orchestrator.compiler.syntax.expressions import InstanceCall, ObjectLiteral, Ternary


def check_secrets(model: SemanticModel, statement: Any) -> None:
    """Enter each getSecret() of a statement that stands elsewhere."""
    allowed: set[Any] = set()
    if isinstance(statement, ModuleDeclaration):
        symbol = model.modules_by_declaration.get(statement)
        if symbol is None or symbol.target is None:
            return
        allowed = _secure_values(symbol)
    _visit(model, statement, allowed)


def _secure_values(symbol: ModuleSymbol) -> set[Any]:
    params = symbol.find_value("params")
    if symbol.target is None or not isinstance(params, ObjectLiteral):
        return set()
    wanted = parameters_type(symbol.target).properties
    return {member.value for member in params.properties if member.name in wanted and is_secure(wanted[member.name or ""].type)}


def _visit(model: SemanticModel, node: Any, allowed: set[Any]) -> None:
    if isinstance(node, InstanceCall) and node.name.name == "getSecret" and node not in allowed and not isinstance(model.symbol_of(node.base), NamespaceSymbol):
        model.problems.error(node, "BCP180", "getSecret() can only be the value of a secure parameter of a module.", "Pass it to a module.")
    if isinstance(node, Ternary) and node in allowed:
        allowed |= {node.when_true, node.when_false}
    for child in children(node):
        _visit(model, child, allowed)
