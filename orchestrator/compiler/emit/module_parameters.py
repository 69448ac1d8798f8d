"""The parameters that are passed to a module: each is wrapped as a value, a loop, or a reference to a secret of a key vault."""

from typing import Any

from orchestrator.arm.expressions import Call, Expression, String, print_template_string
from orchestrator.compiler.emit.values import emit_count, emit_input, emit_value, see_through
from orchestrator.compiler.lowering.context import Context, UnsupportedError
from orchestrator.compiler.lowering.ids import at_index, resource_id
from orchestrator.compiler.semantics.deploy_time import find_deployed
from orchestrator.compiler.semantics.symbols import ModuleSymbol, ResourceSymbol
from orchestrator.compiler.syntax.expressions import For, InstanceCall, ObjectLiteral, Ternary
from orchestrator.model.json_value import Json, JsonObject


def emit_module_parameters(symbol: ModuleSymbol, ctx: Context) -> JsonObject | None:
    """`parameters` of a nested deployment; None where nothing is said of them."""
    given = symbol.find_value("params")
    if given is None:
        return None
    if not isinstance(given, ObjectLiteral) or len(given.properties) != len(given.members):
        raise UnsupportedError(given, "A module's parameters must be a plain object.")
    return {entry.name or "": emit_argument(entry.value, ctx) for entry in given.properties}


def emit_argument(node: Any, ctx: Context, reference: str = "reference") -> Json:
    """A value, a loop, or a secret; a conditional wraps each of its branches instead."""
    node, ctx = _plain(node, ctx)
    if isinstance(node, For):
        return {"copy": [{"name": "value", **_emit_loop(node, ctx)}]}
    if isinstance(node, Ternary):
        return print_template_string(_lower_argument(node, ctx, reference))
    vault = find_vault(node, ctx)
    if vault is None:
        return {"value": emit_value(node, ctx)}
    secret: JsonObject = {"keyVault": {"id": print_template_string(vault)}}
    for key, argument in zip(("secretName", "secretVersion"), node.arguments, strict=False):
        secret[key] = emit_value(argument, ctx)
    return {reference: secret}


def _plain(node: Any, ctx: Context) -> tuple[Any, Context]:
    """What is written in the end: a conditional counts as one wherever it stands, in a variable that must be inlined too."""
    while (inner := see_through(node, ctx)) is not None:
        node, ctx = inner
    return node, ctx


def _emit_loop(loop: For, ctx: Context) -> JsonObject:
    """A loop as a parameter's value: here its input is always one expression."""
    inner = ctx.with_index(loop, Call("copyIndex", (String("value"),)))
    return {"count": emit_count(loop, ctx), "input": emit_input(loop.body, inner, compound=False)}


def find_vault(node: Any, ctx: Context) -> Expression | None:
    """The id of the key vault whose getSecret() is called; None for everything else."""
    if not isinstance(node, InstanceCall) or node.name.name != "getSecret":
        return None
    found = find_deployed(ctx.model, node.base)
    if found is None or not isinstance(found[0], ResourceSymbol):
        return None
    return resource_id(found[0], at_index(found[0], found[1], ctx))


def _lower_argument(node: Any, ctx: Context, reference: str) -> Expression:
    node, ctx = _plain(node, ctx)
    if isinstance(node, Ternary):
        branches = (_lower_argument(branch, ctx, reference) for branch in (node.when_true, node.when_false))
        return Call("if", (ctx.lower(node.condition), *branches))
    vault = find_vault(node, ctx)
    if vault is None:
        return Call("createObject", (String("value"), ctx.lower(node)))
    secret: list[Expression] = [String("keyVault"), Call("createObject", (String("id"), vault))]
    for key, argument in zip(("secretName", "secretVersion"), node.arguments, strict=False):
        secret += (String(key), ctx.lower(argument))
    return Call("createObject", (String(reference), Call("createObject", tuple(secret))))
