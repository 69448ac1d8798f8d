"""`report`: what is predicted of an environment's egress, and beside it what was observed; on the screen, for programs, and as one page to keep."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from orchestrator.environments.environment import Environment, load_environment
from orchestrator.model.errors import OrchestratorError, Problem, UserError
from orchestrator.model.flows import CheckStatus, Verification
from orchestrator.model.report import EgressReport
from orchestrator.model.reporter import Reporter
from orchestrator.model.resources import Snapshot, make_snapshot
from orchestrator.model.targets import TargetKind
from orchestrator.reporting.documents import STDOUT, write_document
from orchestrator.reporting.outputs import Outputs
from orchestrator.workflows.compilation import compile_environment
from orchestrator.workflows.connecting import open_connection
from orchestrator.workflows.deployed import Deployed
from orchestrator.workflows.egress_report import ReportFacts, make_report, with_observations
from orchestrator.workflows.exit_status import ExitStatus, status_of_preflight
from orchestrator.workflows.knowledge import read_knowledge
from orchestrator.workflows.plan import make_plan
from orchestrator.workflows.probe_time import probe_seconds
from orchestrator.workflows.project import lab_directory
from orchestrator.workflows.selection import select_environments
from orchestrator.workflows.session import run_each, run_environment, run_session
from orchestrator.workflows.target import TargetChoice, choose_target
from orchestrator.workflows.verify import make_runner, probe_environment

if TYPE_CHECKING:
    from orchestrator.clients.connection import Connection
    from orchestrator.egress.addresses.knowledge import Knowledge

PLAN, DEPLOYED = "the plan", "what is deployed"


def run(
    env: str = "", target: str = "", *, plan: bool = False, verify: bool = True, timeout: str = "",
    resolve: str = "", service_tags: str = "", outputs: Outputs | None = None,
) -> int:  # fmt: skip
    """Run the command for one environment, or all. `plan`: look at the plan and ask nobody; `verify`: send probes, too, where a cluster is deployed."""

    destination = "" if outputs is None else outputs.html

    def work(project: Path, reporter: Reporter) -> ExitStatus:
        def one(name: str) -> ExitStatus:
            environment = load_environment(project, name)
            choice = choose_target(target, environment.subscription)
            knowledge = read_knowledge(choice, resolve, service_tags)
            seconds = probe_seconds(timeout, choice)
            question = _Question(project, environment, choice, knowledge, reporter)

            def steps() -> ExitStatus:
                report = question.predict_plan("only the plan was looked at (--plan)") if plan else question.look(seconds, verify=verify)
                reporter.report(report)
                _write_page(project, report, destination, reporter)
                return status_of_report(report)

            return run_environment(reporter, environment, choice, steps)

        names = select_environments(project, env)
        if destination and len(names) > 1:
            message = f"--html names one file, and there are {len(names)} environments"
            raise UserError([Problem("OnePageEach", message, remedy="Name one environment, or leave --html out: each has out/<env>/report.html.")])
        return run_each(names, one, reporter)

    return run_session("report", work, outputs)


def status_of_report(report: EgressReport) -> ExitStatus:
    """0, 3 where something is not as expected, 4 where it is not known or could not be asked."""
    status = report.status
    return ExitStatus.VERIFICATION_FAILED if status is CheckStatus.DISAGREES else status_of_preflight(status)


class _Question:
    """Where the answers are looked for: what is deployed where that can be asked, else the plan."""

    def __init__(self, project: Path, environment: Environment, choice: TargetChoice, knowledge: "Knowledge", reporter: Reporter) -> None:
        self._project = project
        self._environment = environment
        self._choice = choice
        self._knowledge = knowledge
        self._reporter = reporter

    def predict_plan(self, why: str) -> EgressReport:
        """Of the plan. `why`: nothing was observed."""
        compiled = compile_environment(self._environment, self._reporter)
        snapshot = make_snapshot(make_plan(compiled, self._choice.subscription_id).resources)
        return with_observations(self._predict(snapshot, PLAN), None, why)

    def look(self, seconds: float, *, verify: bool) -> EgressReport:
        """Of what is deployed, with what probes see there. Where the target cannot be asked that is said, and the plan is what is left."""
        from orchestrator.egress.network_view import find_clusters

        name, group = self._environment.name, self._environment.resource_group
        if self._choice.kind is TargetKind.LOCAL and not lab_directory(self._project).is_dir():
            return self.predict_plan(f"{name} is not deployed in the lab")
        try:
            connection = open_connection(self._project, self._choice)
            deployed = Deployed(connection, group).snapshot
        except OrchestratorError as error:
            reason = f"{self._choice.kind} could not be asked what is deployed: {error}. --plan reports the plan alone"
            return with_observations(self.predict_plan(""), Verification(name, (), reason))
        if deployed is None or not find_clusters(deployed):
            return self.predict_plan(f"{name} is not deployed: {'there is no' if deployed is None else 'no cluster is in the'} resource group {group}")
        report = self._predict(deployed, DEPLOYED)
        if not verify:
            return with_observations(report, None, "no probe was sent (--no-verify)")
        return with_observations(report, self._probe(connection, deployed, seconds))

    def _probe(self, connection: "Connection", deployed: Snapshot, seconds: float) -> Verification:
        self._reporter.step("verify the egress")
        connection.load_containers_ahead()
        return probe_environment(self._environment, deployed, self._knowledge, lambda cluster: make_runner(connection, cluster, self._reporter.note), seconds)

    def _predict(self, snapshot: Snapshot, basis: str) -> EgressReport:
        environment = self._environment
        facts = ReportFacts(
            environment.name,
            self._choice.target,
            basis,
            datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
            snapshot,
            environment.must_reach,
            environment.must_be_blocked,
            environment.connections_per_node,
            exists=basis == DEPLOYED,
        )
        return make_report(facts, self._knowledge)


def _write_page(project: Path, report: EgressReport, destination: str, reporter: Reporter) -> None:
    """To out/<env>/report.html, where nothing else is said."""
    from orchestrator.reporting.report_page import render_page

    path = destination or str(project / "out" / report.environment / "report.html")
    write_document(path, render_page(report))
    if path != STDOUT:
        reporter.note(f"the page: {_shown(Path(path))}")


def _shown(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_absolute() and path.is_relative_to(here) else path
