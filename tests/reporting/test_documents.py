"""JSON, Markdown and JUnit of one story."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from junitparser import JUnitXml
from story import tell_everything

from orchestrator.model.errors import OperationFailed
from orchestrator.model.flows import Verification
from orchestrator.reporting import json_report
from orchestrator.reporting.json_report import JsonReporter
from orchestrator.reporting.junit import JunitReporter, render_junit
from orchestrator.reporting.markdown import MarkdownReporter
from orchestrator.reporting.outputs import Outputs, open_reporter
from orchestrator.reporting.records import EnvironmentRecord


def test_json_has_a_schema_and_a_version(tmp_path: Path) -> None:
    tell_everything(JsonReporter("deploy", str(tmp_path / "new" / "r.json")))
    report = json.loads((tmp_path / "new" / "r.json").read_text())
    udr, lb = report.pop("environments")
    assert report == {"schema": "aks-egress-orchestrator/report", "version": 1, "command": "deploy"}
    assert list(udr) == ["name", "target", "notes", "diagnostics", "findings", "whatIf", "resources", "outputs", "verification", "error"]
    assert udr["target"] == {"kind": "local", "subscriptionId": "lab-subscription"}
    assert udr["whatIf"]["hasChanges"] is True
    assert udr["whatIf"]["counts"]["Modify"] == 1
    assert udr["whatIf"]["changes"][0]["delta"] == [{"path": "properties.fqdns", "propertyChangeType": "Modify", "before": "a", "after": "b", "children": None}]
    assert udr["resources"][0] == {"resource": "Microsoft.Network/firewallPolicies/p", "state": "Succeeded", "seconds": 1.25, "detail": None}
    assert [check["status"] for check in udr["verification"]["checks"]] == ["passed", "failed", "inconclusive"]
    assert lb["error"]["arm"] == {"code": "DeploymentFailed", "message": "outer", "details": [{"code": "QuotaExceeded", "message": "no cores"}]}


def test_json_is_what_its_schema_says(tmp_path: Path) -> None:
    tell_everything(JsonReporter("deploy", str(tmp_path / "r.json")))
    schema = json.loads((Path(json_report.__file__).parent / "report.schema.json").read_text())
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads((tmp_path / "r.json").read_text()))


def test_junit_counts_failures_and_errors(tmp_path: Path) -> None:
    tell_everything(JunitReporter("deploy", str(tmp_path / "r.xml")))
    udr, lb = JUnitXml.fromfile(str(tmp_path / "r.xml"))
    assert (udr.name, udr.tests, udr.failures, udr.errors) == ("udr", 3, 1, 1)
    assert [case.name for case in udr] == ["egress-address: pod", "must-be-blocked: http://a.example", "must-reach: https://b.example"]
    assert (lb.name, lb.tests, lb.failures, lb.errors) == ("lb", 1, 0, 1)


def test_junit_of_what_could_not_run_is_an_error() -> None:
    record = EnvironmentRecord("udr", verification=Verification("udr", (), "no user namespaces"))
    assert '<error message="no user namespaces" type="could not run">no user namespaces</error>' in render_junit("verify", [record])


def test_markdown_escapes_what_would_break_its_tables(tmp_path: Path) -> None:
    tell_everything(MarkdownReporter("deploy", str(tmp_path / "r.md")))
    text = (tmp_path / "r.md").read_text()
    assert "| ❌ failed | must-be-blocked | http://a.example | blocked |  | allowed \\| HTTP 200 |\n" in text
    assert "**Lab: nothing was deployed to Azure.**" in text
    assert "error QuotaExceeded: no cores" in text
    assert '~ properties.fqdns: "a" => "b"' in text


def test_json_on_stdout_is_alone_there(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    tell_everything(open_reporter("deploy", Outputs(json="-", junit=str(tmp_path / "a.xml"), summary=str(tmp_path / "a.md"))))
    captured = capsys.readouterr()
    assert json.loads(captured.out)["version"] == 1
    assert captured.err.startswith("LAB  local target: nothing is deployed to Azure")
    assert (tmp_path / "a.xml").is_file()
    assert (tmp_path / "a.md").is_file()


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OperationFailed, match="cannot write"):
        JsonReporter("x", str(tmp_path / "file" / "below.json")).close()
