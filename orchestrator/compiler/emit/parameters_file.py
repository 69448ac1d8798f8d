"""A parameters file as JSON: values, references to secrets, and what is left to whoever deploys."""

from collections.abc import Mapping
from typing import Any

from orchestrator.arm.expressions import Call, Expression, String, print_template_string
from orchestrator.compiler.emit.external_inputs import ExternalInputs
from orchestrator.compiler.emit.parameter_values import ParameterValues
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.semantics.symbols import NamespaceSymbol
from orchestrator.compiler.syntax.declarations import UsingDeclaration
from orchestrator.compiler.syntax.expressions import FunctionCall, InstanceCall, Parenthesized
from orchestrator.model.json_value import JsonObject

_SCHEMA = "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#"


def emit_parameters_file(model: SemanticModel, environ: Mapping[str, str]) -> JsonObject:
    """The whole document: $schema, contentVersion, parameters, and what is asked for from outside."""
    file = _ParametersFile(ParameterValues(model, environ))
    document: JsonObject = {"$schema": _SCHEMA, "contentVersion": "1.0.0.0", "parameters": file.emit_parameters()}
    definitions = file.inputs.emit_definitions()
    if definitions:
        document["externalInputDefinitions"] = definitions
    using = next((statement for statement in model.statements if isinstance(statement, UsingDeclaration)), None)
    if using is not None and using.configuration is not None:
        document["usingConfig"] = {"expression": file.inputs.emit(using.configuration)}
    return document


class _ParametersFile:
    """One file of a chain of `extends`."""

    def __init__(self, values: ParameterValues) -> None:
        self.values = values
        self.inputs = ExternalInputs(values)
        model = values.model
        using = [statement.configuration for statement in model.statements if isinstance(statement, UsingDeclaration) and statement.configuration is not None]
        own = [symbol.declaration.value for symbol in model.assignments.values() if symbol.model is model]
        self.inputs.register([*own, *(symbol.declaration.value for symbol in model.variables.values()), *using])

    def emit_parameters(self) -> JsonObject:
        """The entries of `parameters`: those of this file, then what it inherits and its template declares."""
        found = {name: self._emit(name, node) for name, (node, _) in self.values.parameters.expressions.items()}
        if self.values.base is not None:
            target = self.values.model.params_target
            inherited = _ParametersFile(self.values.base).emit_parameters()
            found.update({name: entry for name, entry in inherited.items() if name not in found and (target is None or name in target.parameters)})
        return found

    def _emit(self, name: str, node: Any) -> JsonObject:
        bare = node
        while isinstance(bare, Parenthesized):
            bare = bare.expression
        if isinstance(bare, FunctionCall | InstanceCall) and bare.name.name == "getSecret" and self._is_builtin(bare):
            return {"reference": self._emit_secret(bare)}
        if self.inputs.needed_by(bare):
            return {"expression": self.inputs.emit(bare)}
        return {"value": self.values.parameters.get(name)}

    def _is_builtin(self, node: FunctionCall | InstanceCall) -> bool:
        model = self.values.model
        return isinstance(model.symbol_of(node.base), NamespaceSymbol) if isinstance(node, InstanceCall) else model.symbol_of(node) is None

    def _emit_secret(self, node: FunctionCall | InstanceCall) -> JsonObject:
        """A reference to a secret; the engine reads it when the deployment starts."""
        given = [self._lower_argument(argument) for argument in node.arguments]
        subscription, group, vault, name, *version = given
        if isinstance(subscription, String) and isinstance(group, String) and isinstance(vault, String):
            scope = f"/subscriptions/{subscription.value}/resourceGroups/{group.value}"
            identifier: Expression = String(f"{scope}/providers/Microsoft.KeyVault/vaults/{vault.value}")
        else:
            identifier = Call("resourceId", (subscription, group, String("Microsoft.KeyVault"), String("vaults"), vault))
        secret = {"keyVault": {"id": print_template_string(identifier)}, "secretName": print_template_string(name)}
        return {**secret, "secretVersion": print_template_string(version[0])} if version else secret

    def _lower_argument(self, node: Any) -> Expression:
        if self.inputs.needed_by(node):
            return self.inputs.rewrite(node, self.values.ctx.lower(node), self.values.ctx)
        return String(str(self.values.value_of(node, self.values.ctx, "")))
