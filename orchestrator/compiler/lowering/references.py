"""What a running deployment is asked for: `reference(...)`, by symbolic name where the template has those, else by id."""

from typing import Any

from orchestrator.arm.expressions import Call, Expression, String
from orchestrator.compiler.lowering.context import DEPLOYMENTS_VERSION, Context, UnsupportedError, format_call
from orchestrator.compiler.lowering.ids import at_index, module_id, resource_id
from orchestrator.compiler.semantics.symbols import ModuleSymbol, ResourceSymbol
from orchestrator.compiler.syntax.expressions import ArrayAccess

Deployed = ResourceSymbol | ModuleSymbol


def symbolic_key(symbol: Deployed) -> str:
    """The key in a symbolic template's `resources`: `parent::child` for a nested one."""
    if isinstance(symbol, ResourceSymbol) and symbol.nested_in is not None:
        return f"{symbolic_key(symbol.nested_in)}::{symbol.text}"
    return symbol.text


def is_symbolic(symbol: Deployed, ctx: Context) -> bool:
    """True where the symbol can be named; an `existing` resource with a runtime name cannot."""
    return ctx.template.symbolic and not (isinstance(symbol, ResourceSymbol) and ctx.template.inlining.is_runtime_existing(symbol))


def reference_target(symbol: Deployed, access: ArrayAccess | None, ctx: Context) -> Expression:
    """The first argument of `reference` and its like."""
    inner = at_index(symbol, access, ctx)
    if is_symbolic(symbol, ctx):
        key = symbolic_key(symbol)
        if symbol.loop is None:
            return String(key)
        return format_call(f"{key}[{{0}}]", inner.index_of(symbol.loop))
    return module_id(symbol, inner) if isinstance(symbol, ModuleSymbol) else resource_id(symbol, inner)


def version_of(symbol: Deployed) -> Expression:
    """The API version of a resource or module."""
    return String(DEPLOYMENTS_VERSION if isinstance(symbol, ModuleSymbol) else symbol.version or "")


def properties_reference(symbol: Deployed, access: ArrayAccess | None, ctx: Context) -> Expression:
    """`reference(...)`: the properties."""
    target = reference_target(symbol, access, ctx)
    return Call("reference", (target,) if is_symbolic(symbol, ctx) else (target, version_of(symbol)))


def full_reference(symbol: Deployed, access: ArrayAccess | None, ctx: Context) -> Expression:
    """`reference(..., 'full')`: the whole body. A module's whole is what its reference gives."""
    if isinstance(symbol, ModuleSymbol):
        return properties_reference(symbol, access, ctx)
    return Call("reference", (reference_target(symbol, access, ctx), version_of(symbol), String("full")))


def collection_reference(symbol: Deployed, node: Any, ctx: Context, *, full: bool) -> Expression:
    """`references('loop')`: all of a loop."""
    if not is_symbolic(symbol, ctx):
        raise UnsupportedError(node, "All of a loop can be named in a symbolic template only.")
    arguments: tuple[Expression, ...] = (String(symbolic_key(symbol)),)
    return Call("references", (*arguments, String("full")) if full and isinstance(symbol, ResourceSymbol) else arguments)
