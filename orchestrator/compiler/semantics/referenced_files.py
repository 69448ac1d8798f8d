"""The files that paths name: modules, imports, `using`, `extends`, tests; of a registry those that the official CLI has restored."""

from collections.abc import Callable
from pathlib import Path

from orchestrator.compiler.artifacts.references import TEMPLATE_SUFFIXES, BadReference, resolve_reference
from orchestrator.compiler.artifacts.registry_cache import read_registry_reference
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.syntax.expressions import Skipped, StringSyntax
from orchestrator.compiler.syntax.problems import did_you_mean

_SCHEMES = ("br", "ts")
LoadModel = Callable[[Path], SemanticModel | None]


def _refuse_path(model: SemanticModel, path: StringSyntax, found: Path) -> None:
    """Say that no file is there."""
    if (path.literal or "").endswith("/"):
        model.problems.error(path, "BCP275", f"'{path.literal}' is a folder.", "Name a file in it.")
        return
    near = did_you_mean(found.name, [entry.name for entry in found.parent.glob("*.bicep*")]) if found.parent.is_dir() else None
    model.problems.error(path, "BCP091", f"There is no file '{found}'.", near or "Correct the path; it is relative to this file.")


def load_target(model: SemanticModel, path: StringSyntax | Skipped, load: LoadModel, missing: str = "BCP090") -> SemanticModel | None:
    """The model of the file that a path names; a problem where there is none (BCP091) or where it is wrong (BCP104)."""
    if isinstance(path, Skipped):
        model.problems.error(path, missing, "The path is missing.", "Name a file relative to this one.")
        return None
    if path.literal is None:
        model.problems.error(path, "BCP092", "A path must be a plain text, without interpolation.")
        return None
    if path.literal.startswith(("br:", "br/")):
        return _load_from_registry(model, path, path.literal, load)
    return _load_local(model, path, path.literal, load)


def _load_local(model: SemanticModel, path: StringSyntax, text: str, load: LoadModel) -> SemanticModel | None:
    scheme, colon, _ = text.partition(":")
    if colon and scheme not in _SCHEMES:
        model.problems.error(path, "BCP189", f"'{scheme}:' begins no reference.", "Write a path relative to this file, or br: or ts: for a registry.")
        return None
    found = resolve_reference(text, model.path)
    if isinstance(found, BadReference):
        model.problems.error(path, found.code, found.message, found.remedy)
        return None
    if found == model.path:
        model.workspace.self_referring.add(found)
    if not found.is_file():
        _refuse_path(model, path, found)
        return None
    target = load(found) if found != model.path else None
    if found in model.workspace.self_referring:
        model.problems.error(path, "BCP094", f"The file '{found.name}' refers to itself.", "Correct it first.")
        return None
    if target is None or target.in_cycle:
        model.problems.error(path, "BCP095", f"The file '{found.name}' refers back to itself by way of others: a cycle.", "Take one of the references out.")
        return None
    if target.has_errors and found.suffix in TEMPLATE_SUFFIXES:
        model.problems.error(path, "BCP188", f"'{text}' is no ARM template that can be read.", "Name a template with a $schema and resources.")
    elif target.has_errors:
        model.problems.error(path, "BCP104", f"The file '{text}' has errors of its own.", "Correct them first; they are listed too.")
    return target


def find_unrestored(model: SemanticModel, path: StringSyntax | Skipped) -> str | None:
    """The whole reference of a registry's module that has not been restored; None for everything else."""
    text = None if isinstance(path, Skipped) else path.literal
    if text is None or not text.startswith(("br:", "br/", "ts:", "ts/")):
        return None
    if text.startswith("ts"):
        return text
    reference = read_registry_reference(text, model.configuration.registry_aliases)
    if isinstance(reference, BadReference) or reference.cached_in(model.configuration.module_cache(model.workspace.module_cache)).is_file():
        return None
    return reference.text


def _load_from_registry(model: SemanticModel, path: StringSyntax, text: str, load: LoadModel) -> SemanticModel | None:
    """The model of a registry's module, where the official CLI has restored it into its cache."""
    reference = read_registry_reference(text, model.configuration.registry_aliases)
    if isinstance(reference, BadReference):
        model.problems.error(path, reference.code, reference.message, reference.remedy)
        return None
    file = reference.cached_in(model.configuration.module_cache(model.workspace.module_cache))
    target = load(file) if file.is_file() else None
    if target is None:
        message = f"'{reference.text}' is not among the restored modules: there is no '{file}', and this release does not fetch from registries."
        model.problems.error(path, "BCP192", message, "Restore it with the official CLI (bicep restore), or name a local file.")
        return None
    if target.has_errors:
        model.problems.error(path, "BCP188", f"'{file}' is no ARM template that can be read.", "Restore the module again.")
    target.reference = reference.text
    return target
