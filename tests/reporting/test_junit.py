"""JUnit of every command's values is what the junit-10 schema demands, and counts what it holds."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from junit_rules import check_junit
from reports import REPORTS, hostile
from story import tell_everything

from orchestrator.model.errors import CouldNotRun
from orchestrator.model.explanations import Explanation, LiveAnswer
from orchestrator.model.flows import CheckStatus, Observation, Outcome
from orchestrator.reporting.junit import JunitReporter, render_junit
from orchestrator.reporting.records import EnvironmentRecord

EVERY = {**REPORTS, "hostile": hostile()}


def junit_of(name: str, folder: Path) -> str:
    reporter = JunitReporter("report", str(folder / "r.xml"))
    report = EVERY[name]
    reporter.target(report.environment, report.target)
    reporter.report(report)
    reporter.close()
    return (folder / "r.xml").read_text()


@pytest.mark.parametrize("name", EVERY)
def test_a_report_is_what_the_schema_demands(name: str, tmp_path: Path) -> None:
    text = junit_of(name, tmp_path)
    assert check_junit(text) == []
    for suite in ElementTree.fromstring(text).iter("testsuite"):
        cases = suite.findall("testcase")
        assert [suite.get("tests"), suite.get("failures"), suite.get("errors")] == [
            str(len(cases)),
            str(sum(case.find("failure") is not None for case in cases)),
            str(sum(case.find("error") is not None for case in cases)),
        ]
        names = [(case.get("classname"), case.get("name")) for case in cases]
        assert len(names) == len(set(names))


def test_what_fails_and_what_is_not_known_are_told_apart(tmp_path: Path) -> None:
    by_name = {str(case.get("name")): case for case in ElementTree.fromstring(junit_of("disagrees", tmp_path)).iter("testcase")}
    assert by_name["must-be-blocked: https://example.com"].find("failure") is not None
    assert by_name["predicted, must be blocked: https://example.com from pod of aks/pool"].find("failure") is None
    disagreement = by_name["prediction: https://example.com"].find("failure")
    assert disagreement is not None
    assert disagreement.get("type") == "disagrees"
    unknown = [case for case in ElementTree.fromstring(junit_of("not-known", tmp_path)).iter("testcase") if case.find("error") is not None]
    assert [str(case.get("name")).split(":")[0] for case in unknown] == ["BootEndpointUnknown", "predicted, must be reached"]


def test_every_other_command_is_what_the_schema_demands(tmp_path: Path) -> None:
    tell_everything(JunitReporter("deploy", str(tmp_path / "r.xml")))
    assert check_junit((tmp_path / "r.xml").read_text()) == []
    flows = tuple(flow.prediction for flow in REPORTS["not-known"].flows)
    answer = LiveAnswer("pod of aks/pool", Observation(flows[0].endpoint, Outcome.ALLOWED, "HTTP 200"), CheckStatus.FAILED, "predicted not to arrive")
    records = [
        EnvironmentRecord("udr", explanation=Explanation("udr", "the plan", flows, (answer,), "one pool\x00 was not there")),
        EnvironmentRecord("lb", preflight=REPORTS["failed"].preflight),
        EnvironmentRecord("natgw", failure=CouldNotRun("no lab", "start it")),
        EnvironmentRecord("empty"),
    ]
    assert check_junit(render_junit("explain", records)) == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("<testsuite name='a' tests='1' failures='0'/>", "testsuite lacks errors"),
        ("<testsuites><testcase name='a'/></testsuites>", "testcase must not be in testsuites"),
        ("<testsuite name='a' tests='1' failures='0' errors='0' time='1.2345'/>", "testsuite has the time 1.2345"),
        ("<testsuite name='a' tests='1' failures='0' errors='0'><testcase name='b' status='x'/></testsuite>", "testcase must not have status"),
        ("<testsuite name='a' tests='1' failures='0' errors='0'>text</testsuite>", "testsuite holds text"),
        ("<html/>", "html is no root"),
    ],
)
def test_the_rules_refuse_what_the_schema_refuses(text: str, problem: str) -> None:
    assert problem in check_junit(text)
