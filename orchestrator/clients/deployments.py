"""Deployments of a resource group: start one, follow it resource by resource (nested ones too), cancel it."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from orchestrator.clients.connection import Connection
from orchestrator.clients.durations import parse_duration
from orchestrator.clients.template_request import TemplateRequest, deployment_body
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import JsonObject
from orchestrator.model.resource_id import ResourceId, parse_resource_id

Progress = Callable[[str, str, float | None, str], None]
"""Called with a resource (`Namespace/type/name`), its state, the seconds it took so far, and a detail where it failed."""

API_VERSION = "2025-04-01"
"""Of GET deployments and their operations."""

FINAL_STATES = frozenset({"Succeeded", "Failed", "Canceled"})


@dataclass(frozen=True, slots=True)
class DeploymentResult:
    """A deployment that succeeded. `outputs`: name -> {"type", "value"}, secure ones without a value."""

    name: str
    outputs: JsonObject
    seconds: float | None
    output_resources: tuple[str, ...]


def start_deployment(connection: Connection, request: TemplateRequest) -> None:
    """Ask ARM to deploy; returns when ARM has accepted it. ArmError where it refuses."""
    with connection.errors("start the deployment"):
        connection.deployments.deployments.begin_create_or_update(request.resource_group, request.name, deployment_body(request), polling=False)


def follow_deployment(connection: Connection, resource_group: str, name: str, on_progress: Progress) -> DeploymentResult:
    """Wait for the end, telling each change of a resource's state. ArmError, with its leaves, where it failed or was cancelled."""
    path = f"/subscriptions/{connection.target.subscription_id}/resourceGroups/{resource_group}/providers/Microsoft.Resources/deployments/{name}"
    with connection.errors("follow the deployment"):
        properties = _Follower(connection, path, on_progress).run()
    if properties.get("provisioningState") != "Succeeded":
        raise _failure(name, properties)
    resources = tuple(str(entry["id"]) for entry in properties.get("outputResources") or () if entry.get("id"))
    return DeploymentResult(name, properties.get("outputs") or {}, parse_duration(properties.get("duration")), resources)


def cancel_deployment(connection: Connection, resource_group: str, name: str) -> bool:
    """Ask ARM to cancel; False where it is not running any more."""
    try:
        with connection.errors("cancel the deployment"):
            connection.deployments.deployments.cancel(resource_group, name)
    except ArmError as error:
        if error.status in (404, 409):
            return False
        raise
    return True


@dataclass
class _Follower:
    """Asks for JSON as it comes: a poll of a deployment with many modules costs little."""

    connection: Connection
    path: str
    on_progress: Progress
    told: dict[str, str] = field(default_factory=dict)
    finished: set[str] = field(default_factory=set)

    def run(self) -> JsonObject:
        """Look until the deployment's state is final; returns its properties."""
        pauses = _pauses(self.connection.polling_interval)
        while True:
            properties: JsonObject = self.connection.get(self.path, API_VERSION).json()["properties"]
            self._look(self.path)
            if properties.get("provisioningState") in FINAL_STATES:
                return properties
            time.sleep(next(pauses))

    def _look(self, path: str) -> None:
        link: str | None = f"{path}/operations"
        while link:
            page: JsonObject = self.connection.get(link, API_VERSION).json()
            for operation in page.get("value") or ():
                properties: JsonObject = operation.get("properties") or {}
                target_id = (properties.get("targetResource") or {}).get("id")
                if target_id and properties.get("provisioningOperation") != "Read":
                    self._tell(parse_resource_id(target_id), properties)
            link = page.get("nextLink")

    def _tell(self, target: ResourceId, properties: JsonObject) -> None:
        state = str(properties.get("provisioningState") or "")
        if target.key not in self.finished and target.type.lower() == "microsoft.resources/deployments":
            self._look(str(target))
        if state in FINAL_STATES:
            self.finished.add(target.key)
        if self.told.get(target.key) != state:
            self.told[target.key] = state
            self.on_progress(f"{target.type}/{target.full_name}", state, parse_duration(properties.get("duration")), _detail(state, properties))


def _pauses(interval: float) -> Iterator[float]:
    """Short at first, so that a quick deployment ends quickly; twice the interval later."""
    for factor in (0.5, 1.0, 1.0, 1.5):
        yield interval * factor
    while True:
        yield interval * 2


def _detail(state: str, properties: JsonObject) -> str:
    if state != "Failed":
        return ""
    message = properties.get("statusMessage")
    error = message.get("error") if isinstance(message, dict) else None
    if not isinstance(error, dict):
        return str(message or "")
    leaf = ArmError.from_json(error).leaves()[0]
    return f"{leaf.code}: {leaf.message}"


def _failure(name: str, properties: JsonObject) -> ArmError:
    error = properties.get("error")
    if isinstance(error, dict):
        return ArmError.from_json(error, 409)
    state = properties.get("provisioningState")
    return ArmError(f"Deployment{state}", f"The deployment {name} ended as {state}.", target=name, status=409)
