"""The frame around every command: reporters are opened and closed, errors become one message and an exit status, Ctrl-C a clear word."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Protocol

from orchestrator.model.errors import OperationFailed, OrchestratorError
from orchestrator.model.reporter import Reporter
from orchestrator.reporting.outputs import Outputs, open_reporter, show_error
from orchestrator.workflows.exit_status import ExitStatus, gravest, status_of_error
from orchestrator.workflows.project import find_project
from orchestrator.workflows.target import TargetChoice

INTERRUPTED = OperationFailed("interrupted", "Nothing was undone; run the command again to go on.")


def run_session(command: str, work: Callable[[Path, Reporter], ExitStatus], outputs: Outputs | None = None) -> int:
    """Run a command's work in the project's folder; returns its exit status, whatever happens."""
    try:
        project = find_project()
        reporter = open_reporter(command, outputs or Outputs(), project)
        status = _guarded(reporter, lambda: work(project, reporter))
        reporter.close()
    except OrchestratorError as error:
        show_error(error)
        return status_of_error(error)
    except KeyboardInterrupt:
        show_error(INTERRUPTED)
        return ExitStatus.INTERRUPTED
    return status


class Named(Protocol):
    """An environment, or what stands for one."""

    @property
    def name(self) -> str:
        """What a reader calls it."""
        ...


def run_environment(reporter: Reporter, environment: Named, choice: TargetChoice, work: Callable[[], ExitStatus]) -> ExitStatus:
    """One environment's part, between its first and its last line."""
    reporter.target(environment.name, choice.target)
    try:
        return _guarded(reporter, work)
    finally:
        reporter.target(environment.name, choice.target, ending=True)


def run_each(names: Iterable[str], work: Callable[[str], ExitStatus], reporter: Reporter) -> ExitStatus:
    """Several environments: one that fails does not keep the others from being looked at."""
    return gravest([_guarded(reporter, partial(work, name)) for name in names])


def _guarded(reporter: Reporter, work: Callable[[], ExitStatus]) -> ExitStatus:
    try:
        return work()
    except OrchestratorError as error:
        reporter.failure(error)
        return status_of_error(error)
