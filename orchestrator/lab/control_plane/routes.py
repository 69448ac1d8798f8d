"""Which handler answers which address: one literal table, matched without regard to case, the first match wins."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from orchestrator.lab.control_plane import discovery
from orchestrator.lab.control_plane.admin import Admin
from orchestrator.lab.control_plane.deployments import Deployments
from orchestrator.lab.control_plane.login import Login
from orchestrator.lab.control_plane.messages import Answer, Call
from orchestrator.lab.control_plane.operations import Operations
from orchestrator.lab.control_plane.resource_groups import ResourceGroups
from orchestrator.lab.control_plane.resources import Resources
from orchestrator.model.errors import ArmError

Handler = Callable[[Call], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Route:
    """An address: the methods it has, and what it demands. arm: an api-version is mandatory. open: no token is needed."""

    pattern: re.Pattern[str]
    handlers: dict[str, Handler]
    arm: bool = True
    open: bool = False


@dataclass(frozen=True, slots=True)
class Handlers:
    """All that answers."""

    login: Login
    groups: ResourceGroups
    resources: Resources
    deployments: Deployments
    operations: Operations
    admin: Admin


_SUBSCRIPTION = "/subscriptions/(?P<subscription>[^/]+)"
_GROUP = f"{_SUBSCRIPTION}/resourcegroups/(?P<group>[^/]+)"
_DEPLOYMENTS = r"(?P<scope>/subscriptions/[^/]+(?:/resourcegroups/[^/]+)?)(?:/providers/microsoft\.resources)?/deployments"
"""The operations of a deployment have an older address, without the provider, that the Python SDK still uses."""

_DEPLOYMENT = f"{_DEPLOYMENTS}/(?P<deployment>[^/]+)"
_TENANT = "/(?P<tenant>[^/]+)"


def make_routes(on: Handlers) -> tuple[Route, ...]:
    """The table."""
    deployments, groups, resources, admin = on.deployments, on.groups, on.resources, on.admin
    anything: dict[str, Handler] = dict.fromkeys(("GET", "HEAD", "PUT", "PATCH", "POST", "DELETE"), resources.handle)
    return (
        _route("/lab/health", {"GET": admin.health}, arm=False, open=True),
        _route("/lab/status", {"GET": admin.status}, arm=False),
        _route("/lab/pace", {"PUT": admin.pace}, arm=False),
        _route("/lab/command-output", {"PUT": admin.command_output}, arm=False),
        _route("/lab/firewall-log", {"GET": admin.firewall_log}, arm=False),
        _route("/lab/shutdown", {"POST": admin.shutdown}, arm=False),
        _route("/metadata/endpoints", {"GET": discovery.metadata_endpoints}, open=True),
        _route("/common/discovery/instance", {"GET": on.login.instance}, arm=False, open=True),
        _route(rf"{_TENANT}(?:/v2\.0)?/\.well-known/openid-configuration", {"GET": on.login.openid_configuration}, arm=False, open=True),
        _route(rf"{_TENANT}/oauth2(?:/v2\.0)?/token", {"POST": on.login.token}, arm=False, open=True),
        _route("/tenants", {"GET": discovery.list_tenants}),
        _route("/subscriptions", {"GET": discovery.list_subscriptions}),
        _route(_SUBSCRIPTION, {"GET": discovery.get_subscription}),
        _route(f"{_SUBSCRIPTION}/locations", {"GET": discovery.list_locations}),
        _route(f"{_SUBSCRIPTION}/providers", {"GET": discovery.list_providers}),
        _route(f"{_SUBSCRIPTION}/providers/(?P<namespace>[^/]+)", {"GET": discovery.get_provider}),
        _route(f"{_SUBSCRIPTION}/providers/(?P<namespace>[^/]+)/register", {"POST": discovery.get_provider}),
        _route(f"{_SUBSCRIPTION}/resources", {"GET": resources.list_in_subscription}),
        _route(f"{_SUBSCRIPTION}/resourcegroups", {"GET": groups.list}),
        _route(_GROUP, {"GET": groups.get, "HEAD": groups.head, "PUT": groups.put, "PATCH": groups.patch, "DELETE": groups.delete}),
        _route(f"{_GROUP}/resources", {"GET": resources.list_in_group}),
        _route(rf"{_SUBSCRIPTION}/providers/microsoft\.resources/whatIfResults/(?P<result>[^/]+)", {"GET": deployments.what_if_result}),
        _route(rf"{_SUBSCRIPTION}(?:/providers/[^/]+/locations/[^/]+)?/operations/(?P<operation>[^/]+)", {"GET": on.operations.status}),
        _route(rf"{_SUBSCRIPTION}(?:/providers/[^/]+/locations/[^/]+)?/operationresults/(?P<operation>[^/]+)", {"GET": on.operations.result}),
        _route(_DEPLOYMENTS, {"GET": deployments.list}),
        _route(_DEPLOYMENT, {"GET": deployments.get, "HEAD": deployments.head, "PUT": deployments.put, "DELETE": deployments.delete}),
        _route(f"{_DEPLOYMENT}/validate", {"POST": deployments.validate}),
        _route(f"{_DEPLOYMENT}/whatif", {"POST": deployments.what_if}),
        _route(f"{_DEPLOYMENT}/cancel", {"POST": deployments.cancel}),
        _route(f"{_DEPLOYMENT}/exporttemplate", {"POST": deployments.export_template}),
        _route(f"{_DEPLOYMENT}/operations", {"GET": deployments.operations}),
        _route(f"{_DEPLOYMENT}/operations/(?P<operation>[^/]+)", {"GET": deployments.operation}),
        _route(f"{_DEPLOYMENT}/operationstatuses/(?P<operation>[^/]+)", {"GET": deployments.status}),
        _route(r"(?P<scope>/subscriptions/[^/]+(?:/resourcegroups/[^/]+)?)/providers/.+/.+", anything),
    )


def find_route(routes: tuple[Route, ...], path: str) -> tuple[Route, dict[str, str]]:
    """The route of a path, and its parts; a 404 of ARM where there is none."""
    for route in routes:
        match = route.pattern.fullmatch(path)
        if match is not None:
            return route, match.groupdict()
    raise ArmError("InvalidResourcePath", f"No resource, and nothing else of the lab, has the address '{path}'.", status=404)


def _route(pattern: str, handlers: dict[str, Handler], *, arm: bool = True, open: bool = False) -> Route:  # noqa: A002 - Azure's docs say open, too
    return Route(re.compile(pattern, re.IGNORECASE), handlers, arm, open)
