"""A module's scope against what its file is written for (BCP134)."""

from typing import Any

from orchestrator.compiler.semantics.deploy_time import find_deployed
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.semantics.symbols import ModuleSymbol, NamespaceSymbol, ResourceSymbol
from orchestrator.compiler.syntax.expressions import FunctionCall, InstanceCall, NonNull, Parenthesized

SCOPE_FUNCTIONS = ("resourceGroup", "subscription", "managementGroup", "tenant")
_GROUPS = {
    "microsoft.resources/resourcegroups": "resourceGroup",
    "microsoft.management/managementgroups": "managementGroup",
    "microsoft.resources/subscriptions": "subscription",
}


def check_module_scope(model: SemanticModel, symbol: ModuleSymbol) -> None:
    """Enter what is wrong with where a module goes."""
    if symbol.target is None or symbol.body is None:
        return
    wanted = symbol.target.scope
    value = symbol.find_value("scope")
    if value is None:
        if model.scope != wanted:
            _refuse(model, symbol.body, model.scope, wanted)
        return
    found = scope_kind(model, value)
    if found is not None and found != wanted:
        _refuse(model, value, found, wanted)


def scope_kind(model: SemanticModel, value: Any) -> str | None:
    """Which kind of scope an expression names; None where that is not known."""
    while isinstance(value, Parenthesized | NonNull):
        value = value.expression if isinstance(value, Parenthesized) else value.base
    if isinstance(value, FunctionCall) or (isinstance(value, InstanceCall) and isinstance(model.symbol_of(value.base), NamespaceSymbol)):
        return value.name.name if value.name.name in SCOPE_FUNCTIONS else None
    found = find_deployed(model, value)
    return _GROUPS.get((found[0].type or "").lower()) if found is not None and isinstance(found[0], ResourceSymbol) else None


def _refuse(model: SemanticModel, place: Any, found: str, wanted: str) -> None:
    model.problems.error(place, "BCP134", f"The module is written for the scope {wanted}, and here it would go to {found}.", f"Its scope must be a {wanted}.")
