"""A parameters file as JSON: values, references to secrets, and what is left to whoever deploys."""

from collections.abc import Mapping
from typing import Any

from orchestrator.arm.expressions import Call, Expression, String, print_template_string
from orchestrator.compiler.emit.external_inputs import ExternalInputs
from orchestrator.compiler.emit.parameter_values import ParameterValues
from orchestrator.compiler.lowering.context import UnsupportedError
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.semantics.symbols import AssignmentSymbol, NamespaceSymbol
from orchestrator.compiler.syntax.declarations import UsingDeclaration
from orchestrator.compiler.syntax.expressions import FunctionCall, InstanceCall, Parenthesized
from orchestrator.compiler.types.values import ERROR, ErrorType, resolve
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


def _bare(node: Any) -> Any:
    while isinstance(node, Parenthesized):
        node = node.expression
    return node


def _is_secret(model: SemanticModel, node: Any) -> bool:
    """True for a call of the getSecret() of parameters files."""
    if not isinstance(node, FunctionCall | InstanceCall) or node.name.name != "getSecret":
        return False
    return isinstance(model.symbol_of(node.base), NamespaceSymbol) if isinstance(node, InstanceCall) else model.symbol_of(node) is None


def _is_wrong(model: SemanticModel, node: Any) -> bool:
    """True for an expression that has no type: something in it, or in what it uses, was entered already."""
    return isinstance(resolve(model.expression_types.get(node, ERROR)), ErrorType)


def check_values(model: SemanticModel, environ: Mapping[str, str]) -> None:
    """Enter each value of a parameters file that cannot be found, of those in which nothing else is wrong."""
    try:
        values = ParameterValues(model, environ)
    except UnsupportedError:
        return  # its types or functions are wrong, which is entered, or not supported, which is entered when it is emitted
    inputs = ExternalInputs(values)
    for name, (node, _) in values.parameters.expressions.items():
        symbol = model.names.get(name)
        if not isinstance(symbol, AssignmentSymbol) or _is_wrong(model, node) or _is_secret(model, _bare(node)) or inputs.needed_by(node):
            continue
        try:
            values.parameters.get(name)
        except UnsupportedError as error:
            model.problems.error(error.node if model.stands_in(error.node) else node, error.code, error.message, "Correct the value.")


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
        bare = _bare(node)
        if _is_secret(self.values.model, bare):
            return {"reference": self._emit_secret(bare)}
        if self.inputs.needed_by(bare):
            return {"expression": self.inputs.emit(bare)}
        return {"value": self.values.parameters.get(name)}

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
