"""Deployments and their operations as ARM writes them down."""

import uuid
from datetime import UTC, datetime

from orchestrator.arm.engine import Deployment, Node
from orchestrator.lab.deployments.request import template_hash
from orchestrator.lab.deployments.runtime import DEPLOYMENT_TYPE
from orchestrator.lab.state.world import DeploymentRecord
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import Json, JsonObject
from orchestrator.model.resource_id import ResourceId

DEPLOYMENT_FAILED = (
    "At least one resource deployment operation failed. Please list deployment operations for details. "
    "Please see https://aka.ms/arm-deployment-operations for usage details."
)


def make_record(resource_id: ResourceId, template: JsonObject, deployment: Deployment, *, mode: str, tags: JsonObject, correlation_id: str) -> DeploymentRecord:
    """A deployment that was accepted. Secure parameters have no value in it."""
    properties: JsonObject = {
        "templateHash": template_hash(template),
        "parameters": deployment.parameters,
        "mode": mode,
        "provisioningState": "Accepted",
        "timestamp": timestamp(),
        "duration": "PT0S",
        "correlationId": correlation_id,
        "providers": _providers(deployment),
        "dependencies": _dependencies(deployment),
    }
    body: JsonObject = {"id": str(resource_id), "name": resource_id.name, "type": DEPLOYMENT_TYPE, "properties": properties}
    if tags:
        body["tags"] = tags
    return DeploymentRecord(body, _without_secure_defaults(template))


def _without_secure_defaults(template: JsonObject) -> JsonObject:
    """The template for exportTemplate; a secure parameter's default is left out, in nested templates too."""

    def clean(value: Json) -> Json:
        if isinstance(value, list):
            return [clean(item) for item in value]
        if not isinstance(value, dict):
            return value
        secure = str(value.get("type", "")).lower() in ("securestring", "secureobject") and "defaultValue" in value
        return {key: clean(item) for key, item in value.items() if not (secure and key == "defaultValue")}

    cleaned: JsonObject = clean(template)
    return cleaned


def _written(deployment: Deployment) -> list[Node]:
    return [node for node in deployment.nodes if node.condition and not node.existing]


def _providers(deployment: Deployment) -> list[JsonObject]:
    types: dict[str, dict[str, None]] = {}
    for node in _written(deployment):
        namespace, _, kind = node.type.partition("/")
        types.setdefault(namespace, {})[kind] = None
    return [{"namespace": n, "resourceTypes": [{"resourceType": kind, "locations": [None]} for kind in kinds]} for n, kinds in types.items()]


def _dependencies(deployment: Deployment) -> list[JsonObject]:
    by_key = {node.key: node for node in _written(deployment)}
    return [
        {"dependsOn": [_target(by_key[key]) for key in sorted(node.depends_on) if key in by_key], **_target(node)}
        for node in by_key.values()
        if any(key in by_key for key in node.depends_on)
    ]


def _target(node: Node) -> JsonObject:
    return {"id": node.resource_id, "resourceType": node.type, "resourceName": node.name}


def make_operation(record: DeploymentRecord, node: Node | None) -> JsonObject:
    """An operation that begins; without a node, the last one: EvaluateDeploymentOutput.

    `request.content` is the operation's own definition again: the official Bicep CLI reads it there (facts: local-lab 7). What was asked of the resource
    is left out, as it may have been computed from secure values.
    """
    operation_id = uuid.uuid4().hex[:16].upper()
    properties: JsonObject = {
        "provisioningOperation": "EvaluateDeploymentOutput" if node is None else "Create",
        "provisioningState": "Running",
        "timestamp": timestamp(),
        "duration": "PT0S",
        "trackingId": str(uuid.uuid4()),
        "serviceRequestId": str(uuid.uuid4()),
        "statusCode": "Accepted",
    }
    if node is not None:
        symbol = {"symbolicName": node.symbolic_name} if node.symbolic_name else {}
        properties["targetResource"] = {**_target(node), "apiVersion": node.api_version, **symbol}
    operation = {"id": f"{record.id}/operations/{operation_id}", "operationId": operation_id, "properties": properties}
    _repeat_definition(operation)
    return operation


def _repeat_definition(operation: JsonObject) -> None:
    properties = {key: value for key, value in operation["properties"].items() if key != "request"}
    operation["properties"]["request"] = {"content": {**operation, "properties": properties}}


def finish_operation(operation: JsonObject, began: datetime, *, created: bool = False, error: ArmError | None = None) -> None:
    """Write down how an operation ended."""
    properties = operation["properties"]
    properties["timestamp"] = timestamp()
    properties["duration"] = duration(began)
    if error is None:
        properties["provisioningState"] = "Succeeded"
        properties["statusCode"] = "Created" if created else "OK"
    else:
        properties["provisioningState"] = "Failed"
        properties["statusCode"] = _STATUS_WORDS.get(error.status, "BadRequest")
        properties["statusMessage"] = {"status": "Failed", "error": error.to_json()}
    _repeat_definition(operation)


_STATUS_WORDS = {400: "BadRequest", 403: "Forbidden", 404: "NotFound", 409: "Conflict", 412: "PreconditionFailed"}


def timestamp() -> str:
    """Now, as ARM writes it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f") + "0Z"


def duration(began: datetime) -> str:
    """The time since, as an ISO 8601 duration."""
    return f"PT{(datetime.now(UTC) - began).total_seconds():.7f}S"


def deployment_failed(record: DeploymentRecord, details: list[ArmError]) -> ArmError:
    """What a deployment says when operations failed."""
    return ArmError("DeploymentFailed", DEPLOYMENT_FAILED, target=record.id, details=details, status=409)


def nested_failed(resource_id: str, error: ArmError) -> ArmError:
    """What the outer deployment says of a nested one that failed."""
    return ArmError(
        "ResourceDeploymentFailure",
        "The resource write operation failed to complete successfully, because it reached terminal provisioning state 'Failed'.",
        target=resource_id,
        details=[error],
        status=409,
    )
