"""The values of a parameters file, evaluated by the template engine, since nothing but values may stand there.

Each file of a chain of `extends` has its own names, so each has its own values; `base` is the object of what the file behind gives.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from orchestrator.arm.evaluation.evaluator import Evaluator, Frame, Program
from orchestrator.arm.evaluation.user_functions import Functions
from orchestrator.arm.expressions import Expression as ArmExpression
from orchestrator.arm.runtime import UNRESOLVED, DeploymentScope, Unresolved
from orchestrator.compiler.emit.parameters import emit_definition, emit_functions
from orchestrator.compiler.emit.values import emit_loop, emit_value
from orchestrator.compiler.lowering.context import Context, TemplateContext, UnsupportedError
from orchestrator.compiler.lowering.expressions import lower
from orchestrator.compiler.lowering.imports import collect_imports
from orchestrator.compiler.semantics.deploy_time import Inlining
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.semantics.symbols import FunctionSymbol, TypeSymbol, VariableSymbol
from orchestrator.compiler.syntax.expressions import Expression, For
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import Json


class _NothingKnown:
    """The Runtime of a parameters file: there is no deployment."""

    def reference(self, resource_id: str, api_version: str | None, full: bool) -> Json | Unresolved:  # noqa: ARG002
        return UNRESOLVED

    def list_action(self, action: str, resource_id: str, api_version: str, body: Json) -> Json | Unresolved:  # noqa: ARG002
        return UNRESOLVED

    def utc_now(self, format: str) -> str | Unresolved:  # noqa: ARG002, A002 - the documented name of the function's parameter
        return UNRESOLVED

    def new_guid(self) -> str | Unresolved:
        return UNRESOLVED

    def deployer(self) -> Json | Unresolved:
        return UNRESOLVED

    def resource_group(self, subscription_id: str, name: str) -> Json | Unresolved:  # noqa: ARG002
        return UNRESOLVED


@dataclass(slots=True)
class _Values:
    """Values that are evaluated when they are first asked for."""

    expressions: Mapping[str, tuple[Expression, Context]]
    evaluate: "ParameterValues"
    known: dict[str, Json] = field(default_factory=dict)

    def get(self, name: str) -> Json:
        """The value of that name."""
        if name not in self.known:
            if name == "base" and self.evaluate.base is not None:
                self.known[name] = self.evaluate.base.all_values()
            elif name not in self.expressions:
                raise ArmError("InvalidTemplate", f"There is no value '{name}'.")
            else:
                node, ctx = self.expressions[name]
                self.known[name] = self.evaluate.value_of(node, ctx, name)
        return self.known[name]


class ParameterValues:
    """The values of one parameters file."""

    def __init__(self, model: SemanticModel, environ: Mapping[str, str]) -> None:
        names = collect_imports(model)
        self.model = model
        self.base = ParameterValues(model.base, environ) if model.base is not None else None
        self.ctx = Context(TemplateContext(model, False, names, Inlining(), lower, environ), model)
        program = Program(DeploymentScope(""), _NothingKnown(), True)
        assigned = {name: (symbol.declaration.value, self.ctx) for name, symbol in model.assignments.items() if symbol.model is model}
        variables = {name: (symbol.declaration.value, self.ctx) for name, symbol in model.variables.items()}
        variables.update({name: (symbol.declaration.value, self.ctx.in_model(symbol.model)) for name, symbol in names.of_kind(VariableSymbol)})
        program.parameters = self.parameters = _Values(assigned, self)
        program.variables = self.variables = _Values(variables, self)
        types = [*model.types.items(), *names.of_kind(TypeSymbol)]
        program.functions = Functions(
            {
                "definitions": {name: emit_definition(name, symbol, self.ctx) for name, symbol in types},
                "functions": emit_functions([*model.functions.items(), *names.of_kind(FunctionSymbol)], self.ctx),
            }
        )
        self.evaluator = Evaluator(program, Frame("variable"))

    def all_values(self) -> dict[str, Json]:
        """Every parameter, those of the files behind included."""
        behind = self.base.all_values() if self.base is not None else {}
        own = {name: self.parameters.get(name) for name in self.parameters.expressions}
        return {**own, **{name: value for name, value in behind.items() if name not in own}}

    def value_of(self, node: Expression, ctx: Context, name: str) -> Json:
        """The value of an expression of the file."""
        try:
            if isinstance(node, For):
                return self.evaluator.evaluate_loop({"name": name, **emit_loop(node, name, ctx)})
            return self.evaluator.evaluate_json(emit_value(node, ctx))
        except ArmError as error:
            raise UnsupportedError(node, f"The value cannot be found: {error.message}", code="BCP338") from error

    def evaluate(self, node: Expression, expression: ArmExpression) -> Json:
        """The value of a template expression that stems from `node`."""
        try:
            return self.evaluator.evaluate(expression)
        except ArmError as error:
            raise UnsupportedError(node, f"The value cannot be found: {error.message}", code="BCP338") from error
