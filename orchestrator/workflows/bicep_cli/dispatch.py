"""From the arguments to a command and an exit status: 0 done, 1 anything else."""

import os
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module

from orchestrator.model import release
from orchestrator.model.errors import ArmError, OperationFailed, OrchestratorError, Problem, UserError
from orchestrator.reporting.bicep_diagnostics import render_bicep_diagnostics
from orchestrator.reporting.raw_output import write_stderr, write_stdout
from orchestrator.workflows.bicep_cli.command_line import HELP, VERSION, Arguments, BadUsage, find_command, parse_arguments, render_help
from orchestrator.workflows.bicep_cli.options import OFFICIAL_ONLY

FOLLOWS = "0.49.2"
"""The release of the official CLI whose language, output and options this follows."""

OURS = f"{release.NAME} {release.VERSION}"
"""Whose it is: where the official one says its commit. The compiler's own stamp."""

RUNNERS = {
    "build": ("build", "run_build"),
    "build-params": ("build", "run_build_params"),
    "lint": ("build", "run_lint"),
    "format": ("formatting", "run_format"),
    "snapshot": ("snapshot", "run_snapshot"),
}
"""Module and function of each command; only the one that is asked for is imported."""


def run(words: Sequence[str], environ: Mapping[str, str] = os.environ) -> int:
    """Run the CLI; returns its exit status."""
    try:
        return _run(words, environ)
    except BadUsage as usage:
        write_stdout(f"{render_help(usage.command)}\n")
        return _fail(usage)
    except OrchestratorError as error:
        return _fail(error)
    except KeyboardInterrupt:
        return 130


def _run(words: Sequence[str], environ: Mapping[str, str]) -> int:
    first = next((at for at, word in enumerate(words) if word not in VERSION), len(words))
    command = find_command(words[first]) if first < len(words) else None
    rest = words if command is None else words[first + 1 :]
    if any(word in HELP for word in rest):
        write_stdout(f"{render_help(command)}\n")
        return 0
    if command is None:
        return _without_command(words)
    module, function = RUNNERS[command.name]
    runner: Callable[[Arguments, Mapping[str, str]], int] = getattr(import_module(f"orchestrator.workflows.bicep_cli.{module}"), function)
    return runner(parse_arguments(command, rest), environ)


def _without_command(words: Sequence[str]) -> int:
    unknown = [word for word in words if word not in VERSION]
    if unknown and unknown[0] in OFFICIAL_ONLY:
        raise OperationFailed(f"`{unknown[0]}` is a command of the official Bicep CLI that this one does not have.", "docs/bicep.md says what is in.")
    if unknown:
        raise BadUsage(f"Unrecognized command or argument '{unknown[0]}'.", None)
    if not words:
        raise UserError([Problem("BicepCli", "There is no command; `--help` shows them.")])
    write_stdout(f"Bicep CLI version {FOLLOWS} ({OURS})\n")
    return 0


def _fail(error: OrchestratorError) -> int:
    match error:
        case UserError():
            write_stderr(render_bicep_diagnostics(error.diagnostics))
            for problem in error.problems:
                where = f"{problem.where}: " if problem.where else ""
                write_stderr(f"{where}{problem.message}{f' {problem.remedy}' if problem.remedy else ''}\n")
        case OperationFailed():
            write_stderr(f"{error.message}{f' {error.remedy}' if error.remedy else ''}\n")
        case ArmError():
            write_stderr("".join(f"{leaf.code}: {leaf.message}\n" for leaf in error.leaves()))
        case _:
            write_stderr(f"{error}\n")
    return 1
