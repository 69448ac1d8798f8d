"""Where resources are put: location expressions, and which parameters of a module are about locations."""

from collections.abc import Iterator
from typing import Any

from orchestrator.compiler.linting.calls import is_builtin_call
from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.literals import known_text
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.semantics.symbols import ModuleSymbol, ParameterSymbol, VariableSymbol
from orchestrator.compiler.syntax.children import descendants
from orchestrator.compiler.syntax.expressions import (
    Expression,
    FunctionCall,
    Identifier,
    InstanceCall,
    ObjectLiteral,
    PropertyAccess,
    StringSyntax,
    VariableAccess,
)


def is_deployment_location(model: SemanticModel, node: Any) -> bool:
    """True for `resourceGroup().location`, or `deployment().location` in the wider scopes, which have no group."""
    if not isinstance(node, PropertyAccess) or node.name.name != "location" or not is_builtin_call(model, node.base, "az"):
        return False
    wanted = "resourceGroup" if model.scope == "resourceGroup" else "deployment"
    return isinstance(node.base, FunctionCall | InstanceCall) and node.base.name.name == wanted


def location_parameters(target: SemanticModel) -> Iterator[ParameterSymbol]:
    """The parameters with a default that say where a file puts its resources: the default is the deployment's location, or a `location:` uses them."""
    used = set(_used_in_locations(target))
    late = []
    for symbol in target.parameters.values():
        default = symbol.declaration.default
        if default is not None and any(is_deployment_location(target, node) for node in descendants(default)):
            yield symbol
        elif default is not None and symbol in used:
            late.append(symbol)
    yield from late


def _used_in_locations(target: SemanticModel) -> Iterator[ParameterSymbol]:
    for resource in target.resources:
        value = resource.find_value("location")
        for node in descendants(value) if value is not None else ():
            symbol = target.symbol_of(node) if isinstance(node, VariableAccess) else None
            if isinstance(symbol, ParameterSymbol):
                yield symbol


def given_locations(symbol: ModuleSymbol) -> Iterator[tuple[ParameterSymbol, Expression | None]]:
    """The location parameters of a module, each with what it is given here."""
    if symbol.target is None or symbol.body is None:
        return
    entry = symbol.body.find("params")
    given = entry.value.properties if entry is not None and isinstance(entry.value, ObjectLiteral) else ()
    named = {member.name: member.value for member in given if isinstance(member.key, Identifier)}
    for parameter in location_parameters(symbol.target):
        yield parameter, named.get(parameter.text)


def hardcoded_location(file: LintedFile, value: Expression) -> tuple[str, VariableSymbol | None] | None:
    """The text that a location is known to be, and the variable that holds it; None where it is not known, or is 'global'."""
    text, variable = known_text(file, value), None
    if text is None or text.lower() == "global":
        return None
    while isinstance(value, VariableAccess):
        symbol = file.model.symbol_of(value)
        if not isinstance(symbol, VariableSymbol):
            return None
        value, variable = symbol.declaration.value, symbol
    return (text, variable) if isinstance(value, StringSyntax) or variable is not None else None
