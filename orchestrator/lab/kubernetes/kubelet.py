"""Runs pods: places them on nodes, pulls their images over the node's network, and runs their commands as processes in the data plane.

A container whose pod names no command would run what its image says, which the lab does not have: it is Running without a process, and `exec` works in it.
All pods of a node share the node's one pod address; uids are not changed, since an ordinary user's namespace has one.
"""

import asyncio
import shlex
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Literal, Protocol

from orchestrator.lab.kubernetes.container_logs import ContainerLog
from orchestrator.lab.kubernetes.events import record_event
from orchestrator.lab.kubernetes.images import Image, parse_image, pull_script, read_pull
from orchestrator.lab.kubernetes.kinds import NODE, POD
from orchestrator.lab.kubernetes.nodes import NodePlace
from orchestrator.lab.kubernetes.objects import Objects, now
from orchestrator.lab.kubernetes.pod_status import running, set_condition, set_container, terminated, waiting
from orchestrator.lab.kubernetes.selectors import matches_labels
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import JsonObject

_FOREVER = 30 * 24 * 3600.0
_PULL_SECONDS = 120.0
_FIRST_DELAY, _LONGEST_DELAY = 10.0, 300.0
_PULL_ERRORS = ("ErrImagePull", "ImagePullBackOff")


class Finished(Protocol):
    """How a command ended."""

    @property
    def exit_code(self) -> int:
        """Its exit status."""
        ...

    @property
    def output(self) -> str:
        """What it printed."""
        ...


class RunInCluster(Protocol):
    """Runs a command on a node, in its network or in that of its pods."""

    def __call__(
        self,
        command: str,
        *,
        network: Literal["pod", "node"],
        seconds: float,
        node: int,
        environment: Mapping[str, str] | None = None,
        bare: bool = False,
        report: Callable[[str], None] | None = None,
    ) -> Awaitable[Finished]:
        """Run it to its end; an ArmError where there are no packets here."""
        ...


class Kubelet:
    """The scheduler and all kubelets of one cluster. `places`: the machines that there are."""

    def __init__(self, objects: Objects, run: RunInCluster, places: Callable[[], tuple[NodePlace, ...]]) -> None:
        self._objects = objects
        self._run = run
        self._places = places
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._logs: dict[tuple[str, str], ContainerLog] = {}
        self._images: set[tuple[str, str]] = set()
        self._pulling: defaultdict[tuple[str, str], asyncio.Lock] = defaultdict(asyncio.Lock)

    def start(self, pod: JsonObject) -> None:
        """Take a new pod on."""
        self._tasks[pod["metadata"]["uid"]] = asyncio.get_running_loop().create_task(self._live(pod))

    def stop(self, pod: JsonObject) -> None:
        """End a pod's processes; its output is forgotten."""
        uid = pod["metadata"]["uid"]
        task = self._tasks.pop(uid, None)
        if task is not None:
            task.cancel()
        for key in [key for key in self._logs if key[0] == uid]:
            self._logs.pop(key).close()

    def find_log(self, pod: JsonObject, container: str) -> ContainerLog | None:
        """What a container has printed; None where it has not begun."""
        return self._logs.get((pod["metadata"]["uid"], container))

    def find_place(self, pod: JsonObject) -> NodePlace | None:
        """The machine that a pod is on."""
        return next((place for place in self._places() if place.name == pod["spec"].get("nodeName")), None)

    async def close(self) -> None:
        """End everything."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _live(self, pod: JsonObject) -> None:
        place = await self._schedule(pod)
        with self._objects.changing(POD, pod) as changed:
            address = place.address if pod["spec"].get("hostNetwork") else place.pod_address
            changed["spec"]["nodeName"] = place.name
            addresses = {"hostIP": place.address, "hostIPs": [{"ip": place.address}], "podIP": address, "podIPs": [{"ip": address}], "startTime": now()}
            changed["status"] |= addresses
            for name in ("PodScheduled", "Initialized", "PodReadyToStartContainers"):
                set_condition(changed, name, True)
            for container in pod["spec"]["containers"]:
                set_container(changed, container["name"], waiting("ContainerCreating"))
        where = f"{pod['metadata']['namespace']}/{pod['metadata']['name']}"
        self._say(changed, "Scheduled", f"Successfully assigned {where} to {place.name}", source="default-scheduler")
        try:
            async with asyncio.timeout(pod["spec"].get("activeDeadlineSeconds")):
                await asyncio.gather(*(self._live_container(changed, container, place) for container in pod["spec"]["containers"]))
        except TimeoutError:
            self._exceed(changed)

    async def _schedule(self, pod: JsonObject) -> NodePlace:
        """The node with the fewest pods of those that fit; waits for one."""
        while True:
            selector = pod["spec"].get("nodeSelector") or {}
            nodes = {node["metadata"]["name"]: node for node in self._objects.list_of(NODE)}
            named = pod["spec"].get("nodeName")
            fitting = [p for p in self._places() if p.name in nodes and named in (None, p.name) and matches_labels(selector, nodes[p.name])]
            if fitting:
                load = [other["spec"].get("nodeName") for other in self._objects.list_of(POD)]
                return min(fitting, key=lambda place: load.count(place.name))
            message = f"0/{len(nodes)} nodes are available: {len(nodes)} node(s) didn't match Pod's node affinity/selector."
            with self._objects.changing(POD, pod) as changed:
                set_condition(changed, "PodScheduled", False, "Unschedulable", message)
            self._say(pod, "FailedScheduling", message, source="default-scheduler", warning=True)
            await asyncio.sleep(1)

    async def _live_container(self, pod: JsonObject, container: JsonObject, place: NodePlace) -> None:
        """One container's life: image, process, and again where the pod's restartPolicy says so."""
        await self._get_image(pod, container, place)
        await self._hold_back(pod, container)
        policy, delay, restarts = pod["spec"]["restartPolicy"], _FIRST_DELAY, 0
        while True:
            exit_code = await self._run_once(pod, container, place, restarted=restarts > 0)
            if policy == "Never" or (policy == "OnFailure" and exit_code == 0):
                return
            message = f"back-off {delay:.0f}s restarting failed container={container['name']} pod={pod['metadata']['name']}"
            if restarts:
                self._set(pod, container, waiting("CrashLoopBackOff", message))
                self._say(pod, "BackOff", f"Back-off restarting failed container {container['name']}", warning=True)
                await asyncio.sleep(delay)
                delay = min(delay * 2, _LONGEST_DELAY)
            restarts += 1

    async def _run_once(self, pod: JsonObject, container: JsonObject, place: NodePlace, *, restarted: bool) -> int:
        log = self._logs[pod["metadata"]["uid"], container["name"]] = ContainerLog()
        state = running()
        self._set(pod, container, state, restarted=restarted)
        self._say(pod, "Started", f"Started container {container['name']}")
        environment = _environment(pod, container, place)
        command = [_expand(str(part), environment) for part in (*container.get("command", ()), *container.get("args", ()))]
        if not command:
            await asyncio.Event().wait()
        run = partial(self._run, network="node" if pod["spec"].get("hostNetwork") else "pod", node=place.number, environment=environment)
        try:
            done = await run(f"exec {shlex.join(command)}", seconds=_FOREVER, bare=_drops_all(container), report=log.write)
            exit_code = done.exit_code
        except ArmError as error:
            log.write(f"{error.message}\n")
            exit_code = 128
        self._set(pod, container, terminated(exit_code if exit_code >= 0 else 128 - exit_code, state))
        log.close()
        return exit_code

    async def _get_image(self, pod: JsonObject, container: JsonObject, place: NodePlace) -> None:
        """Return when the node has the image; tries again ever more seldom, as kubelets do."""
        text, policy, delay = str(container["image"]), container["imagePullPolicy"], _FIRST_DELAY
        image = parse_image(text)
        if image is None:
            self._set(pod, container, waiting("InvalidImageName", f'Failed to apply default image tag "{text}": couldn\'t parse image name'))
            await asyncio.Event().wait()
            return
        while True:
            async with self._pulling[place.name, image.full]:
                if policy == "IfNotPresent" and (place.name, image.full) in self._images:
                    self._say(pod, "Pulled", f'Container image "{text}" already present on machine')
                    return
                if policy == "Never":
                    problem: str | None = f'Container image "{text}" is not present with pull policy of Never'
                else:
                    self._say(pod, "Pulling", f'Pulling image "{text}"')
                    problem = await self._pull(pod, container, image, place)
                if problem is None:
                    self._images.add((place.name, image.full))
                    self._say(pod, "Pulled", f'Successfully pulled image "{text}"')
                    return
            await self._wait_for_image(pod, container, problem, delay)
            delay = min(delay * 2, _LONGEST_DELAY)

    async def _pull(self, pod: JsonObject, container: JsonObject, image: Image, place: NodePlace) -> str | None:
        """None, or what is wrong with it. Where no packet moves at all, nothing is said of the image."""
        while True:
            try:
                done = await self._run(pull_script(image), network="node", seconds=_PULL_SECONDS, node=place.number)
            except ArmError as error:
                self._set(pod, container, waiting("CreateContainerError", error.message))
                self._say(pod, "Failed", f"Error: {error.message}", warning=True)
                await asyncio.sleep(_FIRST_DELAY)
            else:
                return read_pull(image, done.output)

    async def _wait_for_image(self, pod: JsonObject, container: JsonObject, problem: str, delay: float) -> None:
        text = container["image"]
        self._set(pod, container, waiting(_PULL_ERRORS[0], problem))
        self._say(pod, "Failed", f'Failed to pull image "{text}": {problem}', warning=True)
        self._say(pod, "Failed", "Error: ErrImagePull", warning=True)
        await asyncio.sleep(delay / 2)
        self._set(pod, container, waiting(_PULL_ERRORS[1], f'Back-off pulling image "{text}": ErrImagePull: {problem}'))
        self._say(pod, "BackOff", f'Back-off pulling image "{text}"')
        await asyncio.sleep(delay / 2)

    async def _hold_back(self, pod: JsonObject, container: JsonObject) -> None:
        """A container that must not be root, of an image that says nothing of a user, is not created."""
        security = {**(pod["spec"].get("securityContext") or {}), **(container.get("securityContext") or {})}
        if security.get("runAsNonRoot") and not security.get("runAsUser"):
            message = f'container has runAsNonRoot and image will run as root (pod: "{pod["metadata"]["name"]}", container: {container["name"]})'
            self._set(pod, container, waiting("CreateContainerConfigError", message))
            self._say(pod, "Failed", f"Error: {message}", warning=True)
            await asyncio.Event().wait()
        self._say(pod, "Created", f"Created container: {container['name']}")

    def _exceed(self, pod: JsonObject) -> None:
        for container in pod["spec"]["containers"]:
            self._set(pod, container, terminated(137, {}))
        with self._objects.changing(POD, pod) as changed:
            changed["status"] |= {"phase": "Failed", "reason": "DeadlineExceeded", "message": "Pod was active on the node longer than the specified deadline"}
        for container in pod["spec"]["containers"]:
            log = self.find_log(pod, container["name"])
            if log is not None:
                log.close()

    def _set(self, pod: JsonObject, container: JsonObject, state: JsonObject, *, restarted: bool = False) -> None:
        with self._objects.changing(POD, pod) as changed:
            set_container(changed, container["name"], state, restarted=restarted)

    def _say(self, pod: JsonObject, reason: str, message: str, *, source: str = "kubelet", warning: bool = False) -> None:
        if self._objects.find(POD, pod["metadata"]["namespace"], pod["metadata"]["name"]) is not None:
            record_event(self._objects, pod, reason, message, source=source, warning=warning)


def _drops_all(container: JsonObject) -> bool:
    capabilities = (container.get("securityContext") or {}).get("capabilities") or {}
    return "ALL" in (capabilities.get("drop") or ()) and not capabilities.get("add")


def _environment(pod: JsonObject, container: JsonObject, place: NodePlace) -> dict[str, str]:
    facts = {
        "metadata.name": pod["metadata"]["name"],
        "metadata.namespace": pod["metadata"]["namespace"],
        "metadata.uid": pod["metadata"]["uid"],
        "spec.nodeName": place.name,
        "spec.serviceAccountName": pod["spec"]["serviceAccountName"],
        "status.podIP": pod["status"].get("podIP", ""),
        "status.hostIP": place.address,
    }
    values: dict[str, str] = {}
    for variable in container.get("env") or ():
        source = variable.get("valueFrom")
        values[variable["name"]] = facts[source["fieldRef"]["fieldPath"]] if source else _expand(str(variable.get("value") or ""), values)
    return values


def _expand(text: str, values: Mapping[str, str]) -> str:
    """`$(NAME)` as Kubernetes expands it; `$$` is one `$` before a parenthesis."""
    for name, value in values.items():
        text = text.replace(f"$({name})", value)
    return text
