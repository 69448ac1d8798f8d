"""Which template language a file needs: symbolic names (2.0) or the classic one."""

from typing import Any

from orchestrator.compiler.configuration import Configuration
from orchestrator.compiler.semantics.declared_types import type_of_output
from orchestrator.compiler.semantics.deploy_time import find_deployed
from orchestrator.compiler.semantics.experiments import experimental_language
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.semantics.symbols import ModuleSymbol, ResourceSymbol, unaliased
from orchestrator.compiler.semantics.values import is_secure
from orchestrator.compiler.syntax.children import children
from orchestrator.compiler.syntax.declarations import VariableDeclaration
from orchestrator.compiler.syntax.expressions import ArrayAccess, FunctionCall, InstanceCall, ResourceAccess, VariableAccess
from orchestrator.compiler.syntax.types import ArrayTypeSyntax, NullableTypeSyntax, ObjectTypeSyntax, TupleTypeSyntax, UnionTypeSyntax

_TYPE_SYNTAX = (ArrayTypeSyntax, NullableTypeSyntax, ObjectTypeSyntax, TupleTypeSyntax, UnionTypeSyntax)


def needs_symbolic_names(model: SemanticModel) -> bool:
    """True where the template must have `resources` as an object."""
    return (
        bool(model.types or model.functions or model.imports or model.extensions)
        or experimental_language(model) is not None
        or _configured(model.configuration)
        or any(module.find_value("name") is None for module in model.modules.values())
        or any(_needs(resource) for resource in model.resources)
        or any(is_secure(type_of_output(output)) for output in model.outputs.values())
        or any(_gives_secrets(module.target) for module in model.modules.values() if module.target is not None)
        or any(_uses_new_syntax(model, statement) for statement in model.statements)
    )


def _configured(configuration: Configuration) -> bool:
    return configuration.experimental("symbolicNameCodegen")


def _needs(resource: ResourceSymbol) -> bool:
    if resource.existing and resource.find_value("dependsOn") is not None:
        return True
    return any(decorator.name in ("retryOn", "onlyIfNotExists") for decorator in resource.declaration.decorators)


def _gives_secrets(model: SemanticModel) -> bool:
    return any(is_secure(type_of_output(output)) for output in model.outputs.values())


def _uses_new_syntax(model: SemanticModel, node: Any) -> bool:
    """True for a compound type, a typed variable, or a loop of resources used whole."""
    if isinstance(node, _TYPE_SYNTAX) or (isinstance(node, VariableDeclaration) and node.type is not None):
        return True
    if isinstance(node, VariableAccess | ResourceAccess):
        symbol = unaliased(model.symbol_of(node))
        return isinstance(symbol, ResourceSymbol | ModuleSymbol) and symbol.loop is not None
    if isinstance(node, ArrayAccess) and find_deployed(model, node) is not None:
        return _uses_new_syntax(model, node.index)
    if isinstance(node, FunctionCall | InstanceCall) and node.name.name == "nameof":
        return False
    if type(node).__name__ == "ObjectProperty" and node.name == "dependsOn":
        return False
    return any(_uses_new_syntax(model, child) for child in children(node))
