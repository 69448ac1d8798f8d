"""What a deployment would create, computed here from the template, and what the checks say of it: before anything is asked or written."""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from orchestrator.model.errors import CouldNotRun, Problem, UserError
from orchestrator.model.findings import Finding, Severity
from orchestrator.model.json_value import JsonObject
from orchestrator.model.preflight import Assumed, NotKnown
from orchestrator.model.reporter import Reporter
from orchestrator.model.resources import Snapshot, make_snapshot
from orchestrator.workflows.compilation import Compiled
from orchestrator.workflows.surroundings import group_scope, name_unread, read_surroundings

if TYPE_CHECKING:
    from orchestrator.clients.connection import Connection

UNKNOWN_TENANT = "00000000-0000-0000-0000-000000000000"
"""The plan does not log in; no topology here depends on the tenant."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The predicted resources, as whole bodies, and the findings about them; what it takes for granted, and what it leaves open.

    around: what the resources refer to that is not in the plan: read from a target, or each with why it is not known.
    """

    resources: tuple[JsonObject, ...]
    findings: tuple[Finding, ...]
    assumptions: tuple[Assumed, ...] = ()
    unknowns: tuple[NotKnown, ...] = ()
    around: Snapshot = field(default_factory=lambda: Snapshot(()))

    @property
    def snapshot(self) -> Snapshot:
        """What is planned, among what exists around it."""
        return make_snapshot(self.resources).joined(self.around)

    @property
    def refused(self) -> tuple[Finding, ...]:
        """What Azure itself would refuse."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)


def make_plan(compiled: Compiled, subscription_id: str) -> Plan:
    """Predict and check; ArmError where ARM would refuse the template."""
    from orchestrator.arm import snapshot
    from orchestrator.egress.plan_checks import check_plan

    predicted = snapshot(
        compiled.template,
        compiled.parameter_values,
        tenant_id=UNKNOWN_TENANT,
        management_group_id=None,
        subscription_id=subscription_id,
        resource_group=compiled.environment.resource_group,
        location=compiled.environment.location,
        deployment_name=compiled.deployment_name,
    )
    resources = tuple(predicted["predictedResources"])
    around = name_unread(resources, {group_scope(subscription_id, compiled.environment.resource_group)})
    plan = Plan(resources, (), (), _name_unknowns(around), around)
    return replace(plan, findings=tuple(check_plan(plan.snapshot)))


def see_existing(plan: Plan, connection: "Connection", resource_group: str) -> Plan:
    """The same among what exists already: what it refers to elsewhere is read. Where it refers to nothing elsewhere nothing is asked."""
    if not plan.around.unread:
        return plan
    from orchestrator.egress.plan_checks import check_plan

    around = read_surroundings(connection, plan.resources, {group_scope(connection.target.subscription_id, resource_group)})
    seen = replace(plan, around=around, unknowns=_name_unknowns(around))
    return replace(seen, findings=tuple(check_plan(seen.snapshot)))


def _name_unknowns(around: Snapshot) -> tuple[NotKnown, ...]:
    return tuple(NotKnown(resource_id, why) for resource_id, why in around.unread.items())


def tell_doubts(plan: Plan, reporter: Reporter) -> None:
    """Tell the findings that are no errors."""
    others = [finding for finding in plan.findings if finding.severity is not Severity.ERROR]
    if others:
        reporter.findings(others)


def refuse_bad_plan(plan: Plan) -> None:
    """UserError, with Azure's codes, where a finding is an error: Azure itself would refuse the plan, and nothing has been written yet."""
    if plan.refused:
        raise UserError([Problem(finding.code, finding.message, finding.target, f"{finding.remedy} See {finding.source}") for finding in plan.refused])


def refuse_unseen_clusters(name: str, plan: Plan) -> None:
    """CouldNotRun where there is no cluster in a plan that leaves something open: it may be there."""
    if plan.unknowns:
        first = plan.unknowns[0]
        more = f", and {len(plan.unknowns) - 1} more things are not known" if len(plan.unknowns) > 1 else ""
        raise CouldNotRun(
            f"there is no cluster among the resources of {name}, but it may be behind what is not known: {first.what}, since {first.why}{more}.",
            "Name the file that makes it, restore the module, or give it by --existing.",
        )
