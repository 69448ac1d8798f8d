"""What run-command's script prints is read as far as it goes; and where there is no way into a cluster, both reasons are said."""

import base64
import gzip
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from arm_server import Answer, serve

from orchestrator.clients.connection import Connection
from orchestrator.clients.jobs import CUT, JobOutcome, is_leftover, stamp
from orchestrator.clients.kubectl_jobs import build_script, read_output
from orchestrator.egress.probes.jobs import Job, Place, make_job
from orchestrator.model.errors import CouldNotRun, OperationFailed
from orchestrator.model.targets import Target
from orchestrator.workflows.cluster_runner import ClusterRunner

CLUSTER = "/subscriptions/sub/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/c"
POD, NODE = "egress-r-np-pod", "egress-r-np-node"


def jobs(command: str = "true") -> list[Job]:
    return [make_job(Place("np", network), command, run_id="r", seconds=5) for network in ("pod", "node")]


def read(*lines: str) -> list[JobOutcome]:
    return read_output("\n".join(lines), [job.manifest for job in jobs()])


def state(job: str, phase: str, reason: str = "", message: str = "") -> str:
    return f"@@job-pod@@|{job}|{job}-abc|{phase}|{reason}|{message}"


def pack(*lines: str) -> str:
    """Logs as the script prints them."""
    return base64.b64encode(gzip.compress("".join(f"{line}\n" for line in lines).encode())).decode()


LOGS, LOGS_END = "@@job-logs@@", "@@job-logs-end@@"


def test_the_output_of_each_pod() -> None:
    lines = [state(POD, "Pending"), state(NODE, "Running"), state(POD, "Succeeded"), state(NODE, "Succeeded"), LOGS]
    logs = [f"[pod/{POD}-abc/probe] a", f"[pod/{NODE}-abc/probe] b", f"[pod/{POD}-abc/probe] [x] c"]
    assert read(*lines, pack(*logs), LOGS_END) == [JobOutcome("a\n[x] c\n"), JobOutcome("b\n")]


def test_what_went_wrong_is_said() -> None:
    pulled, absent = read(state(POD, "Pending", "ErrImagePull", "denied | by x"), LOGS, pack(), LOGS_END, "@@job-absent@@ a policy denied it;")
    assert pulled == JobOutcome("", "ErrImagePull: denied | by x", image_pull=True)
    assert absent == JobOutcome("", "a policy denied it;")
    printed = pack(f"[pod/{POD}-abc/probe] so far")
    started, failed = read(state(POD, "Running"), state(NODE, "Failed", "DeadlineExceeded"), LOGS, printed, LOGS_END)
    assert started == JobOutcome("so far\n", "its pod did not end in time")
    assert failed == JobOutcome("", "its pod failed (DeadlineExceeded)")


def test_output_that_was_cut() -> None:
    assert read(state(POD, "Succeeded"), state(NODE, "Succ"))[0] == JobOutcome("", CUT)
    assert "did not start" in str(read(state(POD, "Succeeded"), state(NODE, "Pend"))[1].problem)


@pytest.mark.parametrize("kept", [0.0, 0.3, 0.6, 0.999])
def test_logs_that_were_cut_are_read_as_far_as_they_go(kept: float) -> None:
    words = random.Random(7)
    logs = pack(*(f"[pod/{POD}-abc/probe] {number} {words.random()}" for number in range(200)))
    pod, node = read(state(POD, "Succeeded"), state(NODE, "Succeeded"), LOGS, logs[: int(len(logs) * kept)])
    assert (pod.problem, node) == (CUT, JobOutcome("", CUT))
    lines = pod.output.splitlines()
    assert [line.split()[0] for line in lines[:-1]] == [str(number) for number in range(len(lines[:-1]))]
    assert len(lines) > 150 * kept - 1


def test_what_an_earlier_run_left_behind_is_known_by_its_time() -> None:
    (job,) = stamp([jobs()[0].manifest], 1000.0)
    assert (is_leftover(job, 1000.0 + 125 + 120), is_leftover(job, 1000.0 + 125 + 121)) == (False, True)
    assert not is_leftover(jobs()[0].manifest, 1e12)
    assert "annotations" not in jobs()[0].manifest["metadata"]


def test_remedies() -> None:
    message = "0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector."
    (pending, forbidden) = read(state(POD, "Pending", "", message), LOGS, pack(), LOGS_END, "@@job-absent@@ pods is forbidden: violates PodSecurity x;")
    assert str(pending.problem).endswith("Is a node of that pool ready (kubectl get nodes), and has it room for 100m CPU and 64 MiB?")
    assert "pod-security.kubernetes.io/enforce=privileged" in str(forbidden.problem)


@pytest.mark.parametrize(
    ("output", "message"),
    [
        ("@@job-problem@@ there is no kubectl where run-command runs", "there is no kubectl where run-command runs"),
        ("sh: syntax error", "the script did not start: 'sh: syntax error'"),
        ("", "the script did not start: ''"),
    ],
)
def test_a_script_that_could_not_begin(output: str, message: str) -> None:
    with pytest.raises(OperationFailed) as failure:
        read(output)
    assert failure.value.message == f"run-command cannot run jobs: {message}"


def test_a_script_stays_below_what_a_shell_takes() -> None:
    made = [make_job(Place(f"pool{n}", network), "x" * 30_000, run_id="r", seconds=5) for n in range(10) for network in ("pod", "node")]
    assert len(build_script(made[0].namespace, [job.manifest for job in made], timeout=60)) < 64 * 1024


def test_the_pods_are_hardened() -> None:
    pod, node = (job.manifest for job in jobs("echo"))
    spec = pod["spec"]["template"]["spec"]
    assert (pod["spec"]["backoffLimit"], pod["spec"]["activeDeadlineSeconds"], pod["spec"]["ttlSecondsAfterFinished"]) == (0, 125, 120)
    assert (spec["automountServiceAccountToken"], spec["restartPolicy"], "hostNetwork" in spec) == (False, "Never", False)
    assert spec["securityContext"] == {"runAsNonRoot": True, "runAsUser": 65532, "runAsGroup": 65532, "seccompProfile": {"type": "RuntimeDefault"}}
    container = spec["containers"][0]
    assert container["securityContext"] == {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]}}
    assert container["image"].startswith("mcr.microsoft.com/")
    assert node["spec"]["template"]["spec"]["hostNetwork"] is True
    assert node["spec"]["template"]["spec"]["nodeSelector"] == {"kubernetes.io/os": "linux", "kubernetes.azure.com/agentpool": "np"}


def test_neither_way_is_could_not_run(tmp_path: Path, connected: Callable[[Target], Connection]) -> None:
    refusal = Answer({"error": {"code": "AuthorizationFailed", "message": "no."}}, 403)
    routes = {f"POST {CLUSTER}/runCommand": [refusal], f"POST {CLUSTER}/listClusterUserCredential": [refusal, refusal]}
    with serve(tmp_path, routes) as (target, _):
        with pytest.raises(CouldNotRun) as first:
            ClusterRunner(connected(target), CLUSTER).run(jobs(), timeout=5)
        with pytest.raises(CouldNotRun) as second:
            ClusterRunner(connected(target), CLUSTER, run_command=False).run(jobs(), timeout=5)
    assert "run-command: AuthorizationFailed: no; the Kubernetes API: AuthorizationFailed: no." in first.value.reason
    assert "run-command: disabled on the cluster (apiServerAccessProfile.disableRunCommand); the Kubernetes API: AuthorizationFailed" in second.value.reason
