"""Extensions: each once (BCP207), with the configuration that it takes (BCP205, BCP206, and its properties)."""

from dataclasses import replace

from orchestrator.compiler.functions.extensions import BUILTIN
from orchestrator.compiler.semantics.assignment import Assignment, Place
from orchestrator.compiler.semantics.inference import Inference
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.syntax.declarations import ExtensionDeclaration
from orchestrator.compiler.syntax.expressions import Identifier, VariableAccess
from orchestrator.compiler.types.values import STRING, ObjectType, Property, StringType

_SECRET = StringType(secure=True)
_KUBERNETES = ObjectType(
    {"kubeConfig": Property(_SECRET, True), "namespace": Property(STRING, True), "context": Property(STRING, False)}, sealed=True, name="configuration"
)
_CONFIGURATIONS = {"kubernetes": _KUBERNETES}
_WITHOUT = ("az", "sys")


def check_extension(inference: Inference, assignment: Assignment, node: ExtensionDeclaration) -> None:
    """Enter what is wrong with an extension that is built in."""
    model = inference.model
    name = _name_of(model, node)
    if name is None:
        return
    if sum(isinstance(other, ExtensionDeclaration) and _name_of(model, other) == name for other in model.statements) > 1:
        model.problems.error(node.specification, "BCP207", f"The extension '{name}' is declared more than once.", "Leave one of the lines.")
    wanted, given = _CONFIGURATIONS.get(name), node.configuration
    if wanted is None and given is not None:
        model.problems.error(given, "BCP205", f"The extension '{name}' takes no configuration.", "Remove `with` and what follows it.")
    elif wanted is not None and given is None:
        _check_missing(model, node, name)
    elif wanted is not None and given is not None and not inference.is_error(given):
        assignment.check(given, _optional(wanted) if _is_given_later(model) else wanted, Place())


def _check_missing(model: SemanticModel, node: ExtensionDeclaration, name: str) -> None:
    begun = model.file.source.text[node.specification.end : node.end].lstrip().startswith("with")
    if not begun and not _is_given_later(model):
        model.problems.error(node, "BCP206", f"The extension '{name}' needs a configuration.", "Write `with { ... }` behind its name.")


def _is_given_later(model: SemanticModel) -> bool:
    """True where modules and parameters files may give what is missing here."""
    return model.configuration.experimental("moduleExtensionConfigs")


def _optional(type_: ObjectType) -> ObjectType:
    return replace(type_, properties={name: replace(entry, required=False) for name, entry in type_.properties.items()})


def _name_of(model: SemanticModel, node: ExtensionDeclaration) -> str | None:
    """The name of an extension that is built in; None for one that is configured, or not known."""
    found = node.specification
    if not isinstance(found, VariableAccess | Identifier) or model.configuration.extensions.get(found.name) not in (None, "builtin:"):
        return None
    return found.name if found.name in BUILTIN or found.name in _WITHOUT else None
