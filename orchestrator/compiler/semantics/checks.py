"""The checks of a bound model, declaration by declaration."""

from collections.abc import Callable
from typing import Any

from orchestrator.compiler.semantics.assignment import Assignment, Place
from orchestrator.compiler.semantics.call_types import INNER_CODES
from orchestrator.compiler.semantics.check_decorators import check_decorators
from orchestrator.compiler.semantics.check_deploy_time import DeployTimeCheck
from orchestrator.compiler.semantics.check_deployed import check_module, check_resource
from orchestrator.compiler.semantics.check_extensions import check_extension
from orchestrator.compiler.semantics.check_lambdas import check_lambdas
from orchestrator.compiler.semantics.check_loops import LoopCheck
from orchestrator.compiler.semantics.check_names import check_names
from orchestrator.compiler.semantics.check_parameters_file import check_assignment, check_parameters_file
from orchestrator.compiler.semantics.check_secrets import check_secrets
from orchestrator.compiler.semantics.check_types import check_types
from orchestrator.compiler.semantics.constants import refuse_computed
from orchestrator.compiler.semantics.declare import SCOPES
from orchestrator.compiler.semantics.declared_types import decorated_type, type_of_output, type_of_parameter, type_of_syntax
from orchestrator.compiler.semantics.inference import Inference
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.semantics.module_types import test_body_type
from orchestrator.compiler.semantics.operators import is_boolean
from orchestrator.compiler.semantics.symbols import OutputSymbol, ParameterSymbol
from orchestrator.compiler.syntax.declarations import (
    AssertDeclaration,
    ExtensionDeclaration,
    FunctionDeclaration,
    MetadataDeclaration,
    ModuleDeclaration,
    OutputDeclaration,
    ParameterAssignment,
    ParameterDeclaration,
    ResourceDeclaration,
    TargetScope,
    TestDeclaration,
    TypeDeclaration,
    VariableDeclaration,
)
from orchestrator.compiler.syntax.expressions import Expression, Skipped, StringSyntax
from orchestrator.compiler.types.values import StringLiteralType, make_union


class Checker:
    """Checks one file."""

    def __init__(self, model: SemanticModel) -> None:
        self.model = model
        self.inference = Inference(model)
        self.assignment = Assignment(self.inference)

    def run(self) -> None:
        """Check every statement."""
        deploy_time = DeployTimeCheck(self.inference)
        loops = LoopCheck(self.model)
        for statement in self.model.statements:
            check_decorators(self.inference, statement)
            loops.check(statement)
            check_lambdas(self.model, statement)
            check_secrets(self.model, statement)
            check_types(self.model, statement)
            handler = _HANDLERS.get(type(statement))
            if handler is not None:
                handler(self, statement)
            deploy_time.check(statement)
        check_names(self.inference)
        if self.model.is_parameters:
            check_parameters_file(self.model)
        for place, message in self.model.unsupported if not self.model.has_errors else ():
            self.model.problems.error(place, "AEO001", message, "Compile this file with the official compiler.")

    def _parameter(self, node: ParameterDeclaration) -> None:
        type_ = type_of_parameter(ParameterSymbol(node.name, self.model, node))
        if node.default is not None:
            self.assignment.check(node.default, type_, Place())

    def _variable(self, node: VariableDeclaration) -> None:
        self.inference.type_of(node.value)
        if node.type is not None:
            self.assignment.check(node.value, type_of_syntax(self.model, node.type), Place(missing_at=node.name))

    def _output(self, node: OutputDeclaration) -> None:
        type_ = type_of_output(OutputSymbol(node.name, self.model, node))
        self.assignment.check(node.value, type_, Place(missing_at=node.name))

    def _function(self, node: FunctionDeclaration) -> None:
        typed = node.value
        for parameter in typed.parameters:
            type_of_syntax(self.model, parameter.type)
        self.assignment.check(typed.body, type_of_syntax(self.model, typed.result), Place())

    def _type(self, node: TypeDeclaration) -> None:
        decorated_type(self.model, node.type, node.decorators)

    def _metadata(self, node: MetadataDeclaration) -> None:
        if not self.inference.is_error(node.value):
            refuse_computed(self.model, node.value)

    def _target_scope(self, node: TargetScope) -> None:
        if isinstance(node.value, Skipped) or _is_local(self.model, node.value):
            return
        refuse_computed(self.model, node.value)
        self.assignment.check(node.value, make_union(tuple(StringLiteralType(scope) for scope in SCOPES)), Place(what="The scope"))

    def _extension(self, node: ExtensionDeclaration) -> None:
        check_extension(self.inference, self.assignment, node)

    def _resource(self, node: ResourceDeclaration) -> None:
        symbol = self.model.resources_by_declaration.get(node)
        if symbol is not None and symbol.type is None and symbol.extension is None:
            self.model.problems.take_back(node.value, INNER_CODES)
        if symbol is not None:
            check_resource(self.inference, self.assignment, symbol)

    def _module(self, node: ModuleDeclaration) -> None:
        symbol = self.model.modules_by_declaration.get(node)
        if symbol is not None and symbol.target is None:
            self.model.problems.take_back(node.value, INNER_CODES)
        if symbol is not None:
            check_module(self.inference, self.assignment, symbol)

    def _test(self, node: TestDeclaration) -> None:
        self.inference.type_of(node.value)
        target = self.model.tests[node].target
        if target is not None:
            self.assignment.check(node.value, test_body_type(target), Place(missing_at=node.name))

    def _assert(self, node: AssertDeclaration) -> None:
        if not self.inference.is_error(node.value) and not is_boolean(self.inference.type_of(node.value)):
            self.model.problems.error(node.value, "BCP350", "An assert needs a bool.")

    def _assigned(self, node: ParameterAssignment) -> None:
        check_assignment(self.inference, self.assignment, node)


def _is_local(model: SemanticModel, value: Expression) -> bool:
    """True for a scope that an experimental feature allows; that it is not supported was entered."""
    return isinstance(value, StringSyntax) and value.literal == "local" and model.configuration.experimental("localDeploy")


_HANDLERS: dict[type, Callable[[Checker, Any], None]] = {
    ParameterDeclaration: Checker._parameter,
    VariableDeclaration: Checker._variable,
    OutputDeclaration: Checker._output,
    FunctionDeclaration: Checker._function,
    TypeDeclaration: Checker._type,
    MetadataDeclaration: Checker._metadata,
    ResourceDeclaration: Checker._resource,
    ModuleDeclaration: Checker._module,
    ParameterAssignment: Checker._assigned,
    TestDeclaration: Checker._test,
    TargetScope: Checker._target_scope,
    ExtensionDeclaration: Checker._extension,
    AssertDeclaration: Checker._assert,
}


def check_model(model: SemanticModel) -> None:
    """Run every check on a bound model."""
    Checker(model).run()
