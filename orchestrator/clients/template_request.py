"""What a deployment and its what-if are asked with."""

from dataclasses import dataclass

from orchestrator.model.json_value import Json, JsonObject


@dataclass(frozen=True, slots=True)
class TemplateRequest:
    """A template for a resource group. `parameters`: ARM's form, name -> {"value": ...}."""

    resource_group: str
    name: str
    template: JsonObject
    parameters: JsonObject


def deployment_body(request: TemplateRequest, **properties: Json) -> Json:
    """The body of PUT deployments/{name}, or of its what-if."""
    return {"properties": {"mode": "Incremental", "template": request.template, "parameters": request.parameters, **properties}}
