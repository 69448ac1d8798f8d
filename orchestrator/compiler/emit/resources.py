"""Resources and modules."""

from collections.abc import Callable
from functools import reduce
from typing import Any

from orchestrator.arm.expressions import Access, Call, Expression, String, print_template_string
from orchestrator.compiler.emit.module_parameters import emit_module_parameters
from orchestrator.compiler.emit.types import emit_metadata
from orchestrator.compiler.emit.values import emit_count, emit_members, emit_value
from orchestrator.compiler.lowering.context import DEPLOYMENTS, DEPLOYMENTS_VERSION, Context, UnsupportedError, format_call
from orchestrator.compiler.lowering.dependencies import depends_on
from orchestrator.compiler.lowering.ids import MANAGEMENT_GROUPS, ancestors_of, full_name, module_name, resource_id
from orchestrator.compiler.lowering.references import symbolic_key
from orchestrator.compiler.lowering.scopes import DeploymentScope, ScopeKind, scope_of
from orchestrator.compiler.semantics.declared_types import integer_argument
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.semantics.symbols import DeployedSymbol, ExtensionSymbol, ModuleSymbol, ResourceSymbol
from orchestrator.compiler.syntax.expressions import ObjectLiteral, Spread
from orchestrator.model.json_value import JsonObject

EmitTemplate = Callable[[SemanticModel], JsonObject]
_RESOURCE_HANDLED = frozenset(("name", "scope", "parent", "dependsOn"))
_OPTIONS = frozenset(("onlyIfNotExists", "retryOn", "nullIfNotFound"))
_MODULE_HANDLED = frozenset(("name", "scope", "params", "dependsOn"))


def emit_resource(symbol: ResourceSymbol, ctx: Context) -> JsonObject:
    """One entry of `resources`."""
    result = _emit_head(symbol, _conditions(symbol), ctx)
    if symbol.existing:
        result["existing"] = True
    if symbol.extension is not None:
        return _emit_tail(symbol, {**result, **_emit_extended(symbol, symbol.extension, ctx)}, ctx)
    result.update(_emit_options(symbol, ctx))
    result["type"] = symbol.type
    result["apiVersion"] = symbol.version
    result.update(_emit_resource_scope(symbol, ctx))
    result["name"] = print_template_string(full_name(symbol, ctx))
    if not symbol.existing:
        result.update(_emit_body(symbol, _RESOURCE_HANDLED, ctx))
    return _emit_tail(symbol, result, ctx)


def _emit_extended(symbol: ResourceSymbol, extension: ExtensionSymbol, ctx: Context) -> JsonObject:
    """A resource of an extension: its whole body is its properties."""
    properties = _emit_body(symbol, frozenset(("dependsOn",)), ctx)
    if symbol.model.configuration.experimental("moduleExtensionConfigs"):
        return {"extension": extension.text, "type": symbol.type, "apiVersion": symbol.version, "properties": properties}
    return {"import": extension.text, "type": f"{symbol.type}@{symbol.version}", "properties": properties}


def emit_module(symbol: ModuleSymbol, ctx: Context, emit_template: EmitTemplate) -> JsonObject:
    """A module: a nested deployment."""
    if not symbol.is_usable:
        raise UnsupportedError(symbol.declaration.path, "The module's file is not known.")
    result = _emit_head(symbol, [symbol.condition] if symbol.condition is not None else [], ctx)
    result["type"] = DEPLOYMENTS
    result["apiVersion"] = DEPLOYMENTS_VERSION
    result.update(_emit_body(symbol, _MODULE_HANDLED, ctx))
    result["name"] = print_template_string(module_name(symbol, ctx))
    result.update(_emit_module_scope(symbol, ctx))
    properties: JsonObject = {"mode": "Incremental"} if symbol.target is None else {"expressionEvaluationOptions": {"scope": "inner"}, "mode": "Incremental"}
    parameters = emit_module_parameters(symbol, ctx)
    if parameters is not None:
        properties["parameters"] = parameters
    if symbol.target is None:
        properties["templateLink"] = {"id": symbol.link}
    else:
        properties["template"] = emit_template(symbol.target)
    result["properties"] = properties
    return _emit_tail(symbol, result, ctx)


def _conditions(symbol: ResourceSymbol) -> list[Any]:
    """The conditions of the resource and of those around it, the outermost first."""
    outer = _conditions(symbol.nested_in) if symbol.nested_in is not None else []
    return [*outer, symbol.condition] if symbol.condition is not None else outer


def _emit_head(symbol: ResourceSymbol | ModuleSymbol, conditions: list[Any], ctx: Context) -> JsonObject:
    result: JsonObject = {}
    if symbol.loop is not None:
        key = symbolic_key(symbol)
        result["copy"] = {"name": key, "count": emit_count(symbol.loop, ctx), **_emit_batches(symbol)}
    if len(conditions) == 1:
        result["condition"] = emit_value(conditions[0], ctx)
    elif conditions:
        result["condition"] = print_template_string(reduce(lambda outer, inner: Call("and", (outer, inner)), map(ctx.lower, conditions)))
    return result


def _emit_batches(symbol: ResourceSymbol | ModuleSymbol) -> JsonObject:
    decorator = symbol.declaration.decorator("batchSize")
    return {"mode": "serial", "batchSize": integer_argument(decorator)} if decorator is not None else {}


def _emit_options(symbol: ResourceSymbol, ctx: Context) -> JsonObject:
    options: JsonObject = {}
    for decorator in reversed(symbol.declaration.decorators):
        if decorator.name in _OPTIONS:
            options[decorator.name] = [emit_value(argument, ctx) for argument in decorator.arguments]
    return {"@options": options} if options else {}


def _emit_body(symbol: DeployedSymbol, handled: frozenset[str], ctx: Context) -> JsonObject:
    body = symbol.body or ObjectLiteral(0, 0, ())
    spread = next((member for member in body.members if isinstance(member, Spread)), None)
    if spread is not None:
        raise UnsupportedError(spread, "A spread cannot stand at the top of a body.")
    return emit_members(tuple(entry for entry in body.properties if entry.name not in handled), ctx)


def _emit_tail(symbol: ResourceSymbol | ModuleSymbol, result: JsonObject, ctx: Context) -> JsonObject:
    entries = depends_on(symbol, ctx)
    if entries and not (isinstance(symbol, ResourceSymbol) and symbol.existing and not _says_depends_on(symbol)):
        result["dependsOn"] = entries
    metadata = emit_metadata({decorator.name: decorator for decorator in symbol.declaration.decorators}, ctx)
    if metadata:
        result["metadata"] = metadata
    return result


def _says_depends_on(symbol: ResourceSymbol) -> bool:
    return symbol.find_value("dependsOn") is not None


def _emit_resource_scope(symbol: ResourceSymbol, ctx: Context) -> JsonObject:
    ancestors = ancestors_of(symbol, ctx)
    scope = scope_of(ancestors[0].symbol if ancestors else symbol, ctx.without_indices() if not ancestors else ancestors[0].ctx)
    if not scope.said:
        return {}
    if scope.kind is ScopeKind.EXTENSION and scope.target is not None:
        return {"scope": print_template_string(resource_id(scope.target, scope.target_ctx or ctx))}
    return _emit_scope(scope, symbol.model.scope)


def _emit_scope(scope: DeploymentScope, own: str) -> JsonObject:
    """`subscriptionId`, `resourceGroup` or `scope`, where a scope differs from the file's own."""
    arguments = [print_template_string(argument) for argument in scope.arguments]
    match scope.kind:
        case ScopeKind.RESOURCE_GROUP if len(arguments) == 2:
            return {"subscriptionId": arguments[0], "resourceGroup": arguments[1]}
        case ScopeKind.RESOURCE_GROUP if arguments:
            return {"resourceGroup": arguments[0]}
        case ScopeKind.SUBSCRIPTION if arguments:
            return {"subscriptionId": arguments[0]}
        case ScopeKind.SUBSCRIPTION if own == "resourceGroup":
            return {"subscriptionId": print_template_string(_own_subscription())}
        case ScopeKind.TENANT if own != "tenant":
            return {"scope": "/"}
        case ScopeKind.MANAGEMENT_GROUP if scope.arguments:
            return {"scope": print_template_string(_management_group(scope.arguments[0], own))}
        case _:
            return {}


def _own_subscription() -> Expression:
    return Access(Call("subscription"), String("subscriptionId"))


def _management_group(name: Expression, own: str) -> Expression:
    if own in ("tenant", "managementGroup"):
        return format_call(MANAGEMENT_GROUPS + "/{0}", name)
    return Call("tenantResourceId", (String(MANAGEMENT_GROUPS), name))


def _emit_module_scope(symbol: ModuleSymbol, ctx: Context) -> JsonObject:
    scope = scope_of(symbol, ctx)
    result = _emit_scope(scope, symbol.model.scope) if scope.said else {}
    if scope.kind is not ScopeKind.RESOURCE_GROUP:
        source = "resourceGroup" if symbol.model.scope == "resourceGroup" else "deployment"
        result["location"] = f"[{source}().location]"
    return result
