"""Holds a compiled parameters document against its template: a missing parameter, a wrongly typed one, one that the template does not have."""

from pathlib import Path

from orchestrator.environments.parameter_schema import parameter_schema
from orchestrator.environments.schema_errors import SchemaError, validate_against
from orchestrator.model.errors import Problem
from orchestrator.model.json_value import JsonObject


def check_parameters(template: JsonObject, parameters: JsonObject, path: Path) -> tuple[Problem, ...]:
    """Every problem of a parameters document ({"parameters": {name: {"value": ...}}}). `path`: the file to name. Secure values are not shown."""
    return tuple(_to_problem(error, path) for error in validate_against(parameter_schema(template), parameters))


def _to_problem(error: SchemaError, path: Path) -> Problem:
    parts = error.path[1:]
    if error.code == "MissingKey" and not parts:
        name = error.message.split("'")[1]
        return Problem("MissingParameter", f"the parameter '{name}' is required, and has no value", str(path), _with_sample(name, error.remedy))
    if error.code == "UnknownKey" and len(parts) == 1:
        return Problem("UnknownParameter", f"the template has no parameter '{parts[0]}'", f"{path}: {parts[0]}", error.remedy)
    if not parts:
        return Problem("InvalidParameters", error.message, str(path), error.remedy)
    place = _place(parts)
    codes = {"WrongType": "WrongParameterType", "MissingKey": "MissingProperty", "UnknownKey": "UnknownProperty"}
    return Problem(codes.get(error.code, "InvalidParameterValue"), f"the parameter '{parts[0]}': {error.message}", f"{path}: {place}", error.remedy)


def _place(parts: tuple[str | int, ...]) -> str:
    """`allowList[0].fqdns`: as a Bicep author writes it; the document's own `value` is left out."""
    name, rest = str(parts[0]), parts[2:] if len(parts) > 1 and parts[1] == "value" else parts[1:]
    return name + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in rest)


def _with_sample(name: str, description: str | None) -> str:
    return f"add `param {name} = ...`" + (f" ({description})" if description else "")
