"""Which flows a deployment changes: what was reached and will not be, what will be, and what leaves with another address."""

from dataclasses import dataclass
from enum import StrEnum


class FlowChangeKind(StrEnum):
    """What happens to a flow, the gravest first. UNCERTAIN: what becomes of it is known now, and will not be; KNOWN_NOW: the other way round."""

    LOST = "lost"
    UNCERTAIN = "not known any more"
    READDRESSED = "another address out"
    GAINED = "gained"
    DENIED_OTHERWISE = "denied otherwise"
    KNOWN_NOW = "known only now"


@dataclass(frozen=True, slots=True)
class FlowChange:
    """A change of one or more endpoints that go the same way. `source`: whose flows; `before`, `after`: what becomes of them; `remedy`: of a lost one."""

    kind: FlowChangeKind
    source: str
    endpoints: tuple[str, ...]
    before: str
    after: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class TrafficComparison:
    """What is deployed beside what is planned. `compared`: how many flows; `new`: (cluster, its pods' addresses) of those not there yet."""

    environment: str
    compared: int
    changes: tuple[FlowChange, ...]
    new: tuple[tuple[str, str], ...] = ()
