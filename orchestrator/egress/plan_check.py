"""What a check of the plan is: one of Azure's refusals, looked for before the first write."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from orchestrator.model.findings import Finding, Severity
from orchestrator.model.resources import Resource, Snapshot


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check says of one cluster. `severity`: ERROR, or UNKNOWN where the plan does not tell."""

    severity: Severity
    message: str
    target: str


@dataclass(frozen=True, slots=True)
class PlanCheck:
    """A check. `code` is Azure's; `what` it refuses, `why`, the `remedy`, the `source`; `look` yields what it finds about one cluster."""

    code: str
    what: str
    why: str
    remedy: str
    source: str
    look: Callable[[Snapshot, Resource], Iterator[Verdict]]

    def findings(self, snapshot: Snapshot, cluster: Resource) -> Iterator[Finding]:
        """What the check finds, as a reader is told it."""
        for verdict in self.look(snapshot, cluster):
            yield Finding(self.code, verdict.severity, verdict.message, verdict.target, self.remedy, self.source)


def refused(message: str, target: str) -> Verdict:
    """Azure would refuse this."""
    return Verdict(Severity.ERROR, message, target)


def undecided(message: str, target: str) -> Verdict:
    """The plan does not tell whether Azure would refuse this."""
    return Verdict(Severity.UNKNOWN, message, target)
