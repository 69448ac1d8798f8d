"""A parameters file against the file that it is for."""

from orchestrator.compiler.semantics.assignment import Assignment, Place
from orchestrator.compiler.semantics.inference import Inference
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.semantics.module_types import parameters_type
from orchestrator.compiler.syntax.declarations import (
    Declaration,
    ExtendsDeclaration,
    ExtensionConfigAssignment,
    FunctionDeclaration,
    ImportDeclaration,
    ParameterAssignment,
    SkippedDeclaration,
    TypeDeclaration,
    UsingDeclaration,
    VariableDeclaration,
)
from orchestrator.compiler.syntax.expressions import Identifier, Skipped
from orchestrator.compiler.syntax.problems import did_you_mean

_ALLOWED = (
    UsingDeclaration,
    ParameterAssignment,
    VariableDeclaration,
    ImportDeclaration,
    ExtendsDeclaration,
    ExtensionConfigAssignment,
    TypeDeclaration,
    FunctionDeclaration,
    SkippedDeclaration,
)


def check_parameters_file(model: SemanticModel) -> None:
    """Check the file as a whole: its `using`, and that nothing is missing."""
    using = [statement for statement in model.statements if isinstance(statement, UsingDeclaration)]
    if not using:
        model.problems.error(Identifier(0, 0, ""), "BCP261", "A parameters file needs a `using` line.", "Begin with: using '<file>.bicep'")
    for one in using if len(using) > 1 else ():
        place = Identifier(one.start, one.start + len("using"), "using")
        model.problems.error(place, "BCP262", "There is more than one `using` line.", "Leave one of them.")
    if len(using) == 1 and isinstance(using[0].path, Skipped):
        model.problems.error(using[0].path, "BCP256", "The `using` line names no file.", "Write: using '<file>.bicep'")
    for statement in model.statements:
        if isinstance(statement, Declaration) and not isinstance(statement, _ALLOWED):
            model.problems.error(statement, "BCP337", "This kind of declaration cannot stand in a parameters file.")
    target = model.params_target
    if target is None or not using:
        return
    assigned = set(model.assignments)
    assigned |= {statement.name.name for statement in model.statements if isinstance(statement, SkippedDeclaration) and statement.name is not None}
    missing = [name for name, entry in parameters_type(target).properties.items() if entry.required and name not in assigned]
    if missing:
        names = ", ".join(f"'{name}'" for name in missing)
        model.problems.error(using[0].path, "BCP258", f"No value is given for {names}.", "Add a line `param <name> = ...` for each.")


def check_assignment(inference: Inference, assignment: Assignment, node: ParameterAssignment) -> None:
    """Check one value against the parameter's type."""
    inference.type_of(node.value)
    target = inference.model.params_target
    if target is None:
        return
    name = node.name.name
    if name not in target.parameters:
        inference.model.problems.error(
            node, "BCP259", f"'{target.path.name}' has no parameter '{name}'.", did_you_mean(name, target.parameters) or "Remove the line."
        )
        return
    assignment.check(node.value, parameters_type(target).properties[name].type, Place(missing_at=node.name))
