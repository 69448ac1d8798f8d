"""User-defined functions: `namespace.name(...)`. They see their own parameters only, and may not depend on themselves."""

from collections.abc import Iterator

from orchestrator.arm.evaluation.evaluator import Evaluator, Frame
from orchestrator.arm.evaluation.type_check import check_value
from orchestrator.arm.expressions import Call, ExpressionError, parse_template_string
from orchestrator.arm.functions.values import Value, invalid, walk_calls
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import Json, JsonObject


class Functions:
    """The user-defined functions of a template: `namespace.name`."""

    def __init__(self, template: JsonObject) -> None:
        self._definitions: JsonObject = template.get("definitions") or {}
        self._functions: dict[str, JsonObject] = {
            f"{space['namespace']}.{name}".lower(): function
            for space in template.get("functions") or ()
            for name, function in (space.get("members") or {}).items()
        }

    def call(self, evaluator: Evaluator, name: str, arguments: list[Value]) -> Value:
        """A function's output for these arguments."""
        function = self._functions.get(name.lower())
        if function is None:
            raise invalid(f"The template function '{name}' is not valid. Please see https://aka.ms/arm-functions for usage details.")
        declared: list[JsonObject] = function.get("parameters") or []
        if len(arguments) > len(declared) or any(not d.get("nullable") for d in declared[len(arguments) :]):
            raise invalid(f"Unable to evaluate the template function '{name}': it requires {len(declared)} argument(s) while {len(arguments)} were provided.")
        given = [*arguments, *[None] * (len(declared) - len(arguments))]
        for definition, value in zip(declared, given, strict=True):
            self._check(value, definition, f"parameter '{definition['name']}' of the function '{name}'")
        frame = Frame("function", arguments={str(d["name"]).lower(): value for d, value in zip(declared, given, strict=True)})
        value = evaluator.at(frame).evaluate_json(function["output"].get("value"))
        self._check(value, function["output"], f"output of the function '{name}'")
        return value

    def _check(self, value: Value, definition: JsonObject, path: str) -> None:
        for problem in check_value(value, definition, self._definitions, path):
            raise invalid(problem)

    def problems(self, template: JsonObject) -> list[ArmError]:
        """A circle of functions, where there is one. As Azure counts, a call in an argument is a dependency too."""
        if not self._functions:
            return []
        edges: dict[str, set[str]] = {name: {call.name.lower() for call in _calls(function.get("output"))} for name, function in self._functions.items()}
        for call in _calls({key: value for key, value in template.items() if key != "metadata"}):
            if call.name.lower() in edges:
                edges[call.name.lower()].update(inner.name.lower() for argument in call.arguments for inner in walk_calls(argument))
        circle = next((name for name in edges if name in _reachable(edges, name)), None)
        return [] if circle is None else [invalid(f"The '{circle}' symbol references itself in its own definition, which is not allowed.")]


def _reachable(edges: dict[str, set[str]], start: str) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for name in edges.get(waiting.pop(), ()):
            if name not in found:
                found.add(name)
                waiting.append(name)
    return found


def _calls(value: Json) -> Iterator[Call]:
    """Every call in a piece of a template, but for the templates of nested deployments."""
    if isinstance(value, dict):
        for key, item in value.items():
            if not (key == "template" and isinstance(item, dict)):
                yield from _calls(item)
    elif isinstance(value, list):
        for item in value:
            yield from _calls(item)
    elif isinstance(value, str) and value.startswith("["):
        try:
            yield from walk_calls(parse_template_string(value))
        except ExpressionError:
            return
