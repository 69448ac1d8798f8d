"""The values that load functions read, and the variables `$fxv#N` that hold them.

Every call outside of functions gets one, in the order of the text; loadTextContent and loadFileAsBase64 none where they are the whole value of a `var`.
"""

from typing import Any

from orchestrator.arm.expressions import Call, Expression, String
from orchestrator.arm.functions.values import print_float
from orchestrator.compiler.lowering.context import Context, UnsupportedError, integer
from orchestrator.compiler.semantics.inference import Inference
from orchestrator.compiler.semantics.load_functions import ALWAYS_A_VARIABLE, LOADERS
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.semantics.symbols import NamespaceSymbol
from orchestrator.compiler.syntax.children import children
from orchestrator.compiler.syntax.declarations import FunctionDeclaration, VariableDeclaration
from orchestrator.compiler.syntax.expressions import FunctionCall, InstanceCall
from orchestrator.model.json_value import Json


def is_load_call(model: SemanticModel, node: Any) -> bool:
    """True for a call of a load function."""
    if isinstance(node, FunctionCall):
        return node.name.name in LOADERS and model.symbol_of(node) is None
    return isinstance(node, InstanceCall) and node.name.name in LOADERS and isinstance(model.symbol_of(node.base), NamespaceSymbol)


def name_file_values(model: SemanticModel) -> dict[Any, str]:
    """The variable for each call that gets one."""
    found: dict[Any, str] = {}
    for statement in model.statements:
        _collect(model, statement, None, found)
    return found


def _collect(model: SemanticModel, node: Any, parent: Any, found: dict[Any, str]) -> None:
    if isinstance(node, FunctionDeclaration):
        return
    if is_load_call(model, node) and (node.name.name in ALWAYS_A_VARIABLE or not isinstance(parent, VariableDeclaration)):
        found[node] = f"$fxv#{len(found)}"
    for child in children(node):
        _collect(model, child, node, found)


def get_loaded(model: SemanticModel, node: Any) -> Json:
    """What a call loads."""
    if node not in model.loaded:
        Inference(model).type_of(node)
    if node not in model.loaded:
        raise UnsupportedError(node, f"'{node.name.name}' loads nothing here.", code="BCP091")
    return model.loaded[node]


def lower_load_call(node: Any, ctx: Context) -> Expression:
    """The variable of a call, or the value where it has none."""
    name = ctx.template.file_values.get(node)
    return Call("variables", (String(name),)) if name is not None else lower_json(get_loaded(ctx.model, node))


def lower_json(value: Json) -> Expression:
    """A value that is known, as an expression."""
    match value:
        case None:
            return Call("null")
        case bool():
            return Call("true" if value else "false")
        case int():
            return integer(value)
        case float():
            return Call("json", (String(print_float(value)),))
        case str():
            return String(value)
        case list():
            return Call("createArray", tuple(lower_json(item) for item in value))
        case _:
            return Call("createObject", tuple(part for key, item in value.items() for part in (String(key), lower_json(item))))
