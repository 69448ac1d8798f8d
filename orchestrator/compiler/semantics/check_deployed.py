"""Resources and modules: what their bodies must hold, and which parameters a module takes."""

from orchestrator.compiler.semantics.assignment import Assignment, Place
from orchestrator.compiler.semantics.check_scopes import check_module_scope
from orchestrator.compiler.semantics.declared_types import is_optional, type_of_parameter
from orchestrator.compiler.semantics.deploy_time import Inlining, find_deployed
from orchestrator.compiler.semantics.inference import Inference
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.semantics.symbols import ModuleSymbol, ParameterSymbol, ResourceSymbol
from orchestrator.compiler.syntax.children import children
from orchestrator.compiler.syntax.expressions import ArrayAccess, Expression, ObjectLiteral, Spread, StringSyntax
from orchestrator.compiler.syntax.problems import did_you_mean, is_misspelt
from orchestrator.compiler.types.values import NULL, AnyType, ObjectType, Property, Type, make_union, resolve

MODULE_PROPERTIES = ("name", "scope", "params", "dependsOn")


def _check_deploy_time(model: SemanticModel, symbol: ResourceSymbol | ModuleSymbol) -> None:
    """Names and scopes (BCP120), conditions (BCP177) and loops (BCP178) must be known before a deployment starts."""
    existing = isinstance(symbol, ResourceSymbol) and symbol.existing
    constants = Inlining()
    for name in () if existing else ("name", "scope"):
        value = symbol.find_value(name)
        if value is not None:
            refuse_runtime(model, constants, value, ("BCP120", f"'{name}' must be known before the deployment starts, and this is not."))
    if symbol.condition is not None:
        refuse_runtime(model, constants, symbol.condition, ("BCP177", "A condition must be known before the deployment starts, and this is not."))
    if symbol.loop is not None:
        refuse_runtime(model, constants, symbol.loop.expression, ("BCP178", "A loop's array must be known before the deployment starts, and this is not."))


def refuse_runtime(model: SemanticModel, constants: Inlining, value: Expression, said: tuple[str, str]) -> None:
    """Enter `said`, a code and a message, where a value is known only while a deployment runs: at the innermost part that is."""
    if find_deployed(model, value) is not None or not constants.is_runtime(model, value):
        return
    node = value
    while inner := next((child for child in children(node) if constants.is_runtime(model, child) and find_deployed(model, child) is None), None):
        node = inner
    if isinstance(node, ArrayAccess) and (not isinstance(node.index, StringSyntax) or node.index.literal is None):
        return  # which member is meant cannot be said here
    model.problems.error(node, said[0], said[1], "Use a parameter, or .id, .name, .type or .apiVersion of a resource.")


def check_resource(inference: Inference, symbol: ResourceSymbol) -> None:
    """Type a resource's body; nested resources are checked the same way."""
    inference.type_of(symbol.declaration.value)
    _check_deploy_time(inference.model, symbol)
    body = symbol.body
    problems = inference.model.problems
    if body is None:
        return
    for member in body.members:
        if isinstance(member, Spread):
            problems.error(member, "BCP401", "A spread cannot stand at the top of a resource's body.")
    if body.find("name") is None and symbol.extension is None:
        problems.error(symbol.name, "BCP035", "Missing here: 'name'.", "Add what is missing.")
    for inner in body.resources:
        nested = inference.model.resources_by_declaration.get(inner)
        if nested is not None:
            check_resource(inference, nested)


def check_module(inference: Inference, assignment: Assignment, symbol: ModuleSymbol) -> None:
    """Check a module's own properties and its parameters."""
    problems = inference.model.problems
    inference.type_of(symbol.declaration.value)
    _check_deploy_time(inference.model, symbol)
    body = symbol.body
    if body is None:
        return
    for nested in body.resources:
        problems.error(nested, "BCP155", "A nested resource cannot stand in a module.")
    for member in body.properties:
        name = member.name
        if name is not None and name not in MODULE_PROPERTIES:
            free = [known for known in MODULE_PROPERTIES if body.find(known) is None]
            problems.error(member.key, "BCP089" if is_misspelt(name, free) else "BCP037", f"A module has no property '{name}'.", did_you_mean(name, free))
    check_module_scope(inference.model, symbol)
    if symbol.target is not None:
        _check_parameters(assignment, symbol, body, parameters_type(symbol.target))


def parameters_type(target: SemanticModel) -> ObjectType:
    """What a file takes as parameters."""
    return ObjectType({name: _property(symbol) for name, symbol in target.parameters.items()}, sealed=True, name="params")


def _property(symbol: ParameterSymbol) -> Property:
    type_: Type = type_of_parameter(symbol)
    optional = symbol.declaration.default is not None or is_optional(symbol.model, symbol.declaration.type)
    if symbol.declaration.default is not None and not isinstance(resolve(type_), AnyType):
        type_ = make_union((type_, NULL))
    return Property(type_, not optional)


def _check_parameters(assignment: Assignment, symbol: ModuleSymbol, body: ObjectLiteral, wanted: ObjectType) -> None:
    problems = assignment.problems
    given = body.find("params")
    if given is None:
        if any(entry.required for entry in wanted.properties.values()):
            problems.error(symbol.name, "BCP035", "Missing here: 'params'.", "Add the parameters that the module needs.")
        return
    if not isinstance(given.value, ObjectLiteral):
        if not assignment.inference.is_error(given.value):
            assignment.check(given.value, wanted, Place("BCP036", "The property 'params'", given.key))
        return
    spread = next((member for member in given.value.members if isinstance(member, Spread)), None)
    if spread is not None:
        problems.error(spread, "BCP401", "A spread cannot stand in a module's parameters.")
    assignment.check_object(given.value, wanted, Place("BCP036", "The parameters", given.key))
