"""Runs the probes' jobs where egress wants them: in a cluster, through run-command with kubectl, else through its Kubernetes API."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from orchestrator.egress.probes.jobs import Job
from orchestrator.egress.runner import JobResult
from orchestrator.model.errors import ArmError, CouldNotRun, OperationFailed

if TYPE_CHECKING:
    from orchestrator.clients.connection import Connection

NO_PACKETS = "LabDataPlaneUnavailable"
"""The lab's code where this machine cannot carry its packets; its message holds reason and remedy."""

_REMEDY = (
    "Allow one of the two: run-command (managedClusters/runcommand/action, commandResults/read; the property apiServerAccessProfile.disableRunCommand), "
    "or the Kubernetes API (managedClusters/listClusterUserCredential/action, the API server's authorized ranges)."
)


class ClusterRunner:
    """One cluster's runner (egress.Runner). `run_command`, `stopped`: what the cluster says of itself; `report`: takes lines for a person who waits."""

    def __init__(
        self, connection: "Connection", cluster_id: str, *, run_command: bool = True, stopped: bool = False, report: Callable[[str], None] = lambda _: None
    ) -> None:
        self._connection = connection
        self._cluster_id = cluster_id
        self._run_command = run_command
        self._stopped = stopped
        self._report = report

    def run(self, jobs: Sequence[Job], *, timeout: float) -> Sequence[JobResult]:
        """Run the jobs; CouldNotRun where the cluster takes none in either way: that says nothing about its egress."""
        from orchestrator.clients.kubectl_jobs import run_jobs_by_command
        from orchestrator.clients.kubernetes_jobs import run_jobs_by_api

        if self._stopped:
            raise CouldNotRun("the cluster is stopped, so nothing can be probed from it.", f"Start it: az aks start --ids {self._cluster_id}")
        ways: list[tuple[str, Callable[..., Any]]] = [("run-command", run_jobs_by_command), ("the Kubernetes API", run_jobs_by_api)]
        reasons = [] if self._run_command else ["run-command: disabled on the cluster (apiServerAccessProfile.disableRunCommand)"]
        for name, way in ways[len(reasons) :]:
            try:
                outcomes = way(self._connection, self._cluster_id, jobs[0].namespace, [job.manifest for job in jobs], timeout=timeout, report=self._report)
            except ArmError as error:
                if error.code == NO_PACKETS:
                    raise CouldNotRun(error.message, "") from error
                reasons.append(_say(name, f"{error.code}: {error.message}"))
            except OperationFailed as error:
                reasons.append(_say(name, f"{error.message}. {error.remedy}" if error.remedy else error.message))
            else:
                return [JobResult(outcome.output, outcome.problem, outcome.image_pull) for outcome in outcomes]
        said = "; ".join(reasons)
        raise CouldNotRun(f"the probes could not be brought into the cluster: {said}{'' if said.endswith('?') else '.'}", _REMEDY)


def _say(way: str, reason: str) -> str:
    text = reason.rstrip(". ")
    return text if text.startswith(way) else f"{way}: {text}"
