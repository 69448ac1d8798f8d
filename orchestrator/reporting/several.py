"""One reporter that tells several: the console, and each document that was asked for."""

from collections.abc import Mapping, Sequence

from orchestrator.model.changes import WhatIf
from orchestrator.model.diagnostics import Diagnostic
from orchestrator.model.errors import OrchestratorError
from orchestrator.model.explanations import Explanation
from orchestrator.model.findings import Finding
from orchestrator.model.flows import Verification
from orchestrator.model.json_value import JsonObject
from orchestrator.model.migrations import Migration
from orchestrator.model.preflight import PreflightReport
from orchestrator.model.report import EgressReport
from orchestrator.model.reporter import Reporter
from orchestrator.model.suggestions import Suggestion
from orchestrator.model.targets import Target
from orchestrator.model.traffic import TrafficComparison


class SeveralReporters:
    """Passes everything on, in order."""

    def __init__(self, reporters: Sequence[Reporter]) -> None:
        self._reporters = tuple(reporters)

    def target(self, environment: str, target: Target, *, ending: bool = False) -> None:
        """To each."""
        for reporter in self._reporters:
            reporter.target(environment, target, ending=ending)

    def step(self, text: str) -> None:
        """To each."""
        for reporter in self._reporters:
            reporter.step(text)

    def note(self, text: str) -> None:
        """To each."""
        for reporter in self._reporters:
            reporter.note(text)

    def diagnostics(self, diagnostics: Sequence[Diagnostic]) -> None:
        """To each."""
        for reporter in self._reporters:
            reporter.diagnostics(diagnostics)

    def findings(self, findings: Sequence[Finding]) -> None:
        """To each."""
        for reporter in self._reporters:
            reporter.findings(findings)

    def what_if(self, what_if: WhatIf) -> None:
        """To each."""
        for reporter in self._reporters:
            reporter.what_if(what_if)

    def migrations(self, migrations: Sequence[Migration]) -> None:
        """To each."""
        for reporter in self._reporters:
            reporter.migrations(migrations)

    def preflight(self, report: PreflightReport, *, brief: bool = False) -> None:
        """To each."""
        for reporter in self._reporters:
            reporter.preflight(report, brief=brief)

    def traffic(self, comparison: TrafficComparison) -> None:
        """To each."""
        for reporter in self._reporters:
            reporter.traffic(comparison)

    def explanation(self, explanation: Explanation) -> None:
        """To each."""
        for reporter in self._reporters:
            reporter.explanation(explanation)

    def report(self, report: EgressReport) -> None:
        """To each."""
        for reporter in self._reporters:
            reporter.report(report)

    def suggestion(self, suggestion: Suggestion) -> None:
        """To each."""
        for reporter in self._reporters:
            reporter.suggestion(suggestion)

    def progress(self, resource: str, state: str, seconds: float | None = None, detail: str = "") -> None:
        """To each."""
        for reporter in self._reporters:
            reporter.progress(resource, state, seconds, detail)

    def outputs(self, outputs: Mapping[str, JsonObject]) -> None:
        """To each."""
        for reporter in self._reporters:
            reporter.outputs(outputs)

    def verification(self, verification: Verification) -> None:
        """To each."""
        for reporter in self._reporters:
            reporter.verification(verification)

    def table(self, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """To each."""
        for reporter in self._reporters:
            reporter.table(columns, rows)

    def failure(self, error: OrchestratorError) -> None:
        """To each."""
        for reporter in self._reporters:
            reporter.failure(error)

    def close(self) -> None:
        """To each: documents are written."""
        for reporter in self._reporters:
            reporter.close()
