"""A compilation in which a configuration, or a parameters file's values, stand in place of what the disk says.

The compiler's own entries read everything from the disk; this one puts its phases together by hand.
"""

import os
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path

from orchestrator.compiler.artifacts.workspace import SourceFile, Workspace, project_root, read_text
from orchestrator.compiler.compile import GENERATOR, bounded_depth
from orchestrator.compiler.configuration import Configuration
from orchestrator.compiler.emit.parameters_file import emit_parameters_file
from orchestrator.compiler.emit.template import TemplateEmitter
from orchestrator.compiler.lowering.context import UnsupportedError
from orchestrator.compiler.parsing.parser import parse_program
from orchestrator.compiler.rules import run_rules
from orchestrator.compiler.semantics.checks import check_model
from orchestrator.compiler.semantics.compilation import ModelStore
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.syntax.problems import Problems
from orchestrator.compiler.syntax.source_text import SourceText
from orchestrator.model.diagnostics import Diagnostic, has_errors
from orchestrator.model.json_value import JsonObject
from orchestrator.workflows.bicep_cli.parameter_overrides import override_parameters

_Result = tuple[JsonObject | None, JsonObject | None, tuple[Diagnostic, ...]]


class _Everywhere(dict[Path, Configuration]):
    """One configuration, whatever the folder."""

    def __init__(self, configuration: Configuration) -> None:
        super().__init__()
        self._configuration = configuration

    def __contains__(self, folder: object) -> bool:
        return True

    def __getitem__(self, folder: Path) -> Configuration:
        return self._configuration


def compile_overlaid(
    path: Path,
    configuration: Configuration | None,
    overrides: JsonObject,
    *,
    generator: tuple[str, str] | None = None,
    environ: Mapping[str, str] | None = None,
) -> _Result:
    """Template, parameters and diagnostics. configuration: None for those of the disk. overrides: parameters' values by name."""
    with bounded_depth(path):
        return _compile(path, configuration, overrides, generator, environ)


def _compile(
    path: Path, configuration: Configuration | None, overrides: JsonObject, generator: tuple[str, str] | None, environ: Mapping[str, str] | None
) -> _Result:
    files = {path: _overridden(path, overrides)} if overrides else {}
    known = {} if configuration is None else _Everywhere(configuration)
    store = ModelStore(Workspace(project_root(path), False, files), (check_model, partial(run_rules, today=date.today)), _configurations=known)
    model = store.load(path)
    if model is None:
        return None, None, ()
    target, stamp = model.params_target, generator or GENERATOR
    if path.suffix.lower() == ".bicepparam":
        parameters = _emit(store, model, lambda: emit_parameters_file(model, os.environ if environ is None else environ))
        template = None if target is None else _emit(store, target, lambda: TemplateEmitter(stamp).emit(target))
    else:
        parameters, template = None, _emit(store, model, lambda: TemplateEmitter(stamp).emit(model))
    diagnostics = tuple(diagnostic for one in store.models for diagnostic in one.diagnostics)
    return (None, None, diagnostics) if has_errors(diagnostics) else (template, parameters, diagnostics)


def _overridden(path: Path, overrides: JsonObject) -> SourceFile | None:
    text = read_text(path)
    return None if text is None else _parse(path, override_parameters(_parse(path, text), overrides))


def _parse(path: Path, text: str) -> SourceFile:
    problems = Problems(SourceText(path, text))
    program = parse_program(problems)
    return SourceFile(path, problems.source, program, tuple(problems.found))


def _emit(store: ModelStore, model: SemanticModel, emit: Callable[[], JsonObject]) -> JsonObject | None:
    if model.has_errors:
        return None
    try:
        return emit()
    except UnsupportedError as error:
        place = next((candidate for candidate in store.models if candidate.stands_in(error.node)), model)
        place.problems.error(error.node, error.code, error.message)
        return None
