"""`envs`: the environments of the project: topology, resource group, target, and whether they are deployed. Starts nothing."""

from pathlib import Path

from orchestrator.environments.environment import Environment, list_environments, load_environment
from orchestrator.model.errors import OrchestratorError, UserError
from orchestrator.model.reporter import Reporter
from orchestrator.model.targets import Target, TargetKind
from orchestrator.workflows.compilation import read_topology
from orchestrator.workflows.exit_status import ExitStatus
from orchestrator.workflows.project import lab_directory
from orchestrator.workflows.session import run_session
from orchestrator.workflows.target import TargetChoice, choose_target

COLUMNS = ("name", "topology", "resource group", "location", "target", "deployed")


def run() -> int:
    """Run the command."""

    def work(project: Path, reporter: Reporter) -> ExitStatus:
        from orchestrator.lab.lifecycle import running

        lab = running(lab_directory(project))
        rows = [_row(project, name, lab) for name in list_environments(project)]
        reporter.table(COLUMNS, rows)
        if lab is None:
            reporter.note("the lab is not running; the first command that needs it starts it, with what it holds")
        return ExitStatus.OK

    return run_session("envs", work)


def _row(project: Path, name: str, lab: Target | None) -> tuple[str, ...]:
    try:
        environment = load_environment(project, name)
    except UserError as error:
        return (name, "-", "-", "-", "-", f"cannot be read: {error}")
    choice = _choose(environment)
    topology = read_topology(environment.params_path)
    return (name, topology, environment.resource_group, environment.location, choice.kind.value if choice else "-", _deployed(environment, choice, lab))


def _choose(environment: Environment) -> TargetChoice | None:
    """None on CI, where the target must be named."""
    try:
        return choose_target("", environment.subscription)
    except UserError:
        return None


def _deployed(environment: Environment, choice: TargetChoice | None, lab: Target | None) -> str:
    """Asked of the lab only where it runs, and of Azure not at all: a listing does not log in."""
    if choice is None or choice.kind is TargetKind.AZURE:
        return "not asked"
    if lab is None:
        return "lab is down"
    from orchestrator.clients.connection import connect
    from orchestrator.clients.resource_groups import find_resource_group

    try:
        return "no" if find_resource_group(connect(lab), environment.resource_group) is None else "yes"
    except OrchestratorError as error:
        return f"unknown: {error}"
