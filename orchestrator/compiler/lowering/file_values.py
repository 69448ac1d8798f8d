"""The values that load functions read, as expressions."""

from typing import Any

from orchestrator.arm.expressions import Call, Expression, String
from orchestrator.arm.functions.values import print_float
from orchestrator.compiler.lowering.context import Context, UnsupportedError, integer
from orchestrator.compiler.semantics.inference import Inference
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.model.json_value import Json


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
