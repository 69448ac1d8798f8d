"""`whatif`: what a deployment would change, for one environment or all; nothing is written."""

from pathlib import Path
from typing import TYPE_CHECKING

from orchestrator.environments.environment import Environment, load_environment
from orchestrator.model.reporter import Reporter
from orchestrator.reporting.outputs import Outputs
from orchestrator.workflows.compilation import compile_environment
from orchestrator.workflows.connecting import open_connection
from orchestrator.workflows.exit_status import ExitStatus
from orchestrator.workflows.knowledge import read_knowledge
from orchestrator.workflows.plan import make_plan, refuse_bad_plan, see_existing, tell_doubts
from orchestrator.workflows.preview import preview
from orchestrator.workflows.selection import select_environments
from orchestrator.workflows.session import run_each, run_environment, run_session
from orchestrator.workflows.target import TargetChoice, choose_target

if TYPE_CHECKING:
    from orchestrator.egress.addresses.knowledge import Knowledge


def run(
    env: str = "", target: str = "", *, exit_code: bool = False, resolve: str = "", service_tags: str = "", outputs: Outputs | None = None
) -> int:  # fmt: skip
    """Run the command; with `exit_code` status 2 says that there are changes."""

    def work(project: Path, reporter: Reporter) -> ExitStatus:
        def one(name: str) -> ExitStatus:
            environment = load_environment(project, name)
            choice = choose_target(target, environment.subscription)
            knowledge = read_knowledge(choice, resolve, service_tags)

            def steps() -> ExitStatus:
                return _preview_one(project, reporter, environment, choice, knowledge, exit_code=exit_code)

            return run_environment(reporter, environment, choice, steps)

        return run_each(select_environments(project, env), one, reporter)

    return run_session("whatif", work, outputs)


def _preview_one(project: Path, reporter: Reporter, environment: Environment, choice: TargetChoice, knowledge: "Knowledge", *, exit_code: bool) -> ExitStatus:
    compiled = compile_environment(environment, reporter)
    plan = make_plan(compiled, choice.subscription_id)
    if plan.around.unread:
        plan = see_existing(plan, open_connection(project, choice), environment.resource_group)
    tell_doubts(plan, reporter)
    refuse_bad_plan(plan)
    what_if = preview(open_connection(project, choice), compiled, plan, knowledge, reporter)
    return ExitStatus.CHANGES if exit_code and what_if.has_changes else ExitStatus.OK
