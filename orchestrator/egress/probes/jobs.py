"""The Kubernetes Job that carries a probe script: where it runs, and what it may not do there. Pure: manifests as JSON.

Where: one job for each node pool and network. A pod of its own network leaves as workloads do; one on the host network as kubelet and container runtime do,
which pull images and join nodes. The image must come from a registry that nodes need anyway: mcr.microsoft.com, never Docker Hub. azurelinux/base/core will not
do: it trusts Microsoft's certificates alone (microsoft/azurelinux#2298, #3563); base/nodejs has bash, curl and ca-certificates on top of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from orchestrator.egress.network.clusters import AGENT_POOL
from orchestrator.model.json_value import JsonObject
from orchestrator.model.resources import Resource, Snapshot

PROBE_IMAGE = "mcr.microsoft.com/azurelinux/base/nodejs:24"
NAMESPACE = "egress-probes"
RUN_LABEL = "egress-probes/run"
_KEPT_SECONDS = 120
_START_SECONDS = 120.0
"""How long a pod may take to be placed, and its image to be pulled."""

_NOBODY = 65532


@dataclass(frozen=True, slots=True)
class Place:
    """Where probes run: a node pool (None: any node), and in a pod's own network or the node's."""

    pool: str | None
    network: Literal["pod", "node"]

    def __str__(self) -> str:
        return f"{self.network}s" if self.pool is None else f"{self.network}s of {self.pool}"


@dataclass(frozen=True, slots=True)
class Job:
    """A job as it is submitted. `command`: the script that `manifest` has in it; `namespace`: the manifest of the namespace that it is in."""

    name: str
    place: Place
    command: str
    namespace: JsonObject
    manifest: JsonObject


def plan_places(snapshot: Snapshot, cluster_id: str) -> tuple[Place, ...]:
    """Both networks of every pool with Linux nodes; of any node where the resources say nothing of pools."""
    cluster = snapshot.find(cluster_id)
    pools = _pools(snapshot, cluster) if cluster is not None else ()
    names = [name for name, pool in pools if _why_not(pool) is None]
    return tuple(Place(name, network) for name in (dict.fromkeys(names) if names else (None,)) for network in _NETWORKS)


def list_unprobed(snapshot: Snapshot, cluster_id: str) -> tuple[str, ...]:
    """The pools that no probe runs in, each with the reason: `win1 (Windows)`."""
    cluster = snapshot.find(cluster_id)
    pools = dict(_pools(snapshot, cluster)) if cluster is not None else {}
    return tuple(f"{name} ({reason})" for name, pool in pools.items() if (reason := _why_not(pool)) is not None)


def _why_not(pool: JsonObject) -> str | None:
    if pool.get("osType") == "Windows":
        return "Windows"
    return "no nodes" if pool.get("count") == 0 else None


def _pools(snapshot: Snapshot, cluster: Resource) -> Iterator[tuple[str, JsonObject]]:
    """Names and properties of the pools in a cluster's body, and of those that are resources of their own."""
    for pool in cluster.properties.get("agentPoolProfiles") or ():
        if isinstance(pool, dict) and pool.get("name"):
            yield str(pool["name"]), pool
    for resource in snapshot.of_type(AGENT_POOL):
        if resource.id.lower().startswith(f"{cluster.id.lower()}/"):
            yield resource.id.rsplit("/", 1)[-1], resource.properties


_NETWORKS: tuple[Literal["pod", "node"], ...] = ("pod", "node")


def make_job(place: Place, command: str, *, run_id: str, seconds: float, image: str = PROBE_IMAGE) -> Job:
    """The job of one place. run_id: what tells this run's objects from others'; seconds: the longest that the script takes."""
    name = "-".join(filter(None, ("egress", run_id, place.pool, place.network)))
    labels = {RUN_LABEL: run_id, "app.kubernetes.io/name": "egress-probes"}
    spec = {
        "backoffLimit": 0,
        "activeDeadlineSeconds": round(seconds + _START_SECONDS),
        "ttlSecondsAfterFinished": _KEPT_SECONDS,
        "template": {"metadata": {"labels": labels}, "spec": _pod_spec(place, command, image)},
    }
    manifest = {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": name, "namespace": NAMESPACE, "labels": labels}, "spec": spec}
    return Job(name, place, command, _namespace(), manifest)


def job_seconds(script_seconds: float) -> float:
    """How long to wait for a job whose script takes so long at most."""
    return script_seconds + _START_SECONDS


def _namespace() -> JsonObject:
    """Pods on the host network need a namespace that admits them."""
    labels = {"app.kubernetes.io/name": "egress-probes", "pod-security.kubernetes.io/enforce": "privileged"}
    return {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NAMESPACE, "labels": labels}}


def _pod_spec(place: Place, command: str, image: str) -> JsonObject:
    selector: JsonObject = {"kubernetes.io/os": "linux"}
    if place.pool is not None:
        selector["kubernetes.azure.com/agentpool"] = place.pool
    spec: JsonObject = {
        "restartPolicy": "Never",
        "automountServiceAccountToken": False,
        "enableServiceLinks": False,
        "terminationGracePeriodSeconds": 1,
        "nodeSelector": selector,
        "tolerations": [{"operator": "Exists"}],
        "securityContext": {"runAsNonRoot": True, "runAsUser": _NOBODY, "runAsGroup": _NOBODY, "seccompProfile": {"type": "RuntimeDefault"}},
        "containers": [_container(command, image)],
        "volumes": [{"name": "tmp", "emptyDir": {"sizeLimit": "64Mi"}}],
    }
    return spec | ({"hostNetwork": True, "dnsPolicy": "Default"} if place.network == "node" else {})


def _container(command: str, image: str) -> JsonObject:
    resources = {"cpu": "100m", "memory": "64Mi"}
    return {
        "name": "probe",
        "image": image,
        "imagePullPolicy": "IfNotPresent",
        "command": ["sh", "-c", command],
        "securityContext": {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]}},
        "resources": {"requests": resources, "limits": {"memory": "1Gi"}},
        "volumeMounts": [{"name": "tmp", "mountPath": "/tmp"}],  # noqa: S108 - of the pod
    }
