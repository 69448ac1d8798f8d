"""Parameters, type definitions, functions and outputs."""

from typing import Any

from orchestrator.arm.expressions import Call
from orchestrator.compiler.emit.types import add_decorations, emit_decorated_type, emit_metadata, emit_type
from orchestrator.compiler.emit.values import emit_count, emit_input, emit_value
from orchestrator.compiler.lowering.context import Context
from orchestrator.compiler.semantics.symbols import FunctionSymbol, OutputSymbol, ParameterSymbol, Symbol, TypeSymbol
from orchestrator.compiler.syntax.expressions import For
from orchestrator.compiler.syntax.types import Decorator
from orchestrator.model.json_value import JsonObject


def _named(decorators: tuple[Decorator, ...]) -> dict[str, Decorator]:
    return {decorator.name: decorator for decorator in reversed(decorators)}


def emit_parameter(symbol: ParameterSymbol, ctx: Context) -> JsonObject:
    """A parameter: its type, default, allowed values, and what decorators add."""
    declaration, named = symbol.declaration, _named(symbol.declaration.decorators)
    result = emit_decorated_type(declaration.type, tuple(named[name] for name in ("discriminator",) if name in named), ctx)
    if declaration.default is not None:
        result["defaultValue"] = emit_value(declaration.default, ctx)
    if "allowed" in named and named["allowed"].arguments:
        result["allowedValues"] = emit_value(named["allowed"].arguments[0], ctx)
    return add_decorations(result, named, ctx)


def emit_output(symbol: OutputSymbol, ctx: Context) -> JsonObject:
    """An output: its type, then its value or loop."""
    declaration = symbol.declaration
    result = emit_decorated_type(declaration.type, declaration.decorators, ctx)
    if isinstance(declaration.value, For):
        inner = ctx.with_index(declaration.value, Call("copyIndex"))
        result["copy"] = {"count": emit_count(declaration.value, ctx), "input": emit_input(declaration.value.body, inner)}
    else:
        result["value"] = emit_value(declaration.value, ctx)
    return result


def _add_origin(result: JsonObject, name: str, symbol: Symbol, ctx: Context) -> JsonObject:
    """Say where an imported symbol is from."""
    source = ctx.template.names.sources.get(symbol)  # type: ignore[call-overload]
    if source is not None:
        origin = {"sourceTemplate": source}
        if name.rpartition(".")[2] != symbol.text:
            origin["originalIdentifier"] = symbol.text
        metadata = {key: value for key, value in result.pop("metadata", {}).items() if key != "__bicep_export!"}
        result["metadata"] = {**metadata, "__bicep_imported_from!": origin}
    return result


def emit_definition(name: str, symbol: TypeSymbol, ctx: Context) -> JsonObject:
    """A declared type, of this file or imported."""
    result = emit_decorated_type(symbol.declaration.type, symbol.declaration.decorators, ctx.in_model(symbol.model))
    return _add_origin(result, name, symbol, ctx)


def emit_functions(functions: list[tuple[str, FunctionSymbol]], ctx: Context) -> list[JsonObject]:
    """The user's functions, a group for each namespace."""
    groups: dict[str, dict[str, Any]] = {}
    for name, symbol in functions:
        namespace, _, member = name.rpartition(".")
        groups.setdefault(namespace or "__bicep", {})[member] = _emit_function(name, symbol, ctx)
    return [{"namespace": namespace, "members": members} for namespace, members in groups.items()]


def _emit_function(name: str, symbol: FunctionSymbol, ctx: Context) -> JsonObject:
    inner = ctx.in_model(symbol.model)
    typed = symbol.declaration.value
    result: JsonObject = {
        "parameters": [{**emit_type(parameter.type, inner), "name": parameter.name.name} for parameter in typed.parameters],
        "output": {**emit_type(typed.result, inner), "value": emit_value(typed.body, inner)},
    }
    named = _named(symbol.declaration.decorators)
    metadata = emit_metadata(named, inner)
    if "export" in named and symbol.model is ctx.template.model:
        metadata["__bicep_export!"] = True
    if metadata:
        result["metadata"] = metadata
    return _add_origin(result, name, symbol, ctx)
