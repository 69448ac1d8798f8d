"""What becomes of a flow: a closed set of dispositions in three grades, made from every way that is possible.

CERTAIN: it rests on the resources alone. ASSUMED: it rests on named assumptions. UNKNOWN: it cannot be told, and why. Where a fact is not known, the flow
has an ending for each way it could go: the same outcome in all of them is that outcome, and only what decides is left open (`undecided`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from orchestrator.egress.logic.truth import NOTHING_ASSUMED, Assumption
from orchestrator.egress.trace.hops import Hop
from orchestrator.model.flows import Outcome


class Kind(StrEnum):
    """The closed set. A *denial* is a rule's; *lost* is what no rule denies, and yet does not arrive."""

    EXITS_INTERNET = "leaves to the internet"
    EXITS_SERVICE_ENDPOINT = "leaves by a service endpoint"
    DELIVERED_VNET = "delivered in the network"
    DENIED_NSG = "denied by a network security group"
    DENIED_FW_NETWORK = "denied by a network rule of the firewall"
    DENIED_FW_APPLICATION = "denied by an application rule of the firewall"
    DENIED_FW_DEFAULT = "denied by the firewall: no rule matched"
    NO_ROUTE = "lost: no route leads there"
    NO_SNAT = "lost: nothing gives it a public address"
    DNS_FAILURE = "the name is not resolved"
    UNKNOWN = "unknown"


ALLOWED = frozenset({Kind.EXITS_INTERNET, Kind.EXITS_SERVICE_ENDPOINT, Kind.DELIVERED_VNET})


class Grade(StrEnum):
    """How sure a disposition is."""

    CERTAIN = "certain"
    ASSUMED = "on assumptions"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Leaving:
    """The public addresses that a flow may have outside: one of `addresses`, each the address of a resource.

    owners: address -> resource id; resources: those ids, also where the address is not assigned yet; unknown: why `addresses` is not all, else None.
    """

    addresses: frozenset[str] = frozenset()
    resources: tuple[str, ...] = ()
    owners: Mapping[str, str] = field(default_factory=dict)
    unknown: str | None = None

    def joined(self, other: "Leaving") -> "Leaving":
        """What either may have."""
        reasons = dict.fromkeys(reason for reason in (self.unknown, other.unknown) if reason is not None)
        resources = tuple(dict.fromkeys((*self.resources, *other.resources)))
        return Leaving(self.addresses | other.addresses, resources, {**self.owners, **other.owners}, "; ".join(reasons) or None)

    def __str__(self) -> str:
        shown = sorted(self.addresses)
        missing = [resource for resource in self.resources if resource not in self.owners.values()]
        shown += [f"not known before creation: {resource}" for resource in missing]
        return ", ".join(shown) or self.unknown or "none"


@dataclass(frozen=True, slots=True)
class Ending:
    """One way a flow may go, to its end. `outcome`: how a denial looks to the client; `reasons`: why this way is only possible."""

    kind: Kind
    hops: tuple[Hop, ...]
    outcome: Outcome | None = None
    leaving: Leaving | None = None
    assumptions: frozenset[Assumption] = NOTHING_ASSUMED
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Disposition:
    """What becomes of a flow. `outcome`: how a probe sees it, None where that is not known; `undecided`: what is left open without changing the outcome."""

    kind: Kind
    grade: Grade
    outcome: Outcome | None
    leaving: Leaving | None = None
    assumptions: tuple[Assumption, ...] = ()
    reasons: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()

    @property
    def allowed(self) -> bool | None:
        """True where it arrives, False where it does not, None where that is not known."""
        return None if self.kind is Kind.UNKNOWN else self.kind in ALLOWED

    def __str__(self) -> str:
        why = f" ({'; '.join(self.reasons)})" if self.kind is Kind.UNKNOWN else ""
        how = f", seen as {self.outcome}" if self.outcome is not None and not self.allowed else ""
        return f"{self.kind}{why}{how}"


def conclude(endings: Sequence[Ending]) -> Disposition:
    """The disposition of a flow with these endings: one where everything is known."""
    first = endings[0]
    if len(endings) == 1:
        return _of_one(first)
    assumptions = tuple(sorted(frozenset[Assumption]().union(*(ending.assumptions for ending in endings))))
    reasons = tuple(dict.fromkeys(reason for ending in endings for reason in ending.reasons))
    arrivals = {ending.kind in ALLOWED for ending in endings}
    if len(arrivals) > 1 or any(ending.kind is Kind.UNKNOWN for ending in endings):
        return Disposition(Kind.UNKNOWN, Grade.UNKNOWN, None, None, assumptions, reasons or ("more than one way is possible",))
    outcomes = {ending.outcome for ending in endings}
    return Disposition(
        first.kind,
        Grade.ASSUMED if assumptions else Grade.CERTAIN,
        first.outcome if len(outcomes) == 1 else None,
        _join(endings),
        assumptions,
        (),
        reasons,
    )


def _of_one(ending: Ending) -> Disposition:
    if ending.kind is Kind.UNKNOWN:
        return Disposition(Kind.UNKNOWN, Grade.UNKNOWN, None, None, tuple(sorted(ending.assumptions)), ending.reasons)
    grade = Grade.ASSUMED if ending.assumptions else Grade.CERTAIN
    return Disposition(ending.kind, grade, ending.outcome, ending.leaving, tuple(sorted(ending.assumptions)), (), ending.reasons)


def _join(endings: Sequence[Ending]) -> Leaving | None:
    joined: Leaving | None = None
    for ending in endings:
        if ending.leaving is not None:
            joined = ending.leaving if joined is None else joined.joined(ending.leaving)
    return joined
