"""`reference()`, `references()` and `list*()`: what is known of planned resources, of deployed ones through the Runtime, else an expression."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orchestrator.arm.evaluation.evaluator import Planned
from orchestrator.arm.expressions import Call, Expression, String, print_expression
from orchestrator.arm.functions.values import Unknown, Value, invalid, is_call, to_expression
from orchestrator.arm.runtime import UNRESOLVED
from orchestrator.arm.template.instances import Instance
from orchestrator.arm.template.overlay import lay_over
from orchestrator.model.json_value import JsonObject

if TYPE_CHECKING:
    from orchestrator.arm.template.stage import Stage


def evaluate_reference(stage: Stage, call: Call, arguments: list[Any]) -> Value:
    """reference(name or id[, api version[, 'Full']])"""
    target = arguments[0]
    if isinstance(target, Unknown):
        return _stay(stage, call, arguments)
    if not isinstance(target, str):
        raise invalid("The template function 'reference' expects its first parameter to be of type 'String'.")
    group = stage.find_symbol(target) if stage.symbolic else None
    if group is not None and len(group) != 1:
        raise invalid(f"The template function 'reference' can't refer to the loop '{target}': use 'references', or an index.")
    instance = stage.find(target)
    if instance is None:
        return _outside(stage, call, arguments)
    version = str(arguments[1]) if len(arguments) > 1 else str(instance.api_version)
    full = len(arguments) > 2 and str(arguments[2]).lower() == "full"
    identifier = target if target.startswith("/") else instance.id
    expression = Call(call.name, (to_expression(identifier), String(version), *(to_expression(argument) for argument in arguments[2:])))
    return _of_instance(stage, instance, version, full, expression)


def _of_instance(stage: Stage, instance: Instance, version: str, full: bool, expression: Call) -> Value:
    if stage.program.strict:
        return _from_runtime(stage, instance.id, version, full, expression)
    deployed = stage.program.runtime.reference(instance.id, version, full) if isinstance(instance.id, str) else UNRESOLVED
    if instance.declaration.existing and isinstance(instance.id, str):
        instance = stage.plan.find(instance.id) or instance
    if instance.busy or not instance.is_planned:
        return Unknown(expression) if deployed is UNRESOLVED else Planned(deployed, expression)
    if instance.declaration.is_deployment:
        return _of_deployment(stage, instance, deployed, expression)
    if isinstance(instance.id, Unknown) or (version != instance.api_version and deployed is UNRESOLVED):
        return Unknown(expression)
    properties = instance.body().get("properties")
    if properties is None and deployed is UNRESOLVED:
        return Unknown(expression)
    planned = {"Properties": properties} if full else properties
    if deployed is not UNRESOLVED:
        return Planned(lay_over(deployed, instance.body() if full else properties or {}), expression)
    return Planned(planned, expression)


def _of_deployment(stage: Stage, instance: Instance, deployed: Value, expression: Call) -> Value:
    owner = _owner(stage, instance)
    nested = owner.nested(instance)
    if nested is None:
        return Unknown(expression) if deployed is UNRESOLVED else Planned(deployed, expression)
    said: JsonObject = dict(instance.body().get("properties", {}))
    if nested.template.get("outputs"):
        said["Outputs"] = {name: {"type": kind, "value": value} for name, (kind, value) in nested.outputs().items()}
    return said


def _owner(stage: Stage, instance: Instance) -> Stage:
    return next(candidate for candidate in stage.plan.stages if any(known is instance for known in candidate.instances))


def _outside(stage: Stage, call: Call, arguments: list[Any]) -> Value:
    """A resource that is not in this deployment."""
    expression = Call(call.name, tuple(to_expression(argument) for argument in arguments))
    if not arguments[0].startswith("/") or any(isinstance(argument, Unknown) for argument in arguments):
        if stage.program.strict:
            raise invalid(f"The resource '{arguments[0]}' is not defined in the template. Please see https://aka.ms/arm-syntax for usage details.")
        return Unknown(expression)
    version = str(arguments[1]) if len(arguments) > 1 else None
    return _from_runtime(stage, arguments[0], version, len(arguments) > 2 and str(arguments[2]).lower() == "full", expression)


def _from_runtime(stage: Stage, identifier: Value, version: str | None, full: bool, expression: Expression) -> Value:
    found = stage.program.runtime.reference(identifier, version, full) if isinstance(identifier, str) else UNRESOLVED
    return _stay_unless(stage, found, expression)


def _stay_unless(stage: Stage, found: Value, expression: Expression) -> Value:
    if found is not UNRESOLVED:
        return found if stage.program.strict else Planned(found, expression)
    if stage.program.strict:
        raise invalid(f"The deployment cannot be continued: '{to_text(expression)}' is not known.")
    return Unknown(expression)


def to_text(expression: Expression) -> str:
    """An expression for a message."""
    return print_expression(expression)


def _stay(stage: Stage, call: Call, arguments: list[Any]) -> Value:
    expression = Call(call.name, tuple(to_expression(argument) for argument in arguments))
    if stage.program.strict:
        raise invalid(f"The deployment cannot be continued: '{to_text(expression)}' is not known.")
    return Unknown(expression)


def evaluate_references(stage: Stage, call: Call, arguments: list[Any]) -> Value:
    """references(loop[, 'full'])"""
    target = arguments[0]
    group = stage.by_symbol.get(target.lower()) if isinstance(target, str) else None
    if group is None or any("copy" not in instance.declaration.body for instance in group):
        return _stay(stage, call, arguments)
    full = len(arguments) > 1 and str(arguments[1]).lower() == "full"
    found = []
    for instance in group:
        if instance.condition is False:
            continue
        rest = (String(str(arguments[1])),) if len(arguments) > 1 else ()
        expression = Call("reference", (to_expression(instance.id), String(str(instance.api_version)), *rest))
        value = _of_instance(stage, instance, str(instance.api_version), full, expression)
        found.append(value.value if isinstance(value, Planned) else value)
    return found


def evaluate_list_action(stage: Stage, call: Call, arguments: list[Any]) -> Value:
    """listX(name or id, api version[, body])"""
    if len(arguments) < 2 and not stage.program.strict:
        return _stay(stage, call, arguments)
    if len(arguments) < 2:
        raise invalid(
            f"Unable to evaluate template language function '{call.name}': function requires between 2 and 3 argument(s) while {len(arguments)} were provided."
        )
    if any(isinstance(argument, Unknown) for argument in arguments[:2]):
        return _stay(stage, call, arguments)
    instance = stage.find(str(arguments[0]))
    identifier = arguments[0] if instance is None or str(arguments[0]).startswith("/") else instance.id
    expression = Call(call.name, (to_expression(identifier), *(to_expression(argument) for argument in arguments[1:])))
    known = isinstance(identifier, str) and identifier.startswith("/")
    body = arguments[2] if len(arguments) > 2 else None
    found = stage.program.runtime.list_action(call.name, identifier, str(arguments[1]), body) if known else UNRESOLVED
    value = _stay_unless(stage, found, expression)
    return value.value if isinstance(value, Planned) else value


def qualify(stage: Stage, call: Call, *, existing_only: bool) -> Call:
    """A call left unevaluated: symbolic names become ids, and `reference()` gets its API version."""
    if not stage.symbolic or not call.arguments or not isinstance(call.arguments[0], String):
        return call
    group = stage.find_symbol(call.arguments[0].value)
    if group is None or len(group) != 1 or (existing_only and not group[0].declaration.existing):
        return call
    instance = group[0]
    if is_call(call, "reference"):
        version: tuple[Expression, ...] = call.arguments[1:2] or (String(str(instance.api_version)),)
        return Call(call.name, (to_expression(instance.id), *version, *call.arguments[2:]))
    if call.name.lower().startswith("list"):
        return Call(call.name, (to_expression(instance.id), *call.arguments[1:]))
    return call
