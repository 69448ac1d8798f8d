"""A lab of its own for each test process, in a temporary directory, and the real SDK clients on it."""

import json
import ssl
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from azure.identity import ClientSecretCredential
from azure.mgmt.resource.deployments import DeploymentsMgmtClient
from azure.mgmt.resource.resources import ResourceManagementClient

from orchestrator.lab import lifecycle
from orchestrator.lab.directory import SUBSCRIPTION_ID
from orchestrator.model.errors import OperationFailed
from orchestrator.model.targets import Target

GROUP = "rg-test"


@pytest.fixture(scope="session")
def lab_directory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    directory = tmp_path_factory.mktemp("lab") / ".lab"
    yield directory
    lifecycle.stop(directory)


@pytest.fixture
def own_directory(tmp_path: Path) -> Iterator[Path]:
    """The directory of a lab that one test starts, ends or kills."""
    directory = tmp_path / ".lab"
    yield directory
    with suppress(OperationFailed):
        lifecycle.stop(directory)


@pytest.fixture(scope="session")
def lab(lab_directory: Path) -> Target:
    return lifecycle.ensure_started(lab_directory)


class Sdk:
    """The clients of one target."""

    def __init__(self, target: Target) -> None:
        self.target = target
        verify = str(target.ca_path)
        self.credential = ClientSecretCredential(
            target.tenant_id, target.client_id, target.client_secret, authority=target.authority_url, disable_instance_discovery=True, connection_verify=verify
        )
        options: dict[str, Any] = {
            "base_url": target.arm_url,
            "credential_scopes": [f"{target.arm_url}/.default"],
            "connection_verify": verify,
        }
        self.resources = ResourceManagementClient(self.credential, SUBSCRIPTION_ID, **options)
        self.deployments = DeploymentsMgmtClient(self.credential, SUBSCRIPTION_ID, **options)

    def close(self) -> None:
        self.resources.close()
        self.deployments.close()
        self.credential.close()

    def get(self, resource_id: str, api_version: str = "2026-03-01") -> dict[str, Any]:
        """The raw body of a resource."""
        return self.send("GET", f"{resource_id}?api-version={api_version}")[1]

    def send(self, method: str, path: str, body: Any = None, *, token: str | None = None, **conditions: str) -> tuple[int, Any]:
        """One raw request; (status, body)."""
        context = ssl.create_default_context(cafile=str(self.target.ca_path))
        token = self.credential.get_token(f"{self.target.arm_url}/.default").token if token is None else token
        headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
            **{name.replace("_", "-"): value for name, value in conditions.items()},
        }
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.target.arm_url + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, context=context, timeout=20) as response:
                text = response.read()
                return response.status, json.loads(text) if text else None
        except urllib.error.HTTPError as error:
            with error:
                text = error.read()
                return error.code, json.loads(text) if text else None


@pytest.fixture(scope="session")
def sdk(lab: Target) -> Iterator[Sdk]:
    clients = Sdk(lab)
    yield clients
    clients.close()


@pytest.fixture
def group(sdk: Sdk, request: pytest.FixtureRequest) -> Iterator[str]:
    """An empty resource group of its own; its id."""
    name = f"rg-{abs(hash(request.node.nodeid)) % 10**10}"
    made = sdk.resources.resource_groups.create_or_update(name, {"location": "westeurope"})
    yield str(made.id)
    if sdk.resources.resource_groups.check_existence(name):
        sdk.resources.resource_groups.begin_delete(name).result()
