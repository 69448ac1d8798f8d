"""What must be written out: literals, and objects and arrays of them (BCP032)."""

from typing import Any

from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.syntax.children import children
from orchestrator.compiler.syntax.expressions import (
    ArrayAccess,
    Binary,
    For,
    FunctionCall,
    InstanceCall,
    Parenthesized,
    PropertyAccess,
    ResourceAccess,
    StringSyntax,
    Ternary,
    Unary,
    VariableAccess,
)

_COMPUTED = (ArrayAccess, Binary, For, FunctionCall, InstanceCall, Parenthesized, PropertyAccess, ResourceAccess, Ternary, VariableAccess)


def refuse_computed(model: SemanticModel, node: Any) -> bool:
    """Enter each part of a value that is computed; True where there is one."""
    if isinstance(node, _COMPUTED) or (isinstance(node, StringSyntax) and node.expressions) or (isinstance(node, Unary) and node.operator != "-"):
        model.problems.error(node, "BCP032", "The value must be written out here: a literal, or an object or array of literals.")
        return True
    return any([refuse_computed(model, child) for child in children(node)])
