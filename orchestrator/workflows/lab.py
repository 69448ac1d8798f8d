"""`lab.*`: Azure on this machine: start it, stop it, look at it, point other programs at it."""

import json
import shlex
from collections.abc import Callable, Mapping
from pathlib import Path

from orchestrator.lab import lifecycle
from orchestrator.lab.directory import LabDirectory
from orchestrator.model.errors import Problem, UserError
from orchestrator.model.reporter import Reporter
from orchestrator.model.targets import Target
from orchestrator.reporting.outputs import show_text
from orchestrator.workflows.exit_status import ExitStatus
from orchestrator.workflows.numbers import parse_number
from orchestrator.workflows.project import find_project, lab_directory
from orchestrator.workflows.session import run_session

SHELLS: Mapping[str, Callable[[str, str], str]] = {
    "sh": lambda name, value: f"export {name}={shlex.quote(value)}",
    "powershell": lambda name, value: f"$env:{name} = '{value.replace(chr(39), chr(39) * 2)}'",
}


def up(pace: str = "") -> int:
    """Start the lab. `pace`: seconds that each resource operation takes."""

    def work(project: Path, reporter: Reporter) -> ExitStatus:
        seconds = parse_number(pace, "--pace", least=0, most=3600) if pace else None
        target = lifecycle.ensure_started(lab_directory(project), pace=seconds)
        reporter.note(f"the lab runs at {target.arm_url}; it ends by itself when nobody uses it, or with lab.down")
        return ExitStatus.OK

    return run_session("lab.up", work)


def down() -> int:
    """Stop the lab; what it holds stays."""

    def work(project: Path, reporter: Reporter) -> ExitStatus:
        stopped = lifecycle.stop(lab_directory(project))
        reporter.note("the lab is stopped; its state is kept" if stopped else "the lab was not running")
        return ExitStatus.OK

    return run_session("lab.down", work)


def status(*, as_json: bool = False) -> int:
    """Show whether it runs, where, for how long, and whether packets work here."""

    def work(project: Path, reporter: Reporter) -> ExitStatus:
        facts = lifecycle.status(lab_directory(project))
        if as_json:
            show_text(json.dumps(facts, indent=2))
        else:
            reporter.table(("lab", ""), [(name, _shown(value)) for name, value in _flatten(facts)])
        return ExitStatus.OK

    return run_session("lab.status", work)


def find_not_modelled() -> list[str]:
    """What of the lab's resources its packets do not model; nothing where the lab does not run."""
    plane = lifecycle.status(lab_directory(find_project())).get("dataPlane") or {}
    return list(plane.get("notModelled") or ())


def env(shell: str = "sh") -> int:
    """Print the variables that point other programs at the lab, which is started where it does not run."""

    def work(project: Path, reporter: Reporter) -> ExitStatus:
        del reporter  # stdout is for the shell
        if shell not in (*SHELLS, "json"):
            raise UserError([Problem("UnknownShell", f"'{shell}' is no shell known here", remedy=f"Say --shell {', '.join(SHELLS)} or json.")])
        variables = lab_variables(lifecycle.ensure_started(lab_directory(project)))
        show_text(json.dumps(variables, indent=2) if shell == "json" else "\n".join(SHELLS[shell](name, value) for name, value in variables.items()))
        return ExitStatus.OK

    return run_session("lab.env", work)


def log(lines: str = "50") -> int:
    """Print the end of the daemon's log."""

    def work(project: Path, reporter: Reporter) -> ExitStatus:
        count = int(parse_number(lines, "--lines", least=1, most=1_000_000))
        path = LabDirectory(lab_directory(project)).log
        if not path.is_file():
            reporter.note(f"there is no log yet ({path})")
            return ExitStatus.OK
        show_text("\n".join(path.read_text(encoding="utf-8", errors="replace").splitlines()[-count:]))
        return ExitStatus.OK

    return run_session("lab.log", work)


def lab_variables(target: Target) -> dict[str, str]:
    """Name -> value, for azure-identity, the azure-mgmt SDKs, az, the official Bicep CLI and what else reads these names."""
    profile = {"resourceManagerEndpoint": target.arm_url, "activeDirectoryAuthority": target.authority_url}
    ca = str(target.ca_path)
    return {
        "AZURE_TENANT_ID": target.tenant_id or "",
        "AZURE_CLIENT_ID": target.client_id or "",
        "AZURE_CLIENT_SECRET": target.client_secret or "",
        "AZURE_SUBSCRIPTION_ID": target.subscription_id,
        "AZURE_AUTHORITY_HOST": target.authority_url,
        "AZURE_RESOURCE_MANAGER_ENDPOINT": target.arm_url,
        "ARM_CLOUD_METADATA_URL": f"{target.arm_url}/metadata/endpoints?api-version=2019-05-01",
        "AZURE_CORE_INSTANCE_DISCOVERY": "no",
        "SSL_CERT_FILE": ca,
        "REQUESTS_CA_BUNDLE": ca,
        "BICEP_TRUSTED_CLOUDS": json.dumps([profile]),
    }


def _flatten(facts: Mapping[str, object], prefix: str = "") -> list[tuple[str, object]]:
    rows: list[tuple[str, object]] = []
    for name, value in facts.items():
        if isinstance(value, dict):
            rows += _flatten(value, f"{prefix}{name}: ")
        elif isinstance(value, list):
            rows += [(f"{prefix}{name}", each) for each in value]
        else:
            rows.append((f"{prefix}{name}", value))
    return rows


def _shown(value: object) -> str:
    words = {True: "yes", False: "no", None: "-"}
    return words[value] if isinstance(value, bool) or value is None else str(value)
