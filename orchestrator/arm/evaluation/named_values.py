"""Parameters, variables and user-defined functions of a template, each evaluated once, when it is asked for."""

from collections.abc import Mapping

from orchestrator.arm.evaluation.evaluator import Evaluator, Frame, Program, where
from orchestrator.arm.evaluation.secrets import hide_secrets
from orchestrator.arm.evaluation.type_check import check_value, is_secure, resolve_type
from orchestrator.arm.expressions import Call, String
from orchestrator.arm.functions.values import Value, find_key, invalid
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import JsonObject


class _Pending:
    """Marks a value that is being evaluated: asked for again, it depends on itself."""


_PENDING = _Pending()


class Parameters:
    """The parameters of a template. A secure one with a value stays `parameters('name')`, but for a deployment."""

    def __init__(self, program: Program, template: JsonObject, supplied: Mapping[str, Value]) -> None:
        self._program = program
        self.definitions: JsonObject = template.get("definitions") or {}
        self.declared: JsonObject = template.get("parameters") or {}
        self._supplied = dict(supplied)
        self._values: dict[str, Value | _Pending] = {}

    def problems(self) -> list[ArmError]:
        """Everything that is wrong with the values."""
        found: list[ArmError] = []
        for name in self.declared:
            try:
                self.get(name)
            except ArmError as error:
                found += error.details or [error]
        return found + [
            invalid(f"The template parameter '{name}' is not found in the template. Its parameters are: '{', '.join(self.declared)}'.")
            for name in self._supplied
            if find_key(self.declared, name) is None
        ]

    def get(self, name: str) -> Value:
        """A parameter's value."""
        key = find_key(self.declared, name)
        if key is None:
            raise invalid(f"The template parameter '{name}' is not found. Please see https://aka.ms/arm-syntax-parameters for usage details.")
        value = self._values.get(key)
        if value is _PENDING:
            raise invalid(f"The template parameter '{key}' depends on itself.")
        if key not in self._values:
            self._values[key] = _PENDING
            try:
                value = self._evaluate(key)
            finally:
                del self._values[key]
            self._values[key] = value
        return value

    def is_secure(self, name: str) -> bool:
        """True for a secure parameter."""
        return is_secure(self.declared[name], self.definitions)

    def type_of(self, name: str) -> str:
        """The parameter's type, as it is written."""
        return str(resolve_type(self.declared[name], self.definitions).get("type", "object"))

    def _evaluate(self, name: str) -> Value:
        definition = self.declared[name]
        value = self._given(name, definition)
        problems = list(check_value(value, definition, self.definitions, f"template parameter '{name}'"))
        if problems:
            raise ArmError("InvalidTemplate", problems[0], details=[invalid(problem) for problem in problems] if len(problems) > 1 else ())
        if self._program.strict:
            return value
        key = find_key(self._supplied, name)
        supplied = key is not None and self._supplied[key] is not None
        return hide_secrets(value, definition, self.definitions, Call("parameters", (String(name),)), supplied=supplied)

    def _given(self, name: str, definition: JsonObject) -> Value:
        key = find_key(self._supplied, name)
        nullable = resolve_type(definition, self.definitions).get("nullable")
        if key is not None and not (self._supplied[key] is None and not nullable and "defaultValue" in definition):
            return self._supplied[key]
        if "defaultValue" in definition:
            try:
                return Evaluator(self._program, Frame("default")).evaluate_json(definition["defaultValue"])
            except ArmError as error:
                raise where(error, f"The default value of the template parameter '{name}' is not valid") from None
        if nullable:
            return None
        raise invalid(f"The value for the template parameter '{name}' is not provided. Please see https://aka.ms/arm-create-parameter-file for usage details.")


class Variables:
    """The variables of a template, with their loops. What one cannot be evaluated for, those that stand on it cannot either."""

    def __init__(self, program: Program, template: JsonObject) -> None:
        self._program = program
        declared: JsonObject = template.get("variables") or {}
        self._copies: list[JsonObject] | None = declared.get("copy")
        self._named_loops: dict[str, JsonObject] = {}
        self._declared = {name: value for name, value in declared.items() if name != "copy"}
        self._values: dict[str, Value | _Pending] = {}
        self._failed: dict[str, ArmError] = {}

    @property
    def _loops(self) -> dict[str, JsonObject]:
        copies, self._copies = self._copies, None  # taken at first use: their names are expressions, too
        for loop in copies or ():
            self._named_loops[self._name_of(loop)] = loop
        return self._named_loops

    def _name_of(self, loop: JsonObject) -> str:
        name = Evaluator(self._program, Frame("variable")).evaluate_json(loop["name"])
        if not isinstance(name, str):
            raise invalid(f"The name '{loop['name']}' of a copy must give a text.")
        return name

    def problems(self) -> list[ArmError]:
        """Everything that is wrong with them."""
        for name in (*self._loops, *self._declared):
            try:
                self.get(name)
            except ArmError as error:
                self._failed.setdefault(name, error)
        return list(dict.fromkeys(self._failed.values()))

    def get(self, name: str) -> Value:
        """A variable's value."""
        known = self._values.get(name)
        if known is not None and known is not _PENDING:
            return known
        key = find_key(self._loops, name) or find_key(self._declared, name)
        if key is None:
            raise invalid(f"The template variable '{name}' is not found. Please see https://aka.ms/arm-syntax-variables for usage details.")
        if key in self._failed:
            raise self._failed[key]
        if self._values.get(key) is _PENDING:
            raise invalid(f"The template variable '{key}' depends on itself: circular dependencies are not allowed.")
        if key not in self._values:
            self._values[key] = _PENDING
            try:
                value = self._evaluate(key)
            except ArmError as error:
                known = error in self._failed.values()
                self._failed[key] = error if known else where(error, f"The template variable '{key}' is not valid")
                raise self._failed[key] from None
            finally:
                del self._values[key]
            self._values[key] = value
        return self._values[key]

    def _evaluate(self, name: str) -> Value:
        evaluator = Evaluator(self._program, Frame("variable"))
        return evaluator.evaluate_loop(self._loops[name]) if name in self._loops else evaluator.evaluate_json(self._declared[name])
