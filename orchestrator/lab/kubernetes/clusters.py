"""All clusters of the lab that are asked for, found by address; their tokens and kubeconfigs.

A token is derived from the lab's secret and the cluster's own id, so that it survives a restart, is good for one cluster alone, and is not stored.
"""

import base64
import hashlib
import hmac
import re
from functools import partial
from pathlib import Path

import yaml

from orchestrator.lab.data_plane_link import DataPlaneLink
from orchestrator.lab.kubernetes.access import check_access, has_azure_rbac
from orchestrator.lab.kubernetes.cluster import Cluster
from orchestrator.lab.kubernetes.requests import Question
from orchestrator.lab.resource_manager import ResourceManager
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import JsonObject
from orchestrator.model.resource_id import parse_resource_id

_CLUSTERS = "Microsoft.ContainerService/managedClusters"
_ASSIGNMENTS = "Microsoft.Authorization/roleAssignments"
_API_SERVERS = ".azmk8s.io"
_PREFIX = re.compile(r"(?P<prefix>/kubernetes/(?P<group>[^/]+)/(?P<name>[^/]+))(?P<path>/.*)?")


class Clusters:
    """The Kubernetes of every cluster. `certificate`: of the authority that clients of this server trust."""

    def __init__(self, manager: ResourceManager, link: DataPlaneLink, secret: str, certificate: Path) -> None:
        self._manager = manager
        self._link = link
        self._secret = secret
        self._certificate = certificate
        self._clusters: dict[str, Cluster] = {}
        self._version = -1

    def find(self, host: str, path: str) -> tuple[JsonObject, str, str] | None:
        """The ARM body of the cluster that a request is for, the prefix of its paths and the path behind it; None where it is for none."""
        name = host.partition(":")[0].lower()
        if not (name.endswith(_API_SERVERS) or path.startswith("/kubernetes/")):
            return None
        bodies = self._manager.world.of_type(_CLUSTERS)
        for body in bodies:
            if name in (str(body["properties"].get(key)).lower() for key in ("fqdn", "privateFQDN")):
                return body, "", path
        match = _PREFIX.fullmatch(path)
        if match is None:
            return None
        for body in bodies:
            parsed = parse_resource_id(body["id"])
            if (str(parsed.resource_group).lower(), parsed.name.lower()) == (match["group"].lower(), match["name"].lower()):
                return body, match["prefix"], match["path"] or "/"
        return None

    async def get(self, body: JsonObject) -> Cluster:
        """The running Kubernetes of a cluster, in step with the lab's resources; those of clusters that are gone end."""
        if self._version != self._manager.world.version:
            self._version = self._manager.world.version
            await self._drop_gone()
            for cluster in self._clusters.values():
                cluster.take_up(self._current(cluster.body), self._manager.all_bodies())
        uid = str(body["properties"]["resourceUID"])
        if uid not in self._clusters:
            cluster = self._clusters[uid] = Cluster(body, partial(self._link.run, str(body["id"])))
            cluster.take_up(body, self._manager.all_bodies())
        return self._clusters[uid]

    def make_token(self, body: JsonObject, *, user: bool = False) -> str:
        """The bearer token of a cluster's administrator, or of its user."""
        key = hmac.digest(self._secret.encode(), b"lab kubernetes user" if user else b"lab kubernetes token", hashlib.sha256)
        return hmac.digest(key, str(body["properties"]["resourceUID"]).encode(), hashlib.sha256).hex()

    def is_token(self, body: JsonObject, token: str, *, user: bool = False) -> bool:
        """Whether a token is this cluster's, of its administrator or its user."""
        return hmac.compare_digest(self.make_token(body, user=user), token)

    def check_user(self, body: JsonObject, question: Question, method: str) -> None:
        """A 403 where the user of the cluster may not do that."""
        if has_azure_rbac(body):
            check_access(body, self._manager.world.of_type(_ASSIGNMENTS), question, method)

    def list_credentials(self, body: JsonObject, base: str, *, admin: bool) -> JsonObject:
        """What listClusterUserCredential and listClusterAdminCredential answer. base: scheme and host, as the client spelled them."""
        if admin and body["properties"].get("disableLocalAccounts"):
            message = "Getting static credential is not allowed because this cluster is set to disable local accounts."
            raise ArmError("BadRequest", message)
        parsed = parse_resource_id(body["id"])
        user = f"cluster{'Admin' if admin else 'User'}_{parsed.resource_group}_{parsed.name}"
        config = self._make_kubeconfig(body, f"{base}/kubernetes/{parsed.resource_group}/{parsed.name}", user, admin=admin)
        return {"kubeconfigs": [{"name": "clusterAdmin" if admin else "clusterUser", "value": base64.b64encode(config.encode()).decode()}]}

    async def close(self) -> None:
        """End all of them."""
        for cluster in self._clusters.values():
            await cluster.close()
        self._clusters.clear()

    def _make_kubeconfig(self, body: JsonObject, server: str, user: str, *, admin: bool) -> str:
        name = str(body["name"])
        context = f"{name}-admin" if admin else name
        authority = base64.b64encode(self._certificate.read_bytes()).decode()
        config = {
            "apiVersion": "v1",
            "kind": "Config",
            "clusters": [{"name": name, "cluster": {"certificate-authority-data": authority, "server": server}}],
            "contexts": [{"name": context, "context": {"cluster": name, "user": user}}],
            "current-context": context,
            "preferences": {},
            "users": [{"name": user, "user": {"token": self.make_token(body, user=not admin)}}],
        }
        return yaml.safe_dump(config, sort_keys=False)

    def _current(self, body: JsonObject) -> JsonObject:
        return self._manager.world.find(body["id"]) or body

    async def _drop_gone(self) -> None:
        living = {body["properties"]["resourceUID"] for body in self._manager.world.of_type(_CLUSTERS)}
        for uid in [uid for uid in self._clusters if uid not in living]:
            await self._clusters.pop(uid).close()
