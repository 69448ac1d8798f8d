"""A verification as JUnit XML (the common junit-10 schema): a suite for each environment, a case for each row.

A failed row is a failure, and so is one that disagrees with its prediction (type `disagrees`); one that is inconclusive or could not run is an error: it is
neither passed nor skipped on purpose.
"""

import re
from collections.abc import Sequence
from xml.etree import ElementTree

from orchestrator.model.explanations import Explanation
from orchestrator.model.findings import Finding, Severity
from orchestrator.model.flows import Check, CheckStatus, Verification
from orchestrator.model.preflight import PreflightReport
from orchestrator.model.report import Demand, EgressReport
from orchestrator.reporting.documents import write_document
from orchestrator.reporting.errors_text import render_error
from orchestrator.reporting.records import EnvironmentRecord, RecordingReporter
from orchestrator.reporting.styled_text import plain_text

_FAILURES = (CheckStatus.FAILED, CheckStatus.DISAGREES)
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class JunitReporter(RecordingReporter):
    """Writes the file when it is closed."""

    def __init__(self, command: str, destination: str) -> None:
        super().__init__()
        self._command = command
        self._destination = destination

    def close(self) -> None:
        """Write the file."""
        write_document(self._destination, render_junit(self._command, self.environments))


def render_junit(command: str, records: Sequence[EnvironmentRecord]) -> str:
    """The file's text."""
    suites = [_render_suite(command, record) for record in records]
    root = ElementTree.Element("testsuites", {"name": command, **_count([case for suite in suites for case in suite])})
    root.extend(suites)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _render_suite(command: str, record: EnvironmentRecord) -> ElementTree.Element:
    cases = [] if record.verification is None else _render_verification(record.name, record.verification)
    cases += [] if record.preflight is None else _render_preflight(record.name, record.preflight)
    cases += [] if record.report is None else _render_report(record.name, record.report)
    cases += [] if record.explanation is None else _render_explanation(record.name, record.explanation)
    if record.failure is not None:
        cases.append(_case(record.name, command, "error", type(record.failure).__name__, plain_text(render_error(record.failure))))
    if not cases:
        cases.append(_case(record.name, command))
    suite = ElementTree.Element("testsuite", {"name": _clean(record.name or command), **_count(cases), "skipped": "0"})
    suite.extend(cases)
    return suite


def _render_verification(environment: str, verification: Verification) -> list[ElementTree.Element]:
    cases = [_render_check(environment, check) for check in verification.checks]
    if verification.could_not_run is not None:
        cases.append(_case(environment, "verification", "error", CheckStatus.COULD_NOT_RUN.value, verification.could_not_run))
    return cases


def _render_preflight(environment: str, report: PreflightReport) -> list[ElementTree.Element]:
    """A case for each endpoint that is reached, and one for each finding that is more than a warning."""
    met = [f"required: {one.endpoint} from {one.source}" for one in report.endpoints if one.standing == "met"]
    cases = [_case(environment, name) for name in dict.fromkeys(met)]
    grave = [finding for finding in report.findings if finding.severity is not Severity.WARNING]
    return cases + [_render_finding(environment, finding, forced=finding.code in report.forced) for finding in grave]


def _render_report(environment: str, report: EgressReport) -> list[ElementTree.Element]:
    """A case for each prediction of what the environment demands; what was observed, and what disagrees, are the verification's cases."""
    cases = []
    for flow in report.flows:
        if flow.demand is Demand.REQUIRED:
            continue
        name = f"predicted, {flow.demand}: {flow.prediction.endpoint} from {flow.prediction.source}"
        outcomes = {CheckStatus.PASSED: (), CheckStatus.FAILED: ("failure", flow.predicted.value, flow.prediction.ends)}
        cases.append(_case(environment, name, *outcomes.get(flow.predicted, ("error", flow.predicted.value, flow.prediction.ends))))
    return cases


def _render_finding(environment: str, finding: Finding, *, forced: bool = False) -> ElementTree.Element:
    outcome = "failure" if finding.severity is Severity.ERROR else "error"
    told = "overridden by --force: " if forced else ""
    return _case(environment, f"{finding.code}: {finding.target}", outcome, finding.severity.value, f"{told}{finding.message} ({finding.remedy})")


def _render_explanation(environment: str, explanation: Explanation) -> list[ElementTree.Element]:
    """A case for each flow, which is known or not; one for each that was sent, which agrees or not."""
    cases = []
    for flow in explanation.flows:
        name = f"explain: {flow.source} -> {flow.endpoint}"
        cases.append(_case(environment, name, *(("error", "unknown", flow.ends) if flow.allowed is None else ())))
    for answer in explanation.live or ():
        name = f"live: {answer.source} -> {answer.observation.endpoint}"
        outcomes = {CheckStatus.PASSED: (), CheckStatus.FAILED: ("failure", answer.status.value, answer.note)}
        cases.append(_case(environment, name, *outcomes.get(answer.status, ("error", answer.status.value, answer.note))))
    if explanation.could_not_run is not None:
        cases.append(_case(environment, "live", "error", CheckStatus.COULD_NOT_RUN.value, explanation.could_not_run))
    return cases


def _render_check(environment: str, check: Check) -> ElementTree.Element:
    name = f"{check.kind}: {check.subject}"
    predicted = f", predicted {check.predicted}" if check.predicted else ""
    text = f"expected {check.expected}{predicted}, observed {check.observed}" + (f" ({check.note})" if check.note else "")
    if check.status is CheckStatus.PASSED:
        return _case(environment, name)
    return _case(environment, name, "failure" if check.status in _FAILURES else "error", check.status.value, text)


def _case(environment: str, name: str, outcome: str = "", kind: str = "", text: str = "") -> ElementTree.Element:
    case = ElementTree.Element("testcase", {"name": _clean(name), "classname": _clean(f"egress.{environment}".rstrip(".")), "time": "0"})
    if outcome:
        body = ElementTree.SubElement(case, outcome, {"message": _clean(text.splitlines()[0] if text else kind), "type": _clean(kind)})
        body.text = _clean(text)
    return case


def _count(cases: Sequence[ElementTree.Element]) -> dict[str, str]:
    failures = sum(case.find("failure") is not None for case in cases)
    errors = sum(case.find("error") is not None for case in cases)
    return {"tests": str(len(cases)), "failures": str(failures), "errors": str(errors), "time": "0"}


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("?", text)
