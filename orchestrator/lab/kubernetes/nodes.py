"""The nodes of a cluster as Kubernetes objects, from the cluster's ARM resource and the machines that the data plane has."""

import platform
from collections.abc import Sequence
from dataclasses import dataclass

from orchestrator.lab.dataplane.world import derive_world
from orchestrator.lab.kubernetes.kinds import NODE
from orchestrator.lab.kubernetes.objects import Objects, now
from orchestrator.model.json_value import JsonObject

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class NodePlace:
    """A machine: its number in the data plane, its name in Kubernetes, its pool, its address and that of its pods."""

    number: int
    name: str
    pool: JsonObject
    address: str
    pod_address: str


def read_nodes(cluster: JsonObject, resources: Sequence[JsonObject]) -> tuple[NodePlace, ...]:
    """The machines of a cluster, named as AKS names them: `aks-<pool>-<digits>-vmss000000`."""
    wanted = str(cluster["id"]).lower()
    pools = {str(pool["name"]): pool for pool in cluster["properties"]["agentPoolProfiles"]}
    scale_sets = _scale_sets(cluster, resources)
    found = []
    for machines in (c for vnet in derive_world(resources).vnets for c in vnet.clusters if c.id.lower() == wanted):
        for number, node in enumerate(machines.nodes):
            pool, _, index = node.name.rpartition("-")
            name = f"{scale_sets.get(pool, f'aks-{pool}-vmss')}{_base36(int(index)):0>6}"
            found.append(NodePlace(number, name, pools[pool], node.address, node.pod_address))
    return tuple(found)


def write_nodes(objects: Objects, cluster: JsonObject, places: Sequence[NodePlace]) -> None:
    """Make the Node objects be those of the machines."""
    wanted = {place.name: place for place in places}
    for body in objects.list_of(NODE):
        if body["metadata"]["name"] not in wanted:
            objects.delete(NODE, "", body["metadata"]["name"])
    for place in places:
        current = objects.find(NODE, "", place.name)
        if current is None:
            objects.create(NODE, _make_node(cluster, place))
        else:
            metadata = {**current["metadata"], "labels": _labels(cluster, place)}
            objects.replace(NODE, {**current, "metadata": metadata, "status": {**_status(cluster, place), "conditions": current["status"]["conditions"]}})


def _scale_sets(cluster: JsonObject, resources: Sequence[JsonObject]) -> dict[str, str]:
    scope = f"/resourcegroups/{cluster['properties']['nodeResourceGroup']}/".lower()
    sets = [body for body in resources if str(body["type"]).lower() == "microsoft.compute/virtualmachinescalesets" and scope in str(body["id"]).lower()]
    return {str((body.get("tags") or {}).get("aks-managed-poolName")): str(body["name"]) for body in sets}


def _base36(number: int) -> str:
    return (_base36(number // 36) if number >= 36 else "") + _DIGITS[number % 36]


def _make_node(cluster: JsonObject, place: NodePlace) -> JsonObject:
    ready = {"type": "Ready", "status": "True", "reason": "KubeletReady", "message": "kubelet is posting ready status", "lastTransitionTime": now()}
    status = {**_status(cluster, place), "conditions": [ready | {"lastHeartbeatTime": now()}]}
    return {"metadata": {"name": place.name, "labels": _labels(cluster, place), "annotations": {}}, "spec": {}, "status": status}


def _labels(cluster: JsonObject, place: NodePlace) -> dict[str, str]:
    pool = place.pool
    return {
        "kubernetes.io/hostname": place.name,
        "kubernetes.io/os": "linux",
        "kubernetes.io/arch": _architecture(),
        "node.kubernetes.io/instance-type": str(pool.get("vmSize")),
        "topology.kubernetes.io/region": str(cluster["location"]),
        "agentpool": str(pool["name"]),
        "kubernetes.azure.com/agentpool": str(pool["name"]),
        "kubernetes.azure.com/mode": str(pool.get("mode", "User")).lower(),
        "kubernetes.azure.com/cluster": str(cluster["properties"]["nodeResourceGroup"]),
        **(pool.get("nodeLabels") or {}),
    }


def _status(cluster: JsonObject, place: NodePlace) -> JsonObject:
    information = {
        "architecture": _architecture(),
        "operatingSystem": "linux",
        "osImage": "this machine, through the lab",
        "kernelVersion": platform.release(),
        "containerRuntimeVersion": "lab://1",
        "kubeletVersion": f"v{cluster['properties']['currentKubernetesVersion']}",
        "kubeProxyVersion": "",
        "bootID": "",
        "machineID": "",
        "systemUUID": "",
    }
    addresses = [{"type": "InternalIP", "address": place.address}, {"type": "Hostname", "address": place.name}]
    resources = {"cpu": "2", "memory": "8Gi", "pods": str(place.pool.get("maxPods", 110))}
    return {"addresses": addresses, "nodeInfo": information, "capacity": resources, "allocatable": resources}


def _architecture() -> str:
    return {"x86_64": "amd64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
