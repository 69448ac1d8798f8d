"""Resources and modules: their types, and what their bodies must hold."""

from typing import Any

from orchestrator.compiler.semantics.assignment import Assignment, Place
from orchestrator.compiler.semantics.call_types import INNER_CODES
from orchestrator.compiler.semantics.check_scopes import check_module_scope, check_resource_scope
from orchestrator.compiler.semantics.inference import Inference
from orchestrator.compiler.semantics.module_types import module_body_type
from orchestrator.compiler.semantics.resource_bodies import exists, find_body_type, find_scopes
from orchestrator.compiler.semantics.symbols import DeployedSymbol, ModuleSymbol, ResourceSymbol
from orchestrator.compiler.syntax.expressions import For, ObjectLiteral, Spread
from orchestrator.compiler.syntax.problems import Problems
from orchestrator.compiler.types.values import ArrayType, Type
from orchestrator.resource_types.nearest import nearest_types, nearest_versions
from orchestrator.resource_types.shapes import Scope


def check_resource(inference: Inference, assignment: Assignment, symbol: ResourceSymbol) -> None:
    """Check a resource's type and body; nested resources are checked the same way."""
    problems = inference.model.problems
    body = symbol.body
    if symbol.type is not None:
        inference.type_of(symbol.declaration.value)
    if body is not None:
        _refuse_spread(problems, body, "at the top of a resource's body")
    type_ = find_body_type(symbol)
    if type_ is not None:
        _check_type(problems, symbol)
        _check_body(assignment, symbol, type_)
    elif symbol.extension is not None and body is None:
        return
    check_resource_scope(inference, symbol)
    for inner in body.resources if body is not None else ():
        nested = inference.model.resources_by_declaration.get(inner)
        if nested is not None and nested.type is None:
            problems.take_back(inner.value, INNER_CODES)
        if nested is not None:
            check_resource(inference, assignment, nested)


def _refuse_spread(problems: Problems, body: ObjectLiteral, where: str) -> None:
    for member in body.members:
        if isinstance(member, Spread):
            problems.error(member, "BCP401", f"A spread cannot stand {where}.")


def _check_body(assignment: Assignment, symbol: DeployedSymbol, type_: Type) -> None:
    """Check a body, also of one that is no object at all."""
    declaration: Any = symbol.declaration  # type: ignore[attr-defined]
    resource = isinstance(symbol, ResourceSymbol)
    place = Place(missing_at=symbol.name, in_resource=resource, existing=resource and declaration.existing)
    assignment.check(declaration.value, ArrayType(type_) if isinstance(declaration.value, For) else type_, place)


def _check_type(problems: Problems, symbol: ResourceSymbol) -> None:
    """Whether there is such a type (BCP081), and whether it can be written (BCP245)."""
    at, type_name, version = symbol.declaration.type, symbol.type or "", symbol.version or ""
    if not exists(symbol):
        if any(segment.lower() == "providers" for segment in type_name.split("/")[2:-1]):
            problems.warn(at, "BCP174", f"'{type_name}' names an extension of another resource.", "Write its own type, and `scope:` in the body.")
            return
        versions = nearest_versions(type_name, version, 1)
        near = f"{type_name}@{versions[0]}" if versions else next(iter(nearest_types(type_name, 1)), None)
        remedy = f"Did you mean '{near}'?" if near else None
        problems.warn(at, "BCP081", f"No type '{type_name}@{version}' is known, so that the body cannot be checked.", remedy)
        return
    scopes = find_scopes(symbol)
    if scopes is not None and scopes[1] is Scope.NONE and not symbol.existing:
        problems.warn(at, "BCP245", f"'{type_name}' can only be read.", "Write `existing`.")


def check_module(inference: Inference, assignment: Assignment, symbol: ModuleSymbol) -> None:
    """Check a module's own properties and its parameters."""
    problems = inference.model.problems
    body = symbol.body
    if body is not None:
        for nested in body.resources:
            problems.error(nested, "BCP155", "A nested resource cannot stand in a module.")
        given = body.find("params")
        if given is not None and isinstance(given.value, ObjectLiteral):
            _refuse_spread(problems, given.value, "in a module's parameters")
    if symbol.is_usable:
        inference.type_of(symbol.declaration.value)
        _check_body(assignment, symbol, module_body_type(symbol))
        check_module_scope(inference, symbol)
