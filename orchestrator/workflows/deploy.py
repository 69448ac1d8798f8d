"""`deploy`: compile, check, preview, confirm, make the group, deploy with live progress, verify. Nothing is written before the checks and the confirmation."""

from pathlib import Path
from typing import TYPE_CHECKING

from orchestrator.environments.environment import Environment, load_environment
from orchestrator.model.changes import WhatIf
from orchestrator.model.reporter import Reporter
from orchestrator.reporting.outputs import Outputs
from orchestrator.workflows.compilation import Compiled, compile_environment
from orchestrator.workflows.confirmation import confirm_on_azure
from orchestrator.workflows.connecting import open_connection
from orchestrator.workflows.exit_status import ExitStatus
from orchestrator.workflows.knowledge import read_knowledge
from orchestrator.workflows.plan import Plan, make_plan, see_existing
from orchestrator.workflows.preflight import pass_preflight
from orchestrator.workflows.preview import make_request, preview
from orchestrator.workflows.probe_time import probe_seconds
from orchestrator.workflows.selection import select_one
from orchestrator.workflows.session import run_environment, run_session
from orchestrator.workflows.target import TargetChoice, choose_target
from orchestrator.workflows.verify import verify_environment

if TYPE_CHECKING:
    from orchestrator.clients.connection import Connection
    from orchestrator.egress.addresses.knowledge import Knowledge


def run(
    env: str = "", target: str = "", *, yes: bool = False, verify: bool = True, force: bool = False, timeout: str = "",
    resolve: str = "", service_tags: str = "", outputs: Outputs | None = None,
) -> int:  # fmt: skip
    """Run the command. `timeout`: seconds that each probe of the verification may take; `force`: deploy although the preflight would stop it."""

    def work(project: Path, reporter: Reporter) -> ExitStatus:
        environment = load_environment(project, select_one(project, env, "deploy"))
        choice = choose_target(target, environment.subscription)
        seconds = probe_seconds(timeout, choice)
        knowledge = read_knowledge(choice, resolve, service_tags)

        def steps() -> ExitStatus:
            reporter.step("compile")
            compiled = compile_environment(environment, reporter)
            reporter.step("preflight")
            plan = make_plan(compiled, choice.subscription_id)
            if plan.around.unread:
                plan = see_existing(plan, open_connection(project, choice), environment.resource_group)
            status = pass_preflight(environment, plan, knowledge, reporter, force=force)
            if status is not ExitStatus.OK:
                return status
            reporter.step("preview")
            connection = open_connection(project, choice)
            _deploy(connection, reporter, compiled, plan, choice, knowledge, yes=yes)
            return verify_environment(reporter, environment, connection, knowledge, timeout=seconds) if verify else ExitStatus.OK

        return run_environment(reporter, environment, choice, steps)

    return run_session("deploy", work, outputs)


def _deploy(
    connection: "Connection", reporter: Reporter, compiled: Compiled, plan: Plan, choice: TargetChoice, knowledge: "Knowledge", *, yes: bool
) -> None:  # fmt: skip
    environment = compiled.environment
    what_if = preview(connection, compiled, plan, knowledge, reporter)
    confirm_on_azure(choice, f"Deploy {environment.name} to the resource group {environment.resource_group}?", yes=yes)
    _create_group(connection, reporter, environment, what_if)
    _run_deployment(connection, reporter, compiled)


def _create_group(connection: "Connection", reporter: Reporter, environment: Environment, what_if: WhatIf) -> None:
    """Only where it is missing: a group that exists keeps its tags, which others may have set."""
    from orchestrator.clients.resource_groups import create_resource_group

    if what_if.source == "snapshot":
        reporter.step(f"create the resource group {environment.resource_group} ({environment.location})")
        create_resource_group(connection, environment.resource_group, environment.location, environment.tags)


def _run_deployment(connection: "Connection", reporter: Reporter, compiled: Compiled) -> None:
    from orchestrator.clients.deployments import cancel_deployment, follow_deployment, start_deployment

    group, name = compiled.environment.resource_group, compiled.deployment_name
    reporter.step(f"deploy {name}")
    start_deployment(connection, make_request(compiled))
    try:
        result = follow_deployment(connection, group, name, reporter.progress)
    except KeyboardInterrupt:
        cancelled = cancel_deployment(connection, group, name)
        reporter.note(f"interrupted: {'asked ARM to cancel' if cancelled else 'too late to cancel'} the deployment {name}; what it has begun stays")
        raise
    took = "" if result.seconds is None else f" in {result.seconds:.1f} s"
    reporter.note(f"deployed {name}{took}")
    reporter.outputs(result.outputs)
