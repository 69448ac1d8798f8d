"""One cluster as its API server sees it: its objects, and the controllers that act on them."""

from collections.abc import Callable, Sequence

from orchestrator.lab.kubernetes.admission import admit, admit_change
from orchestrator.lab.kubernetes.failures import not_allowed
from orchestrator.lab.kubernetes.jobs import Jobs
from orchestrator.lab.kubernetes.kinds import JOB, KINDS, NAMESPACE, NODE, POD, Kind
from orchestrator.lab.kubernetes.kubelet import Kubelet, RunInCluster
from orchestrator.lab.kubernetes.nodes import NodePlace, read_nodes, write_nodes
from orchestrator.lab.kubernetes.objects import Objects
from orchestrator.lab.kubernetes.pod_status import set_condition
from orchestrator.lab.kubernetes.proxy_variables import add_proxy_variables
from orchestrator.model.json_value import Json, JsonObject

_NAMESPACES = ("default", "kube-system", "kube-public", "kube-node-lease", "aks-command")
_ORPHANS = "Orphan"


class Cluster:
    """A cluster's Kubernetes. `body`: its ARM resource, as it is now; `run`: runs a command in it."""

    def __init__(self, body: JsonObject, run: RunInCluster) -> None:
        self.body = body
        self.run = run
        self.objects = Objects()
        self._places: tuple[NodePlace, ...] = ()
        self.kubelet = Kubelet(self.objects, run, lambda: self._places)
        self._jobs = Jobs(self.objects, lambda pod: self.create(POD, pod["metadata"]["namespace"], pod), self._end_pod)
        for name in _NAMESPACES:
            self.objects.create(NAMESPACE, admit(NAMESPACE, "", {"metadata": {"name": name}}))

    @property
    def version(self) -> str:
        """Its Kubernetes version."""
        return str(self.body["properties"]["currentKubernetesVersion"])

    def take_up(self, body: JsonObject, resources: Sequence[JsonObject]) -> None:
        """Become what the ARM resources say now; pods on machines that are gone are gone."""
        self.body = body
        self._places = read_nodes(body, resources)
        write_nodes(self.objects, body, self._places)
        names = {place.name for place in self._places}
        for pod in self.objects.list_of(POD):
            if pod["spec"].get("nodeName", "") not in names | {""}:
                self._end_pod(pod)

    def create(self, kind: Kind, namespace: str, asked: Json, *, dry_run: bool = False) -> JsonObject:
        """Make an object, and have it acted on. A service account, an owner and a name may be in what was asked."""
        body = admit(kind, namespace, asked)
        if kind is POD:
            add_proxy_variables(body, self.body)
        if dry_run:
            return body
        made = self.objects.create(kind, body)
        self._start(kind, made)
        return made

    def replace(self, kind: Kind, namespace: str, name: str, make: Callable[[JsonObject], Json], *, dry_run: bool = False) -> JsonObject:
        """Change an object; `make`: from its current state to what is asked for."""
        current = self.objects.get(kind, namespace, name)
        asked = make(current)
        body = admit_change(kind, asked, current)
        return body if dry_run else self.objects.replace(kind, body, asked["metadata"].get("resourceVersion"))

    def delete(self, kind: Kind, namespace: str, name: str, policy: str = "") -> JsonObject:
        """Remove an object, and what it owns unless the propagation policy is Orphan."""
        if "delete" not in kind.verbs:
            raise not_allowed(f"delete of {kind.plural}")
        body = self.objects.get(kind, namespace, name)
        if kind is NAMESPACE:
            self._empty(name)
        gone = self.objects.delete(kind, namespace, name)
        if kind is POD:
            self.kubelet.stop(body)
        if kind is JOB:
            self._jobs.stop(body, orphan=policy == _ORPHANS)
        return gone

    async def close(self) -> None:
        """End everything in it."""
        self.objects.close()
        await self._jobs.close()
        await self.kubelet.close()

    def _start(self, kind: Kind, body: JsonObject) -> None:
        if kind is POD:
            with self.objects.changing(POD, body) as changed:
                set_condition(changed, "PodScheduled", False)
            self.kubelet.start(changed)
        if kind is JOB:
            self._jobs.start(body)

    def _empty(self, namespace: str) -> None:
        for kind in (JOB, POD, *KINDS):
            if kind.namespaced and kind is not NODE:
                for body in self.objects.list_of(kind, namespace):
                    self.delete(kind, namespace, body["metadata"]["name"])

    def _end_pod(self, pod: JsonObject) -> None:
        metadata = pod["metadata"]
        if self.objects.find(POD, metadata["namespace"], metadata["name"]) is not None:
            self.delete(POD, metadata["namespace"], metadata["name"])
