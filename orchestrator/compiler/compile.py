"""The compiler's entries: a Bicep file to a template, a parameters file to its parameters."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from orchestrator.compiler.artifacts.workspace import Workspace, project_root
from orchestrator.compiler.configuration import Configuration
from orchestrator.compiler.emit.parameters_file import check_values, emit_parameters_file
from orchestrator.compiler.emit.template import TemplateEmitter
from orchestrator.compiler.lowering.context import UnsupportedError
from orchestrator.compiler.rules import run_rules
from orchestrator.compiler.semantics.checks import check_model
from orchestrator.compiler.semantics.compilation import ModelStore
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.model import release
from orchestrator.model.diagnostics import Diagnostic, has_errors
from orchestrator.model.errors import Problem, UserError
from orchestrator.model.json_value import JsonObject
from orchestrator.model.recursion import deep_recursion

GENERATOR = (release.NAME, release.VERSION)
"""What stands in a template's `_generator` unless the caller says otherwise: the name and version of what made it."""

_FRAMES = 8000


@dataclass(frozen=True, slots=True)
class Compilation:
    """A compiled file. `template` is None where an error stands in it, or in a file that it stands on."""

    template: JsonObject | None
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class ParamsCompilation:
    """A compiled parameters file: the whole document, and the template that it is for (None with `using none`, or an error).

    link: the registry's module that it is for, where that is not restored and may be missing.
    """

    parameters: JsonObject | None
    template: JsonObject | None
    diagnostics: tuple[Diagnostic, ...]
    link: str | None = None


def compile_file(
    path: Path | str,
    *,
    generator: tuple[str, str] = GENERATOR,
    allow_outside: bool = False,
    allow_unrestored: bool = False,
    configuration: Configuration | None = None,
    today: Callable[[], date] = date.today,
) -> Compilation:
    """Compile and lint a `.bicep` file.

    generator: (name, version) for the stamp. allow_outside: load functions may leave the project. today: for rules that ask for age. UserError: no such file.
    configuration: for every file, in place of the nearest bicepconfig.json.
    allow_unrestored: a registry's module that is not in the cache becomes a deployment whose `templateLink` has its reference for an id, and no error.
    """
    with bounded_depth(path):
        workspace = Workspace(_root(path), allow_outside, allow_unrestored=allow_unrestored)
        store, model = _open(path, workspace, configuration, today)
        template = _emit(store, model, lambda: TemplateEmitter(generator).emit(model))
    return Compilation(template, _diagnostics(store))


def compile_params(
    path: Path | str,
    *,
    environ: Mapping[str, str] = os.environ,
    generator: tuple[str, str] = GENERATOR,
    allow_outside: bool = False,
    allow_unrestored: bool = False,
    configuration: Configuration | None = None,
    text: str | None = None,
    today: Callable[[], date] = date.today,
) -> ParamsCompilation:
    """Compile and lint a `.bicepparam` file and the template that it is for. environ: what readEnvironmentVariable reads. UserError: no such file.

    text: what the file is taken to hold, in place of what the disk says. The rest as for `compile_file`.
    """
    with bounded_depth(path):
        workspace = Workspace(_root(path), allow_outside, allow_unrestored=allow_unrestored)
        if text is not None:
            workspace.overlay(Path(os.path.abspath(path)), text)
        store, model = _open(path, workspace, configuration, today)
        target = model.params_target
        check_values(model, environ)
        parameters = _emit(store, model, lambda: emit_parameters_file(model, environ))
        template = _emit(store, target, lambda: TemplateEmitter(generator).emit(target)) if target is not None else None
    if has_errors(_diagnostics(store)):
        parameters = template = None
    return ParamsCompilation(parameters, template, _diagnostics(store), model.params_link)


@contextmanager
def bounded_depth(path: Path | str) -> Iterator[None]:
    """Expressions may be deep; UserError, not a traceback, where one is too deep to be walked."""
    try:
        with deep_recursion(_FRAMES):
            yield
    except RecursionError as error:
        remedy = "Take the deepest expression apart into variables."
        raise UserError([Problem("AEO004", "Something here is nested, or chained, too deeply to be compiled.", str(path), remedy)]) from error


def _root(path: Path | str) -> Path:
    return project_root(Path(os.path.abspath(path)))


def _open(path: Path | str, workspace: Workspace, configuration: Configuration | None, today: Callable[[], date]) -> tuple[ModelStore, SemanticModel]:
    path = Path(os.path.abspath(path))
    store = ModelStore(workspace, (check_model, partial(run_rules, today=today)), configuration)
    model = store.load(path)
    if model is None:
        raise UserError([Problem("BCP091", f"There is no readable file '{path}'.", str(path), "Correct the path.")])
    return store, model


def _emit(store: ModelStore, model: SemanticModel, emit: Callable[[], JsonObject]) -> JsonObject | None:
    """Emit where nothing is wrong; what is not supported yet becomes an error where it stands."""
    if model.has_errors:
        return None
    try:
        return emit()
    except UnsupportedError as error:
        place = next((candidate for candidate in store.models if candidate.stands_in(error.node)), model)
        place.problems.error(error.node, error.code, error.message, "Write it in another way." if error.code.startswith("AEO") else None)
        return None


def _diagnostics(store: ModelStore) -> tuple[Diagnostic, ...]:
    return tuple(diagnostic for model in store.models for diagnostic in model.diagnostics)
