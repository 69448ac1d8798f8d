"""`destroy`: delete the environment's resource group and all in it; a second time there is nothing to do."""

from pathlib import Path

from orchestrator.environments.environment import Environment, load_environment
from orchestrator.model.reporter import Reporter
from orchestrator.reporting.outputs import Outputs
from orchestrator.workflows.confirmation import confirm_on_azure
from orchestrator.workflows.connecting import open_connection
from orchestrator.workflows.exit_status import ExitStatus
from orchestrator.workflows.selection import select_one
from orchestrator.workflows.session import run_environment, run_session
from orchestrator.workflows.target import TargetChoice, choose_target


def run(env: str = "", target: str = "", *, yes: bool = False, outputs: Outputs | None = None) -> int:
    """Run the command; on azure a person confirms."""

    def work(project: Path, reporter: Reporter) -> ExitStatus:
        environment = load_environment(project, select_one(project, env, "destroy"))
        choice = choose_target(target, environment.subscription)
        return run_environment(reporter, environment, choice, lambda: _destroy(project, reporter, environment, choice, yes=yes))

    return run_session("destroy", work, outputs)


def _destroy(project: Path, reporter: Reporter, environment: Environment, choice: TargetChoice, *, yes: bool) -> ExitStatus:
    from orchestrator.clients.resource_groups import delete_resource_group, find_resource_group
    from orchestrator.clients.resources import list_resource_ids

    connection = open_connection(project, choice)
    group = environment.resource_group
    if find_resource_group(connection, group) is None:
        reporter.note(f"the resource group {group} does not exist: nothing to delete")
        return ExitStatus.OK
    resources = list_resource_ids(connection, group)
    confirm_on_azure(choice, f"Delete the resource group {group} with {len(resources)} resources in it?", yes=yes)
    reporter.step(f"delete the resource group {group} ({len(resources)} resources)")
    delete_resource_group(connection, group)
    reporter.note(f"deleted {group}, its {len(resources)} resources and the node resource groups of its clusters")
    return ExitStatus.OK
