"""What runs the probes' jobs inside a cluster, as `egress` sees it: Azure's or the lab's cluster, a shell in a test."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from orchestrator.egress.probes.jobs import Job


@dataclass(frozen=True, slots=True)
class JobResult:
    """What a job left behind. `problem`: why its pod did not run, or not to its end; `image_pull`: because its image could not be pulled."""

    output: str
    problem: str | None = None
    image_pull: bool = False


class Runner(Protocol):
    """Runs jobs in the cluster; raises CouldNotRun where that is not possible here."""

    def run(self, jobs: Sequence[Job], *, timeout: float) -> Sequence[JobResult]:
        """Run all at once, wait at most `timeout` seconds for them, and give their results in the same order."""
