"""Jobs through the Kubernetes API itself, with the kubeconfig that AKS gives: where run-command is disabled, or cannot run kubectl."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from http.client import HTTPException
from urllib.parse import quote, urlencode

from orchestrator.clients.connection import Connection
from orchestrator.clients.jobs import (
    JobOutcome,
    PodState,
    Report,
    advise,
    conclude,
    is_leftover,
    job_name,
    name_selector,
    namespace_of,
    run_selector,
    say_leftovers,
    stamp,
)
from orchestrator.clients.kubeconfig import ClusterAccess, read_cluster_access
from orchestrator.model.errors import OperationFailed
from orchestrator.model.json_value import JsonObject

_REQUEST_SECONDS = 30.0
_OUTPUT_LIMIT, _LIST_LIMIT = 512 * 1024, 64 * 1024 * 1024
_LOCAL_INTERVAL, _INTERVAL = 0.05, 2.0
_FORBIDDEN, _NOT_FOUND, _CONFLICT = 403, 404, 409
_REPORT_SECONDS = 10.0


class _Refused(Exception):
    """An answer of the API server that is no success."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def run_jobs_by_api(
    connection: Connection, cluster_id: str, namespace: JsonObject, manifests: Sequence[JsonObject], *, timeout: float, report: Report = lambda _: None
) -> list[JobOutcome]:
    """As `run_jobs_by_command`, over the Kubernetes API.

    ArmError where AKS gives no kubeconfig; OperationFailed where the API server is not reached, or refuses.
    """
    server = _ApiServer(read_cluster_access(connection, cluster_id), local=connection.is_local)
    try:
        server.ensure(f"/api/v1/namespaces/{namespace_of(manifests)}", "/api/v1/namespaces", namespace)
        path = f"/apis/batch/v1/namespaces/{namespace_of(manifests)}/jobs"
        say_leftovers(_remove_leftovers(server, path, manifests), report)
        try:
            for manifest in stamp(manifests, time.time()):
                server.create(path, manifest)
            pods = _wait(server, manifests, timeout, _LOCAL_INTERVAL if connection.is_local else _INTERVAL, report)
            return [_conclude(server, manifest, pods.get(job_name(manifest))) for manifest in manifests]
        finally:
            for manifest in manifests:
                server.delete(f"{path}/{job_name(manifest)}")
    except _Refused as refusal:
        raise OperationFailed(f"the Kubernetes API refused the probes: {advise(str(refusal))}") from refusal


class _ApiServer:
    """Requests to one API server."""

    def __init__(self, access: ClusterAccess, *, local: bool) -> None:
        self._access = access
        handlers: list[urllib.request.BaseHandler] = [urllib.request.HTTPSHandler(context=access.context)]
        if local:  # no proxy stands on the way to this machine
            handlers.append(urllib.request.ProxyHandler({}))
        self._opener = urllib.request.build_opener(*handlers)

    def create(self, path: str, body: JsonObject) -> None:
        """POST; what is there already is as good."""
        try:
            self.send("POST", path, body)
        except _Refused as refusal:
            if refusal.status != _CONFLICT:
                raise

    def ensure(self, path: str, collection: str, body: JsonObject) -> None:
        """What is at `path` already stays; else it is made. Who may do neither may still find it there: what is done in it next will tell."""
        try:
            self.send("GET", path)
        except _Refused:
            try:
                self.create(collection, body)
            except _Refused as refusal:
                if refusal.status != _FORBIDDEN:
                    raise

    def delete(self, path: str) -> None:
        """DELETE with what belongs to it; what is gone is as good."""
        try:
            self.send("DELETE", f"{path}?propagationPolicy=Background")
        except _Refused as refusal:
            if refusal.status != _NOT_FOUND:
                raise

    def read_all(self, path: str, **query: str) -> Sequence[JsonObject]:
        """The items of a collection."""
        return list(json.loads(self.send("GET", f"{path}?{urlencode(query)}", limit=_LIST_LIMIT))["items"])

    def send(self, method: str, path: str, body: JsonObject | None = None, *, limit: int = _OUTPUT_LIMIT) -> str:
        """One request; its answer's text, as far as the limit."""
        headers = {"Accept": "application/json", "Content-Type": "application/json"}
        if self._access.token is not None:
            headers["Authorization"] = f"Bearer {self._access.token}"
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._access.server + path, data, headers, method=method)  # noqa: S310 - the server is AKS's own word
        try:
            with self._opener.open(request, timeout=_REQUEST_SECONDS) as response:
                return str(response.read(limit).decode("utf-8", "replace"))
        except urllib.error.HTTPError as error:
            with error:
                raise _Refused(error.code, _message(error)) from error
        except (OSError, HTTPException, ValueError) as error:
            remedy = "Is this machine among the API server's authorized ranges, or, for a private cluster, in its network?"
            raise OperationFailed(f"the API server {self._access.server} cannot be reached ({error})", remedy) from error


def _message(error: urllib.error.HTTPError) -> str:
    text = error.read(4096).decode("utf-8", "replace")
    try:
        return f"HTTP {error.code}: {json.loads(text)['message']}"
    except (ValueError, KeyError, TypeError):
        return f"HTTP {error.code}: {' '.join(text.split())[:200]}"


def _remove_leftovers(server: _ApiServer, path: str, manifests: Sequence[JsonObject]) -> int:
    """Delete what an earlier run that was killed has left behind; how many."""
    left = [job_name(job) for job in server.read_all(path, labelSelector=name_selector(manifests)) if is_leftover(job, time.time())]
    for name in left:
        server.delete(f"{path}/{name}")
    return len(left)


def _wait(server: _ApiServer, manifests: Sequence[JsonObject], timeout: float, interval: float, report: Report) -> dict[str, PodState]:
    """The last state of each job's pod, when all are over or the time is."""
    path = f"/api/v1/namespaces/{namespace_of(manifests)}/pods"
    began = told = time.monotonic()
    end = began + timeout
    while True:
        found = server.read_all(path, labelSelector=run_selector(manifests))
        pods = {str(body["metadata"]["labels"].get("job-name")): _read_pod(body) for body in found}
        wanted = [pods.get(job_name(manifest)) for manifest in manifests]
        if all(pod is not None and pod.is_over for pod in wanted) or time.monotonic() > end:
            return pods
        if time.monotonic() - told >= _REPORT_SECONDS:
            told = time.monotonic()
            states = ", ".join(f"{job_name(manifest)} {_say_state(pods.get(job_name(manifest)))}" for manifest in manifests)
            report(f"the probes run in the cluster: {told - began:.0f} s, at most {timeout:.0f} s ({states})")
        time.sleep(interval)


def _say_state(pod: PodState | None) -> str:
    return "has no pod" if pod is None else f"is {pod.reason or pod.phase}"


def _read_pod(body: JsonObject) -> PodState:
    status = body.get("status") or {}
    containers = status.get("containerStatuses") or [{}]
    waiting = (containers[0].get("state") or {}).get("waiting") or {}
    unmet: JsonObject = next((condition for condition in status.get("conditions") or () if condition.get("status") == "False"), {})
    reason = waiting.get("reason") or status.get("reason") or ""
    message = waiting.get("message") or status.get("message") or unmet.get("message") or ""
    return PodState(str(body["metadata"]["name"]), str(status.get("phase")), str(reason), str(message))


def _conclude(server: _ApiServer, manifest: JsonObject, pod: PodState | None) -> JobOutcome:
    namespace = str(manifest["metadata"]["namespace"])
    if pod is None:
        selector = f"involvedObject.name={job_name(manifest)},reason=FailedCreate"
        events = server.read_all(f"/api/v1/namespaces/{namespace}/events", fieldSelector=selector)
        return conclude(None, "", absent="; ".join(str(event.get("message")) for event in events))
    try:
        output = server.send("GET", f"/api/v1/namespaces/{namespace}/pods/{quote(pod.name)}/log")
    except _Refused as refusal:
        return conclude(pod, "") if pod.phase != "Succeeded" else JobOutcome("", f"its output cannot be read: {refusal}")
    return conclude(pod, output)
