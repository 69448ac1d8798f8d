"""ARM's answers as JSON, in place of the SDK's models."""

from typing import Any

from orchestrator.model.json_value import JsonObject


def whole_body(response: Any, _model: Any, _headers: Any) -> JsonObject:
    """For the SDK's `cls`: the body as it came over the wire, which may hold more than the SDK's model knows."""
    body: JsonObject = response.http_response.json()
    return body
