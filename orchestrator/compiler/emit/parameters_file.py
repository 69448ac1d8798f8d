"""A parameters file as JSON: its values are evaluated by the template engine, since nothing but values may stand there."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from orchestrator.arm.evaluation.evaluator import Evaluator, Frame, Program
from orchestrator.arm.runtime import UNRESOLVED, DeploymentScope, Unresolved
from orchestrator.compiler.emit.values import emit_loop, emit_value
from orchestrator.compiler.lowering.context import Context, TemplateContext, UnsupportedError
from orchestrator.compiler.lowering.expressions import lower
from orchestrator.compiler.lowering.imports import collect_imports
from orchestrator.compiler.semantics.deploy_time import Inlining
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.semantics.symbols import FunctionSymbol, VariableSymbol
from orchestrator.compiler.syntax.declarations import ParameterAssignment
from orchestrator.compiler.syntax.expressions import Expression, For
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import Json, JsonObject

_SCHEMA = "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#"


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
    evaluate: "_ParametersFile"
    known: dict[str, Json] = field(default_factory=dict)

    def get(self, name: str) -> Json:
        """The value of that name."""
        if name not in self.known:
            node, ctx = self.expressions[name]
            self.known[name] = self.evaluate.value_of(node, ctx, name)
        return self.known[name]


class _ParametersFile:
    def __init__(self, model: SemanticModel, environ: Mapping[str, str]) -> None:
        names = collect_imports(model)
        self.ctx = Context(TemplateContext(model, False, names, Inlining(), lower, environ), model)
        functions = names.of_kind(FunctionSymbol)
        if functions or model.functions:
            node = next((symbol.name for _, symbol in functions if symbol.model is model), model.file.program)
            raise UnsupportedError(node, "Functions of the user's own in a parameters file are not supported yet.")
        program = Program(DeploymentScope(""), _NothingKnown(), True)
        assigned = {entry.name.name: (entry.value, self.ctx) for entry in model.statements if isinstance(entry, ParameterAssignment)}
        variables = {name: (symbol.declaration.value, self.ctx) for name, symbol in model.variables.items()}
        variables.update({name: (symbol.declaration.value, self.ctx.in_model(symbol.model)) for name, symbol in names.of_kind(VariableSymbol)})
        program.parameters = self.parameters = _Values(assigned, self)
        program.variables = _Values(variables, self)
        self.evaluator = Evaluator(program, Frame("variable"))

    def value_of(self, node: Expression, ctx: Context, name: str) -> Json:
        """The value of an expression of the file."""
        try:
            if isinstance(node, For):
                return self.evaluator.evaluate_loop({"name": name, **emit_loop(node, name, ctx)})
            return self.evaluator.evaluate_json(emit_value(node, ctx))
        except ArmError as error:
            raise UnsupportedError(node, f"The value cannot be found: {error.message}", code="BCP338") from error


def emit_parameters_file(model: SemanticModel, environ: Mapping[str, str]) -> JsonObject:
    """The whole document: $schema, contentVersion, parameters."""
    file = _ParametersFile(model, environ)
    return {
        "$schema": _SCHEMA,
        "contentVersion": "1.0.0.0",
        "parameters": {name: {"value": file.parameters.get(name)} for name in file.parameters.expressions},
    }
