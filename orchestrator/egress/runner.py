"""What runs a command inside a cluster, as `egress` sees it: run-command on Azure and on the lab, something recorded in a test."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a command left behind. `output`: stdout and stderr together; run-command cuts it at 512 kB."""

    exit_code: int
    output: str


class Runner(Protocol):
    """Runs `sh -c command` in a pod of the cluster; raises CouldNotRun where that is not possible here."""

    def run(self, command: str, *, timeout: float) -> RunResult:
        """Run one command and wait at most `timeout` seconds for it."""
