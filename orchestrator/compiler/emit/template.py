"""A whole template: its sections, in the official order."""

from typing import Any

from orchestrator.arm.functions.collation import collation_key
from orchestrator.compiler.emit.parameters import emit_definition, emit_functions, emit_output, emit_parameter
from orchestrator.compiler.emit.resources import emit_module, emit_resource
from orchestrator.compiler.emit.template_hash import template_hash
from orchestrator.compiler.emit.types import emit_type
from orchestrator.compiler.emit.values import emit_json, emit_loop, emit_value
from orchestrator.compiler.lowering.context import Context, TemplateContext
from orchestrator.compiler.lowering.expressions import lower
from orchestrator.compiler.lowering.file_values import get_loaded
from orchestrator.compiler.lowering.imports import FileValue, collect_imports
from orchestrator.compiler.lowering.references import symbolic_key
from orchestrator.compiler.semantics.deploy_time import Inlining
from orchestrator.compiler.semantics.experiments import WARNING, enabled_titles, experimental_language
from orchestrator.compiler.semantics.file_variables import name_file_values
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.semantics.symbols import FunctionSymbol, TypeSymbol, VariableSymbol
from orchestrator.compiler.semantics.template_language import needs_symbolic_names
from orchestrator.compiler.syntax.declarations import MetadataDeclaration
from orchestrator.compiler.syntax.expressions import For
from orchestrator.model.json_value import Json, JsonObject

_SCHEMAS = {
    "resourceGroup": "2019-04-01/deploymentTemplate.json#",
    "subscription": "2018-05-01/subscriptionDeploymentTemplate.json#",
    "managementGroup": "2019-08-01/managementGroupDeploymentTemplate.json#",
    "tenant": "2019-08-01/tenantDeploymentTemplate.json#",
}


class TemplateEmitter:
    """Makes templates; a module that is used twice is made once."""

    def __init__(self, generator: tuple[str, str]) -> None:
        self.generator = generator
        self._made: dict[SemanticModel, JsonObject] = {}

    def emit(self, model: SemanticModel) -> JsonObject:
        """The template of a file."""
        if model.document is not None:
            return model.document
        if model not in self._made:
            self._made[model] = self._emit(model)
        return self._made[model]

    def _emit(self, model: SemanticModel) -> JsonObject:
        symbolic = needs_symbolic_names(model)
        names = collect_imports(model)
        file_values = {**name_file_values(model), **{value.call: name for value, name in names.file_values.items()}}
        ctx = Context(TemplateContext(model, symbolic, names, Inlining(), lower, file_values=file_values), model)
        name, version = self.generator
        generator: JsonObject = {"name": name, "version": version}
        sections: JsonObject = {
            "metadata": {**_emit_experiments(model), "_generator": generator, **_emit_metadata(ctx)},
            "definitions": {key: emit_definition(key, symbol, ctx) for key, symbol in _all_types(ctx)},
            "functions": emit_functions([*model.functions.items(), *names.of_kind(FunctionSymbol)], ctx),
            "parameters": {key: emit_parameter(symbol, ctx) for key, symbol in model.parameters.items()},
            "variables": _emit_variables(ctx),
            **_emit_extensions(ctx),
            "resources": self._emit_resources(ctx),
            "outputs": {key: emit_output(symbol, ctx) for key, symbol in model.outputs.items()},
            "asserts": {name: emit_value(node.value, ctx) for name, node in model.asserts.items()},
        }
        template: JsonObject = {"$schema": f"https://schema.management.azure.com/schemas/{_SCHEMAS[model.scope]}"}
        if symbolic:
            template["languageVersion"] = experimental_language(model) or "2.0"
        template["contentVersion"] = "1.0.0.0"
        template.update({key: value for key, value in sections.items() if value or key in ("metadata", "resources")})
        generator["templateHash"] = template_hash(template)
        return template

    def _emit_resources(self, ctx: Context) -> Json:
        model, template = ctx.model, ctx.template
        if not template.symbolic:
            plain = [emit_resource(symbol, ctx) for symbol in model.resources if not symbol.existing]
            return plain + [emit_module(symbol, ctx, self.emit) for symbol in model.modules.values()]
        entries = {symbolic_key(symbol): emit_resource(symbol, ctx) for symbol in model.resources if not template.inlining.is_runtime_existing(symbol)}
        entries.update({symbol.text: emit_module(symbol, ctx, self.emit) for symbol in model.modules.values()})
        return entries


def _emit_experiments(model: SemanticModel) -> JsonObject:
    if experimental_language(model) is None:
        return {}
    return {"_EXPERIMENTAL_WARNING": WARNING, "_EXPERIMENTAL_FEATURES_ENABLED": enabled_titles(model)}


def _emit_extensions(ctx: Context) -> JsonObject:
    """The extensions, with what they are configured with."""
    extended = ctx.model.configuration.experimental("moduleExtensionConfigs")
    found: JsonObject = {}
    for symbol in ctx.model.extensions:
        known, given = symbol.known, symbol.declaration.configuration
        entry: JsonObject = {"name" if extended else "provider": known.provider, "version": known.version}
        if given is not None and extended:
            entry["config"] = {member.name: {"defaultValue": emit_value(member.value, ctx)} for member in given.properties}
        elif given is not None:
            entry["config"] = emit_value(given, ctx)
        found[symbol.text] = entry
    return {"extensions" if extended else "imports": found}


def _all_types(ctx: Context) -> list[tuple[str, TypeSymbol]]:
    return [*ctx.model.types.items(), *ctx.template.names.of_kind(TypeSymbol)]


def _emit_metadata(ctx: Context) -> JsonObject:
    exported = [_emit_exported(symbol, ctx) for _, symbol in sorted(ctx.model.variables.items()) if symbol.declaration.decorator("export") is not None]
    found: JsonObject = {"__bicep_exported_variables!": exported} if exported else {}
    for statement in ctx.model.statements:
        if isinstance(statement, MetadataDeclaration):
            found[statement.name.name] = emit_value(statement.value, ctx)
    return found


def _emit_exported(symbol: VariableSymbol, ctx: Context) -> JsonObject:
    description = symbol.declaration.decorator("description")
    entry: JsonObject = {"name": symbol.text}
    if description is not None and description.arguments:
        entry["description"] = emit_value(description.arguments[0], ctx)
    if symbol.declaration.type is not None:
        entry["type"] = emit_type(symbol.declaration.type, ctx)
    return entry


def _emit_variables(ctx: Context) -> JsonObject:
    """Loops first, as `copy`; then what files hold, then the others, those of other files last."""
    names = ctx.template.names
    imported_files = {value.call for value in names.file_values}
    files = sorted((name, node) for node, name in ctx.template.file_values.items() if node not in imported_files)
    result: JsonObject = {name: emit_json(get_loaded(ctx.model, node)) for name, node in files}
    own = [(name, symbol) for name, symbol in ctx.model.variables.items() if not ctx.template.inlining.is_inlined(symbol)]
    entries: list[tuple[str, Any]] = [*names.of_kind(VariableSymbol), *((name, value) for value, name in names.file_values.items())]
    entries = [*own, *sorted(entries, key=lambda entry: collation_key(entry[0]))]
    loops = []
    for name, symbol in entries:
        there = ctx.in_model(symbol.model)
        if isinstance(symbol, FileValue):
            result[name] = emit_json(get_loaded(symbol.model, symbol.call))
        elif isinstance(symbol.declaration.value, For):
            loops.append({"name": name, **emit_loop(symbol.declaration.value, name, there)})
        else:
            result[name] = emit_value(symbol.declaration.value, there)
    return {"copy": loops, **result} if loops else result
