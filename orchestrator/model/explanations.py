"""Why a flow arrives, or does not: hop by hop, with what decides."""

from dataclasses import dataclass

from orchestrator.model.flows import CheckStatus, Endpoint, Observation, Outcome
from orchestrator.model.preflight import Assumed


@dataclass(frozen=True, slots=True)
class ExplainedHop:
    """One step. `resource_id`: the resource that decides it; `rule`: the firewall's rule, where one does."""

    step: str
    resource_id: str
    text: str
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class ExplainedWay:
    """A way that a flow may take, to its end; `reasons`: why it is only possible."""

    hops: tuple[ExplainedHop, ...]
    ends: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NearestRule:
    """For a denied flow. `rule`: the one that almost matched, None where none comes near; `misses`: what of it does not fit; `change`: what would allow it."""

    rule: str | None
    misses: tuple[str, ...]
    change: str


@dataclass(frozen=True, slots=True)
class ExplainedFlow:
    """A flow of a pool. `ways`: the first is the one to show; `allowed` None: unknown; `outcome`: how a probe would see it; `reply`: how answers come back."""

    source: str
    endpoint: Endpoint
    allowed: bool | None
    ends: str
    grade: str
    outcome: Outcome | None
    leaving: str | None
    ways: tuple[ExplainedWay, ...]
    assumptions: tuple[Assumed, ...] = ()
    reasons: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()
    nearest: NearestRule | None = None
    reply: str | None = None
    cluster_id: str = ""
    pool: str = ""


@dataclass(frozen=True, slots=True)
class LiveAnswer:
    """The same flow, sent through the cluster. `status`: PASSED where prediction and observation agree, FAILED where not; `note`: what that means."""

    source: str
    observation: Observation
    status: CheckStatus
    note: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """All flows that one question is about. `basis`: what was looked at; `live`: None where it was not asked for."""

    environment: str
    basis: str
    flows: tuple[ExplainedFlow, ...]
    live: tuple[LiveAnswer, ...] | None = None
    could_not_run: str | None = None
