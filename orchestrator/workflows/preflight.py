"""`preflight`: what can be said before anything is created. `deploy` asks the same, and stops where nodes would not boot."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from orchestrator.environments.environment import Environment
from orchestrator.model.errors import CouldNotRun, OperationFailed
from orchestrator.model.findings import Severity
from orchestrator.model.preflight import Assumed, PortBudget, PredictedEndpoint, PreflightReport
from orchestrator.model.reporter import Reporter
from orchestrator.reporting.outputs import Outputs
from orchestrator.workflows.exit_status import ExitStatus, status_of_preflight
from orchestrator.workflows.knowledge import read_knowledge
from orchestrator.workflows.plan import Plan, refuse_unseen_clusters
from orchestrator.workflows.plan_source import PlanSource, Selection, for_each_source
from orchestrator.workflows.session import run_environment, run_session

if TYPE_CHECKING:
    from orchestrator.egress.addresses.knowledge import Knowledge
    from orchestrator.egress.preflight.preflight import Preflight
    from orchestrator.egress.preflight.requirements import Requirement


def run(
    env: str = "", target: str = "", *, file: str = "", parameters: str = "", stack: str = "", existing: str = "",
    resolve: str = "", service_tags: str = "", outputs: Outputs | None = None,
) -> int:  # fmt: skip
    """Run the command for one environment, or all, or for files of anyone's; needs no login and no lab."""
    selection = Selection(env, file, parameters, stack, existing)

    def work(project: Path, reporter: Reporter) -> ExitStatus:
        def one(source: PlanSource) -> ExitStatus:
            knowledge = read_knowledge(source.choice, resolve, service_tags)

            def steps() -> ExitStatus:
                report = predict(source, knowledge, reporter)
                reporter.preflight(report)
                return status_of_preflight(report.status)

            return run_environment(reporter, source, source.choice, steps)

        return for_each_source(project, selection, target, one, reporter)

    return run_session("preflight", work, outputs)


def predict(source: PlanSource, knowledge: "Knowledge", reporter: Reporter) -> PreflightReport:
    """Look at everything in the plan of a source."""
    plan = source.make_plan(reporter)
    report = predict_plan(source.name, plan, knowledge, source.demand)
    if source.environment is None and not report.leaving:
        refuse_unseen_clusters(source.name, plan)
        reporter.note("There is no cluster among the resources: only rules and addresses were looked at.")
    return report


def predict_plan(name: str, plan: Plan, knowledge: "Knowledge", demand: int | None) -> PreflightReport:
    """Look at everything in a plan."""
    from orchestrator.egress.preflight.preflight import preflight

    return with_plan(report_preflight(name, preflight(plan.snapshot, knowledge, demand=demand)), plan)


def with_plan(report: PreflightReport, plan: Plan) -> PreflightReport:
    """With what the plan itself found, takes for granted, and leaves open."""
    findings = tuple(dict.fromkeys((*report.findings, *plan.findings)))
    return replace(report, findings=findings, assumptions=tuple(dict.fromkeys((*plan.assumptions, *report.assumptions))), unknowns=plan.unknowns)


def pass_preflight(environment: Environment, plan: Plan, knowledge: "Knowledge", reporter: Reporter, *, force: bool) -> ExitStatus:
    """In `deploy`: tell the preflight; a status other than OK stops the deployment. `force`, which is told, overrides all but what Azure itself refuses."""
    report = predict_plan(environment.name, plan, knowledge, environment.connections_per_node)
    stopping, refused = report.stopping, plan.refused
    if not stopping or (force and not refused):
        reporter.preflight(replace(report, forced=tuple(dict.fromkeys(finding.code for finding in stopping))), brief=True)
        return ExitStatus.OK
    reporter.preflight(report, brief=True)
    errors = sum(finding.severity is Severity.ERROR for finding in stopping)
    if errors:
        message = f"the preflight stops the deployment of {environment.name}: {errors} {'check' if errors == 1 else 'checks'} failed; nothing was created"
        more = "Azure would refuse this, so --force does not help." if refused else "--force deploys all the same."
        reporter.failure(OperationFailed(message, f"Do what the findings say; {more}"))
        return ExitStatus.VERIFICATION_FAILED
    text = f"the preflight stops the deployment of {environment.name}: whether its nodes would boot is not known; nothing was created."
    raise CouldNotRun(text, "Give what is missing (on Azure: --resolve, --service-tags); --force deploys all the same.")


def report_preflight(environment: str, found: "Preflight") -> PreflightReport:
    """In the words that reports know."""
    return PreflightReport(
        environment,
        found.findings,
        tuple(_endpoint(requirement) for requirement in found.requirements),
        tuple(PortBudget(_name(one.cluster_id), one.text, one.per_node, one.demand, one.enough) for one in found.capacities),
        tuple((_name(cluster_id), str(leaving)) for cluster_id, leaving in found.leaving.items()),
        tuple(Assumed(assumption.code, assumption.text, assumption.source) for assumption in found.assumptions),
    )


def _endpoint(requirement: "Requirement") -> PredictedEndpoint:
    row, trace = requirement.row, requirement.trace
    return PredictedEndpoint(
        requirement.cluster.name,
        row.feature,
        row.phase,
        trace.flow.endpoint,
        row.why,
        str(trace.flow.source),
        requirement.standing.value,
        str(trace.disposition),
    )


def _name(resource_id: str) -> str:
    return resource_id.rstrip("/").rsplit("/", 1)[-1]
