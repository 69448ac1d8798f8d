"""How workflows speak: they say what happens, `reporting` decides how it looks."""

from collections.abc import Mapping, Sequence
from typing import Protocol

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


class Reporter(Protocol):
    """What a workflow tells as it goes; rows of a progress are by resource."""

    def target(self, environment: str, target: Target, *, ending: bool = False) -> None:
        """Say where this goes: loudly that nothing is deployed to Azure where it is the lab. `ending`: the last line."""

    def step(self, text: str) -> None:
        """A phase begins: `compile`, `check`, `preview` ..."""

    def note(self, text: str) -> None:
        """Something worth knowing."""

    def diagnostics(self, diagnostics: Sequence[Diagnostic]) -> None:
        """Problems of source files, with a caret."""

    def findings(self, findings: Sequence[Finding]) -> None:
        """What the checks of the plan say."""

    def what_if(self, what_if: WhatIf) -> None:
        """A preview."""

    def migrations(self, migrations: Sequence[Migration]) -> None:
        """Ways out that change for clusters that exist; beside the preview."""

    def preflight(self, report: PreflightReport, *, brief: bool = False) -> None:
        """What can be said before anything is created. `brief`: a few lines where all is well."""

    def traffic(self, comparison: TrafficComparison) -> None:
        """Which flows a deployment changes; beside the preview."""

    def explanation(self, explanation: Explanation) -> None:
        """Why a flow arrives, or does not."""

    def report(self, report: EgressReport) -> None:
        """Everything about an environment's egress, predicted and observed."""

    def suggestion(self, suggestion: Suggestion) -> None:
        """Rules that a firewall's log asks for."""

    def progress(self, resource: str, state: str, seconds: float | None = None, detail: str = "") -> None:
        """A resource of a running deployment has another state."""

    def verification(self, verification: Verification) -> None:
        """The table expected / observed."""

    def outputs(self, outputs: Mapping[str, JsonObject]) -> None:
        """What a deployment gave back: name -> {"type", "value"}."""

    def table(self, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """A listing, such as the environments."""

    def failure(self, error: OrchestratorError) -> None:
        """The workflow ended with this error, in the environment that was last begun."""

    def close(self) -> None:
        """Nothing more comes: write what is written at the end."""
