"""Which calls of load functions become variables of a template, `$fxv#N`.

Every call outside of functions does, in the order of the text; loadTextContent and loadFileAsBase64 do not where they are the whole value of a `var`.
"""

from typing import Any

from orchestrator.compiler.semantics.load_functions import ALWAYS_A_VARIABLE, LOADERS
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.semantics.symbols import NamespaceSymbol
from orchestrator.compiler.syntax.children import children
from orchestrator.compiler.syntax.declarations import FunctionDeclaration, VariableDeclaration
from orchestrator.compiler.syntax.expressions import FunctionCall, InstanceCall


def is_load_call(model: SemanticModel, node: Any) -> bool:
    """True for a call of a load function."""
    if isinstance(node, FunctionCall):
        return node.name.name in LOADERS and model.symbol_of(node) is None
    return isinstance(node, InstanceCall) and node.name.name in LOADERS and isinstance(model.symbol_of(node.base), NamespaceSymbol)


def name_file_values(model: SemanticModel) -> dict[Any, str]:
    """The variable for each call that gets one."""
    found: dict[Any, str] = {}
    for statement in model.statements:
        if not isinstance(statement, FunctionDeclaration):
            _collect(model, statement, None, found)
    return found


def _collect(model: SemanticModel, node: Any, parent: Any, found: dict[Any, str]) -> None:
    if is_load_call(model, node) and (node.name.name in ALWAYS_A_VARIABLE or not isinstance(parent, VariableDeclaration)):
        found[node] = f"$fxv#{len(found)}"
    for child in children(node):
        _collect(model, child, node, found)
