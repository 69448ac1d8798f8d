"""The Job controller: makes pods until enough have succeeded, or too many have failed, or the time is up."""

import asyncio
from collections.abc import Callable

from orchestrator.lab.kubernetes.events import record_event
from orchestrator.lab.kubernetes.kinds import JOB, POD
from orchestrator.lab.kubernetes.objects import Objects, now
from orchestrator.lab.kubernetes.pod_status import set_condition
from orchestrator.lab.state.world import copy_json
from orchestrator.model.json_value import JsonObject

_SOURCE = "job-controller"
_FIRST_DELAY, _LONGEST_DELAY = 10.0, 360.0


class Jobs:
    """All jobs of a cluster. `create` and `delete`: make and end a pod."""

    def __init__(self, objects: Objects, create: Callable[[JsonObject], JsonObject], delete: Callable[[JsonObject], None]) -> None:
        self._objects = objects
        self._create = create
        self._delete = delete
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def start(self, job: JsonObject) -> None:
        """Take a new job on."""
        self._tasks[job["metadata"]["uid"]] = asyncio.get_running_loop().create_task(self._live(job))

    def stop(self, job: JsonObject, *, orphan: bool = False) -> None:
        """Let go of a job that is deleted, and of its pods."""
        task = self._tasks.pop(job["metadata"]["uid"], None)
        if task is not None and task is not asyncio.current_task():
            task.cancel()
        if not orphan:
            for pod in self._pods(job):
                self._delete(pod)

    async def close(self) -> None:
        """End everything."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _live(self, job: JsonObject) -> None:
        with self._objects.changing(JOB, job) as changed:
            changed["status"]["startTime"] = now()
        try:
            async with asyncio.timeout(job["spec"].get("activeDeadlineSeconds")):
                await self._work(job)
        except TimeoutError:
            self._fail(job, "DeadlineExceeded", "Job was active longer than specified deadline")
        lifetime = job["spec"].get("ttlSecondsAfterFinished")
        if lifetime is not None:
            await asyncio.sleep(lifetime)
            metadata = job["metadata"]
            if self._objects.find(JOB, metadata["namespace"], metadata["name"]) is not None:
                self._objects.delete(JOB, metadata["namespace"], metadata["name"])
                self.stop(job)

    async def _work(self, job: JsonObject) -> None:
        """Until it is complete, or has failed."""
        uid, failures = job["metadata"]["uid"], 0
        changes = self._objects.watch(POD, str(self._objects.version), lambda pod: _owner(pod) == uid)
        self._fill(job)
        async for _ in changes:
            phases = [pod["status"]["phase"] for pod in self._pods(job)]
            succeeded, failed = phases.count("Succeeded"), phases.count("Failed")
            if succeeded >= job["spec"]["completions"]:
                self._complete(job)
                return
            if failed > job["spec"]["backoffLimit"]:
                self._fail(job, "BackoffLimitExceeded", "Job has reached the specified backoff limit")
                return
            if failed > failures:
                await asyncio.sleep(min(_FIRST_DELAY * 2**failures, _LONGEST_DELAY))
                failures = failed
            self._fill(job)

    def _fill(self, job: JsonObject) -> None:
        """As many pods as may run at once and are still needed; and the counts."""
        phases = [pod["status"]["phase"] for pod in self._pods(job)]
        succeeded = phases.count("Succeeded")
        active = len(phases) - succeeded - phases.count("Failed")
        for _ in range(min(job["spec"]["parallelism"], job["spec"]["completions"] - succeeded) - active):
            pod = self._create(_make_pod(job))
            record_event(self._objects, job, "SuccessfulCreate", f"Created pod: {pod['metadata']['name']}", source=_SOURCE)
        self._count(job)

    def _count(self, job: JsonObject) -> None:
        pods = self._pods(job)
        phases = [pod["status"]["phase"] for pod in pods]
        ready = sum(all(status["ready"] for status in pod["status"].get("containerStatuses") or [{"ready": False}]) for pod in pods)
        counts = {"succeeded": phases.count("Succeeded"), "failed": phases.count("Failed")}
        counts["active"] = len(phases) - sum(counts.values())
        with self._objects.changing(JOB, job) as changed:
            kept = {key: value for key, value in changed["status"].items() if key not in (*counts, "ready", "terminating")}
            changed["status"] = {**kept, **{key: value for key, value in counts.items() if value}, "ready": ready, "terminating": 0}

    def _complete(self, job: JsonObject) -> None:
        self._count(job)
        with self._objects.changing(JOB, job) as changed:
            changed["status"]["completionTime"] = now()
            for name in ("SuccessCriteriaMet", "Complete"):
                set_condition(changed, name, True, "CompletionsReached", "Reached expected number of succeeded pods")
        record_event(self._objects, job, "Completed", "Job completed", source=_SOURCE)

    def _fail(self, job: JsonObject, reason: str, message: str) -> None:
        for pod in self._pods(job):
            if pod["status"]["phase"] not in ("Succeeded", "Failed"):
                self._delete(pod)
        self._count(job)
        with self._objects.changing(JOB, job) as changed:
            for name in ("FailureTarget", "Failed"):
                set_condition(changed, name, True, reason, message)
        record_event(self._objects, job, reason, message, source=_SOURCE, warning=True)

    def _pods(self, job: JsonObject) -> list[JsonObject]:
        uid = job["metadata"]["uid"]
        return [pod for pod in self._objects.list_of(POD, job["metadata"]["namespace"]) if _owner(pod) == uid]


def _owner(body: JsonObject) -> str:
    return next((str(owner["uid"]) for owner in body["metadata"].get("ownerReferences") or () if owner.get("controller")), "")


def _make_pod(job: JsonObject) -> JsonObject:
    metadata, template = job["metadata"], copy_json(job["spec"]["template"])
    labels = {**(template.get("metadata", {}).get("labels") or {}), "batch.kubernetes.io/controller-uid": metadata["uid"], "controller-uid": metadata["uid"]}
    owner = {"apiVersion": "batch/v1", "kind": "Job", "name": metadata["name"], "uid": metadata["uid"], "controller": True, "blockOwnerDeletion": True}
    made = {**template.get("metadata", {}), "generateName": f"{metadata['name']}-", "labels": labels, "ownerReferences": [owner]}
    return {"metadata": {**made, "namespace": metadata["namespace"]}, "spec": template["spec"]}
