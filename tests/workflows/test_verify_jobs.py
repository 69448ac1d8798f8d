"""Jobs of `verify`: none is left after Ctrl-C, none of an earlier run that was killed; another run's are let alone; what keeps them from running is said."""

import json
import os
import shutil
import signal
import time
from collections.abc import Iterator

import pytest
from cli import Project, copy_project
from cluster_access import Kubectl, make_kubectl

from orchestrator.clients.jobs import UNTIL
from orchestrator.egress.probes.jobs import NAMESPACE, Place, make_job
from orchestrator.lab import lifecycle
from orchestrator.reporting.outputs import Outputs
from orchestrator.workflows import deploy, verify
from tests.waiting import wait_until

pytestmark = [pytest.mark.packets, pytest.mark.skipif(shutil.which("kubectl") is None, reason="kubectl is not on PATH")]

ENVIRONMENTS = {
    "slow": {"mustBeBlocked": ["tcp://example.com:5432"], "addressEcho": ["https://api.ipify.org"]},
    "quick": {"mustReach": ["https://mcr.microsoft.com"], "addressEcho": ["https://api.ipify.org", "http://ifconfig.me"]},
    "foreign-image": {"mustReach": ["https://mcr.microsoft.com"], "probeImage": "quay.io/org/probe:1"},
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """udr, deployed once."""
    folder = tmp_path_factory.mktemp("jobs")
    made = copy_project(folder / "project", folder / "lab")
    text = (made.path / "parameters" / "udr.bicepparam").read_text()
    for name, egress in ENVIRONMENTS.items():
        body = {"resourceGroup": "rg-jobs", "location": "westeurope", "egress": {"mustReach": [], "mustBeBlocked": [], **egress}}
        (made.path / "parameters" / f"{name}.yaml").write_text(json.dumps(body))
        (made.path / "parameters" / f"{name}.bicepparam").write_text(text)
    with pytest.MonkeyPatch.context() as patch:
        made.enter(patch)
        try:
            assert deploy.run("quick", verify=False) == 0
            if not lifecycle.status(made.lab)["dataPlane"]["available"]:
                pytest.skip("no packets on this host")
            yield made
        finally:
            lifecycle.stop(made.lab)


@pytest.fixture(scope="module")
def kubectl(project: Project) -> Kubectl:
    """The real one."""
    return make_kubectl(project, "rg-jobs", "aks-udr")


def jobs(kubectl: Kubectl) -> set[str]:
    """The names of the jobs that are there."""
    return set(kubectl("get", "jobs", "-n", NAMESPACE, "-o", 'jsonpath={range .items[*]}{.metadata.name}{"\\n"}{end}').split())


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
def test_ctrl_c_removes_the_jobs(project: Project, kubectl: Kubectl) -> None:
    before = jobs(kubectl)
    process = project.start("verify", "--env", "slow", "--timeout", "60")
    wait_until(lambda: len(jobs(kubectl) - before) == 2)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, out + err
    assert "interrupted: asked the cluster to remove the probes' jobs" in out
    assert "Traceback" not in err
    wait_until(lambda: jobs(kubectl) <= before)


def test_what_a_killed_run_left_behind_goes_and_another_runs_stays(project: Project, kubectl: Kubectl, capsys: pytest.CaptureFixture[str]) -> None:
    now = time.time()
    for run_id, until in (("killed", now - 1), ("another", now + 300)):
        job = make_job(Place("nodepool1", "pod"), "sleep 300", run_id=run_id, seconds=300)
        manifest = {**job.manifest, "metadata": {**job.manifest["metadata"], "annotations": {UNTIL: f"{until:.0f}"}}}
        said = kubectl("apply", "--validate=false", "-f", "-", given=json.dumps({"apiVersion": "v1", "kind": "List", "items": [job.namespace, manifest]}))
        assert "created" in said, said
    assert {"egress-killed-nodepool1-pod", "egress-another-nodepool1-pod"} <= jobs(kubectl)
    assert verify.run("quick", timeout="4") == 0
    assert "removed 1 job that an earlier run left behind" in capsys.readouterr().out
    left = jobs(kubectl)
    assert "egress-killed-nodepool1-pod" not in left
    assert "egress-another-nodepool1-pod" in left
    kubectl("delete", "jobs", "-n", NAMESPACE, "--all", "--wait=false")


def test_an_image_that_nodes_cannot_pull_is_said(project: Project) -> None:
    assert verify.run("foreign-image", timeout="4", outputs=Outputs(json="r.json")) == 3
    (environment,) = json.loads((project.path / "r.json").read_text())["environments"]
    rows = [row for row in environment["verification"]["checks"] if row["kind"] == "image-pull"]
    assert [(row["subject"], row["status"]) for row in rows] == [
        ("quay.io/org/probe:1 on pods of nodepool1", "failed"),
        ("quay.io/org/probe:1 on nodes of nodepool1", "failed"),
    ]
    assert "connection reset by peer" in rows[0]["observed"]
    assert "probeImage" in rows[0]["note"]
