"""The story that the product is for: a name is added to the allow list; the preview shows one change, and packets prove what it does."""

import json

import pytest
from cli import Project

from orchestrator.lab import lifecycle
from orchestrator.model.json_value import JsonObject

ADDED = "https://example.net"


def read_report(project: Project) -> JsonObject:
    """The one environment of the last report."""
    (environment,) = json.loads((project.path / "report.json").read_text())["environments"]
    return dict(environment)


def observed(project: Project, subject: str) -> list[str]:
    """What the last verification saw of an endpoint."""
    return [check["status"] for check in read_report(project)["verification"]["checks"] if check["subject"] == subject]


@pytest.mark.packets
def test_a_name_on_the_allow_list(own_lab: Project) -> None:
    own_lab.edit("parameters/udr.yaml", r"^  mustReach:$", f"  mustReach:\n    - {ADDED}")
    if not lifecycle.status(own_lab.lab).get("running"):
        lifecycle.ensure_started(own_lab.lab)
    if not lifecycle.status(own_lab.lab)["dataPlane"]["available"]:
        pytest.skip("no packets on this host")

    before = own_lab.inv("deploy", "--env", "udr", "--timeout", "3", "--json", "report.json")
    assert before.status == 3, before.out + before.err
    assert observed(own_lab, ADDED) == ["failed"]

    own_lab.edit("parameters/udr.bicepparam", r"^      'login\.docker\.com'$", "      'login.docker.com'\n      'example.net'")
    preview = own_lab.inv("whatif", "--env", "udr", "--json", "report.json", "--exit-code")
    assert preview.status == 2, preview.out + preview.err
    counts = {kind: count for kind, count in read_report(own_lab)["whatIf"]["counts"].items() if count}
    assert counts == {"Modify": 1, "NoChange": 11}
    assert "  ~ Microsoft.Network/firewallPolicies/hub-firewall-policy/ruleCollectionGroups/AllowListRuleCollectionGroup [" in preview.out
    assert '+ 6: "example.net"' in preview.out

    after = own_lab.inv("deploy", "--env", "udr", "--timeout", "3", "--json", "report.json")
    assert after.status == 0, after.out + after.err
    assert observed(own_lab, ADDED) == ["passed"]
    assert own_lab.inv("whatif", "--env", "udr", "--exit-code").status == 0
