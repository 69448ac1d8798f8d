"""The round trip, with packets: a denied flow is logged, the log becomes a rule, the rule is pasted and deployed, and the flow arrives."""

import json

import pytest
from cli import Project, validate_report

from orchestrator.lab import lifecycle
from orchestrator.lab.directory import LabDirectory
from orchestrator.model.json_value import JsonObject
from orchestrator.reporting.outputs import Outputs
from orchestrator.workflows import deploy, suggest

WEB, PLAIN, CLOCK = "https://example.net", "http://example.org", "udp://20.50.1.1:123"


def observed(project: Project) -> dict[str, str]:
    """Subject -> status of the last verification."""
    (environment,) = json.loads((project.path / "report.json").read_text())["environments"]
    return {check["subject"]: check["status"] for check in environment["verification"]["checks"]}


def suggestion(project: Project) -> JsonObject:
    assert suggest.run("udr", "fw.log", outputs=Outputs(json="report.json")) == 0
    validate_report(project.path / "report.json")
    (environment,) = json.loads((project.path / "report.json").read_text())["environments"]
    return dict(environment["suggestion"])


@pytest.mark.packets
def test_from_a_denial_to_a_rule_and_back(inside: Project) -> None:
    lifecycle.ensure_started(inside.lab)
    if not lifecycle.status(inside.lab)["dataPlane"]["available"]:
        pytest.skip("no packets on this host")
    inside.edit("parameters/udr.yaml", r"^  mustReach:$", f"  mustReach:\n    - {WEB}\n    - {PLAIN}\n    - {CLOCK}")
    assert deploy.run("udr", timeout="2", outputs=Outputs(json="report.json")) == 3
    assert "passed" not in {observed(inside)[subject] for subject in (WEB, PLAIN, CLOCK)}

    exported = inside.inv("lab.firewall-log", "--env", "udr", "--json", "fw.log")
    assert exported.status == 0, exported.err
    found = suggestion(inside)
    blocked_names = {one["what"] for one in found["leftOut"] if one["why"].startswith("it must be blocked")}
    assert blocked_names == {"http://example.com:80", "https://example.com:443", "https://ifconfig.me:443"}
    assert [one["what"] for one in found["leftOut"] if one["why"].startswith("it may be udp://time.windows.com:123")]
    assert [entry["fqdns"] for entry in found["allowList"]] == [["example.org"], ["example.net"]]
    assert [entry["priority"] for entry in found["allowList"]] == [500, 600]
    (network,) = found["collections"]
    assert [(rule["destinationAddresses"], rule["destinationPorts"], rule["sourceAddresses"]) for rule in network["rules"]] == [
        (["20.50.1.1"], ["123"], ["10.42.1.0/24"])
    ]

    inside.edit("parameters/udr.bicepparam", r"^\]\n\Z", found["parameter"].replace("\\", "\\\\") + "]\n")
    inside.edit(
        "bicep/topologies/udr.bicep",
        r"^    ruleCollections: \[\n      \{\n        name: 'aksfwnr'",
        f"    ruleCollections: [\n{found['topology']}      {{\n        name: 'aksfwnr'",
    )
    assert deploy.run("udr", timeout="2", outputs=Outputs(json="report.json")) == 0
    assert set(observed(inside).values()) == {"passed"}

    again = suggestion(inside)
    assert (again["flows"], again["parameter"], again["topology"]) == ([], "", "")
    assert any(one["why"].startswith("allowed by now: AllowListRuleCollectionGroup/suggested-https/") for one in again["leftOut"])


def test_junk_is_said_by_its_line_and_the_snippet_stands_on_stdout(project: Project) -> None:
    row = {"Type": "AZFWApplicationRule", "Action": "Deny", "Protocol": "HTTPS", "SourceIp": "10.42.1.4", "DestinationPort": 443, "Fqdn": "example.net"}
    (project.path / "fw.log").write_text(f"{json.dumps(row)}\nnot json\n")
    ended = project.inv("suggest", "--env", "udr", "--log", "fw.log")
    assert ended.status == 0
    assert ended.err.startswith("fw.log:2:1: warning UnreadableLogLine: not read: it is no JSON")
    assert "  {\n    name: 'suggested-https'\n    priority: 500\n    protocols: ['https']\n    fqdns: ['example.net']\n  }\n" in ended.out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--env", "udr"), "NoLog"),
        (("--env", "udr", "--log", "missing.log"), "NoLog"),
        (("--env", "udr", "--log", "parameters/udr.yaml"), "NoFirewallLog"),
        (("--env", "lb", "--log", "fw.log"), "NoFirewall"),
    ],
)
def test_bad_input(arguments: tuple[str, ...], code: str, project: Project) -> None:
    (project.path / "fw.log").write_text(json.dumps({"Type": "AZFWDnsQuery"}))
    ended = project.inv("suggest", *arguments)
    assert ended.status == 1
    assert f"error {code}: " in ended.err


def test_a_log_of_a_lab_that_is_down(own_lab: Project) -> None:
    ended = own_lab.inv("lab.firewall-log", "--env", "udr")
    assert (ended.status, ended.err.splitlines()[0]) == (1, "error: The lab does not run, so there is no log: it lives as long as the lab.")
    assert LabDirectory(own_lab.lab).read() is None, "asking starts nothing"
