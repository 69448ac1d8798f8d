"""ARM's what-if for a resource group: what a deployment would change, as ARM's own JSON."""

from typing import Any

from orchestrator.clients.answers import whole_body
from orchestrator.clients.connection import Connection
from orchestrator.clients.template_request import TemplateRequest, deployment_body
from orchestrator.model.errors import ArmError, OperationFailed
from orchestrator.model.json_value import JsonObject


def request_what_if(connection: Connection, request: TemplateRequest) -> JsonObject:
    """Ask ARM; the whole answer `{status, properties: {changes, ...}}`. ArmError ResourceGroupNotFound where the group does not exist."""
    body = deployment_body(request, whatIfSettings={"resultFormat": "FullResourcePayloads"})
    with connection.errors("ask for a what-if"):
        poller: Any = connection.deployments.deployments.begin_what_if(request.resource_group, request.name, body, cls=whole_body)
        answer: JsonObject = poller.result()
    if answer.get("status", "Succeeded") != "Succeeded":
        raise _failure(answer)
    return answer


def _failure(answer: JsonObject) -> Exception:
    error = answer.get("error")
    if isinstance(error, dict):
        return ArmError.from_json(error)
    return OperationFailed(f"the what-if ended as {answer.get('status')} without saying why")
