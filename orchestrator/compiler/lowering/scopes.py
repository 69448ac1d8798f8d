"""Where a resource or module is deployed to: what its `scope:` says, or the file's own scope."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from orchestrator.arm.expressions import Expression
from orchestrator.compiler.lowering.context import Context, UnsupportedError
from orchestrator.compiler.semantics.deploy_time import find_deployed
from orchestrator.compiler.semantics.symbols import ModuleSymbol, NamespaceSymbol, ResourceSymbol
from orchestrator.compiler.syntax.expressions import FunctionCall, InstanceCall, NonNull, Parenthesized


class ScopeKind(Enum):
    """The kinds of scope; an extension's is another resource."""

    RESOURCE_GROUP = "resourceGroup"
    SUBSCRIPTION = "subscription"
    MANAGEMENT_GROUP = "managementGroup"
    TENANT = "tenant"
    EXTENSION = "extension"


@dataclass(frozen=True, slots=True)
class DeploymentScope:
    """A scope. `arguments`: [subscription, group], [group], [subscription] or [management group]; none where it is the file's own.

    `said`: it was written, and is not merely the file's own.
    """

    kind: ScopeKind
    arguments: tuple[Expression, ...] = ()
    said: bool = False
    target: ResourceSymbol | None = None
    target_ctx: Context | None = None


_FUNCTIONS = {kind.value: kind for kind in ScopeKind if kind is not ScopeKind.EXTENSION}
_GROUPS = {
    "microsoft.resources/resourcegroups": ScopeKind.RESOURCE_GROUP,
    "microsoft.management/managementgroups": ScopeKind.MANAGEMENT_GROUP,
    "microsoft.resources/subscriptions": ScopeKind.SUBSCRIPTION,
}


def scope_of(symbol: ResourceSymbol | ModuleSymbol, ctx: Context) -> DeploymentScope:
    """The scope of a resource without a parent, or of a module."""
    value = symbol.find_value("scope")
    if value is None:
        return DeploymentScope(ScopeKind(symbol.model.scope))
    return read_scope(value, ctx, extension=isinstance(symbol, ResourceSymbol))


def read_scope(value: Any, ctx: Context, *, extension: bool) -> DeploymentScope:
    """What the value of `scope:` says."""
    while isinstance(value, Parenthesized | NonNull):
        value = value.expression if isinstance(value, Parenthesized) else value.base
    if isinstance(value, FunctionCall) or (isinstance(value, InstanceCall) and isinstance(ctx.model.symbol_of(value.base), NamespaceSymbol)):
        kind = _FUNCTIONS.get(value.name.name)
        if kind is not None:
            return DeploymentScope(kind, tuple(ctx.lower(argument) for argument in value.arguments), said=True)
    found = find_deployed(ctx.model, value)
    if found is None or not isinstance(found[0], ResourceSymbol):
        raise UnsupportedError(value, "A scope must be a resource, or a call of resourceGroup, subscription, managementGroup or tenant.")
    symbol, access = found[0], found[1]
    target_ctx = ctx if access is None or symbol.loop is None else ctx.with_index(symbol.loop, ctx.lower(access.index))
    group = _GROUPS.get((symbol.type or "").lower())
    if group is None:
        if not extension:
            raise UnsupportedError(value, "A module's scope must be a resource group, a subscription, a management group or the tenant.")
        return DeploymentScope(ScopeKind.EXTENSION, (), said=True, target=symbol, target_ctx=target_ctx)
    return _group_scope(symbol, group, target_ctx)


def _group_scope(symbol: ResourceSymbol, kind: ScopeKind, ctx: Context) -> DeploymentScope:
    """The scope that a resource group (or its like) is, when it is named as one."""
    name = symbol.find_value("name")
    if name is None:
        raise UnsupportedError(symbol.name, "The resource has no name.")
    outer = scope_of(symbol, ctx.without_indices())
    before = outer.arguments if kind is ScopeKind.RESOURCE_GROUP and outer.kind is ScopeKind.SUBSCRIPTION else ()
    return DeploymentScope(kind, (*before, ctx.lower(name)), said=True)
