"""Expressions to values. What is unknown stays an expression, with what is known folded in.

Theory of operation: a Program is one template being evaluated: its scope, parameters, variables, user-defined functions and resources. A Frame is a place
in it: the loops, lambda variables and function arguments around, and what may be called there. An Evaluator is both, and cheap to make.
`reference()` of a planned resource gives a Planned value: its members are read as long as they are known, else the whole chain stays `reference(...).a.b`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from orchestrator.arm.evaluation.budget import Budget
from orchestrator.arm.expressions import Access, Call, Expression, ExpressionError, Integer, String, parse_template_string
from orchestrator.arm.functions import FUNCTIONS, Function
from orchestrator.arm.functions.objects import access_partly
from orchestrator.arm.functions.signature import Style
from orchestrator.arm.functions.values import Stay, Unknown, Value, find_key, invalid, is_integer, to_expression
from orchestrator.arm.runtime import DeploymentScope, Runtime
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import Json

DEFERRED = frozenset({"body", "output", "envelope"})
"""Places where `reference()` and `list*()` may stand."""
_LOOP = frozenset({"name", "count", "input"})
"""What makes the members of a list named `copy` loops; else it is a property like any other."""
_LONGEST_QUOTED = 200
_LOOP_STEPS = 8
_CALL_STEPS = 4
_SCALARS = frozenset((str, int, bool, float, type(None)))
_LONGEST_EXPRESSION = 81_920


@dataclass(frozen=True, slots=True)
class Planned:
    """A value read from a planned resource, and the expression that says the same of the deployed one."""

    value: Value
    expression: Expression


class NotBeforehand(ArmError):
    """A loop whose count only the deployment itself can tell."""


class Resources(Protocol):
    """What the evaluator asks the template's resources."""

    def reference(self, call: Call, arguments: list[Any]) -> Value:
        """`reference()`: a value, Planned or Unknown."""
        ...

    def references(self, call: Call, arguments: list[Any]) -> Value:
        """`references()`."""
        ...

    def list_action(self, call: Call, arguments: list[Any]) -> Value:
        """`list*()`."""
        ...

    def qualify(self, call: Call, *, existing_only: bool) -> Call:
        """A call that stays unevaluated, with ids in place of symbolic names."""
        ...

    def planned_group(self, subscription_id: str, name: str) -> Value:
        """A resource group that the plan makes, or None."""
        ...

    def deployment(self) -> Value:
        """What `deployment()` says."""
        ...


class Named(Protocol):
    """Parameters or variables."""

    def get(self, name: str) -> Value:
        """The value of that name; ArmError where there is none."""
        ...


class UserFunctions(Protocol):
    """The template's own functions."""

    def call(self, evaluator: "Evaluator", name: str, arguments: list[Value]) -> Value:
        """The function's value; ArmError where there is none of that name."""
        ...


@dataclass(slots=True)
class Program:
    """A template being evaluated."""

    scope: DeploymentScope
    runtime: Runtime
    strict: bool
    budget: Budget = field(default_factory=Budget)
    parameters: Named = field(init=False)
    variables: Named = field(init=False)
    functions: UserFunctions = field(init=False)
    resources: Resources = field(init=False)


@dataclass(frozen=True, slots=True)
class Frame:
    """A place in a template. `loops`: lower-cased names to indices; `loop`: the index of the loop that `copyIndex()` means."""

    place: str
    loops: Mapping[str, int] = field(default_factory=dict)
    loop: int | None = None
    lambdas: Mapping[str, Value] = field(default_factory=dict)
    arguments: Mapping[str, Value] | None = None

    def inside_loop(self, name: str | None, index: int, *, innermost: bool) -> "Frame":
        """The place inside a loop; `innermost` where `copyIndex()` without a name means this one."""
        loops = self.loops if name is None else {**self.loops, name.lower(): index}
        return replace(self, loops=loops, loop=index if innermost else self.loop)


@dataclass(frozen=True, slots=True)
class Evaluator:
    """Evaluates at one place of one template; the Context that functions see."""

    program: Program
    frame: Frame

    @property
    def scope(self) -> DeploymentScope:
        """Where the deployment stands."""
        return self.program.scope

    @property
    def runtime(self) -> Runtime:
        """What only the outside knows."""
        return self.program.runtime

    @property
    def place(self) -> str:
        """What may be called here."""
        return self.frame.place

    @property
    def strict(self) -> bool:
        """True in a deployment."""
        return self.program.strict

    def at(self, frame: Frame) -> "Evaluator":
        """The same template, another place."""
        return Evaluator(self.program, frame)

    def evaluate_string(self, text: str) -> Value:
        """A template's string: an expression in brackets, or a text."""
        if not text.startswith("["):
            return text
        if len(text) > _LONGEST_EXPRESSION:
            raise invalid(f"The language expression length limit exceeded. Limit: '{_LONGEST_EXPRESSION}' and actual: '{len(text)}'.")
        try:
            expression = parse_template_string(text)
        except ExpressionError as error:
            raise invalid(f"Unable to parse language expression '{_shortened(text[1:-1])}': {error} at position {error.position}.") from None
        value = self.evaluate(expression)
        if not isinstance(value, str | int | None):
            self.program.budget.has_unknown(value)
        return value

    def evaluate(self, expression: Expression) -> Value:
        """The value of an expression."""
        value = self._evaluate(expression)
        return value.value if isinstance(value, Planned) else value

    def evaluate_branch(self, expression: Expression) -> Value:
        """The value of an expression that becomes a call's own."""
        return self._evaluate(expression)

    def _evaluate(self, expression: Expression) -> Value:
        match expression:
            case String(value) | Integer(value):
                return value
            case Access(base, key):
                return self._access(self._evaluate(base), self.evaluate(key))
            case Call(name):
                return self._call(name, expression)

    def _access(self, base: Value, key: Value) -> Value:
        if not isinstance(base, Planned):
            return access_partly(base, key)
        chain = Access(base.expression, to_expression(key))
        member = _find_member(base.value, key)
        return Unknown(chain) if member is None or member[0] is None or isinstance(member[0], Unknown) else Planned(member[0], chain)

    def _call(self, name: str, call: Call) -> Value:
        self.program.budget.spend(_CALL_STEPS)
        if "." in name:
            return self._call_user_function(call)
        function = FUNCTIONS.get(name.lower())
        if function is None:
            if name.lower().startswith("list"):
                return self.list_action(call, [self.evaluate(argument) for argument in call.arguments])
            raise invalid(f"The template function '{name}' is not valid. Please see https://aka.ms/arm-functions for usage details.")
        _check_arity(call, function)
        if function.style is Style.SYNTAX:
            return self._guarded(call, function, (self, call))
        arguments = [self.evaluate(argument) for argument in call.arguments]
        unknown = not all(type(argument) in _SCALARS for argument in arguments) and self.program.budget.has_unknown(arguments)
        whole = function.style in (Style.WHOLE, Style.CONTEXT)
        stays = unknown and (whole or any(isinstance(argument, Unknown) for argument in arguments))
        if stays and function.style not in (Style.OPEN, Style.LOOSE):
            return Unknown(Call(name, tuple(to_expression(argument) for argument in arguments)))
        given = [self, *arguments] if function.style in (Style.CONTEXT, Style.OPEN) else arguments
        return self._guarded(Call(name, tuple(to_expression(a) for a in arguments)) if unknown else call, function, tuple(given))

    def _guarded(self, call: Call, function: Function, given: tuple[Any, ...]) -> Value:
        try:
            value = function.implementation(*given)
        except Stay as stay:
            return Unknown(stay.expression or call)
        self.program.budget.spend_result(value)
        return value

    def _call_user_function(self, call: Call) -> Value:
        return self.program.functions.call(self, call.name, [self.evaluate(argument) for argument in call.arguments])

    def unevaluated(self, expression: Expression) -> Expression:
        """An expression as it is written, but for the indices of loops."""
        match expression:
            case Call(name) if name.lower() == "copyindex" and (self.frame.loop is not None or self.frame.loops):
                return to_expression(self.evaluate(expression))
            case Call(name, arguments):
                inner = Call(name, tuple(self.unevaluated(argument) for argument in arguments))
                return self.program.resources.qualify(inner, existing_only=self.frame.place != "output")
            case Access(base, key):
                return Access(self.unevaluated(base), self.unevaluated(key))
            case _:
                return expression

    def with_lambda(self, variables: Mapping[str, Value]) -> "Evaluator":
        """Inside a lambda; each turn costs as much as a call."""
        self.program.budget.spend(_CALL_STEPS)
        return self.at(replace(self.frame, lambdas={**self.frame.lambdas, **{name.lower(): value for name, value in variables.items()}}))

    def lambda_variable(self, name: str) -> Value:
        """A lambda's variable."""
        if name.lower() not in self.frame.lambdas:
            raise invalid(f"The lambda variable '{name}' is not found.")
        return self.frame.lambdas[name.lower()]

    def parameter(self, name: str) -> Value:
        """A parameter, or in a user-defined function its argument."""
        if self.frame.arguments is None:
            return self.program.parameters.get(name)
        if name.lower() not in self.frame.arguments:
            raise invalid(f"The parameter '{name}' is not found in the function: a function sees only its own parameters.")
        return self.frame.arguments[name.lower()]

    def variable(self, name: str) -> Value:
        """A variable."""
        return self.program.variables.get(name)

    def copy_index(self, name: str | None) -> int:
        """The index of a loop."""
        index = self.frame.loop if name is None else self.frame.loops.get(name.lower())
        if index is None:
            what = "no loop is around" if name is None else f"no loop '{name}' is around"
            raise invalid(
                f"The template function 'copyIndex' is not expected at this location: {what}. The function can only be used in a resource with copy specified."
            )
        return index

    def deployment(self) -> Value:
        """What `deployment()` says."""
        return self.program.resources.deployment()

    def reference(self, call: Call, arguments: list[Any]) -> Value:
        """`reference()`."""
        self._require_deferred(call.name)
        if self.frame.place == "envelope" and not self.program.strict:
            return Unknown(Call(call.name, tuple(to_expression(argument) for argument in arguments)))
        return self.program.resources.reference(call, arguments)

    def references(self, call: Call, arguments: list[Any]) -> Value:
        """`references()`."""
        self._require_deferred(call.name)
        return self.program.resources.references(call, arguments)

    def list_action(self, call: Call, arguments: list[Any]) -> Value:
        """`list*()`."""
        self._require_deferred(call.name)
        return self.program.resources.list_action(call, arguments)

    def planned_group(self, subscription_id: str, name: str) -> Value:
        """A resource group that the plan makes."""
        return self.program.resources.planned_group(subscription_id, name)

    def _require_deferred(self, name: str) -> None:
        if self.frame.place not in DEFERRED:
            raise invalid(f"The template function '{name}' is not expected at this location. Please see https://aka.ms/arm-functions for usage details.")

    def evaluate_json(self, value: Json) -> Value:
        """JSON with expressions in keys and values, and `copy` loops of properties, to a value."""
        if isinstance(value, str):
            return self.evaluate_string(value)
        if isinstance(value, list):
            return [self.evaluate_json(item) for item in value]
        if isinstance(value, dict):
            return self._evaluate_object(value)
        return value

    def _evaluate_object(self, entries: dict[str, Json]) -> Value:
        made: dict[str, Value] = {}
        self.program.budget.spend(len(entries))
        for key, value in entries.items():
            if key == "copy" and isinstance(value, list) and all(isinstance(loop, dict) and loop.keys() >= _LOOP for loop in value):
                made |= {self._loop_name(loop): self.evaluate_loop(loop) for loop in value}
                continue
            name = self.evaluate_key(key)
            made[name] = self.evaluate_json(value)
        return made

    def evaluate_key(self, key: str) -> str:
        """A key, which may be an expression that gives a text."""
        name = self.evaluate_string(key)
        if isinstance(name, Unknown):
            from_key: str = key
            return from_key
        if not isinstance(name, str):
            raise invalid(f"The property name '{key}' must give a text.")
        return name

    def _loop_name(self, loop: dict[str, Json]) -> str:
        name = self.evaluate_json(loop.get("name"))
        if not isinstance(name, str):
            raise invalid(f"The name '{loop.get('name')}' of a copy must give a text that is known before the deployment.")
        return name

    def evaluate_loop(self, loop: dict[str, Json], *, innermost: bool = False) -> list[Value]:
        """A property's, variable's or output's `copy`: {name, count, input}."""
        name = None if loop.get("name") is None else self._loop_name(loop)
        count = self.evaluate_count(loop)
        self.program.budget.spend(_LOOP_STEPS * count)
        return [self.at(self.frame.inside_loop(name, index, innermost=innermost)).evaluate_json(loop.get("input")) for index in range(count)]

    def evaluate_count(self, loop: dict[str, Json]) -> int:
        """The count of a loop; ArmError where it is none."""
        said = loop.get("count")
        count = self.evaluate_json(said)
        if not is_integer(count) or not 0 <= count <= 800:
            kind = NotBeforehand if isinstance(count, Unknown) else ArmError
            raise kind(
                "InvalidTemplate",
                f"The template 'copy' definition has an invalid copy count of: '{said}'. The copy count must be a non-negative "
                "integer value and cannot exceed '800'. "
                "Please see https://aka.ms/arm-resource-loops for usage details.",
            )
        return int(count)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTED else f"{text[:_LONGEST_QUOTED]}..."


def _find_member(base: Value, key: Value) -> tuple[Value] | None:
    if isinstance(base, dict) and isinstance(key, str):
        known = find_key(base, key)
        return None if known is None else (base[known],)
    if isinstance(base, list) and is_integer(key) and 0 <= key < len(base):
        return (base[key],)
    return None


def _check_arity(call: Call, function: Function) -> None:
    count = len(call.arguments)
    if count < function.minimum or (function.maximum is not None and count > function.maximum):
        wanted = (
            f"exactly {function.minimum}"
            if function.minimum == function.maximum
            else f"at least {function.minimum}"
            if function.maximum is None
            else f"between {function.minimum} and {function.maximum}"
        )
        raise invalid(f"Unable to evaluate template language function '{call.name}': function requires {wanted} argument(s) while {count} were provided.")


def where(error: ArmError, prefix: str) -> ArmError:
    """The same error, saying where it arose."""
    return type(error)(
        error.code, f"{prefix}: {error.message}", target=error.target, details=error.details, status=error.status, additional_info=error.additional_info
    )
