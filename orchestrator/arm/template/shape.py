"""What a template's parts must be before anything in them is evaluated: objects where objects belong, lists where lists belong; every problem at once.

What Azure lets pass is let pass: a section that is null, `properties` that are no object, a list named `copy` that is no loop.
"""

from collections.abc import Iterator

from orchestrator.arm.evaluation.type_shape import Kinds, misshapen_members, wrong_members
from orchestrator.arm.functions.values import invalid
from orchestrator.arm.template.declarations import DEPLOYMENTS
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import Json, JsonObject

_SECTIONS: Kinds = {
    "parameters": (dict,),
    "variables": (dict,),
    "definitions": (dict,),
    "outputs": (dict,),
    "functions": (list,),
    "resources": (list, dict),
}
_RESOURCE_MEMBERS: Kinds = {"copy": (dict,), "resources": (list, dict)}
_LOOP = {"name": (str,), "count": (int, str), "input": (object,)}


def check_shape(template: JsonObject) -> list[ArmError]:
    """All problems of a template's shape; nested templates are looked at when it is their turn."""
    found = [*_check_members(template, _SECTIONS, "The template")]
    if not found:
        found = [*_check_definitions(template), *_check_functions(template), *_check_loops(template), *_check_resources(template.get("resources"))]
    return [invalid(problem) for problem in found]


def require_shape(template: JsonObject) -> None:
    """ArmError, with all problems as details, where the shape is wrong."""
    problems = check_shape(template)
    if problems:
        raise ArmError("InvalidTemplate", problems[0].message, details=problems if len(problems) > 1 else ())


def _check_members(entries: JsonObject, kinds: Kinds, what: str) -> Iterator[str]:
    return (f"{what} is not valid: {problem}." for problem in wrong_members(entries, kinds))


def _check_definitions(template: JsonObject) -> Iterator[str]:
    for section, what in (("parameters", "parameter"), ("definitions", "definition"), ("outputs", "output")):
        for name, definition in (template.get(section) or {}).items():
            yield from _check_type(definition, f"The template {what} '{name}'")
            if section == "outputs" and isinstance(definition, dict) and "copy" in definition:
                yield from _check_loop(definition["copy"], f"The copy of the template output '{name}'", ("count", "input"))


def _check_type(definition: Json, what: str) -> Iterator[str]:
    """A type of a parameter, of an output, or of something in one."""
    if not isinstance(definition, dict):
        yield f"{what} is not valid: it must be an object."
        return
    problems = list(misshapen_members(definition))
    yield from (f"{what} is not valid: {problem}." for problem in problems)
    if problems:
        return
    for place, inner in _inner_types(definition):
        yield from _check_type(inner, f"{what}, {place},")


def _inner_types(definition: JsonObject) -> Iterator[tuple[str, Json]]:
    for name, inner in (definition.get("properties") or {}).items():
        yield f"property '{name}'", inner
    for number, inner in enumerate(definition.get("prefixItems") or ()):
        yield f"item {number}", inner
    for member in ("items", "additionalProperties"):
        if isinstance(definition.get(member), dict):
            yield member, definition[member]
    for name, inner in (definition.get("discriminator") or {}).get("mapping", {}).items():
        yield f"variant '{name}'", inner


def _check_functions(template: JsonObject) -> Iterator[str]:
    for space in template.get("functions") or ():
        if not isinstance(space, dict) or not isinstance(space.get("namespace"), str) or not isinstance(space.get("members") or {}, dict):
            yield "The template functions are not valid: each entry needs a 'namespace' and 'members'."
            continue
        for name, function in (space.get("members") or {}).items():
            yield from _check_function(function, f"The template function '{space['namespace']}.{name}'")


def _check_function(function: Json, what: str) -> Iterator[str]:
    if not isinstance(function, dict) or not isinstance(function.get("output"), dict):
        yield f"{what} is not valid: it needs an 'output'."
        return
    yield from _check_type(function["output"], f"The output of {_inside(what)}")
    parameters = function.get("parameters") or []
    if not isinstance(parameters, list):
        yield f"{what} is not valid: 'parameters' must be an array."
        return
    for parameter in parameters:
        yield from _check_type(parameter, f"A parameter of {_inside(what)}")
        if isinstance(parameter, dict) and not isinstance(parameter.get("name"), str):
            yield f"{what} is not valid: each parameter needs a 'name'."


def _check_loops(template: JsonObject) -> Iterator[str]:
    """The loops of the variables."""
    variables = template.get("variables") or {}
    if "copy" not in variables:
        return
    if not isinstance(variables["copy"], list):
        yield "The value of the 'copy' element of a template's variables must be an array."
        return
    for loop in variables["copy"]:
        yield from _check_loop(loop, "A 'copy' of the template's variables", ("name", "count", "input"))


def _check_loop(loop: Json, what: str, needed: tuple[str, ...]) -> Iterator[str]:
    if not isinstance(loop, dict):
        yield f"{what} is not valid: it must be an object."
        return
    for member in needed:
        if member not in loop or not isinstance(loop[member], _LOOP[member]):
            yield f"{what} is missing a copy {member} value. Please see https://aka.ms/arm-resource-loops for usage details."


def _check_resources(resources: Json) -> Iterator[str]:
    entries = resources.items() if isinstance(resources, dict) else ((None, body) for body in resources or ())
    for symbol, body in entries:
        if not isinstance(body, dict) or not isinstance(body.get("type"), str):
            yield f"The template resource '{symbol or (body.get('name') if isinstance(body, dict) else body)}' is not valid: it needs a 'type'."
            continue
        what = f"The template resource '{symbol or body.get('name')}'"
        problems = list(_check_members(body, _RESOURCE_MEMBERS, what))
        yield from problems
        if problems:
            continue
        if body.get("copy") is not None:
            yield from _check_loop(body["copy"], f"The copy of {_inside(what)}", ("name", "count"))
        if body["type"].lower() == DEPLOYMENTS:
            yield from _check_deployment(body, what)
        yield from _check_resources(body.get("resources"))


def _check_deployment(body: JsonObject, what: str) -> Iterator[str]:
    properties = body.get("properties")
    if not isinstance(properties, dict):
        yield f"{what} is not valid: a deployment needs 'properties', an object."
        return
    kinds: Kinds = {"template": (dict, str), "parameters": (dict, str), "expressionEvaluationOptions": (dict,)}
    yield from _check_members(properties, kinds, what)


def _inside(what: str) -> str:
    return what[0].lower() + what[1:]
