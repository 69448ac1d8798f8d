"""What a rule of the lint is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from orchestrator.egress.addresses.knowledge import Knowledge
from orchestrator.egress.firewall.firewall import Firewall
from orchestrator.egress.network.model import Network
from orchestrator.model.findings import Finding, Severity


@dataclass(frozen=True, slots=True)
class LintSubject:
    """A firewall among everything else."""

    firewall: Firewall
    network: Network
    knowledge: Knowledge


@dataclass(frozen=True, slots=True)
class Found:
    """One thing found. `target`: the id of the resource to edit."""

    severity: Severity
    message: str
    target: str


@dataclass(frozen=True, slots=True)
class LintRule:
    """A rule. `code` is ours; `what` it finds, `why` it matters, the `remedy`, the `source`; `look` yields what it finds about one firewall."""

    code: str
    what: str
    why: str
    remedy: str
    source: str
    look: Callable[[LintSubject], Iterator[Found]]

    def findings(self, subject: LintSubject) -> Iterator[Finding]:
        """What the rule finds, as a reader is told it."""
        for found in self.look(subject):
            yield Finding(self.code, found.severity, found.message, found.target, self.remedy, self.source)
