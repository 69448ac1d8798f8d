"""Outputs of a template: conditions, loops, types."""

from orchestrator.arm.evaluation.evaluator import Evaluator, Frame, Program, where
from orchestrator.arm.evaluation.type_check import check_value, resolve_type
from orchestrator.arm.functions.values import Unknown, Value, contains_unknown, invalid, to_expression
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import JsonObject

_TYPES = {
    "string": "String",
    "securestring": "SecureString",
    "int": "Int",
    "bool": "Bool",
    "object": "Object",
    "secureobject": "SecureObject",
    "array": "Array",
}


def type_name(definition: JsonObject, definitions: JsonObject) -> str:
    """A type as ARM prints it: `String`, `SecureObject`; `Object` where there is none."""
    return _TYPES.get(str(resolve_type(definition, definitions).get("type", "object")).lower(), "Object")


def evaluate_outputs(program: Program, template: JsonObject, frame: Frame) -> dict[str, tuple[str, Value]]:
    """name: (type, value); an output whose condition is false is left out. ArmError where a value does not fit its type."""
    definitions: JsonObject = template.get("definitions") or {}
    evaluator = Evaluator(program, Frame("output", frame.loops, frame.loop))
    made: dict[str, tuple[str, Value]] = {}
    for name, definition in (template.get("outputs") or {}).items():
        try:
            if evaluator.evaluate_json(definition.get("condition", True)) is False or definition.get("value", "") is None:
                continue
            value = evaluator.evaluate_loop(definition["copy"], innermost=True) if "copy" in definition else evaluator.evaluate_json(definition.get("value"))
        except ArmError as error:
            raise where(error, f"The template output '{name}' is not valid") from None
        for problem in check_value(value, definition, definitions, f"template output '{name}'"):
            raise invalid(problem)
        made[name] = (type_name(definition, definitions), value)
    return made


def whole(value: Value) -> Value:
    """A value that is partly unknown as one expression."""
    return Unknown(to_expression(value)) if contains_unknown(value) else value
