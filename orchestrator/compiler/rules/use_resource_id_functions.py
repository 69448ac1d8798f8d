"""use-resource-id-functions: ids that are put together by hand.

A property whose name ends in `id` should be a symbol's id, a parameter, or the result of a function that makes ids. Some properties end so and are no ids.
"""

import re
from collections.abc import Iterator
from typing import Any

from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.rule import Finding, Rule
from orchestrator.compiler.linting.types import is_string
from orchestrator.compiler.semantics.symbols import ModuleSymbol, ParameterSymbol, ResourceSymbol, Symbol, VariableSymbol
from orchestrator.compiler.syntax.children import children, descendants
from orchestrator.compiler.syntax.expressions import (
    ArrayAccess,
    FunctionCall,
    NonNull,
    ObjectLiteral,
    ObjectProperty,
    Parenthesized,
    PropertyAccess,
    ResourceAccess,
    StringSyntax,
    Ternary,
    VariableAccess,
)
from orchestrator.compiler.types.values import without_null

_FUNCTIONS = "extensionResourceId if guid managementGroupResourceId reference resourceId roleDefinitions subscription subscriptionResourceId tenantResourceId"
_NAMES = (
    "appid clientid contentid connectorid datatypeid defaultmenuitemid deploymentspecid detector groupid illusiveincidentid keyid keyvaultid keyvaultsecretid"
    " locations menuid metadata metricid nodeagentskuid objectid parentid policydefinitionreferenceid requestedserviceobjectiveid resource ruleid schemaid"
    " serviceprincipalclientid sid startingdeviceid subscriptionid storageaccountsubscriptionid syntheticmonitorid tags targetprotectioncontainerid"
    " targetworkersizeid tenantid timezoneid vlanid workersizeid uniquefindingid principalid"
)
_ALLOWED, _NO_IDS = frozenset(_FUNCTIONS.split()), frozenset(_NAMES.split())
_NO_TYPES = re.compile(
    r"microsoft\.(?:portal/dashboards\Z|logic/workflows\Z|apimanagement/service/backends\Z|web/sites/config|documentdb/databaseaccounts/\w*/collections\Z)",
    re.IGNORECASE,
)
_OWNER = "microsoft.apimanagement/service/subscriptions"


def _check(file: LintedFile) -> Iterator[Finding]:
    for symbol in file.resources:
        properties = symbol.find_value("properties")
        if isinstance(properties, ObjectLiteral) and not _NO_TYPES.match(symbol.type or ""):
            passed = _NO_IDS | {"ownerid"} if (symbol.type or "").lower() == _OWNER else _NO_IDS
            yield from _find_ids(file, properties, passed)


def _find_ids(file: LintedFile, node: Any, passed: frozenset[str]) -> Iterator[Finding]:
    name = node.name if isinstance(node, ObjectProperty) else None
    if name is not None and name.lower() in passed:
        return
    if isinstance(node, ObjectProperty) and name is not None and name.lower().endswith("id") and not name.endswith(("uid", "UID")):
        if is_string(without_null(file.type_of(node.value))) and _is_by_hand(file, node.value):
            yield Finding(node.key, f"The id '{name}' is put together by hand.")
        return
    for child in children(node):
        yield from _find_ids(file, child, passed)


def _is_by_hand(file: LintedFile, node: Any) -> bool:
    if any(isinstance(file.model.symbol_of(inner), ResourceSymbol | ModuleSymbol) for inner in descendants(node) if isinstance(inner, VariableAccess)):
        return False
    match node:
        case FunctionCall(name=name):
            return name.name not in _ALLOWED
        case PropertyAccess() | ArrayAccess() | ResourceAccess():
            return not _is_of_parameter(file, node) and _is_by_hand(file, node.base)
        case VariableAccess():
            return _is_symbol_by_hand(file, file.model.symbol_of(node))
        case Ternary():
            return False
        case StringSyntax():
            return "/" in (node.literal if node.literal is not None else "/")
        case Parenthesized(expression=inner) | NonNull(base=inner):
            return _is_by_hand(file, inner)
        case _:
            return True


def _is_symbol_by_hand(file: LintedFile, symbol: Any) -> bool:
    if isinstance(symbol, VariableSymbol):
        return _is_by_hand(file, symbol.declaration.value)
    return not isinstance(symbol, ParameterSymbol) if isinstance(symbol, Symbol) else True


def _is_of_parameter(file: LintedFile, node: Any) -> bool:
    base = node.base
    while isinstance(base, Parenthesized | NonNull):
        base = base.expression if isinstance(base, Parenthesized) else base.base
    if isinstance(file.model.symbol_of(base), ParameterSymbol):
        return True
    return isinstance(base, PropertyAccess | ArrayAccess | ResourceAccess) and _is_of_parameter(file, base)


RULE = Rule(
    code="use-resource-id-functions",
    level=None,
    what="A property of a resource that holds an id, with a text that is neither a symbol's id, nor a parameter, nor made by an id function.",
    remedy="Use the resource's id, or resourceId() and its kin.",
    check=_check,
)
