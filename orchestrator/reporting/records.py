"""What happened, kept as values by environment: the source of the outputs that are written at the end (JSON, Markdown, JUnit)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

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
from orchestrator.model.suggestions import Suggestion
from orchestrator.model.targets import Target
from orchestrator.model.traffic import TrafficComparison


@dataclass
class EnvironmentRecord:
    """All that was told of one environment; `name` is empty for what came before the first."""

    name: str = ""
    target: Target | None = None
    notes: list[str] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    what_if: WhatIf | None = None
    migrations: list[Migration] = field(default_factory=list)
    preflight: PreflightReport | None = None
    traffic: TrafficComparison | None = None
    explanation: Explanation | None = None
    report: EgressReport | None = None
    suggestion: Suggestion | None = None
    resources: dict[str, tuple[str, float | None, str]] = field(default_factory=dict)
    outputs: dict[str, JsonObject] = field(default_factory=dict)
    verification: Verification | None = None
    failure: OrchestratorError | None = None

    @property
    def is_empty(self) -> bool:
        """True where nothing was told."""
        return self == EnvironmentRecord(self.name, self.target)


class RecordingReporter:
    """Keeps records; a subclass writes them in `close`."""

    def __init__(self) -> None:
        self.records: list[EnvironmentRecord] = [EnvironmentRecord()]

    @property
    def environments(self) -> list[EnvironmentRecord]:
        """The records of environments, and what came before the first where that is anything."""
        return [record for record in self.records if record.name or not record.is_empty]

    def target(self, environment: str, target: Target, *, ending: bool = False) -> None:
        """A new record begins."""
        if not ending:
            self.records.append(EnvironmentRecord(environment, target))

    def step(self, text: str) -> None:
        """Steps are not kept."""

    def note(self, text: str) -> None:
        """Kept."""
        self._record.notes.append(text)

    def diagnostics(self, diagnostics: Sequence[Diagnostic]) -> None:
        """Kept."""
        self._record.diagnostics += diagnostics

    def findings(self, findings: Sequence[Finding]) -> None:
        """Kept."""
        self._record.findings += findings

    def what_if(self, what_if: WhatIf) -> None:
        """The last one is kept."""
        self._record.what_if = what_if

    def migrations(self, migrations: Sequence[Migration]) -> None:
        """Kept."""
        self._record.migrations += migrations

    def preflight(self, report: PreflightReport, *, brief: bool = False) -> None:
        """Kept whole; its findings are findings."""
        del brief
        self._record.preflight = report
        self._record.findings += report.findings

    def traffic(self, comparison: TrafficComparison) -> None:
        """Kept."""
        self._record.traffic = comparison

    def explanation(self, explanation: Explanation) -> None:
        """Kept."""
        self._record.explanation = explanation

    def report(self, report: EgressReport) -> None:
        """Kept whole; its preflight and its verification are the environment's."""
        self._record.report = report
        self.preflight(report.preflight)
        if report.verification is not None:
            self.verification(report.verification)

    def suggestion(self, suggestion: Suggestion) -> None:
        """Kept."""
        self._record.suggestion = suggestion

    def progress(self, resource: str, state: str, seconds: float | None = None, detail: str = "") -> None:
        """The last state of each resource is kept."""
        self._record.resources[resource] = (state, seconds, detail)

    def outputs(self, outputs: Mapping[str, JsonObject]) -> None:
        """Kept."""
        self._record.outputs.update(outputs)

    def verification(self, verification: Verification) -> None:
        """Kept."""
        self._record.verification = verification

    def table(self, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Listings are for the console."""

    def failure(self, error: OrchestratorError) -> None:
        """Kept."""
        self._record.failure = error

    def close(self) -> None:
        """Write; here nothing."""

    @property
    def _record(self) -> EnvironmentRecord:
        return self.records[-1]
