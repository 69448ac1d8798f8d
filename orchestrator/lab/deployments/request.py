"""The body of a deployment request, read: template, parameters as plain values, mode, and where it goes."""

import hashlib
import json
import re
from dataclasses import dataclass

from orchestrator.arm.engine import DeploymentScope
from orchestrator.lab import errors
from orchestrator.lab.deployments.runtime import DEPLOYMENT_TYPE
from orchestrator.lab.resource_manager import ResourceManager
from orchestrator.lab.state.world import World
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import Json, JsonObject
from orchestrator.model.resource_id import ResourceId

_NAME = re.compile(r"[-\w.()]{1,64}")


@dataclass(frozen=True, slots=True)
class DeploymentRequest:
    """What a client asks to deploy."""

    resource_id: ResourceId
    template: JsonObject
    parameters: JsonObject
    mode: str
    scope: DeploymentScope
    tags: JsonObject
    location: str | None


def read_request(world: World, resource_id: ResourceId, body: JsonObject) -> DeploymentRequest:
    """Read a request at a resource group or the subscription; ArmError for what is missing or what the lab does not have."""
    if not _NAME.fullmatch(resource_id.name):
        raise ArmError("InvalidDeploymentName", f"The deployment name '{resource_id.name}' is invalid: 1 to 64 letters, digits, '-', '_', '.', '(' and ')'.")
    properties = body.get("properties")
    if not isinstance(properties, dict):
        raise ArmError("InvalidRequestContent", "The request content was invalid: 'properties' is required.")
    template = properties.get("template")
    if properties.get("templateLink") or properties.get("parametersLink"):
        raise ArmError("LabNotSupported", "The lab takes templates and parameters inline; templateLink and parametersLink are not supported.")
    if not isinstance(template, dict):
        raise ArmError("InvalidRequestContent", "The request content was invalid: 'properties.template' is required.")
    mode = str(properties.get("mode") or "Incremental")
    if mode not in ("Incremental", "Complete"):
        raise ArmError("InvalidDeploymentMode", f"The deployment mode '{mode}' is invalid: it is Incremental or Complete.")
    scope = make_scope(world, resource_id, body.get("location"))
    parameters = _plain(properties.get("parameters") or {})
    return DeploymentRequest(resource_id, template, parameters, mode, scope, dict(body.get("tags") or {}), body.get("location"))


def make_scope(world: World, resource_id: ResourceId, location: Json) -> DeploymentScope:
    """Where a deployment stands; ArmError where its group, or the location of a subscription's deployment, is missing."""
    if str(resource_id.subscription).lower() != world.subscription_id:
        raise errors.subscription_not_found(resource_id.subscription)
    if resource_id.resource_group is None:
        if not location:
            raise ArmError("LocationRequired", f"The location property is required for the deployment '{resource_id.name}' at a subscription.")
        return DeploymentScope(world.tenant_id, resource_id.subscription, None, None, str(location), resource_id.name, None)
    group = world.find_group(f"/subscriptions/{resource_id.subscription}/resourceGroups/{resource_id.resource_group}")
    if group is None:
        raise errors.resource_group_not_found(resource_id.resource_group)
    return DeploymentScope(world.tenant_id, resource_id.subscription, group["name"], None, group["location"], resource_id.name, group.get("tags"))


def _plain(parameters: Json) -> JsonObject:
    if not isinstance(parameters, dict):
        raise ArmError("InvalidRequestContent", "The request content was invalid: 'properties.parameters' must be an object.")
    if isinstance(parameters.get("$schema"), str) and isinstance(parameters.get("parameters"), dict):
        parameters = parameters["parameters"]
    values: JsonObject = {}
    for name, entry in parameters.items():
        if isinstance(entry, dict) and "reference" in entry:
            raise ArmError("LabNotSupported", f"The lab has no key vaults: parameter '{name}' must have a value, not a reference.")
        if not isinstance(entry, dict) or "value" not in entry:
            raise ArmError("InvalidRequestContent", f"The request content was invalid: parameter '{name}' has no 'value'.")
        values[name] = entry["value"]
    return values


def check_types(manager: ResourceManager, template: JsonObject) -> None:
    """The preflight's first question: does every type exist? All problems as details of one InvalidTemplateDeployment."""
    problems: list[ArmError] = []
    for type_name, api_version in _types(template):
        try:
            manager.check_type(type_name, api_version)
        except ArmError as error:
            if error.message not in [problem.message for problem in problems]:
                problems.append(error)
    if problems:
        raise ArmError(
            "InvalidTemplateDeployment",
            "The template deployment failed because of preflight validation errors: see details.",
            details=problems,
        )


def _types(template: JsonObject) -> list[tuple[str, str]]:
    """All (type, api version) that the template writes, nested templates included; types and versions are literal in a template."""
    found: list[tuple[str, str]] = []
    resources = template.get("resources") or []
    for resource in resources.values() if isinstance(resources, dict) else resources:
        if not isinstance(resource, dict) or resource.get("existing"):
            continue
        kind = str(resource.get("type"))
        inner = (resource.get("properties") or {}).get("template") if isinstance(resource.get("properties"), dict) else None
        if kind.lower() == DEPLOYMENT_TYPE.lower():
            found += _types(inner) if isinstance(inner, dict) else []
        else:
            found.append((kind, str(resource.get("apiVersion"))))
        for child in resource.get("resources") or ():
            if isinstance(child, dict) and "type" in child:
                name = child["type"] if "." in child["type"] else f"{kind}/{child['type']}"
                found.append((name, str(child.get("apiVersion"))))
    return found


def template_hash(template: JsonObject) -> str:
    """A number that names a template's content."""
    return str(int(hashlib.sha256(json.dumps(template, sort_keys=True).encode()).hexdigest()[:16], 16))
