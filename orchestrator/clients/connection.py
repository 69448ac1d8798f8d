"""A connection to Azure Resource Manager: credential, settings and the SDK's clients, made when first asked for.

This is the only place where the two targets differ: the lab is reached with a client secret and its own CA, Azure with what azure-identity finds.
"""

import logging
import os
import threading
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from orchestrator.clients.errors import azure_errors
from orchestrator.model.targets import Target, TargetKind

if TYPE_CHECKING:
    from azure.core.credentials import TokenCredential
    from azure.core.rest import HttpResponse
    from azure.mgmt.containerservice import ContainerServiceClient
    from azure.mgmt.resource.deployments import DeploymentsMgmtClient
    from azure.mgmt.resource.resources import ResourceManagementClient

for _name in ("azure", "msal"):
    logging.getLogger(_name).addHandler(logging.NullHandler())  # their warnings say again what our one message says

PIPELINE_VARIABLES = ("AZURESUBSCRIPTION_TENANT_ID", "AZURESUBSCRIPTION_CLIENT_ID", "AZURESUBSCRIPTION_SERVICE_CONNECTION_ID", "SYSTEM_ACCESSTOKEN")
"""What the AzureCLI task of Azure DevOps sets (the last by `env:`); with SYSTEM_OIDCREQUESTURI they log in without a secret."""


class Connection:
    """One target, logged in to when the first request is made. Its clients may be used by several threads."""

    def __init__(self, target: Target, environ: Mapping[str, str] = os.environ) -> None:
        self.target = target
        self._environ = environ

    @property
    def is_local(self) -> bool:
        """True where this is the lab."""
        return self.target.kind is TargetKind.LOCAL

    @property
    def polling_interval(self) -> float:
        """Seconds between two looks at a long-running operation where the server does not say."""
        return 0.05 if self.is_local else 5.0

    @cached_property
    def credential(self) -> "TokenCredential":
        """How we log in: the lab's secret, a pipeline's service connection, or DefaultAzureCredential's chain."""
        if self.is_local:
            return _lab_credential(self.target)
        if "SYSTEM_OIDCREQUESTURI" in self._environ and all(self._environ.get(name) for name in PIPELINE_VARIABLES):
            return _pipeline_credential(self._environ)
        from azure.identity import DefaultAzureCredential

        return DefaultAzureCredential(exclude_interactive_browser_credential=True)

    @cached_property
    def deployments(self) -> "DeploymentsMgmtClient":
        """The client of deployments and what-if."""
        from azure.mgmt.resource.deployments import DeploymentsMgmtClient

        return DeploymentsMgmtClient(self.credential, self.target.subscription_id, self.target.arm_url, **self._client_options)

    @cached_property
    def resources(self) -> "ResourceManagementClient":
        """The client of resource groups and generic resources."""
        from azure.mgmt.resource.resources import ResourceManagementClient

        return ResourceManagementClient(self.credential, self.target.subscription_id, self.target.arm_url, **self._client_options)

    @cached_property
    def containers(self) -> "ContainerServiceClient":
        """The client of AKS, for run-command."""
        from azure.mgmt.containerservice import ContainerServiceClient

        return ContainerServiceClient(self.credential, self.target.subscription_id, self.target.arm_url, **self._client_options)

    def load_containers_ahead(self) -> None:
        """Load the client of AKS in the background, while something else waits for the network: its import takes a noticeable time."""
        threading.Thread(target=lambda: self.containers, name="load").start()

    def errors(self, action: str) -> Any:
        """The context in which azure.core's exceptions become ours."""
        return azure_errors(action, self.target.arm_url)

    def get(self, path: str, api_version: str) -> "HttpResponse":
        """GET a path or next link of ARM, with the body as it comes; raises HttpResponseError where ARM refuses."""
        from azure.core.rest import HttpRequest

        url = path if path.startswith("https://") else f"{self.target.arm_url}{path}"
        if "api-version=" not in url:
            url += f"{'&' if '?' in url else '?'}api-version={api_version}"
        response: HttpResponse = self.deployments.send_request(HttpRequest("GET", url))
        response.raise_for_status()
        return response

    def close(self) -> None:
        """Close what was opened."""
        for name in ("deployments", "resources", "containers", "credential"):
            client = self.__dict__.pop(name, None)
            if hasattr(client, "close"):
                client.close()

    @cached_property
    def _client_options(self) -> dict[str, Any]:
        options: dict[str, Any] = {"polling_interval": self.polling_interval, "credential_scopes": [f"{self.target.arm_url}/.default"]}
        return options | (_lab_transport(self.target) if self.is_local else {})


def connect(target: Target, environ: Mapping[str, str] = os.environ) -> Connection:
    """A connection to a target; nothing is sent before the first request."""
    return Connection(target, environ)


def _lab_transport(target: Target) -> dict[str, Any]:
    """The lab's CA; no proxy variables of this machine on the way to loopback; and no long retries against a lab that is gone."""
    verify = str(target.ca_path) if target.ca_path is not None else True
    return {"connection_verify": verify, "use_env_settings": False, "retry_total": 2, "retry_backoff_factor": 0.1, "retry_backoff_max": 1}


def _lab_credential(target: Target) -> "TokenCredential":
    from azure.identity import ClientSecretCredential

    return ClientSecretCredential(
        target.tenant_id or "",
        target.client_id or "",
        target.client_secret or "",
        authority=target.authority_url,
        disable_instance_discovery=True,
        **_lab_transport(target),
    )


def _pipeline_credential(environ: Mapping[str, str]) -> "TokenCredential":
    from azure.identity import AzurePipelinesCredential

    tenant, client, connection, token = (environ[name] for name in PIPELINE_VARIABLES)
    return AzurePipelinesCredential(tenant_id=tenant, client_id=client, service_connection_id=connection, system_access_token=token)
