"""A way through the network as far as it has been followed."""

from dataclasses import dataclass

from orchestrator.egress.addresses.knowledge import Knowledge
from orchestrator.egress.dispositions import Ending, Kind, Leaving
from orchestrator.egress.logic.truth import NOTHING_ASSUMED, Assumption
from orchestrator.egress.network.model import Network
from orchestrator.egress.trace.flow import Destination, Flow, Start
from orchestrator.egress.trace.hops import Hop
from orchestrator.model.flows import Outcome


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and of what: everything that stays the same along all ways."""

    network: Network
    knowledge: Knowledge
    flow: Flow
    destination: Destination


@dataclass(frozen=True, slots=True)
class Branch:
    """Hops so far, what they assume, and why they are only one of several ways."""

    start: Start
    hops: tuple[Hop, ...] = ()
    assumptions: frozenset[Assumption] = NOTHING_ASSUMED
    reasons: tuple[str, ...] = ()

    def then(self, hop: Hop, assumptions: frozenset[Assumption] = NOTHING_ASSUMED, reasons: tuple[str, ...] = ()) -> "Branch":
        """The way with one more hop."""
        assumed = self.assumptions | assumptions if assumptions else self.assumptions
        return Branch(self.start, (*self.hops, hop), assumed, (*self.reasons, *reasons) if reasons else self.reasons)

    def ends(self, kind: Kind, outcome: Outcome | None = None, leaving: Leaving | None = None) -> Ending:
        """The way ends here."""
        return Ending(kind, self.hops, outcome, leaving, self.assumptions, self.reasons)

    def unknown(self, reason: str) -> Ending:
        """The way cannot be followed further."""
        return Ending(Kind.UNKNOWN, self.hops, None, None, self.assumptions, (*self.reasons, reason))

    def lost(self, kind: Kind) -> Ending:
        """What nobody denies and nobody answers looks like silence."""
        return self.ends(kind, Outcome.SILENT_DROP)
