"""Where modules and resources go: a module's scope against what its file is written for (BCP134, BCP115, BCP116), a resource's against its type and its file
(BCP135, BCP139, BCP164, BCP165), and that a parent is a resource (BCP240)."""

from typing import Any

from orchestrator.compiler.semantics.deploy_time import find_deployed
from orchestrator.compiler.semantics.inference import Inference
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.semantics.resource_bodies import find_scopes, find_type_scopes
from orchestrator.compiler.semantics.symbols import DeployedSymbol, ModuleSymbol, NamespaceSymbol, ResourceSymbol, unaliased
from orchestrator.compiler.syntax.expressions import ArrayAccess, FunctionCall, InstanceCall, NonNull, Parenthesized
from orchestrator.compiler.types.values import AnyType, ErrorType, resolve
from orchestrator.resource_types.shapes import Scope

SCOPE_FUNCTIONS = ("resourceGroup", "subscription", "managementGroup", "tenant")
_GROUPS = {
    "microsoft.resources/resourcegroups": "resourceGroup",
    "microsoft.management/managementgroups": "managementGroup",
    "microsoft.resources/subscriptions": "subscription",
}
_FLAGS = {
    "resourceGroup": Scope.RESOURCE_GROUP,
    "subscription": Scope.SUBSCRIPTION,
    "managementGroup": Scope.MANAGEMENT_GROUP,
    "tenant": Scope.TENANT,
}
_BELOW_MANAGEMENT_GROUPS = {"subscription": "BCP115", "resourceGroup": "BCP116"}


def check_module_scope(inference: Inference, symbol: ModuleSymbol) -> None:
    """Enter what is wrong with where a module goes."""
    model = inference.model
    if symbol.target is None or symbol.body is None:
        return
    wanted = symbol.target.scope
    value = symbol.find_value("scope")
    if value is None:
        if model.scope != wanted:
            _refuse(model, symbol.body, model.scope, wanted)
        return
    if inference.is_error(value):
        return
    found = scope_kind(model, value)
    deployed = find_deployed(model, value)
    if found is None and deployed is not None and (deployed[0].loop is None or deployed[1] is not None):
        found = "module" if isinstance(deployed[0], ModuleSymbol) else "resource"
    if found is not None and found != wanted:
        _refuse(model, value, found, wanted)
    elif found == "managementGroup" and model.scope in _BELOW_MANAGEMENT_GROUPS:
        model.problems.error(value, _BELOW_MANAGEMENT_GROUPS[model.scope], f"A {model.scope} file cannot deploy to a management group.", "Set targetScope.")


def scope_kind(model: SemanticModel, value: Any) -> str | None:
    """Which kind of scope an expression names; None where that is not known."""
    call = _scope_call(model, value)
    if call is not None:
        return call.name.name
    found = find_deployed(model, value)
    return _GROUPS.get((found[0].type or "").lower()) if found is not None and isinstance(found[0], ResourceSymbol) else None


def _scope_call(model: SemanticModel, value: Any) -> FunctionCall | InstanceCall | None:
    while isinstance(value, Parenthesized | NonNull):
        value = value.expression if isinstance(value, Parenthesized) else value.base
    if isinstance(value, FunctionCall) or (isinstance(value, InstanceCall) and isinstance(model.symbol_of(value.base), NamespaceSymbol)):
        return value if value.name.name in SCOPE_FUNCTIONS else None
    return None


def _refuse(model: SemanticModel, place: Any, found: str, wanted: str) -> None:
    model.problems.error(place, "BCP134", f"The module is written for the scope {wanted}, and here it would go to {found}.", f"Its scope must be a {wanted}.")


def check_resource_scope(inference: Inference, symbol: ResourceSymbol) -> None:
    """Enter what is wrong with where a resource goes."""
    model = inference.model
    parent = symbol.find_value("parent")
    if parent is not None and not inference.is_error(parent):
        base = parent.base if isinstance(parent, ArrayAccess) else parent
        if not isinstance(unaliased(model.symbol_of(base)), ResourceSymbol):
            model.problems.error(parent, "BCP240", "A parent is named as it is: a resource, or one of a loop.")
    if symbol.type is None or symbol.extension is not None:
        return
    scope = symbol.find_value("scope")
    if parent is not None or symbol.nested_in is not None:
        _check_child(inference, symbol, scope)
    elif scope is None:
        _check_type(model, symbol)
    elif not inference.is_error(scope):
        _check_named(model, symbol, scope)


def _check_type(model: SemanticModel, symbol: ResourceSymbol) -> None:
    """Without a scope a resource goes, or is looked for, where its file goes."""
    allowed = find_type_scopes(symbol)
    if allowed is not None and not allowed & _FLAGS[model.scope]:
        place = symbol.declaration.value
        model.problems.error(place, "BCP135", f"'{symbol.type}' cannot be deployed to a {model.scope}.", "Set targetScope, write scope:, or use a module.")


def _check_named(model: SemanticModel, symbol: ResourceSymbol, scope: Any) -> None:
    if isinstance((find_deployed(model, scope) or (None,))[0], ModuleSymbol):
        model.problems.error(scope, "BCP135", "A module is no scope of a resource.", "Name a resource, or a scope.")
    elif is_refused(model, symbol, scope):
        model.problems.error(scope, "BCP135", f"'{symbol.type}' cannot stand in a {scope_kind(model, scope) or 'resource'}.")
    elif not symbol.existing and _is_elsewhere(model, scope):
        model.problems.error(scope, "BCP139", "A resource goes where its file goes, and this is elsewhere.", "Deploy it by a module with that scope.")


def is_refused(model: SemanticModel, symbol: ResourceSymbol, scope: Any) -> bool:
    """True for a scope in which no resource of the type stands: of another kind, or a resource where the type is no extension of one."""
    found = find_scopes(symbol)
    allowed = (found[0] | found[1]) if found is not None else Scope.NONE
    if not allowed or allowed & Scope.EXTENSION:
        return False
    call = _scope_call(model, scope)
    if call is not None:
        return not allowed & _FLAGS[call.name.name]
    deployed = find_deployed(model, scope)
    if deployed is None or not isinstance(deployed[0], ResourceSymbol) or (deployed[0].loop is not None and deployed[1] is None):
        return False
    return scope_kind(model, scope) is None


def _is_elsewhere(model: SemanticModel, scope: Any) -> bool:
    """True for a scope that is not the file's own, nor a resource in it. A tenant's resources can be deployed from anywhere."""
    call = _scope_call(model, scope)
    if call is not None:
        return call.name.name != "tenant" and (call.name.name != model.scope or bool(call.arguments))
    found = find_deployed(model, scope)
    if found is None or not isinstance(found[0], ResourceSymbol):
        return False
    return scope_kind(model, scope) is not None or (found[0].existing and _is_foreign(model, found[0]) is not None)


def _is_foreign(model: SemanticModel, symbol: ResourceSymbol) -> ResourceSymbol | None:
    """The ancestor by whose scope a resource is elsewhere."""
    seen: set[DeployedSymbol] = set()
    step: ResourceSymbol | None = symbol
    while step is not None and step not in seen:
        seen.add(step)
        scope = step.find_value("scope")
        if scope is not None:
            return step if _is_elsewhere(model, scope) else None
        above = find_deployed(model, step.find_value("parent"))
        step = step.nested_in or (above[0] if above is not None and isinstance(above[0], ResourceSymbol) else None)
    return None


def _check_child(inference: Inference, symbol: ResourceSymbol, scope: Any) -> None:
    model = inference.model
    if scope is not None and not isinstance(resolve(inference.type_of(scope)), AnyType | ErrorType):
        model.problems.error(scope, "BCP164", "A child stands where its parent stands, and has no scope of its own.", "Remove the line.")
        return
    above = _is_foreign(model, symbol) if not symbol.existing else None
    if above is not None:
        message = f"A resource goes where its file goes, and by the scope of '{above.text}' this one would go elsewhere."
        model.problems.error(symbol.declaration.value, "BCP165", message, "Deploy it by a module with that scope.")
