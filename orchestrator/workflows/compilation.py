"""An environment compiled: by our compiler, or by the official one where that is asked for."""

import re
from dataclasses import dataclass
from pathlib import Path

from orchestrator.environments.environment import Environment
from orchestrator.environments.parameter_check import check_parameters
from orchestrator.model.diagnostics import Diagnostic, Level, has_errors
from orchestrator.model.errors import OperationFailed, Problem, UserError
from orchestrator.model.json_value import Json, JsonObject
from orchestrator.model.reporter import Reporter

COMPILERS = ("ours", "official")

CONSEQUENCES = frozenset({"BCP062", "BCP104"})
"""The declaration that is used here is wrong; the file that is used here has errors (the official compiler's codes)."""

_USING = re.compile(r"^\s*using\s+'([^'\n]+)'", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Compiled:
    """An environment's ARM documents. `parameters`: the whole parameters document."""

    environment: Environment
    template: JsonObject
    parameters: JsonObject

    @property
    def parameter_entries(self) -> JsonObject:
        """name -> {"value": ...}, as a deployment is asked with."""
        return dict(self.parameters.get("parameters") or {})

    @property
    def parameter_values(self) -> dict[str, Json]:
        """name -> plain value, as our engine takes them."""
        return {name: entry["value"] for name, entry in self.parameter_entries.items() if "value" in entry}

    @property
    def deployment_name(self) -> str:
        """`main-<topology>`: one deployment of each topology in a group, found again by its name."""
        return f"main-{read_topology(self.environment.params_path)}"


def read_topology(params_path: Path) -> str:
    """The name of the topology that a `.bicepparam` file uses: its template's file name."""
    match = _USING.search(params_path.read_text(encoding="utf-8-sig"))
    return Path(match[1]).stem if match else params_path.stem


def compile_environment(environment: Environment, reporter: Reporter, *, compiler: str = "ours") -> Compiled:
    """Compile, tell what the compiler says, and hold the parameters against the template; UserError with all problems."""
    if compiler not in COMPILERS:
        raise UserError([Problem("UnknownCompiler", f"'{compiler}' is no compiler", remedy="Say --compiler ours (the default) or --compiler official.")])
    template, parameters, diagnostics = _compile_ours(environment) if compiler == "ours" else _compile_official(environment)
    if has_errors(diagnostics):
        raise UserError((), without_consequences(diagnostics))
    if diagnostics:
        reporter.diagnostics(diagnostics)
    if template is None or parameters is None:
        raise OperationFailed(f"{environment.params_path.name} names no template", "Its first line must be: using '../bicep/topologies/<name>.bicep'")
    problems = check_parameters(template, parameters, environment.params_path)
    if problems:
        raise UserError(problems)
    return Compiled(environment, template, parameters)


def without_consequences(diagnostics: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """The errors, without those that only follow from others: one cause, one message."""
    errors = tuple(diagnostic for diagnostic in diagnostics if diagnostic.level is Level.ERROR)
    causes = tuple(diagnostic for diagnostic in errors if diagnostic.code not in CONSEQUENCES)
    return causes or errors


_Documents = tuple[JsonObject | None, JsonObject | None, tuple[Diagnostic, ...]]


def _compile_ours(environment: Environment) -> _Documents:
    from orchestrator.compiler import compile_params

    compilation = compile_params(environment.params_path)
    return compilation.template, compilation.parameters, tuple(compilation.diagnostics)


def _compile_official(environment: Environment) -> _Documents:
    from orchestrator.clients.official_bicep import compile_officially, get_official_bicep

    compilation = compile_officially(get_official_bicep(), environment.params_path)
    return compilation.template, compilation.parameters, compilation.diagnostics
