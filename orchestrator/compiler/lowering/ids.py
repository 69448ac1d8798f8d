"""Names and ids of resources and modules.

A resource's id is built from the function of its scope, its type, and a name for each segment of the type; an ancestor's names come first.
An index into a loop is carried into names, and not into scopes: that is how the official compiler does it (facts, 4.8).
"""

from dataclasses import dataclass

from orchestrator.arm.expressions import Access, Call, Expression, Integer, String
from orchestrator.compiler.lowering.context import DEPLOYMENTS, Context, UnsupportedError, format_call
from orchestrator.compiler.lowering.scopes import DeploymentScope, ScopeKind, scope_of
from orchestrator.compiler.semantics.deploy_time import find_deployed
from orchestrator.compiler.semantics.symbols import ModuleSymbol, ResourceSymbol
from orchestrator.compiler.syntax.expressions import ArrayAccess

MANAGEMENT_GROUPS = "Microsoft.Management/managementGroups"
GENERATED_NAME_LIMIT = 64
_HASH_AND_DASH, _INDEX_AND_DASH = 14, 4


@dataclass(frozen=True, slots=True)
class Placed:
    """A resource, and the place that its expressions are read at: the indices of its loop are known there."""

    symbol: ResourceSymbol
    ctx: Context


def at_index(symbol: ResourceSymbol | ModuleSymbol, access: ArrayAccess | None, ctx: Context) -> Context:
    """The place at which a symbol's own expressions are read when it is picked by an index."""
    if access is None or symbol.loop is None:
        return ctx
    if access.safe:
        raise UnsupportedError(access, "A safe index cannot pick one of a loop of resources.", code="BCP323")
    if access.from_end:
        _warn_once(ctx, access)
    return ctx.with_index(symbol.loop, ctx.lower(access.index))


def _warn_once(ctx: Context, access: ArrayAccess) -> None:
    """Say that an index from the end is read from the start here: the official compiler does so too, and a template must be the same from both."""
    place = ctx.model.file.source.position(access.start)
    if not any(entry.code == "AEO003" and entry.span.start == place for entry in ctx.model.problems.found):
        message = "In a loop of resources or modules an index from the end is counted from the start."
        ctx.model.problems.warn(access, "AEO003", message, "Compute the index from length().")


def find_parent(symbol: ResourceSymbol, ctx: Context) -> Placed | None:
    """The parent: the resource around, or the one that `parent:` names."""
    if symbol.nested_in is not None:
        return Placed(symbol.nested_in, ctx)
    value = symbol.find_value("parent")
    if value is None:
        return None
    found = find_deployed(ctx.model, value)
    if found is None or not isinstance(found[0], ResourceSymbol):
        raise UnsupportedError(value, "A parent must be a resource of this file.")
    return Placed(found[0], at_index(found[0], found[1], ctx))


def ancestors_of(symbol: ResourceSymbol, ctx: Context) -> list[Placed]:
    """All ancestors, the oldest first."""
    parent = find_parent(symbol, ctx)
    return [*ancestors_of(parent.symbol, parent.ctx), parent] if parent else []


def own_name(symbol: ResourceSymbol, ctx: Context) -> Expression:
    """The name as it is written."""
    value = symbol.find_value("name")
    if value is None:
        raise UnsupportedError(symbol.name, "The resource has no name.")
    return ctx.lower(value)


def full_name(symbol: ResourceSymbol, ctx: Context) -> Expression:
    """The name with those of all ancestors: `format('{0}/{1}', parent, child)`."""
    ancestors = ancestors_of(symbol, ctx)
    name = own_name(symbol, ctx)
    if not ancestors:
        return name
    parent = ancestors[-1]
    names = name_segments(parent.symbol, parent.ctx)
    return format_call("/".join(f"{{{number}}}" for number in range(len(names) + 1)), *names, name)


def name_segments(symbol: ResourceSymbol, ctx: Context) -> list[Expression]:
    """One expression for each segment of the type."""
    parent = find_parent(symbol, ctx)
    if parent is not None:
        return [*name_segments(parent.symbol, parent.ctx), own_name(symbol, ctx)]
    name = own_name(symbol, ctx)
    count = (symbol.type or "").count("/")
    if count <= 1:
        return [name]
    return [Access(Call("split", (name, String("/"))), Integer(number)) for number in range(count)]


def resource_id(symbol: ResourceSymbol, ctx: Context) -> Expression:
    """The id of a resource."""
    ancestors = ancestors_of(symbol, ctx)
    oldest = ancestors[0].symbol if ancestors else symbol
    scope = scope_of(oldest, ctx.without_indices())
    return scoped_id(scope, symbol.type or "", name_segments(symbol, ctx), ctx.without_indices())


def module_id(symbol: ModuleSymbol, ctx: Context) -> Expression:
    """The id of a module's deployment."""
    return scoped_id(scope_of(symbol, ctx), DEPLOYMENTS, [module_name(symbol, ctx)], ctx)


def module_name(symbol: ModuleSymbol, ctx: Context) -> Expression:
    """The name of a module's deployment, made from its symbol where none is written."""
    value = symbol.find_value("name")
    if value is not None:
        return ctx.lower(value)
    looped = symbol.loop is not None
    prefix = symbol.text[: GENERATED_NAME_LIMIT - _HASH_AND_DASH - (_INDEX_AND_DASH if looped else 0)]
    unique = Call("uniqueString", (String(symbol.text), Access(Call("deployment"), String("name"))))
    if symbol.loop is not None:
        return format_call(f"{prefix}-{{0}}-{{1}}", ctx.index_of(symbol.loop), unique)
    return format_call(f"{prefix}-{{0}}", unique)


def scoped_id(scope: DeploymentScope, type_name: str, names: list[Expression], ctx: Context) -> Expression:
    """The id of a type and its names in a scope."""
    tail = (String(type_name), *names)
    match scope.kind:
        case ScopeKind.RESOURCE_GROUP if not scope.arguments:
            return Call("resourceId", tail)
        case ScopeKind.RESOURCE_GROUP:
            return Call("extensionResourceId", (resource_group_id(scope), *tail))
        case ScopeKind.SUBSCRIPTION:
            return Call("subscriptionResourceId", (*scope.arguments, *tail))
        case ScopeKind.TENANT:
            return Call("tenantResourceId", tail)
        case ScopeKind.MANAGEMENT_GROUP:
            return Call("extensionResourceId", (management_group_id(scope), *tail))
        case ScopeKind.EXTENSION:
            if scope.target is None:
                raise TypeError("an extension's scope without its target")
            return Call("extensionResourceId", (resource_id(scope.target, ctx), *tail))


def resource_group_id(scope: DeploymentScope) -> Expression:
    """The id of a resource group."""
    subscription = scope.arguments[0] if len(scope.arguments) == 2 else Access(Call("subscription"), String("subscriptionId"))
    return format_call("/subscriptions/{0}/resourceGroups/{1}", subscription, scope.arguments[-1])


def management_group_id(scope: DeploymentScope) -> Expression:
    """The id of a management group."""
    if scope.arguments:
        return Call("tenantResourceId", (String(MANAGEMENT_GROUPS), *scope.arguments))
    return Access(Call("managementGroup"), String("id"))
