"""A what-if: ARM's, or, where the resource group does not exist yet (ARM has no what-if there), our engine's; nothing is written for it."""

from typing import TYPE_CHECKING

from orchestrator.changes import from_snapshot, read_what_if, read_what_if_notes
from orchestrator.model.changes import WhatIf
from orchestrator.model.errors import ArmError
from orchestrator.model.reporter import Reporter
from orchestrator.workflows.compilation import Compiled
from orchestrator.workflows.deployed import Deployed
from orchestrator.workflows.migration import tell_migrations
from orchestrator.workflows.plan import Plan
from orchestrator.workflows.traffic import tell_traffic

if TYPE_CHECKING:
    from orchestrator.clients.connection import Connection
    from orchestrator.clients.template_request import TemplateRequest
    from orchestrator.egress.addresses.knowledge import Knowledge


def make_request(compiled: Compiled) -> "TemplateRequest":
    """What ARM is asked with, for a what-if and for the deployment."""
    from orchestrator.clients.template_request import TemplateRequest

    return TemplateRequest(compiled.environment.resource_group, compiled.deployment_name, compiled.template, compiled.parameter_entries)


def preview(connection: "Connection", compiled: Compiled, plan: Plan, knowledge: "Knowledge", reporter: Reporter) -> WhatIf:
    """Ask ARM, and tell what it says, and what that does to traffic; where there is no such group, answer from the plan."""
    from orchestrator.clients.what_if import request_what_if

    notes: tuple[str, ...] = ()
    try:
        answer = request_what_if(connection, make_request(compiled))
    except ArmError as error:
        if error.code != "ResourceGroupNotFound":
            raise
        what_if = from_snapshot(plan.resources)
    else:
        what_if, notes = read_what_if(answer), read_what_if_notes(answer)
    reporter.what_if(what_if)
    for note in notes:
        reporter.note(note)
    deployed = Deployed(connection, compiled.environment.resource_group, plan.resources)
    tell_traffic(deployed, compiled.environment, plan, what_if, knowledge, reporter)
    tell_migrations(deployed, plan, what_if, reporter)
    return what_if
