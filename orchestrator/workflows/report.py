"""`report`: what is predicted of an egress, and beside it what was observed; on the screen, for programs, and as one page to keep."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from orchestrator.environments.environment import Environment
from orchestrator.model.errors import OrchestratorError, Problem, UserError
from orchestrator.model.flows import CheckStatus, Verification
from orchestrator.model.report import EgressReport
from orchestrator.model.reporter import Reporter
from orchestrator.model.resources import Snapshot
from orchestrator.model.targets import TargetKind
from orchestrator.reporting.documents import STDOUT, write_document
from orchestrator.reporting.outputs import Outputs
from orchestrator.workflows.connecting import open_connection
from orchestrator.workflows.deployed import Deployed
from orchestrator.workflows.egress_report import ReportFacts, make_report, with_observations
from orchestrator.workflows.exit_status import ExitStatus, status_of_preflight
from orchestrator.workflows.knowledge import read_knowledge
from orchestrator.workflows.plan import Plan, refuse_unseen_clusters, see_existing
from orchestrator.workflows.plan_source import PlanSource, Selection, for_each_source
from orchestrator.workflows.probe_time import probe_seconds
from orchestrator.workflows.project import lab_directory
from orchestrator.workflows.selection import select_environments
from orchestrator.workflows.session import run_environment, run_session
from orchestrator.workflows.verify import make_runner, probe_environment

if TYPE_CHECKING:
    from orchestrator.clients.connection import Connection
    from orchestrator.egress.addresses.knowledge import Knowledge

PLAN, FILES, DEPLOYED = "the plan", "the files", "what is deployed"


def run(
    env: str = "", target: str = "", *, file: str = "", parameters: str = "", stack: str = "", existing: str = "",
    plan: bool = False, verify: bool = True, timeout: str = "", resolve: str = "", service_tags: str = "", outputs: Outputs | None = None,
) -> int:  # fmt: skip
    """Run the command for one environment, or all, or for files of anyone's. `plan`: ask nobody what is deployed; `verify`: send probes where a cluster is."""
    selection = Selection(env, file, parameters, stack, existing)
    destination = "" if outputs is None else outputs.html

    def work(project: Path, reporter: Reporter) -> ExitStatus:
        def one(source: PlanSource) -> ExitStatus:
            knowledge = read_knowledge(source.choice, resolve, service_tags)
            question = _Question(project, source, knowledge, reporter)
            seconds = probe_seconds(timeout, source.choice) if source.environment is not None else 0.0

            def steps() -> ExitStatus:
                report = question.predict_plan("only the plan was looked at (--plan)") if plan else question.look(seconds, verify=verify)
                page = _write_page(project, report, destination)
                reporter.report(report)
                if page != STDOUT:
                    reporter.note(f"the page: {_shown(Path(page))}")
                return status_of_report(report)

            return run_environment(reporter, source, source.choice, steps)

        if destination and not selection.is_files:
            _refuse_several(select_environments(project, env))
        return for_each_source(project, selection, target, one, reporter)

    return run_session("report", work, outputs)


def status_of_report(report: EgressReport) -> ExitStatus:
    """0, 3 where something is not as expected or as predicted, 4 where it is not known or could not be asked."""
    return ExitStatus.VERIFICATION_FAILED if report.status is CheckStatus.DISAGREES else status_of_preflight(report.status)


@dataclass(frozen=True, slots=True)
class _Question:
    """Where the answers are looked for: what is deployed where that can be asked, else the plan."""

    project: Path
    source: PlanSource
    knowledge: "Knowledge"
    reporter: Reporter

    def predict_plan(self, why: str, connection: "Connection | None" = None) -> EgressReport:
        """Of the plan. `why`: nothing was observed; `connection`: to read what the plan refers to that exists."""
        plan = self.source.make_plan(self.reporter)
        if self.source.environment is None:
            report = self._predict(plan.snapshot, FILES, plan)
            if not report.clusters:
                refuse_unseen_clusters(self.source.name, plan)
            return with_observations(report, None, "files were looked at, and nothing was sent anywhere")
        if connection is not None:
            plan = see_existing(plan, connection, self.source.environment.resource_group)
        return with_observations(self._predict(plan.snapshot, PLAN, plan), None, why)

    def look(self, seconds: float, *, verify: bool) -> EgressReport:
        """Of what is deployed, with what probes see there. Where the target cannot be asked that is said, and the plan is what is left."""
        from orchestrator.egress.network.clusters import find_clusters

        environment = self.source.environment
        if environment is None:
            return self.predict_plan("")
        name, group = environment.name, environment.resource_group
        if self.source.choice.kind is TargetKind.LOCAL and not lab_directory(self.project).is_dir():
            return self.predict_plan(f"{name} is not deployed in the lab")
        try:
            connection = open_connection(self.project, self.source.choice)
            deployed = Deployed(connection, group).snapshot
        except OrchestratorError as error:
            asked = "the lab" if self.source.choice.kind is TargetKind.LOCAL else "Azure"
            reason = f"{asked} could not be asked what is deployed: {error}. --plan reports the plan alone"
            return with_observations(self.predict_plan(""), Verification(name, (), reason))
        if deployed is None or not find_clusters(deployed):
            why = f"{name} is not deployed: {'there is no' if deployed is None else 'no cluster is in the'} resource group {group}"
            return self.predict_plan(why, connection)
        report = self._predict(deployed, DEPLOYED)
        if not verify:
            return with_observations(report, None, "no probe was sent (--no-verify)")
        return with_observations(report, self._probe(environment, connection, deployed, seconds))

    def _probe(self, environment: Environment, connection: "Connection", deployed: Snapshot, seconds: float) -> Verification:
        self.reporter.step("verify the egress")
        connection.load_containers_ahead()
        return probe_environment(environment, deployed, self.knowledge, lambda cluster: make_runner(connection, cluster, self.reporter.note), seconds)

    def _predict(self, snapshot: Snapshot, basis: str, plan: Plan | None = None) -> EgressReport:
        environment = self.source.environment
        facts = ReportFacts(
            self.source.name,
            self.source.choice.target,
            basis,
            datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
            snapshot,
            environment.must_reach if environment is not None else (),
            environment.must_be_blocked if environment is not None else (),
            self.source.demand,
            plan,
        )
        return make_report(facts, self.knowledge)


def _refuse_several(names: tuple[str, ...]) -> None:
    if len(names) > 1:
        message = f"--html names one file, and there are {len(names)} environments"
        raise UserError([Problem("OnePageEach", message, remedy="Name one environment, or leave --html out: each has out/<env>/report.html.")])


def _write_page(project: Path, report: EgressReport, destination: str) -> str:
    """To out/<env>/report.html, where nothing else is said; returns where."""
    from orchestrator.reporting.report_page import render_page

    path = destination or str(project / "out" / report.environment / "report.html")
    write_document(path, render_page(report))
    return path


def _shown(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_absolute() and path.is_relative_to(here) else path
