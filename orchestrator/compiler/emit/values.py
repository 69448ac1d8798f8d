"""Values as JSON: literals, objects and arrays are written as such, everything else is one expression string."""

from typing import Any

from orchestrator.arm.expressions import Call, Integer, String, print_expression, print_template_string
from orchestrator.arm.expressions import Expression as ArmExpression
from orchestrator.compiler.lowering.calls import is_scope_call
from orchestrator.compiler.lowering.context import Context
from orchestrator.compiler.lowering.expressions import lower_key
from orchestrator.compiler.lowering.file_values import get_loaded, lower_json
from orchestrator.compiler.semantics.file_variables import is_load_call
from orchestrator.compiler.semantics.symbols import VariableSymbol, unaliased
from orchestrator.compiler.syntax.expressions import (
    ArrayLiteral,
    BooleanLiteral,
    Expression,
    For,
    FunctionCall,
    InstanceCall,
    IntegerLiteral,
    NonNull,
    NullLiteral,
    ObjectLiteral,
    ObjectProperty,
    Parenthesized,
    Spread,
    StringSyntax,
    Unary,
    VariableAccess,
)
from orchestrator.model.json_value import Json, JsonObject


def emit_value(node: Any, ctx: Context) -> Json:
    """The JSON for a value."""
    match node:
        case BooleanLiteral(value=value) | IntegerLiteral(value=value):
            return value
        case Unary(operator="-", operand=IntegerLiteral(value=value)):
            return -value
        case NullLiteral():
            return None
        case ObjectLiteral(members=members) if not _has_spread(members):
            return emit_members(node.properties, ctx)
        case ArrayLiteral(items=items) if not _has_spread(items):
            return [emit_value(item, ctx) for item in items]
        case FunctionCall() | InstanceCall() if is_scope_call(node, ctx):
            return {}
        case FunctionCall() | InstanceCall() if node not in ctx.template.file_values and is_load_call(ctx.model, node):
            return emit_json(get_loaded(ctx.model, node))
        case _:
            seen_through = see_through(node, ctx)
            return emit_expression(node, ctx) if seen_through is None else emit_value(*seen_through)


def emit_json(value: Json) -> Json:
    """A value that is known; texts are kept from being read as expressions."""
    if isinstance(value, dict):
        return {print_template_string(escaped_key(key)): emit_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [emit_json(item) for item in value]
    return print_template_string(lower_json(value)) if isinstance(value, str | float) else value


def see_through(node: Any, ctx: Context) -> tuple[Any, Context] | None:
    """What stands behind parentheses, `!`, any() and a variable that must be inlined, so that its literals stay JSON; None for everything else."""
    match node:
        case Parenthesized(expression=inner) | NonNull(base=inner):
            return inner, ctx
        case FunctionCall(name=name, arguments=(inner,)) if name.name == "any" and ctx.model.symbol_of(node) is None:
            return inner, ctx
        case VariableAccess():
            symbol = unaliased(ctx.model.symbol_of(node))
            if isinstance(symbol, VariableSymbol) and ctx.template.inlining.is_inlined(symbol):
                ctx.template.count_inlined(symbol.declaration)
                return symbol.declaration.value, ctx.in_model(symbol.model)
        case _:
            pass
    return None


def emit_expression(node: Any, ctx: Context) -> str:
    """One string: a text, or `[...]`."""
    return print_template_string(ctx.lower(node))


def emit_members(properties: tuple[ObjectProperty, ...], ctx: Context) -> JsonObject:
    """An object: the loops among its properties come first, as `copy`."""
    loops = [entry for entry in properties if isinstance(entry.value, For)]
    result: JsonObject = {}
    if loops:
        result["copy"] = [{"name": entry.name or "", **emit_loop(entry.value, entry.name or "", ctx)} for entry in loops]
    for entry in properties:
        if not isinstance(entry.value, For):
            result[emit_key(entry, ctx)] = emit_value(entry.value, ctx)
    return result


def emit_key(entry: ObjectProperty, ctx: Context) -> str:
    """A property's key; `copy` would begin a loop, so it is wrapped."""
    key = lower_key(entry.key, ctx)
    return print_template_string(escaped_key(key.value) if isinstance(key, String) else key)


def escaped_key(name: str) -> ArmExpression:
    """A key that is no loop."""
    return Call("string", (String(name),)) if name == "copy" else String(name)


def emit_loop(loop: Expression, name: str | None, ctx: Context) -> JsonObject:
    """`count` and `input` of a loop whose index is copyIndex(name)."""
    if not isinstance(loop, For):
        raise TypeError("not a loop")
    inner = ctx.with_index(loop, Call("copyIndex", (String(name),) if name else ()))
    return {"count": emit_count(loop, ctx), "input": emit_input(loop.body, inner)}


def emit_count(loop: For, ctx: Context) -> str:
    """How often a loop runs."""
    return f"[{print_expression(Call('length', (ctx.lower(loop.expression),)))}]"


def emit_input(node: Any, ctx: Context, *, compound: bool = True) -> Json:
    """A loop's input: objects are written as such (where `compound`), everything else is an expression, numbers wrapped since a bare one is none."""
    while isinstance(node, Parenthesized):
        node = node.expression
    if compound and isinstance(node, ObjectLiteral) and not _has_spread(node.members):
        return emit_members(node.properties, ctx)
    if isinstance(node, StringSyntax) and node.literal is not None:
        return emit_expression(node, ctx)
    lowered = ctx.lower(node)
    if isinstance(lowered, Integer):
        lowered = Call("int", (lowered,))
    elif isinstance(lowered, String):
        lowered = Call("string", (lowered,))
    return f"[{print_expression(lowered)}]"


def _has_spread(items: tuple[Any, ...]) -> bool:
    return any(isinstance(item, Spread) for item in items)
