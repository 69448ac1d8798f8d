"""Everything that is said of an environment's egress at one time: what is predicted, and beside it what was observed. Every report renders this one value."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from orchestrator.model.explanations import ExplainedFlow
from orchestrator.model.flows import Check, CheckStatus, Verification
from orchestrator.model.preflight import PreflightReport
from orchestrator.model.targets import Target
from orchestrator.model.topology_map import TopologyMap


class Demand(StrEnum):
    """Why an endpoint is looked at, in the order of reports."""

    MUST_REACH = "must be reached"
    MUST_BE_BLOCKED = "must be blocked"
    REQUIRED = "required by AKS"


class Agreement(StrEnum):
    """A prediction held against what was seen of the same endpoint."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    PROVES_NOTHING = "proves nothing"


@dataclass(frozen=True, slots=True)
class ReportedFlow:
    """An endpoint as one place sees it.

    why: the reason of the demand; predicted: whether the prediction is as demanded; observed: the check of the same endpoint, None where none was made;
    contradiction: the check that says that packets and prediction disagree; path: the number of its path on the map, 0 for none; phase: when a required
    endpoint is missed (boot, boot-if-not-cached, run, optional), else empty.
    """

    demand: Demand
    why: str
    prediction: ExplainedFlow
    predicted: CheckStatus
    observed: Check | None = None
    contradiction: Check | None = None
    path: int = 0
    phase: str = ""

    @property
    def is_grave(self) -> bool:
        """True where it would be wrong to go on: a demand of the environment, or what nodes boot by, is surely not kept."""
        return self.predicted is CheckStatus.FAILED and self.phase in ("", "boot")

    @property
    def agreement(self) -> Agreement | None:
        """None where nothing was observed, or nothing predicted."""
        if self.contradiction is not None:
            return Agreement.DISAGREES
        if self.observed is None or self.prediction.allowed is None:
            return None
        doubtful = self.observed.status in (CheckStatus.INCONCLUSIVE, CheckStatus.COULD_NOT_RUN)
        return Agreement.PROVES_NOTHING if doubtful else Agreement.AGREES


@dataclass(frozen=True, slots=True)
class ReportedCluster:
    """A cluster in a few words. `ways`: how its pods leave; `addresses`: the public ones that they are seen with, and what is not known of them."""

    name: str
    location: str
    version: str
    outbound_type: str
    pools: tuple[str, ...]
    ways: tuple[str, ...]
    addresses: str


@dataclass(frozen=True, slots=True)
class EgressReport:
    """One environment at one time.

    basis: what was looked at (the plan, or what is deployed); made: when, in UTC; verification: what was observed; not_observed: why nothing was, or not all.
    """

    environment: str
    target: Target
    basis: str
    made: str
    clusters: tuple[ReportedCluster, ...]
    preflight: PreflightReport
    flows: tuple[ReportedFlow, ...]
    topology: TopologyMap
    verification: Verification | None = None
    not_observed: str | None = None

    @property
    def predicted(self) -> CheckStatus:
        """Of the preflight and of what the environment demands."""
        return gravest((self.preflight.status, *(flow.predicted for flow in self.flows if flow.demand is not Demand.REQUIRED)))

    @property
    def observed(self) -> CheckStatus | None:
        """Of the verification; None where there was none."""
        return None if self.verification is None else self.verification.status

    @property
    def disagreements(self) -> tuple[ReportedFlow, ...]:
        """Flows that did otherwise than predicted."""
        return tuple(flow for flow in self.flows if flow.agreement is Agreement.DISAGREES)

    @property
    def status(self) -> CheckStatus:
        """Of everything."""
        return gravest((self.predicted, *((self.observed,) if self.observed is not None else ())))

    @property
    def expectations(self) -> Counter[CheckStatus]:
        """How the environment's own demands are predicted."""
        return Counter(flow.predicted for flow in self.flows if flow.demand is not Demand.REQUIRED)


def gravest(statuses: tuple[CheckStatus, ...]) -> CheckStatus:
    """FAILED before DISAGREES before COULD_NOT_RUN before INCONCLUSIVE before PASSED."""
    order = (CheckStatus.FAILED, CheckStatus.DISAGREES, CheckStatus.COULD_NOT_RUN, CheckStatus.INCONCLUSIVE, CheckStatus.PASSED)
    return next((status for status in order if status in statuses), CheckStatus.INCONCLUSIVE)
