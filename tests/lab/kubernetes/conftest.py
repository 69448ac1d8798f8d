"""A cluster behind a firewall (the project's own udr), deployed once in the lab of the test process, and kubectl on it."""

import base64
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from orchestrator.clients.connection import Connection, connect
from orchestrator.lab import lifecycle
from orchestrator.model.targets import Target
from orchestrator.workflows import deploy
from tests.lab.conftest import Sdk

ROOT = Path(__file__).resolve().parents[3]
CLUSTER = "/subscriptions/00000000-0000-0000-0000-0000000001ab/resourceGroups/rg-aks-udr/providers/Microsoft.ContainerService/managedClusters/aks-udr"

Kubectl = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def udr(lab: Target, lab_directory: Path, sdk: Sdk) -> Iterator[str]:
    """The id of a cluster whose every packet passes a firewall."""
    if not lifecycle.status(lab_directory)["dataPlane"]["available"]:
        pytest.skip("this host has no user namespaces, or no curl")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        patch.setenv("AKS_LAB_DIR", str(lab_directory))
        for name in ("AZURE_SUBSCRIPTION_ID", "AZURE_AUTHORITY_HOST", "AZURE_RESOURCE_MANAGER_ENDPOINT"):
            patch.delenv(name, raising=False)
        assert deploy.run("udr", "local", verify=False) == 0
    yield CLUSTER
    sdk.resources.resource_groups.begin_delete("rg-aks-udr").result()


@pytest.fixture(scope="session")
def connection(lab: Target) -> Iterator[Connection]:
    opened = connect(lab, {})
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def kubeconfig(udr: str, sdk: Sdk, tmp_path_factory: pytest.TempPathFactory) -> Path:
    status, answer = sdk.send("POST", f"{udr}/listClusterUserCredential?api-version=2026-03-01")
    assert (status, [entry["name"] for entry in answer["kubeconfigs"]]) == (200, ["clusterUser"])
    path = tmp_path_factory.mktemp("kube") / "config"
    path.write_bytes(base64.b64decode(answer["kubeconfigs"][0]["value"]))
    return path


@pytest.fixture(scope="session")
def kubectl(kubeconfig: Path) -> Kubectl:
    program = shutil.which("kubectl")
    if program is None:
        pytest.skip("kubectl is not on PATH")
    environment = {"PATH": os.environ["PATH"], "HOME": str(kubeconfig.parent), "KUBECONFIG": str(kubeconfig)}

    def run(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run([program, *arguments], input=given, env=environment, capture_output=True, text=True, timeout=20, check=False)

    return run
