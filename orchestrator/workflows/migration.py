"""What a preview says beside the resource changes where a cluster that exists gets another way out."""

from orchestrator.model.changes import ChangeType, WhatIf
from orchestrator.model.reporter import Reporter
from orchestrator.workflows.deployed import Deployed
from orchestrator.workflows.plan import Plan

_CLUSTER = "/providers/microsoft.containerservice/managedclusters/"
_CHANGING = frozenset({ChangeType.MODIFY, ChangeType.UNSUPPORTED})


def tell_migrations(deployed: Deployed, plan: Plan, what_if: WhatIf, reporter: Reporter) -> None:
    """Read what is deployed, only where the what-if changes a cluster (or may), and tell the moves."""
    if not any(change.type in _CHANGING and _CLUSTER in change.resource_id.lower() for change in what_if.changes):
        return
    from orchestrator.egress.migration import find_migrations, planned_state

    before = deployed.snapshot
    if before is None:
        return
    migrations = find_migrations(before, planned_state(before, plan.resources))
    if migrations:
        reporter.migrations(migrations)
