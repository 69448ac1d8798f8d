"""Every command's --json is what the published schema says, every --junit what junit-10 demands; also where it fails."""

import json
import sys
from collections.abc import Callable

from cli import ROOT, Project, validate_report

from orchestrator.lab import lifecycle
from orchestrator.reporting.outputs import Outputs
from orchestrator.workflows import deploy, destroy, explain, preflight, report, suggest, verify, whatif

sys.path.insert(0, str(ROOT / "tests" / "reporting"))

from junit_rules import check_junit

FILES = {"json": "r.json", "junit": "r.xml", "summary": "r.md"}
DENIED = {"SourceIp": "10.42.1.4", "Protocol": "HTTPS", "Fqdn": "www.example.org", "DestinationPort": 443, "Action": "Deny"}
LOG = json.dumps({"Category": "AZFWApplicationRule", "properties": DENIED}) + "\n"


def check_documents(project: Project, command: str, run: Callable[[Outputs], int]) -> int:
    """Run it, and hold what it wrote against the schemas."""
    status = run(Outputs(**FILES))
    validate_report(project.path / FILES["json"])
    assert json.loads((project.path / FILES["json"]).read_text())["command"] == command
    assert check_junit((project.path / FILES["junit"]).read_text()) == []
    assert (project.path / FILES["summary"]).read_text().startswith(f"# {command}\n")
    for name in FILES.values():
        (project.path / name).unlink()
    return status


def test_every_command_writes_what_is_published(copy: Project) -> None:
    (copy.path / "log.json").write_text(LOG)
    steps: list[tuple[str, Callable[[Outputs], int]]] = [
        ("preflight", lambda outputs: preflight.run(outputs=outputs)),
        ("explain", lambda outputs: explain.run("udr", "https://example.com", plan=True, outputs=outputs)),
        ("suggest", lambda outputs: suggest.run("udr", "log.json", outputs=outputs)),
        ("report", lambda outputs: report.run(outputs=outputs)),
        ("whatif", lambda outputs: whatif.run("lb", outputs=outputs)),
        ("deploy", lambda outputs: deploy.run("lb", verify=False, outputs=outputs)),
        ("explain", lambda outputs: explain.run("lb", "https://mcr.microsoft.com", live=True, outputs=outputs)),
        ("verify", lambda outputs: verify.run("lb", outputs=outputs)),
        ("report", lambda outputs: report.run("lb", outputs=outputs)),
        ("destroy", lambda outputs: destroy.run("lb", yes=True, outputs=outputs)),
    ]
    try:
        statuses = [(command, check_documents(copy, command, run)) for command, run in steps]
    finally:
        lifecycle.stop(copy.lab)
    assert {status for _, status in statuses} <= {0, 4}, statuses  # 4: no packets on this host


def test_what_fails_is_written_too(copy: Project) -> None:
    assert check_documents(copy, "report", lambda outputs: report.run("nowhere", outputs=outputs)) == 1
    assert check_documents(copy, "verify", lambda outputs: verify.run("lb", outputs=outputs)) == 1
    copy.edit("parameters/udr.bicepparam", r"^using .*$", "using 'nowhere.bicep'")
    assert check_documents(copy, "preflight", lambda outputs: preflight.run("udr", outputs=outputs)) == 1
    lifecycle.stop(copy.lab)
