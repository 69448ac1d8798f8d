"""The reporter for a person: everything as text, in the order in which it happens."""

from collections.abc import Mapping, Sequence
from pathlib import Path

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
from orchestrator.model.targets import Target, TargetKind
from orchestrator.model.traffic import TrafficComparison
from orchestrator.reporting.diagnostics_text import render_diagnostics
from orchestrator.reporting.errors_text import render_error
from orchestrator.reporting.explanation_text import render_explanation
from orchestrator.reporting.findings_text import render_findings
from orchestrator.reporting.migration_text import render_migrations
from orchestrator.reporting.preflight_text import render_preflight
from orchestrator.reporting.progress import ProgressView
from orchestrator.reporting.report_text import render_report
from orchestrator.reporting.screens import Screen
from orchestrator.reporting.styled_text import BANNER, EMPTY, FAINT, STRONG, Line, line
from orchestrator.reporting.suggestion_text import render_suggestion
from orchestrator.reporting.tables import render_table
from orchestrator.reporting.traffic_text import render_traffic
from orchestrator.reporting.values_text import render_scalar
from orchestrator.reporting.verification_text import render_verification
from orchestrator.reporting.what_if_text import render_what_if


class ConsoleReporter:
    """Shows on `screen`; errors and diagnostics go to `errors`, which may be the same."""

    def __init__(self, screen: Screen, errors: Screen, base: Path | None = None) -> None:
        self._screen = screen
        self._errors = errors
        self._base = base
        self._progress = ProgressView(screen)

    def target(self, environment: str, target: Target, *, ending: bool = False) -> None:
        """First and last line of an environment; on the lab both say that Azure is not touched."""
        if target.kind is TargetKind.LOCAL:
            words = f"nothing {'was' if ending else 'is'} deployed to Azure"
            self._show([line((f"LAB  local target: {words}", BANNER), f"  (environment {environment})")])
        elif target.kind is TargetKind.FILES and not ending:
            self._show([line(("FILES", BANNER), f"  nothing is asked or sent anywhere  ({environment})")])
        elif not ending:
            self._show([line(("AZURE", BANNER), f"  subscription {target.subscription_id}  (environment {environment})")])

    def step(self, text: str) -> None:
        """A phase's heading."""
        self._show([line(("> ", FAINT), (text, STRONG))])

    def note(self, text: str) -> None:
        """A line."""
        self._show([line(f"  {text}")])

    def diagnostics(self, diagnostics: Sequence[Diagnostic]) -> None:
        """With a caret below the source line."""
        self._progress.end()
        self._errors.show(render_diagnostics(diagnostics, self._base))

    def findings(self, findings: Sequence[Finding]) -> None:
        """What the checks of the plan say."""
        self._show(render_findings(findings))

    def what_if(self, what_if: WhatIf) -> None:
        """In az's layout."""
        self._show([EMPTY, *render_what_if(what_if), EMPTY])

    def migrations(self, migrations: Sequence[Migration]) -> None:
        """What they cost, and in which order."""
        self._show(render_migrations(migrations, width=self._screen.width))

    def preflight(self, report: PreflightReport, *, brief: bool = False) -> None:
        """A few lines where all is well."""
        self._show(render_preflight(report, brief=brief, width=self._screen.width))

    def traffic(self, comparison: TrafficComparison) -> None:
        """Below the resource changes."""
        self._show([*render_traffic(comparison, width=self._screen.width), EMPTY])

    def explanation(self, explanation: Explanation) -> None:
        """Hop by hop."""
        self._show([EMPTY, *render_explanation(explanation, width=self._screen.width), EMPTY])

    def report(self, report: EgressReport) -> None:
        """The verdict first."""
        self._show([EMPTY, *render_report(report, width=self._screen.width), EMPTY])

    def suggestion(self, suggestion: Suggestion) -> None:
        """The Bicep to paste, last."""
        self._show([EMPTY, *render_suggestion(suggestion, width=self._screen.width), EMPTY])

    def progress(self, resource: str, state: str, seconds: float | None = None, detail: str = "") -> None:
        """Live on a terminal, else line by line."""
        self._progress.tell(resource, state, seconds, detail)

    def outputs(self, outputs: Mapping[str, JsonObject]) -> None:
        """Name and value; a secure output has none."""
        rows = [(name, render_scalar(output["value"]) if "value" in output else "(secure)") for name, output in outputs.items()]
        width = max((len(name) for name, _ in rows), default=0)
        self._show([line(f"  {name:<{width}}  {value}") for name, value in rows])

    def verification(self, verification: Verification) -> None:
        """The table expected / observed."""
        self._show([EMPTY, *render_verification(verification, width=self._screen.width), EMPTY])

    def table(self, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """A listing."""
        self._show(render_table(columns, rows, width=self._screen.width))

    def failure(self, error: OrchestratorError) -> None:
        """One clear message."""
        self._progress.end()
        self._errors.show(render_error(error, self._base))

    def close(self) -> None:
        """Nothing is left open."""
        self._progress.end()

    def _show(self, lines: Sequence[Line]) -> None:
        self._progress.end()
        self._screen.show(lines)
