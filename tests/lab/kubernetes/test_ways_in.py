"""The ways into a cluster: kubeconfig and its token, run-command with kubectl in it, and the probes' jobs over both."""

import base64
import shutil
from typing import Any

import pytest

from orchestrator.clients.connection import Connection
from orchestrator.clients.jobs import JobOutcome
from orchestrator.clients.kubectl_jobs import run_jobs_by_command
from orchestrator.clients.kubernetes_jobs import run_jobs_by_api
from orchestrator.clients.run_command import run_command
from orchestrator.egress.probes.jobs import Place, make_job
from orchestrator.model.errors import ArmError, CouldNotRun, OperationFailed
from orchestrator.workflows.cluster_runner import ClusterRunner
from tests.lab.conftest import Sdk

pytestmark = pytest.mark.packets

WAYS = [
    pytest.param(run_jobs_by_command, marks=pytest.mark.skipif(shutil.which("kubectl") is None, reason="kubectl is not on PATH"), id="run-command"),
    pytest.param(run_jobs_by_api, id="api"),
]
VERSION = "api-version=2026-03-01"


def jobs(run_id: str, command: str, **options: Any) -> list[Any]:
    return [make_job(Place("nodepool1", network), command, run_id=run_id, seconds=5, **options) for network in ("pod", "node")]


def run(way: Any, connection: Connection, cluster: str, made: list[Any], timeout: float = 15) -> list[JobOutcome]:
    outcomes: list[JobOutcome] = way(connection, cluster, made[0].namespace, [job.manifest for job in made], timeout=timeout)
    return outcomes


@pytest.mark.parametrize("way", WAYS)
def test_jobs_say_what_they_saw(way: Any, connection: Connection, udr: str) -> None:
    made = jobs(f"say{way.__name__[-3:]}", "hostname -f 2>/dev/null || cat /etc/hostname; curl -sS -m 5 http://ifconfig.me; printf 'a|b\\tc\\n'")
    outcomes = run(way, connection, udr, made)
    assert [outcome.problem for outcome in outcomes] == [None, None]
    assert all("20." in outcome.output and "a|b\tc" in outcome.output for outcome in outcomes)


@pytest.mark.parametrize("way", WAYS)
def test_an_image_that_is_denied(way: Any, connection: Connection, udr: str) -> None:
    outcomes = run(way, connection, udr, jobs(f"pull{way.__name__[-3:]}", "true", image="quay.io/org/app:1"))
    assert [outcome.image_pull for outcome in outcomes] == [True, True]
    assert "connection reset by peer" in str(outcomes[0].problem)


@pytest.mark.parametrize("way", WAYS)
def test_a_pod_that_has_no_place_and_one_that_fails(way: Any, connection: Connection, udr: str) -> None:
    lost = make_job(Place("gpu", "pod"), "true", run_id=f"mix{way.__name__[-3:]}", seconds=5)
    failing = make_job(Place("nodepool1", "pod"), "echo so far; exit 4", run_id=f"mix{way.__name__[-3:]}", seconds=5)
    nowhere, failed = run(way, connection, udr, [lost, failing], timeout=2)
    assert str(nowhere.problem).startswith("its pod did not start (")
    assert "didn't match Pod's node affinity/selector" in str(nowhere.problem)
    assert (failed.output, str(failed.problem)[:14]) == ("so far\n", "its pod failed")


def test_a_token_is_good_for_its_cluster_alone(sdk: Sdk, udr: str) -> None:
    path = "/kubernetes/rg-aks-udr/aks-udr/api/v1/namespaces"
    assert sdk.send("GET", path)[0] == 401  # ARM's token is not the cluster's
    assert sdk.send("GET", path, token="0" * 64)[0] == 401
    _, answer = sdk.send("POST", f"{udr}/listClusterAdminCredential?{VERSION}")
    assert answer["kubeconfigs"][0]["name"] == "clusterAdmin"
    config = base64.b64decode(answer["kubeconfigs"][0]["value"]).decode()
    token = config.split("token: ")[1].strip()
    assert sdk.send("GET", path, token=token)[0] == 200
    assert sdk.send("GET", f"{udr}?{VERSION}", token=token)[0] == 401
    assert sdk.send("GET", "/kubernetes/rg-aks-udr/other/api", token=token)[0] == 404


@pytest.mark.skipif(shutil.which("kubectl") is None, reason="kubectl is not on PATH")
def test_kubectl_in_run_command_goes_through_the_firewall(connection: Connection, udr: str, sdk: Sdk) -> None:
    done = run_command(connection, udr, "kubectl get nodes --no-headers | wc -l; echo $KUBERNETES_SERVICE_HOST", timeout=30)
    count, host = done.output.split()
    assert (done.exit_code, count) == (0, "3")
    assert host == sdk.get(udr)["properties"]["fqdn"]
    silent = run_command(connection, udr, "curl -sS -m 5 -o /dev/null -w '%{http_code}' https://$KUBERNETES_SERVICE_HOST/api", timeout=30)
    assert (silent.exit_code, silent.output) == (0, "401")


def test_where_run_command_is_disabled_the_api_is_taken(connection: Connection, udr: str, sdk: Sdk) -> None:
    body = sdk.get(udr)
    asked = {name: body[name] for name in ("location", "identity", "sku", "properties")}
    asked["identity"] = {"type": "UserAssigned", "userAssignedIdentities": {key: {} for key in body["identity"]["userAssignedIdentities"]}}
    access = body["properties"].get("apiServerAccessProfile") or {}
    try:
        _put(sdk, udr, asked | {"properties": {**body["properties"], "apiServerAccessProfile": {**access, "disableRunCommand": True}}})
        with pytest.raises(ArmError, match="RunCommandDisabled"):
            run_command(connection, udr, "true", timeout=10)
        made = jobs("disabled", "echo here")
        assert [result.output for result in ClusterRunner(connection, udr).run(made, timeout=10)] == ["here\n", "here\n"]
    finally:
        _put(sdk, udr, asked | {"properties": {**body["properties"], "apiServerAccessProfile": access}})


@pytest.mark.skipif(shutil.which("kubectl") is None, reason="kubectl is not on PATH")
def test_jobs_that_the_cluster_refuses_could_not_run(connection: Connection, udr: str) -> None:
    broken = jobs("broken", "true")
    broken[0].manifest["spec"]["tempate"] = {}
    with pytest.raises(OperationFailed, match=r"run-command cannot run jobs: kubectl apply: .*spec.tempate"):
        run(run_jobs_by_command, connection, udr, broken)
    with pytest.raises(CouldNotRun, match=r"run-command cannot run jobs: .*; the Kubernetes API refused the probes: .*unknown field"):
        ClusterRunner(connection, udr).run(broken, timeout=5)


def _put(sdk: Sdk, resource_id: str, body: dict[str, Any]) -> None:
    status, answer = sdk.send("PUT", f"{resource_id}?{VERSION}", body)
    assert status in (200, 201), answer
