"""Bicep expressions as template expressions: one function for each kind of node, in one table."""

from collections.abc import Callable
from typing import Any

from orchestrator.arm.expressions import Call, Expression, String
from orchestrator.compiler.lowering.accesses import lower_access
from orchestrator.compiler.lowering.calls import lower_function_call, lower_instance_call
from orchestrator.compiler.lowering.context import Context, UnsupportedError, access, format_call, integer
from orchestrator.compiler.lowering.references import collection_reference, full_reference
from orchestrator.compiler.semantics.symbols import (
    AssignmentSymbol,
    BaseSymbol,
    LocalSymbol,
    ModuleSymbol,
    ParameterSymbol,
    ResourceSymbol,
    VariableSymbol,
    unaliased,
)
from orchestrator.compiler.syntax.expressions import (
    ArrayAccess,
    ArrayLiteral,
    Binary,
    BooleanLiteral,
    For,
    FunctionCall,
    Identifier,
    InstanceCall,
    IntegerLiteral,
    Lambda,
    NonNull,
    NullLiteral,
    ObjectLiteral,
    ObjectProperty,
    Parenthesized,
    PropertyAccess,
    ResourceAccess,
    Spread,
    StringSyntax,
    Ternary,
    Unary,
    VariableAccess,
)

_BINARY = {
    "&&": "and",
    "||": "or",
    "==": "equals",
    "<": "less",
    "<=": "lessOrEquals",
    ">": "greater",
    ">=": "greaterOrEquals",
    "+": "add",
    "-": "sub",
    "*": "mul",
    "/": "div",
    "%": "mod",
    "??": "coalesce",
}


def lower(node: Any, ctx: Context) -> Expression:
    """The template expression for a Bicep expression."""
    handler = _HANDLERS.get(type(node))
    if handler is None:
        raise UnsupportedError(node, f"A {type(node).__name__} cannot stand here.")
    return handler(node, ctx)


def lower_string(node: StringSyntax, ctx: Context) -> Expression:
    """A text, or `format('...{0}...', ...)`."""
    if not node.expressions:
        return String(node.segments[0])
    parts = [segment.replace("{", "{{").replace("}", "}}") for segment in node.segments]
    template = parts[0] + "".join(f"{{{number}}}{part}" for number, part in enumerate(parts[1:]))
    return format_call(template, *(lower(expression, ctx) for expression in node.expressions))


def lower_key(key: Identifier | StringSyntax, ctx: Context) -> Expression:
    """The key of a property."""
    return String(key.name) if isinstance(key, Identifier) else lower_string(key, ctx)


def lower_array(node: ArrayLiteral, ctx: Context) -> Expression:
    """`createArray(...)`; with spreads `flatten(createArray(chunk, ...))`."""
    if not any(isinstance(item, Spread) for item in node.items):
        return Call("createArray", tuple(lower(item, ctx) for item in node.items))
    return Call(
        "flatten", (Call("createArray", tuple(_chunks(node.items, ctx, lambda items: Call("createArray", tuple(lower(item, ctx) for item in items))))),)
    )


def lower_object(node: ObjectLiteral, ctx: Context) -> Expression:
    """`createObject('key', value, ...)`; with spreads `shallowMerge(createArray(chunk, ...))`."""
    if not any(isinstance(member, Spread) for member in node.members):
        return _create_object(node.members, ctx)
    return Call("shallowMerge", (Call("createArray", tuple(_chunks(node.members, ctx, lambda members: _create_object(members, ctx)))),))


def _create_object(members: tuple[ObjectProperty | Spread, ...], ctx: Context) -> Expression:
    arguments: list[Expression] = []
    for member in members:
        if isinstance(member, ObjectProperty):
            arguments += (lower_key(member.key, ctx), lower(member.value, ctx))
    return Call("createObject", tuple(arguments))


def _chunks(items: tuple[Any, ...], ctx: Context, create: Callable[[tuple[Any, ...]], Expression]) -> list[Expression]:
    """Spread values, and calls that create what stands between them."""
    chunks: list[Expression] = []
    pending: list[Any] = []
    for item in items:
        if not isinstance(item, Spread):
            pending.append(item)
            continue
        if pending:
            chunks.append(create(tuple(pending)))
            pending = []
        chunks.append(lower(item.expression, ctx))
    if pending:
        chunks.append(create(tuple(pending)))
    return chunks


def _lower_unary(node: Unary, ctx: Context) -> Expression:
    if node.operator == "-":
        if isinstance(node.operand, IntegerLiteral):
            return integer(-node.operand.value)
        return Call("sub", (integer(0), lower(node.operand, ctx)))
    return Call("not", (lower(node.operand, ctx),))


def _lower_binary(node: Binary, ctx: Context) -> Expression:
    left, right = lower(node.left, ctx), lower(node.right, ctx)
    if node.operator in _BINARY:
        return Call(_BINARY[node.operator], (left, right))
    if node.operator == "!=":
        return Call("not", (Call("equals", (left, right)),))
    insensitive = Call("equals", (Call("toLower", (left,)), Call("toLower", (right,))))
    return insensitive if node.operator == "=~" else Call("not", (insensitive,))


def _lower_ternary(node: Ternary, ctx: Context) -> Expression:
    return Call("if", (lower(node.condition, ctx), lower(node.when_true, ctx), lower(node.when_false, ctx)))


def _lower_lambda(node: Lambda, ctx: Context) -> Expression:
    return Call("lambda", (*(String(local.name) for local in node.parameters), lower(node.body, ctx)))


def _lower_name(node: VariableAccess | ResourceAccess, ctx: Context) -> Expression:
    symbol = unaliased(ctx.model.symbol_of(node))
    match symbol:
        case ParameterSymbol() | AssignmentSymbol() | BaseSymbol():
            return Call("parameters", (String(symbol.text),))
        case VariableSymbol():
            return lower_variable(symbol, ctx)
        case LocalSymbol():
            return _lower_local(symbol, ctx)
        case ResourceSymbol() | ModuleSymbol():
            if symbol.loop is not None:
                return collection_reference(symbol, node, ctx, full=True)
            return full_reference(symbol, None, ctx)
        case _:
            raise UnsupportedError(node, "This name is no value.")


def lower_variable(symbol: VariableSymbol, ctx: Context) -> Expression:
    """`variables('x')`, or the value itself where it must be inlined."""
    if ctx.template.inlining.is_inlined(symbol):
        ctx.template.count_inlined(symbol.declaration)
        return lower(symbol.declaration.value, ctx.in_model(symbol.model))
    return Call("variables", (String(ctx.template.names.name_of(symbol)),))


def _lower_local(symbol: LocalSymbol, ctx: Context) -> Expression:
    if symbol.kind == "lambda":
        return Call("lambdaVariables", (String(symbol.text),))
    if symbol.kind == "parameter":
        return Call("parameters", (String(symbol.text),))
    if not isinstance(symbol.owner, For):
        raise TypeError(f"a loop's variable without a loop: {symbol.text}")
    index = ctx.index_of(symbol.owner)
    return index if symbol.kind == "index" else access(lower(symbol.owner.expression, ctx), index)


_HANDLERS: dict[type, Callable[[Any, Context], Expression]] = {
    BooleanLiteral: lambda node, _: Call("true" if node.value else "false"),
    IntegerLiteral: lambda node, _: integer(node.value),
    NullLiteral: lambda _node, _ctx: Call("null"),
    StringSyntax: lower_string,
    ArrayLiteral: lower_array,
    ObjectLiteral: lower_object,
    Unary: _lower_unary,
    Binary: _lower_binary,
    Ternary: _lower_ternary,
    Lambda: _lower_lambda,
    VariableAccess: _lower_name,
    ResourceAccess: _lower_name,
    PropertyAccess: lower_access,
    ArrayAccess: lower_access,
    NonNull: lambda node, ctx: lower(node.base, ctx),
    Parenthesized: lambda node, ctx: lower(node.expression, ctx),
    FunctionCall: lower_function_call,
    InstanceCall: lower_instance_call,
}
