"""What a check of the plan is: one of Azure's refusals, looked for before the first write."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from orchestrator.egress.network.model import Cluster, Network
from orchestrator.model.findings import Finding, Severity

AZURE_CODES = "https://github.com/Azure/aks-deployer/blob/2ffb487a6ac8426c8b5b156a522859626b67ebac/pkg/apierror/const.go"
"""A list that Microsoft published of the codes that the resource provider of AKS answers with, each with what it indicates."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check says of one cluster. `severity`: ERROR; WARNING where sources disagree; UNKNOWN where the plan does not tell."""

    severity: Severity
    message: str
    target: str


@dataclass(frozen=True, slots=True)
class PlanCheck:
    """A check. `what` it refuses, `why`, the `remedy`, the `source`; `look` yields what it finds about one cluster.

    code: Azure's own, where Azure has one for this alone; azure_code: what Azure answers with, None where that is not known.
    """

    code: str
    azure_code: str | None
    what: str
    why: str
    remedy: str
    source: str
    look: Callable[[Network, Cluster], Iterator[Verdict]]

    def findings(self, network: Network, cluster: Cluster) -> Iterator[Finding]:
        """What the check finds, as a reader is told it."""
        for verdict in self.look(network, cluster):
            told = self._tell_code() if verdict.severity is Severity.ERROR else ""
            yield Finding(self.code, verdict.severity, f"{verdict.message}{told}", verdict.target, self.remedy, self.source)

    def _tell_code(self) -> str:
        if self.azure_code is None:
            return " (Azure's code not known)"
        return "" if self.azure_code == self.code else f" (Azure's code: {self.azure_code})"


def refused(message: str, target: str) -> Verdict:
    """Azure would refuse this."""
    return Verdict(Severity.ERROR, message, target)


def warned(message: str, target: str) -> Verdict:
    """Sources disagree about whether Azure refuses this; the message names them. Or Azure takes it, and warns."""
    return Verdict(Severity.WARNING, message, target)


def undecided(message: str, target: str) -> Verdict:
    """The plan does not tell whether Azure would refuse this."""
    return Verdict(Severity.UNKNOWN, message, target)
