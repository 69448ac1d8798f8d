"""What an `extension` names: one that is built in, or one of bicepconfig.json or of a file, whose types this compiler does not read (AEO001)."""

from pathlib import Path

from orchestrator.compiler.artifacts.references import BadReference, resolve_reference
from orchestrator.compiler.artifacts.registry_cache import read_registry_reference
from orchestrator.compiler.functions.extensions import BUILTIN, RETIRED, KnownExtension
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.syntax.declarations import ExtensionDeclaration
from orchestrator.compiler.syntax.expressions import Identifier, StringSyntax, VariableAccess
from orchestrator.compiler.syntax.problems import Placed

_NAMESPACES = ("az", "sys")


def find_extension(model: SemanticModel, node: ExtensionDeclaration) -> KnownExtension | None:
    """The extension that is built in; None for all others, which are entered as wrong or as not supported."""
    specification = node.specification
    if isinstance(specification, StringSyntax):
        _refuse_reference(model, node, specification, specification.literal or "", model.path)
    elif isinstance(specification, VariableAccess | Identifier):
        return _find_named(model, node, specification)
    return None


def _find_named(model: SemanticModel, node: ExtensionDeclaration, name: VariableAccess | Identifier) -> KnownExtension | None:
    configured = model.configuration.extensions.get(name.name)
    if name.name in BUILTIN and configured in (None, "builtin:"):
        return BUILTIN[name.name]
    if name.name in RETIRED:
        model.problems.error(name, "BCP407", f"The extension '{name.name}' is no longer built in.", "Name its types in bicepconfig.json, under extensions.")
    elif configured == "builtin:":
        model.problems.error(node, "BCP398", f"bicepconfig.json says that '{name.name}' is built in, and it is not.", "Correct it there, under extensions.")
    elif configured is not None:
        _refuse_reference(model, node, name, configured, model.configuration.path or model.path)
    elif name.name not in _NAMESPACES:
        model.problems.error(name, "BCP204", f"No extension '{name.name}' is known.", "Name it in bicepconfig.json, under extensions.")
    return None


def _refuse_reference(model: SemanticModel, node: ExtensionDeclaration, place: Placed, text: str, referrer: Path) -> None:
    """Say why an extension cannot be had: it is not there, or it is, and cannot be read."""
    if text.startswith("br/"):
        model.problems.error(place, "BCP380", "An extension cannot be named by an alias.", "Write br:<registry>/<path>:<tag>.")
        return
    if text.startswith("br:"):
        reference = read_registry_reference(text, model.configuration.registry_aliases)
        if isinstance(reference, BadReference):
            model.problems.error(place, reference.code, reference.message, reference.remedy)
        else:
            said = f"'{reference.text}' cannot be had: this release fetches nothing from registries, and reads no types of extensions."
            model.problems.error(place, "BCP192", said, "Compile this file with the official compiler.")
        return
    found = resolve_reference(text, referrer)
    if isinstance(found, BadReference):
        model.problems.error(place, found.code, found.message, found.remedy)
    elif not found.is_file():
        model.problems.error(place, "BCP091", f"There is no file '{found}'.", "Correct the path.")
    else:
        model.unsupported.append((node, "The types of extensions are not supported yet."))
