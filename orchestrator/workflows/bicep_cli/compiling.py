"""One compilation for the drop-in: --config and BICEP_PARAMETERS_OVERRIDES stand in place of what the disk says; a broken configuration is a diagnostic."""

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from orchestrator.model.diagnostics import Diagnostic, Level, has_errors
from orchestrator.model.errors import Problem, UserError
from orchestrator.model.json_value import JsonObject
from orchestrator.model.source import Position, Span

if TYPE_CHECKING:
    from orchestrator.compiler.configuration import Configuration

BROKEN_CONFIGURATION = "BCP271"


@dataclass(frozen=True, slots=True)
class Compiled:
    """What became of a file; no document where there are errors. `parameters`: of a parameters file."""

    template: JsonObject | None
    parameters: JsonObject | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def failed(self) -> bool:
        """True where nothing may be written."""
        return has_errors(self.diagnostics)


@dataclass(frozen=True, slots=True)
class Compiler:
    """Compiles files by one set of options. generator: None for our own stamp. environ: what readEnvironmentVariable reads."""

    configuration_file: Path | None = None
    generator: tuple[str, str] | None = None
    environ: Mapping[str, str] | None = None

    def compile(self, path: Path) -> Compiled:
        """Compile either kind of file; the diagnostics by file, the input's first, and place."""
        try:
            compiled = self._compile(path, None if self.configuration_file is None else read_configuration(self.configuration_file))
        except UserError as error:
            broken = next((problem for problem in error.problems if problem.code == BROKEN_CONFIGURATION), None)
            if broken is None:
                raise
            compiled = self._compile(path, _no_configuration())
            compiled = Compiled(None, None, (_at_the_start(path, broken), *compiled.diagnostics))
        return Compiled(compiled.template, compiled.parameters, _ordered(path, compiled.diagnostics))

    def _compile(self, path: Path, configuration: "Configuration | None") -> Compiled:
        overrides = _read_overrides(os.environ if self.environ is None else self.environ) if path.suffix.lower() == ".bicepparam" else {}
        from orchestrator.compiler import compile_file, compile_params
        from orchestrator.compiler.compile import GENERATOR

        generator = self.generator or GENERATOR
        if path.suffix.lower() == ".bicepparam":
            text = _overridden(path, overrides) if overrides else None
            environ = os.environ if self.environ is None else self.environ
            found = compile_params(path, environ=environ, generator=generator, configuration=configuration, text=text)
            return Compiled(found.template, found.parameters, found.diagnostics)
        compilation = compile_file(path, generator=generator, configuration=configuration)
        return Compiled(compilation.template, None, compilation.diagnostics)


def read_configuration(path: Path) -> "Configuration":
    """A configuration by whatever name; UserError (BCP271) where it is broken. The compiler finds only files that are called bicepconfig.json."""
    from orchestrator.compiler.configuration import Configuration, find_configuration

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "bicepconfig.json").write_bytes(path.read_bytes())
        try:
            return Configuration(path, find_configuration(folder, {}).values)
        except UserError as error:
            raise UserError([Problem(problem.code, problem.message, str(path), problem.remedy) for problem in error.problems]) from error


def _overridden(path: Path, overrides: JsonObject) -> str | None:
    from orchestrator.compiler.artifacts.workspace import parse_source, read_text
    from orchestrator.workflows.bicep_cli.parameter_overrides import override_parameters

    text = read_text(path)
    return None if text is None else override_parameters(parse_source(path, text), overrides)


def _no_configuration() -> "Configuration":
    from orchestrator.compiler.configuration import Configuration

    return Configuration()


def _read_overrides(environ: Mapping[str, str]) -> JsonObject:
    """Values that az was given beside a parameters file (`az deployment group create -p main.bicepparam -p name=value`)."""
    import json

    text = environ.get("BICEP_PARAMETERS_OVERRIDES") or "{}"
    try:
        overrides = json.loads(text)
    except ValueError as error:
        raise UserError([Problem("BicepCli", f"The variable BICEP_PARAMETERS_OVERRIDES is no JSON: {error}")]) from error
    if not isinstance(overrides, dict):
        raise UserError([Problem("BicepCli", "The variable BICEP_PARAMETERS_OVERRIDES is no JSON object.")])
    return overrides


def _at_the_start(path: Path, problem: Problem) -> Diagnostic:
    message = f"{problem.message} ({problem.where})" if problem.where else problem.message
    return Diagnostic(Level.ERROR, problem.code, message, Span(path, Position(1, 1), Position(1, 1)), problem.remedy)


def _ordered(path: Path, diagnostics: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    files = list(dict.fromkeys([path, *(diagnostic.path for diagnostic in diagnostics)]))
    return tuple(sorted(diagnostics, key=lambda one: (files.index(one.path), one.line, one.column)))
