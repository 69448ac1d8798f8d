"""The API server over HTTP: reads a request, asks the cluster, writes the answer. Watches and logs are streams, exec is a WebSocket."""

import asyncio
import contextlib
import json
import logging
from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web

from orchestrator.lab.errors import UNFORESEEN
from orchestrator.lab.kubernetes.access import is_private
from orchestrator.lab.kubernetes.cluster import Cluster
from orchestrator.lab.kubernetes.clusters import Clusters
from orchestrator.lab.kubernetes.discovery import AGGREGATED, find_document, read_version
from orchestrator.lab.kubernetes.exec import handle_exec
from orchestrator.lab.kubernetes.failures import KubernetesFailure, bad_request, make_status, not_allowed, unauthorized
from orchestrator.lab.kubernetes.kinds import POD
from orchestrator.lab.kubernetes.patches import apply_patch
from orchestrator.lab.kubernetes.requests import Question, parse_question
from orchestrator.lab.kubernetes.selectors import Predicate, parse_selectors
from orchestrator.lab.kubernetes.tables import make_table, show_pod_status
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import Json, JsonObject

_LOG = logging.getLogger(__name__)
_HEALTH = ("/healthz", "/livez", "/readyz")
_NO_LOG_OPTIONS = ("previous", "timestamps", "sinceSeconds", "sinceTime", "limitBytes")
_BOOKMARK_END = {"k8s.io/initial-events-end": "true"}

Handler = Callable[[Cluster, Question, web.Request], Awaitable[web.StreamResponse]]


class KubernetesApi:
    """The handler of all requests to API servers."""

    def __init__(self, clusters: Clusters) -> None:
        self._clusters = clusters
        self._handlers: dict[tuple[str, str], Handler] = {
            ("GET", ""): self._get,
            ("POST", ""): self._create,
            ("PUT", ""): self._put,
            ("PATCH", ""): self._patch,
            ("DELETE", ""): self._delete,
            ("GET", "log"): self._log,
            ("GET", "exec"): handle_exec,
            ("POST", "exec"): handle_exec,
            ("GET", "status"): self._get,
        }

    def serves(self, request: web.Request) -> bool:
        """Whether a request is for a cluster of the lab."""
        return self._clusters.find(request.host, request.path) is not None

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer it; a Status object where it is refused."""
        try:
            return await self._dispatch(request)
        except KubernetesFailure as failure:
            return _answer(failure.to_json(), failure.status)
        except ArmError as error:
            return _answer(make_status("Failure", error.message, reason="ServiceUnavailable", code=503), 503)
        except UNFORESEEN as error:
            _LOG.exception("%s %s", request.method, request.path)
            message = f"the lab could not work with this request: {type(error).__name__}: {error}"
            return _answer(make_status("Failure", message, reason="InternalError", code=500), 500)

    async def _dispatch(self, request: web.Request) -> web.StreamResponse:
        found = self._clusters.find(request.host, request.path)
        if found is None:
            raise unauthorized()
        body, prefix, path = found
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        is_user = self._clusters.is_token(body, token.strip(), user=True)
        if kind.lower() != "bearer" or not (is_user or self._clusters.is_token(body, token.strip())):
            raise unauthorized()
        if prefix and is_private(body) and request.transport is not None:
            request.transport.abort()  # no answer: this machine is not in its network
            return web.Response()
        if path in _HEALTH:
            return web.Response(text="ok")
        cluster = await self._clusters.get(body)
        if path == "/version":
            return _answer(read_version(cluster.version))
        accept = request.headers.get("Accept", "")
        aggregated = "as=APIGroupDiscoveryList" in accept and "v=v2;" in accept
        document = find_document(path.rstrip("/"), aggregated=aggregated, prefix=prefix)
        if document is not None:
            return _answer(document, content_type=AGGREGATED if "items" in document else "application/json")
        question = parse_question(path, request.query, accept)
        if is_user:
            self._clusters.check_user(body, question, request.method)
        handler = self._handlers.get((request.method, question.subresource))
        if handler is None:
            raise not_allowed(f"{request.method} {path}")
        return await handler(cluster, question, request)

    # -- reading -----------------------------------------------------------------------------------------------------------------------------

    async def _get(self, cluster: Cluster, question: Question, request: web.Request) -> web.StreamResponse:
        matches = parse_selectors(question.query.get("labelSelector", ""), question.query.get("fieldSelector", ""))
        if question.is_set("watch"):
            return await _watch(cluster, question, request, matches)
        if question.name:
            body = cluster.objects.get(question.kind, question.namespace, question.name)
            return _answer(_table(cluster, question, [body]) if question.table else body)
        bodies = [body for body in cluster.objects.list_of(question.kind, question.namespace) if matches(body)]
        if question.table:
            return _answer(_table(cluster, question, bodies))
        version = {"resourceVersion": str(cluster.objects.version)}
        return _answer({"kind": f"{question.kind.name}List", "apiVersion": question.kind.api_version, "metadata": version, "items": bodies})

    async def _log(self, cluster: Cluster, question: Question, request: web.Request) -> web.StreamResponse:
        refused = [name for name in _NO_LOG_OPTIONS if question.query.get(name) not in (None, "", "false")]
        if refused:
            raise bad_request(f"the lab's logs have no {refused[0]}")
        pod = cluster.objects.get(POD, question.namespace, question.name)
        container = choose_container(pod, question.query.get("container", ""))
        lines = int(question.query["tailLines"]) if question.query.get("tailLines", "").isdigit() else None
        log = cluster.kubelet.find_log(pod, container)
        if log is None:
            raise bad_request(f'container "{container}" in pod "{question.name}" is waiting to start: {_why_waiting(pod)}')
        response = web.StreamResponse(headers={"Content-Type": "text/plain"})
        await response.prepare(request)
        with contextlib.suppress(ConnectionError):
            if question.is_set("follow"):
                async for text in log.follow(lines):
                    await response.write(text.encode())
            else:
                await response.write(log.tail(lines).encode())
        return response

    # -- writing -----------------------------------------------------------------------------------------------------------------------------

    async def _create(self, cluster: Cluster, question: Question, request: web.Request) -> web.StreamResponse:
        if question.name or "create" not in question.kind.verbs:
            raise not_allowed(f"create of {question.kind.plural}")
        made = cluster.create(question.kind, question.namespace, await _read(request), dry_run=question.dry_run)
        return _answer(_table(cluster, question, [made]) if question.table else made, 201)

    async def _put(self, cluster: Cluster, question: Question, request: web.Request) -> web.StreamResponse:
        asked = await _read(request)
        return self._change(cluster, question, lambda _: asked)

    async def _patch(self, cluster: Cluster, question: Question, request: web.Request) -> web.StreamResponse:
        patch = await _read(request)
        return self._change(cluster, question, lambda current: apply_patch(request.content_type, current, patch))

    def _change(self, cluster: Cluster, question: Question, make: Callable[[JsonObject], Json]) -> web.StreamResponse:
        if not question.name or "patch" not in question.kind.verbs:
            raise not_allowed(f"a change of {question.kind.plural}")
        return _answer(cluster.replace(question.kind, question.namespace, question.name, make, dry_run=question.dry_run))

    async def _delete(self, cluster: Cluster, question: Question, request: web.Request) -> web.StreamResponse:
        options = await _read(request) if request.can_read_body else {}
        policy = question.query.get("propagationPolicy") or (options or {}).get("propagationPolicy") or ""
        if question.name:
            if question.dry_run:
                return _answer(cluster.objects.get(question.kind, question.namespace, question.name))
            return _answer(cluster.delete(question.kind, question.namespace, question.name, policy))
        matches = parse_selectors(question.query.get("labelSelector", ""), question.query.get("fieldSelector", ""))
        for body in cluster.objects.list_of(question.kind, question.namespace):
            if matches(body):
                cluster.delete(question.kind, body["metadata"].get("namespace", ""), body["metadata"]["name"], policy)
        return _answer(make_status("Success"))


def choose_container(pod: JsonObject, name: str) -> str:
    """The container of that name, or the only one; a 400 where that is not clear."""
    names = [str(container["name"]) for container in pod["spec"]["containers"]]
    if not name and len(names) == 1:
        return names[0]
    if name in names:
        return name
    pod_name = pod["metadata"]["name"]
    if not name:
        raise bad_request(f"a container name must be specified for pod {pod_name}, choose one of: [{' '.join(names)}]")
    raise bad_request(f"container {name} is not valid for pod {pod_name}")


def _why_waiting(pod: JsonObject) -> str:
    shown = show_pod_status(pod)
    return "trying and failing to pull image" if shown in ("ErrImagePull", "ImagePullBackOff") else shown


def _table(cluster: Cluster, question: Question, bodies: Sequence[JsonObject]) -> JsonObject:
    return make_table(question.kind, bodies, str(cluster.objects.version), question.query.get("includeObject", "Metadata"))


async def _watch(cluster: Cluster, question: Question, request: web.Request, matches: Predicate) -> web.StreamResponse:
    """A line of JSON for each event, until the client goes, the time is up or the cluster ends."""
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    seconds = question.query.get("timeoutSeconds", "")

    def wanted(body: JsonObject) -> bool:
        metadata = body["metadata"]
        return question.namespace in ("", metadata.get("namespace", "")) and question.name in ("", metadata["name"]) and matches(body)

    async def write(event: str, body: JsonObject) -> None:
        shown = _table(cluster, question, [body]) if question.table and event != "BOOKMARK" else body
        await response.write(json.dumps({"type": event, "object": shown}).encode() + b"\n")

    since = question.query.get("resourceVersion", "")
    events = cluster.objects.watch(question.kind, since, wanted)
    with contextlib.suppress(ConnectionError, TimeoutError):
        async with asyncio.timeout(int(seconds) if seconds.isdigit() and int(seconds) else None):
            await response.prepare(request)
            if question.is_set("sendInitialEvents"):
                version = str(cluster.objects.version)
                for body in filter(wanted, cluster.objects.list_of(question.kind, question.namespace)):
                    await write("ADDED", body)
                metadata = {"resourceVersion": version, "annotations": _BOOKMARK_END}
                await write("BOOKMARK", {"kind": question.kind.name, "apiVersion": question.kind.api_version, "metadata": metadata})
                events = cluster.objects.watch(question.kind, version, wanted)
            try:
                async for event, body in events:
                    await write(event, body)
            except KubernetesFailure as failure:
                await write("ERROR", failure.to_json())
    return response


async def _read(request: web.Request) -> Json:
    if "protobuf" in request.content_type:
        raise KubernetesFailure(415, "UnsupportedMediaType", "the lab's API server speaks JSON")
    data = await request.read()
    try:
        return json.loads(data) if data else None
    except ValueError as error:
        raise bad_request(f"the body of the request is no JSON: {error}") from error


def _answer(body: JsonObject, status: int = 200, content_type: str = "application/json") -> web.Response:
    return web.Response(status=status, body=json.dumps(body).encode(), headers={"Content-Type": content_type})
