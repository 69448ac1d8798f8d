"""Compares what becomes of the same flows in two networks: what is deployed and what is planned, two parameter files, two commits."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from orchestrator.egress.addresses.knowledge import Knowledge
from orchestrator.egress.dispositions import Disposition
from orchestrator.egress.network.model import Network
from orchestrator.egress.trace.flow import Flow, Origin, find_sources
from orchestrator.egress.trace.trace import Trace, trace_flow
from orchestrator.egress.traffic.flows_of_interest import find_interests
from orchestrator.model.flows import Endpoint


class Change(StrEnum):
    """What happens to a flow. NOW_UNKNOWN and NOW_KNOWN: it was told before, or is told only now."""

    GAINED = "gained"
    LOST = "lost"
    OTHER_ADDRESS = "another address"
    OTHER_DENIAL = "denied otherwise"
    NOW_UNKNOWN = "not known any more"
    NOW_KNOWN = "known only now"


@dataclass(frozen=True, slots=True)
class TrafficChange:
    """A flow that changes. `pool`: the node pool; `before`, `after`: what becomes of it, hop by hop."""

    change: Change
    origin: Origin
    pool: str
    endpoint: Endpoint
    before: Trace
    after: Trace

    def __str__(self) -> str:
        match self.change:
            case Change.GAINED:
                return f"{self.origin}s gain {self.endpoint}"
            case Change.LOST:
                return f"{self.origin}s lose {self.endpoint}: {self.after.disposition}"
            case Change.OTHER_ADDRESS:
                return f"{self.origin}s reach {self.endpoint} with {self.after.disposition.leaving} instead of {self.before.disposition.leaving}"
            case _:
                return f"{self.origin}s to {self.endpoint}: {self.after.disposition} instead of {self.before.disposition}"


@dataclass(frozen=True, slots=True)
class TrafficComparison:
    """All changes, and how many flows were compared. `missing`: the cluster is not in one of the two, so nothing can be compared."""

    changes: tuple[TrafficChange, ...]
    compared: int
    missing: str | None = None


def compare_traffic(
    before: Network, after: Network, knowledge: Knowledge, cluster_id: str, expected: Iterable[Endpoint] = (), origins: Iterable[Origin] = (Origin.POD,)
) -> TrafficComparison:
    """Compare the flows of interest of one cluster. `expected`: the environment's endpoints."""
    for network, word in ((before, "before"), (after, "after")):
        if network.cluster(cluster_id) is None:
            return TrafficComparison((), 0, f"there is no cluster {cluster_id.rsplit('/', 1)[-1]} {word} the change")
    changes = []
    compared = 0
    for origin in origins:
        sources = {source.pool.name: source for source in find_sources(before, cluster_id, origin)}
        pairs = [(sources[source.pool.name], source) for source in find_sources(after, cluster_id, origin) if source.pool.name in sources]
        for interest in find_interests((before, after), cluster_id, expected):
            for left, right in pairs:
                old = trace_flow(before, knowledge, Flow(left, interest.endpoint, interest.to_tag))
                new = trace_flow(after, knowledge, Flow(right, interest.endpoint, interest.to_tag))
                compared += 1
                change = _compare(old.disposition, new.disposition)
                if change is not None:
                    changes.append(TrafficChange(change, origin, right.pool.name, interest.endpoint, old, new))
    return TrafficComparison(tuple(changes), compared)


def _compare(before: Disposition, after: Disposition) -> Change | None:
    if before.allowed is None or after.allowed is None:
        if before.allowed is after.allowed:
            return None
        return Change.NOW_UNKNOWN if after.allowed is None else Change.NOW_KNOWN
    if before.allowed is not after.allowed:
        return Change.GAINED if after.allowed else Change.LOST
    if after.allowed:
        return Change.OTHER_ADDRESS if _leaves_otherwise(before, after) else None
    return None if before.outcome == after.outcome else Change.OTHER_DENIAL


def _leaves_otherwise(before: Disposition, after: Disposition) -> bool:
    """Told by the resources that own the addresses (a planned one has none yet), and by the addresses where both are known."""
    if before.kind is not after.kind:
        return True
    old, new = before.leaving, after.leaving
    if old is None or new is None:
        return old is not new
    if {one.lower() for one in old.resources} != {one.lower() for one in new.resources}:
        return True
    both_known = old.unknown is None and new.unknown is None
    return both_known and old.addresses != new.addresses
