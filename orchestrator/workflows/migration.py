"""What a preview says beside the resource changes where a cluster that exists gets another way out."""

from typing import TYPE_CHECKING

from orchestrator.model.changes import ChangeType, WhatIf
from orchestrator.model.reporter import Reporter
from orchestrator.model.resources import make_snapshot
from orchestrator.workflows.compilation import Compiled
from orchestrator.workflows.plan import Plan

if TYPE_CHECKING:
    from orchestrator.clients.connection import Connection

_CLUSTER = "/providers/microsoft.containerservice/managedclusters/"
_CHANGING = frozenset({ChangeType.MODIFY, ChangeType.UNSUPPORTED})


def tell_migrations(connection: "Connection", compiled: Compiled, plan: Plan, what_if: WhatIf, reporter: Reporter) -> None:
    """Read what is deployed, only where the what-if changes a cluster (or may), and tell the moves."""
    if not any(change.type in _CHANGING and _CLUSTER in change.resource_id.lower() for change in what_if.changes):
        return
    from orchestrator.clients.resources import read_resources
    from orchestrator.egress.migration import find_migrations, planned_state

    before = make_snapshot(read_resources(connection, compiled.environment.resource_group))
    migrations = find_migrations(before, planned_state(before, plan.resources))
    if migrations:
        reporter.migrations(migrations)
