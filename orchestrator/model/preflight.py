"""What is said of a deployment before anything is created: required endpoints, findings, ports, addresses."""

from collections import Counter
from dataclasses import dataclass

from orchestrator.model.findings import Finding, Severity
from orchestrator.model.flows import CheckStatus, Endpoint

BOOT_FINDINGS = frozenset({"BootEndpointDenied", "BootEndpointUnknown"})
"""Codes about endpoints without which nodes do not boot: an UNKNOWN one of them stops a deployment."""


@dataclass(frozen=True, slots=True)
class Assumed:
    """Something that a prediction takes for granted. `code`: a stable name."""

    code: str
    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class NotKnown:
    """Something that a plan does not tell: what, and why."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class PredictedEndpoint:
    """A required endpoint, as one pool will see it. `standing`: met, denied or unknown; `ends`: what becomes of the flow; `phase`: when it is missed."""

    cluster: str
    feature: str
    phase: str
    endpoint: Endpoint
    why: str
    source: str
    standing: str
    ends: str


@dataclass(frozen=True, slots=True)
class PortBudget:
    """SNAT ports of one cluster's way out. `enough` None: no demand is stated, or nothing is known."""

    cluster: str
    text: str
    per_node: int | None
    demand: int | None
    enough: bool | None


@dataclass(frozen=True, slots=True)
class PreflightReport:
    """One environment's preflight. `leaving`: (cluster, the addresses that its pods will be seen with); `forced`: codes of findings that --force overrode.

    unknowns: what the plan itself leaves open; what depends on it is unknown among the endpoints and findings.
    """

    environment: str
    findings: tuple[Finding, ...]
    endpoints: tuple[PredictedEndpoint, ...]
    ports: tuple[PortBudget, ...]
    leaving: tuple[tuple[str, str], ...]
    assumptions: tuple[Assumed, ...]
    forced: tuple[str, ...] = ()
    unknowns: tuple[NotKnown, ...] = ()

    @property
    def status(self) -> CheckStatus:
        """FAILED where something would stop a deployment for certain, INCONCLUSIVE where something cannot be told, else PASSED."""
        if any(finding.severity is Severity.ERROR for finding in self.findings):
            return CheckStatus.FAILED
        undecided = any(finding.severity is Severity.UNKNOWN for finding in self.findings)
        return CheckStatus.INCONCLUSIVE if undecided else CheckStatus.PASSED

    @property
    def stopping(self) -> tuple[Finding, ...]:
        """What stops a deployment: every error, and what is not known of an endpoint that nodes boot by."""
        return tuple(
            finding
            for finding in self.findings
            if finding.severity is Severity.ERROR or (finding.severity is Severity.UNKNOWN and finding.code in BOOT_FINDINGS)
        )

    @property
    def standings(self) -> Counter[str]:
        """How many required endpoints are met, denied, unknown."""
        return Counter(endpoint.standing for endpoint in self.endpoints)
