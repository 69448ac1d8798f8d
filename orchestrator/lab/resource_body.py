"""What ARM does to the body of any resource: envelope, defaults, marks on embedded elements, comparison without regard to etags."""

from collections.abc import Callable

from orchestrator.lab.resource_types import ResourceType, check_shape, fill_defaults, get_path
from orchestrator.lab.state.world import copy_json
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import Json, JsonObject
from orchestrator.model.resource_id import ResourceId

ENVELOPE = ("apiVersion", "scope", "dependsOn", "id", "name", "type", "etag")
"""Members of a definition that are no part of what is asked for."""


def shape_body(row: ResourceType, resource_id: ResourceId, asked: JsonObject, existing: JsonObject | None) -> JsonObject:
    """The body that a provider checks: the asked one in ARM's envelope, with defaults, and every embedded array there."""
    check_shape(row, str(resource_id), asked)
    rest = {key: value for key, value in asked.items() if key not in ENVELOPE}
    spelled = str(resource_id) if existing is None else existing["id"]  # names keep the case of their first writing
    body: JsonObject = {"id": spelled, "name": spelled.rsplit("/", 1)[-1], "type": row.name, **fill_defaults(rest, row.defaults)}
    properties = body.setdefault("properties", {})
    for path in row.required:
        if get_path(body, path) is None:
            raise ArmError("InvalidRequestFormat", f"Cannot parse the request: {path} of {resource_id} is required.", target=path)
    for elements in row.elements:
        if elements.kept and elements.name not in properties and existing is not None:
            properties[elements.name] = copy_json(existing["properties"].get(elements.name) or [])
        _check_elements(resource_id, elements.name, properties.setdefault(elements.name, []), flat=elements.flat)
    return body


def _check_elements(resource_id: ResourceId, name: str, elements: Json, *, flat: bool) -> None:
    if not isinstance(elements, list) or not all(isinstance(element, dict) for element in elements):
        raise ArmError("InvalidRequestFormat", f"Cannot parse the request: properties.{name} of {resource_id} must be an array of objects.")
    for element in elements:
        if not isinstance(element.get("name"), str) or not element["name"]:
            raise ArmError("InvalidRequestFormat", f"Cannot parse the request: an element of properties.{name} of {resource_id} has no name.")
        if not flat and not isinstance(element.setdefault("properties", {}), dict):
            raise ArmError("InvalidRequestFormat", f"Cannot parse the request: properties of {resource_id}/{name}/{element['name']} must be an object.")


def mark_elements(row: ResourceType, body: JsonObject, existing: JsonObject | None, new_guid: Callable[[], str]) -> None:
    """Give the resource its final state, embedded elements their ids and types, and everything its etag: a new one where anything differs from before."""
    body["properties"].pop("provisioningState", None)
    if row.long_running:
        body["properties"]["provisioningState"] = "Succeeded"
    for elements in row.elements:
        for element in () if elements.flat else body["properties"][elements.name]:
            element["id"] = f"{body['id']}/{elements.segment}/{element['name']}"
            element["type"] = f"{row.name}/{elements.segment}"
            element["properties"]["provisioningState"] = "Succeeded"
    if not row.etag:
        return
    etag = existing["etag"] if existing is not None and same_body(existing, body) else f'W/"{new_guid()}"'
    body["etag"] = etag
    for elements in row.elements:
        for element in () if elements.flat else body["properties"][elements.name]:
            element["etag"] = etag


def same_body(left: Json, right: Json) -> bool:
    """True where two bodies differ in etags at most."""
    if isinstance(left, dict) and isinstance(right, dict):
        keys = (left.keys() | right.keys()) - {"etag"}
        return all(key in left and key in right and same_body(left[key], right[key]) for key in keys)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(same_body(a, b) for a, b in zip(left, right, strict=True))
    return type(left) is type(right) and bool(left == right)


def drop_secrets(row: ResourceType, asked: JsonObject) -> JsonObject:
    """A copy without what Azure never gives back: it is not stored."""
    body: JsonObject = copy_json(asked)
    for path in row.secrets:
        *parents, last = path.split(".")
        holder = get_path(body, ".".join(parents))
        if isinstance(holder, dict):
            holder.pop(last, None)
    return body


def merge_patch(body: Json, patch: Json) -> Json:
    """RFC 7396."""
    if not isinstance(patch, dict):
        return copy_json(patch)
    merged = dict(body) if isinstance(body, dict) else {}
    for key, value in patch.items():
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = merge_patch(merged.get(key), value)
    return merged
