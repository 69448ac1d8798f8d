"""An error as one clear message: what is wrong, where, and what to do."""

import os
from pathlib import Path

from orchestrator.model.errors import ArmError, CouldNotRun, OperationFailed, OrchestratorError, Problem, UserError
from orchestrator.reporting.diagnostics_text import render_diagnostics
from orchestrator.reporting.styled_text import BAD, DOUBT, STRONG, Line, line


def render_error(error: OrchestratorError, base: Path | None = None) -> list[Line]:
    """The lines of an error."""
    match error:
        case UserError():
            problems = [one for problem in error.problems for one in _render_problem(problem, base)]
            return render_diagnostics(error.diagnostics, base) + problems
        case ArmError():
            return _render_arm_error(error)
        case CouldNotRun():
            return [line(("could not run", DOUBT), f": {error.reason}"), *_remedy(error.remedy)]
        case OperationFailed():
            return [line(("error", BAD), f": {error.message}"), *_remedy(error.remedy)]
        case _:
            return [line(("error", BAD), f": {error}")]


def _render_problem(problem: Problem, base: Path | None) -> list[Line]:
    """A place in a file comes first, as editors and people look for it; a resource's id has a line of its own."""
    where = problem.where or ""
    if "/providers/" in where:
        return [line((f"error {problem.code}", BAD), f": {problem.message}"), line(f"    at: {where}"), *_remedy(problem.remedy)]
    shown = where.removeprefix(f"{base}{os.sep}") if base is not None else where
    return [line((f"{shown}: " if shown else "", STRONG), (f"error {problem.code}", BAD), f": {problem.message}"), *_remedy(problem.remedy)]


def _render_arm_error(error: ArmError) -> list[Line]:
    """The leaves: what really went wrong; the codes around them in one line, so that they can be searched for."""
    leaves = error.leaves()
    lines: list[Line] = []
    for leaf in leaves:
        lines.append(line((f"error {leaf.code}", BAD), f": {leaf.message}"))
        if leaf.target:
            lines.append(line(f"    at: {leaf.target}"))
    if leaves != [error]:
        lines.append(line(f"    reported as: {' > '.join(_codes_above(error))}"))
    return lines


def _codes_above(error: ArmError) -> list[str]:
    codes = []
    while error.details:
        codes.append(error.code)
        error = error.details[0]
    return codes


def _remedy(remedy: str | None) -> list[Line]:
    return [line(f"    fix: {remedy}")] if remedy else []
