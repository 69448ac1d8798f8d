"""The HTTP side: every request is read, checked (token, api-version), handed to its handler, made durable, and only then answered."""

import json
import logging
import re
import sqlite3
import time
import uuid
from urllib.parse import parse_qsl

from aiohttp import web

from orchestrator.lab.control_plane.lenient_json import parse_json
from orchestrator.lab.control_plane.messages import Answer, Call
from orchestrator.lab.control_plane.routes import Route, find_route
from orchestrator.lab.directory import SUBSCRIPTION_ID, TENANT_ID
from orchestrator.lab.errors import UNFORESEEN, internal_error
from orchestrator.lab.kubernetes.api import KubernetesApi
from orchestrator.lab.request_log import RequestLog
from orchestrator.lab.state.world import World
from orchestrator.lab.tokens import check_token
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import Json

_LOG = logging.getLogger(__name__)
_LIMIT_BYTES = 16 * 1024 * 1024
_API_VERSION = re.compile(r"\d{4}-(?:0\d|1[0-2])-[0-3]\d(?:-[a-z]+)?", re.IGNORECASE)
_SCOPE = re.compile(r"/subscriptions/([^/]+)(?:/resourcegroups/([^/]+))?(?=/|\Z)", re.IGNORECASE)
_NO_COUNT = ("/lab/health", "/lab/status")


class Server:
    """Makes the aiohttp application. `kubernetes`: answers for the API servers of clusters; `requests`: where every other request is noted.

    `last_request`: when something was last asked for (what only looks does not count).
    """

    def __init__(self, world: World, secret: str, routes: tuple[Route, ...], kubernetes: KubernetesApi, requests: RequestLog) -> None:
        self._world = world
        self._secret = secret
        self._routes = routes
        self._kubernetes = kubernetes
        self._requests = requests
        self.last_request = time.monotonic()

    def make_application(self) -> web.Application:
        """The application: one handler for every address."""
        application = web.Application(client_max_size=_LIMIT_BYTES)
        application.router.add_route("*", "/{path:.*}", self._handle)
        return application

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        if self._kubernetes.serves(request):
            self.last_request = time.monotonic()
            return await self._kubernetes.handle(request)
        began = time.perf_counter()
        request_id = str(uuid.uuid4())
        correlation_id = request.headers.get("x-ms-correlation-request-id", request_id)
        if request.path not in _NO_COUNT:
            self.last_request = time.monotonic()
        answer = await self._answer(request, correlation_id)
        headers = {
            "x-ms-request-id": request_id,
            "x-ms-correlation-request-id": correlation_id,
            "x-ms-routing-request-id": f"LAB:{request_id}",
            **answer.headers,
        }
        if request.headers.get("x-ms-return-client-request-id", "").lower() == "true" and "x-ms-client-request-id" in request.headers:
            headers["x-ms-client-request-id"] = request.headers["x-ms-client-request-id"]
        milliseconds = (time.perf_counter() - began) * 1000
        _LOG.info("%s %s -> %d (%.0f ms)", request.method, request.path, answer.status, milliseconds)
        self._requests.append(request.method, request.path, answer.status, milliseconds)
        if answer.body is None:
            return web.Response(status=answer.status, headers=headers)
        return web.Response(status=answer.status, headers=headers, text=json.dumps(answer.body), content_type="application/json")

    async def _answer(self, request: web.Request, correlation_id: str) -> Answer:
        try:
            answer = await self._dispatch(request, correlation_id)
        except ArmError as error:
            answer = _error_answer(error, request)
        except web.HTTPRequestEntityTooLarge:
            answer = _error_answer(ArmError("RequestEntityTooLarge", f"The request is larger than {_LIMIT_BYTES} bytes.", status=413), request)
        except UNFORESEEN as error:
            _LOG.exception("%s %s", request.method, request.path)
            answer = _error_answer(internal_error(error), request)
        try:
            self._world.commit()
        except sqlite3.Error as error:
            _LOG.exception("%s %s was not stored", request.method, request.path)
            return _error_answer(ArmError("LabStorageFailed", f"The lab could not store this: {error}.", status=500), request)
        return answer

    async def _dispatch(self, request: web.Request, correlation_id: str) -> Answer:
        path = normal_path(self._world, request.path)
        route, parts = find_route(self._routes, path)
        if not route.open:
            self._check_authorization(request)
        query = {key: value for key, value in parse_qsl(request.query_string, keep_blank_values=True)}
        if route.arm:
            _check_api_version(query)
        handler = route.handlers.get(request.method)
        if handler is None:
            raise ArmError("MethodNotAllowed", f"{request.method} is not allowed on {path}.", status=405)
        conditions = request.headers.get("If-Match"), request.headers.get("If-None-Match")
        base = f"{request.scheme}://{request.host}"
        return await handler(Call(request.method, path, parts, query, await _read_body(request), base, correlation_id, *conditions))

    def _check_authorization(self, request: web.Request) -> None:
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer" or not token:
            raise ArmError("AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing.", status=401)
        problem = check_token(self._secret, token.strip())
        if problem is not None:
            raise ArmError("InvalidAuthenticationToken", problem, status=401)


def normal_path(world: World, path: str) -> str:
    """A path as ids are written: `/subscriptions/../resourceGroups/..`, with the group's name as it was first written."""
    path = re.sub(r"/providers/", "/providers/", re.sub(r"//+", "/", path).rstrip("/") or "/", flags=re.IGNORECASE)
    match = _SCOPE.match(path)
    if match is None:
        return path
    subscription = SUBSCRIPTION_ID if match[1].lower() == SUBSCRIPTION_ID else match[1]
    scope = f"/subscriptions/{subscription}"
    if match[2] is not None:
        scope += f"/resourceGroups/{match[2]}"
        group = world.find_group(scope)
        scope = scope if group is None else group["id"]
    return scope + path[match.end() :]


async def _read_body(request: web.Request) -> Json:
    data = await request.read()
    if request.content_type == "application/x-www-form-urlencoded":
        return dict(parse_qsl(data.decode("utf-8", "replace")))
    return parse_json(data)


def _check_api_version(query: dict[str, str]) -> None:
    version = query.get("api-version")
    if not version:
        raise ArmError("MissingApiVersionParameter", "The api-version query parameter (?api-version=) is required for all requests.")
    if not _API_VERSION.fullmatch(version):
        raise ArmError("InvalidApiVersionParameter", f"The api-version '{version}' is invalid. It is a date, as in '2025-04-01'.")


def _error_answer(error: ArmError, request: web.Request) -> Answer:
    headers = {"x-ms-failure-cause": "gateway"}
    if error.status == 401:
        root = f"{request.scheme}://{request.host}/{TENANT_ID}"
        headers["WWW-Authenticate"] = f'Bearer authorization_uri="{root}", error="invalid_token", error_description="{error.message}"'
    return Answer(error.status, None if request.method == "HEAD" else {"error": error.to_json()}, headers)
