"""From what a person asked for (`--json`, `--junit`, `--summary`) to the reporters that do it."""

import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from orchestrator.model.errors import OrchestratorError, Problem, UserError
from orchestrator.model.reporter import Reporter
from orchestrator.reporting.console import ConsoleReporter
from orchestrator.reporting.documents import STDOUT, check_destination
from orchestrator.reporting.errors_text import render_error
from orchestrator.reporting.json_report import JsonReporter
from orchestrator.reporting.junit import JunitReporter
from orchestrator.reporting.markdown import MarkdownReporter
from orchestrator.reporting.screens import open_screen
from orchestrator.reporting.several import SeveralReporters


@dataclass(frozen=True, slots=True)
class Outputs:
    """Files to write beside the console; empty for none, `-` for stdout (the console then speaks on stderr). `html`: of `report`, which writes it itself."""

    json: str = ""
    junit: str = ""
    summary: str = ""
    html: str = ""


def open_reporter(command: str, outputs: Outputs, base: Path | None = None) -> Reporter:
    """The console's reporter, and one for each document; UserError, before anything is done, where two would go to one place or one cannot be written."""
    _check_destinations(outputs)
    stdout_taken = STDOUT in (outputs.json, outputs.junit, outputs.summary, outputs.html)
    errors = open_screen(sys.stderr)
    reporters: list[Reporter] = [ConsoleReporter(errors if stdout_taken else open_screen(sys.stdout), errors, base)]
    if outputs.json:
        reporters.append(JsonReporter(command, outputs.json))
    if outputs.junit:
        reporters.append(JunitReporter(command, outputs.junit))
    if outputs.summary:
        reporters.append(MarkdownReporter(command, outputs.summary))
    return reporters[0] if len(reporters) == 1 else SeveralReporters(reporters)


def _check_destinations(outputs: Outputs) -> None:
    named = [(option, value) for option, value in asdict(outputs).items() if value]
    for position, (option, value) in enumerate(named):
        for other, second in named[position + 1 :]:
            if value == second or (STDOUT not in (value, second) and Path(value).resolve() == Path(second).resolve() and not Path(value).is_char_device()):
                where = "stdout" if value == STDOUT else value
                raise UserError([Problem("OneDestination", f"--{option} and --{other} both go to {where}", remedy="Name a file of its own for each.")])
        check_destination(value)


def show_error(error: OrchestratorError, base: Path | None = None) -> None:
    """One clear message on stderr."""
    open_screen(sys.stderr).show(render_error(error, base))


def show_text(text: str) -> None:
    """A text on stdout as it is, for a shell or another program to read."""
    print(text)
