"""Where a loop may stand (BCP138): as the value of a declaration, or of a property of a resource's or module's body."""

from typing import Any

from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.syntax.children import children
from orchestrator.compiler.syntax.declarations import (
    ModuleDeclaration,
    OutputDeclaration,
    ParameterAssignment,
    ResourceDeclaration,
    VariableDeclaration,
)
from orchestrator.compiler.syntax.expressions import For, ObjectProperty


def check_loops(model: SemanticModel, statement: Any) -> None:
    """Enter each loop of a statement that stands where none may."""
    _visit(model, statement, allowed=False, deployed=False)


def _visit(model: SemanticModel, node: Any, *, allowed: bool, deployed: bool) -> None:
    match node:
        case For():
            if not allowed:
                model.problems.error(node, "BCP138", "A loop cannot stand here.", "Make it a variable of its own, or use map().")
            _visit(model, node.expression, allowed=False, deployed=deployed)
            _visit(model, node.body, allowed=False, deployed=deployed)
        case ResourceDeclaration() | ModuleDeclaration():
            _visit(model, node.value, allowed=True, deployed=True)
        case VariableDeclaration() | OutputDeclaration() | ParameterAssignment():
            _visit(model, node.value, allowed=True, deployed=False)
        case ObjectProperty(value=value) if deployed:
            _visit(model, value, allowed=True, deployed=True)
        case _:
            for child in children(node):
                _visit(model, child, allowed=False, deployed=deployed)
