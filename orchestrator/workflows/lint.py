"""`lint`: what the compiler and the linter find, with a caret; on demand as SARIF for code scanning."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from orchestrator.environments.environment import load_environment
from orchestrator.model import release
from orchestrator.model.diagnostics import Diagnostic, Level, has_errors
from orchestrator.model.errors import Problem, UserError
from orchestrator.model.reporter import Reporter
from orchestrator.reporting.documents import STDOUT, write_document
from orchestrator.reporting.sarif import render_sarif
from orchestrator.workflows.bicep_files import select_bicep_files
from orchestrator.workflows.exit_status import ExitStatus
from orchestrator.workflows.selection import select_environments
from orchestrator.workflows.session import run_session


def run(env: str = "", paths: Sequence[str] = (), sarif: str = "") -> int:
    """Run the command; status 1 where there are errors. sarif: a file, or `-` for stdout."""

    def work(project: Path, reporter: Reporter) -> ExitStatus:
        files = _select(project, env, paths)
        diagnostics = _lint(files)
        if diagnostics:
            reporter.diagnostics(diagnostics)
        if sarif:
            _write_sarif(sarif, diagnostics, project)
        if sarif != STDOUT:
            reporter.note(f"{_count(len(files), 'file')}: {_count_levels(diagnostics)}")
        return ExitStatus.FAILED if has_errors(diagnostics) else ExitStatus.OK

    return run_session("lint", work)


def _select(project: Path, env: str, paths: Sequence[str]) -> tuple[Path, ...]:
    if not env:
        return select_bicep_files(project, paths)
    if paths:
        raise UserError([Problem("TooMuch", "environments and files cannot be named together", remedy="Say --env, or name files after `--`.")])
    return tuple(load_environment(project, name).params_path for name in select_environments(project, env))


def _lint(files: Sequence[Path]) -> tuple[Diagnostic, ...]:
    """What is said of all of them, and of what they stand on, each once."""
    from orchestrator.compiler import compile_file, compile_params

    found: dict[Diagnostic, None] = {}
    for path in files:
        compilation = compile_params(path) if path.suffix == ".bicepparam" else compile_file(path)
        found |= dict.fromkeys(compilation.diagnostics)
    return tuple(found)


def _write_sarif(destination: str, diagnostics: Sequence[Diagnostic], project: Path) -> None:
    write_document(destination, render_sarif(diagnostics, project, name=release.NAME, version=release.VERSION))


def _count_levels(diagnostics: Sequence[Diagnostic]) -> str:
    counts = Counter(diagnostic.level for diagnostic in diagnostics)
    words = [_count(counts[level], level.value) for level in (Level.ERROR, Level.WARNING) if counts[level]]
    words += [f"{counts[Level.INFO]} to know"] if counts[Level.INFO] else []
    return ", ".join(words) or "nothing is wrong"


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
