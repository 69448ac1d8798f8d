"""Runs the probes where egress wants them: in a pod of a cluster, through run-command."""

from typing import TYPE_CHECKING

from orchestrator.egress.runner import RunResult
from orchestrator.model.errors import ArmError, CouldNotRun, OperationFailed

if TYPE_CHECKING:
    from orchestrator.clients.connection import Connection

_SLACK = 90.0
"""Seconds beyond the probes' own: AKS gives the command's pod up to a minute to start."""

NO_PACKETS = "LabDataPlaneUnavailable"
"""The lab's code where this machine cannot carry its packets; its message holds reason and remedy."""


class ClusterRunner:
    """One cluster's runner (egress.Runner)."""

    def __init__(self, connection: "Connection", cluster_id: str) -> None:
        self._connection = connection
        self._cluster_id = cluster_id

    def run(self, command: str, *, timeout: float) -> RunResult:
        """Run one command; CouldNotRun where the cluster takes none: that says nothing about its egress."""
        from orchestrator.clients.run_command import run_command

        try:
            result = run_command(self._connection, self._cluster_id, command, timeout=timeout + _SLACK)
        except ArmError as error:
            if error.code == NO_PACKETS:
                raise CouldNotRun(error.message, "") from error
            remedy = "The caller needs managedClusters/runcommand/action and commandResults/read, and the cluster must run."
            raise CouldNotRun(f"run-command was refused: {error.code}: {error.message}", remedy) from error
        except OperationFailed as error:
            raise CouldNotRun(f"{error.message}.", error.remedy or "") from error
        return RunResult(result.exit_code, result.output)
