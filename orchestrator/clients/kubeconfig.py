"""How to reach a cluster's Kubernetes API: the kubeconfig that AKS gives, read as far as it is needed. Its secrets are shown nowhere."""

import base64
import binascii
import ssl
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from orchestrator.clients.answers import whole_body
from orchestrator.clients.connection import Connection
from orchestrator.model.errors import OperationFailed
from orchestrator.model.json_value import JsonObject
from orchestrator.model.resource_id import parse_resource_id

AKS_SERVER_SCOPE = "6dae42f8-4368-4678-94ff-3960e28e3630/.default"
"""The audience of every AKS cluster that uses Microsoft Entra ID (learn.microsoft.com/azure/aks/kubelogin-authentication)."""


@dataclass(frozen=True, slots=True)
class ClusterAccess:
    """An API server, what to trust, and what to show it."""

    server: str
    context: ssl.SSLContext = field(repr=False)
    token: str | None = field(repr=False)


def read_cluster_access(connection: Connection, cluster_id: str) -> ClusterAccess:
    """Ask AKS for the user's kubeconfig. ArmError where it is refused; OperationFailed where it says nothing that we can use."""
    cluster = parse_resource_id(cluster_id)
    with connection.errors(f"read the credentials of the cluster {cluster.name}"):
        operations: Any = connection.containers.managed_clusters
        body: JsonObject = operations.list_cluster_user_credentials(cluster.resource_group or "", cluster.name, cls=whole_body)
    try:
        config: JsonObject = yaml.safe_load(base64.b64decode(body["kubeconfigs"][0]["value"]))
        target: JsonObject = config["clusters"][0]["cluster"]
        user: JsonObject = config["users"][0]["user"]
        context = ssl.create_default_context(cadata=base64.b64decode(target["certificate-authority-data"]).decode("ascii"))
        if user.get("client-certificate-data") and user.get("client-key-data"):
            _load_client_certificate(context, user)
        server = str(target["server"]).rstrip("/")
    except (KeyError, IndexError, TypeError, ValueError, binascii.Error, yaml.YAMLError, ssl.SSLError) as error:
        raise OperationFailed(f"the kubeconfig of the cluster {cluster.name} cannot be read ({type(error).__name__})") from error
    return ClusterAccess(server, context, _find_token(connection, user))


def _find_token(connection: Connection, user: JsonObject) -> str | None:
    """The kubeconfig's own, or one of Entra ID's where it names a program that would fetch one."""
    if user.get("token"):
        return str(user["token"])
    if user.get("exec") or user.get("auth-provider"):
        with connection.errors("log in to the cluster with Microsoft Entra ID"):
            return str(connection.credential.get_token(AKS_SERVER_SCOPE).token)
    return None


def _load_client_certificate(context: ssl.SSLContext, user: JsonObject) -> None:
    with tempfile.TemporaryDirectory() as folder:  # the ssl module reads certificates from files only; the folder is its owner's alone
        path = Path(folder) / "client.pem"
        path.touch(0o600)
        path.write_bytes(base64.b64decode(user["client-certificate-data"]) + b"\n" + base64.b64decode(user["client-key-data"]))
        context.load_cert_chain(path)
