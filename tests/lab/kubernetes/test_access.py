"""Who may do what in a cluster: role assignments with Azure RBAC; a private cluster's API server; and what run-command prints at most."""

import base64
import http.client
from typing import Any

import pytest

from orchestrator.clients.connection import Connection
from orchestrator.clients.kubernetes_jobs import run_jobs_by_api
from orchestrator.egress.probes.jobs import Place, make_job
from orchestrator.lab import lifecycle
from orchestrator.lab.directory import OBJECT_ID
from orchestrator.model.errors import OperationFailed
from tests.lab.conftest import Sdk
from tests.lab.test_cluster_refusals import Site
from tests.lab.test_network import put

CLUSTER_ADMIN = "/providers/Microsoft.Authorization/roleDefinitions/b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b"
NETWORK_CONTRIBUTOR = "/providers/Microsoft.Authorization/roleDefinitions/4d97b98b-1d4f-4787-a291-c67834d212e7"


def token_of(sdk: Sdk, cluster: str, who: str = "User") -> str:
    _, answer = sdk.send("POST", f"{cluster}/listCluster{who}Credential?api-version=2026-03-01")
    return base64.b64decode(answer["kubeconfigs"][0]["value"]).decode().split("token: ")[1].strip()


def path_of(cluster: str) -> str:
    group, _, name = cluster.partition("/resourceGroups/")[2].partition("/providers/Microsoft.ContainerService/managedClusters/")
    return f"/kubernetes/{group}/{name}"


def assign(sdk: Sdk, scope: str, role: str, principal: str) -> None:
    body = {"properties": {"principalId": principal, "roleDefinitionId": role, "principalType": "ServicePrincipal"}}
    put(sdk, f"{scope}/providers/Microsoft.Authorization/roleAssignments/22222222-0000-4000-8000-00000000000{len(scope) % 9}", body)


@pytest.mark.parametrize(
    ("role", "principal", "on_group", "status"),
    [
        (None, OBJECT_ID, False, 403),
        (NETWORK_CONTRIBUTOR, OBJECT_ID, False, 403),
        (CLUSTER_ADMIN, "00000000-0000-0000-0000-0000000000ff", False, 403),
        (CLUSTER_ADMIN, OBJECT_ID, False, 200),
        (CLUSTER_ADMIN, OBJECT_ID, True, 200),
    ],
)
def test_azure_rbac(sdk: Sdk, group: str, role: str | None, principal: str, on_group: bool, status: int) -> None:
    cluster = str(Site(sdk, group).cluster(aadProfile={"managed": True, "enableAzureRBAC": True})["id"])
    if role is not None:
        assign(sdk, group if on_group else cluster, role, principal)
    jobs = f"{path_of(cluster)}/apis/batch/v1/namespaces/default/jobs"
    code, answer = sdk.send("GET", jobs, token=token_of(sdk, cluster))
    assert code == status, answer
    if status == 403:
        assert (answer["reason"], answer["message"]) == (
            "Forbidden",
            f'jobs.batch is forbidden: User "{OBJECT_ID}" cannot list resource "jobs" in API group "batch" in the namespace "default": '
            "User does not have access to the resource in Azure. Update role assignment to allow access.",
        )
    assert sdk.send("GET", jobs, token=token_of(sdk, cluster, "Admin"))[0] == 200
    assert sdk.send("GET", f"{path_of(cluster)}/version", token=token_of(sdk, cluster))[0] == 200


def test_a_private_cluster_is_not_reached_from_here(sdk: Sdk, group: str, connection: Connection) -> None:
    cluster = str(Site(sdk, group).cluster(apiServerAccessProfile={"enablePrivateCluster": True})["id"])
    with pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
        sdk.send("GET", f"{path_of(cluster)}/version", token=token_of(sdk, cluster))
    job = make_job(Place(None, "pod"), "true", run_id="private", seconds=5)
    with pytest.raises(OperationFailed, match="cannot be reached") as failure:
        run_jobs_by_api(connection, cluster, job.namespace, [job.manifest], timeout=5)
    assert "for a private cluster, in its network" in str(failure.value.remedy)


@pytest.mark.packets
def test_what_run_command_prints_is_cut(sdk: Sdk, group: str, lab_directory: Any) -> None:
    if not lifecycle.status(lab_directory)["dataPlane"]["available"]:
        pytest.skip("no packets on this host")
    cluster = str(Site(sdk, group).cluster()["id"])
    run = f"{cluster}/runCommand?api-version=2026-03-01"
    lifecycle.cut_command_output(lab_directory, 5)
    try:
        _, answer = sdk.send("POST", run, {"command": "echo äöü and more"})
        assert answer["properties"]["logs"] == "äö"
    finally:
        lifecycle.cut_command_output(lab_directory, 512 * 1024)
    assert sdk.send("PUT", "/lab/command-output", {"bytes": 1 << 20})[0] == 400
    _, answer = sdk.send("POST", run, {"command": "head -c 600000 /dev/zero | tr '\\0' x"})
    assert len(answer["properties"]["logs"]) == 512 * 1024
