"""`lab.firewall-log`: the log of an environment's firewalls in the lab, as Log Analytics would export it: a JSON object a line."""

import json
from pathlib import Path

from orchestrator.environments.environment import load_environment
from orchestrator.lab import lifecycle
from orchestrator.model.errors import CouldNotRun, Problem, UserError
from orchestrator.model.reporter import Reporter
from orchestrator.reporting.documents import STDOUT, write_document
from orchestrator.workflows.exit_status import ExitStatus
from orchestrator.workflows.project import lab_directory
from orchestrator.workflows.selection import select_one
from orchestrator.workflows.session import run_session


def run(env: str = "", destination: str = "") -> int:
    """Run the command. `destination`: a file; `-` (or nothing) is stdout."""

    def work(project: Path, reporter: Reporter) -> ExitStatus:
        environment = load_environment(project, select_one(project, env, "lab.firewall-log"))
        directory = lab_directory(project)
        plane = lifecycle.status(directory).get("dataPlane")
        if plane is not None and not plane["available"]:
            raise CouldNotRun(plane["reason"], plane["remedy"])
        answer = lifecycle.read_firewall_log(directory, environment.resource_group)
        if not answer["firewalls"]:
            remedy = "Only what leaves by a firewall is logged; deploy such an environment first, as ./inv deploy --env udr."
            raise UserError([Problem("NoFirewall", f"there is no firewall in {environment.resource_group}", remedy=remedy)])
        write_document(destination or STDOUT, "".join(f"{json.dumps(record)}\n" for record in answer["records"]))
        if destination not in ("", STDOUT):
            reporter.note(f"{len(answer['records'])} records of {environment.name} in {destination}")
        return ExitStatus.OK

    return run_session("lab.firewall-log", work)
