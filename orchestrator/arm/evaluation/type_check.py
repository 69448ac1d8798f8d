"""Values against the types of parameters and outputs: constraints, definitions, nullable, discriminators."""

from collections.abc import Iterator
from typing import Any

from orchestrator.arm.evaluation.type_shape import misshapen_members
from orchestrator.arm.functions.values import Unknown, Value, find_key, kind_of, same
from orchestrator.model.json_value import Json, JsonObject

_KINDS = {
    "string": ("String",),
    "securestring": ("String",),
    "int": ("Integer",),
    "bool": ("Boolean",),
    "array": ("Array",),
    "object": ("Object",),
    "secureobject": ("Object",),
}
_NAMES = {
    "string": "String, Uri",
    "securestring": "String, Uri",
    "int": "Integer",
    "bool": "Boolean",
    "array": "Array",
    "object": "Object",
    "secureobject": "Object",
}
_CONSTRAINTS = ("minValue", "maxValue", "minLength", "maxLength")


def resolve_type(definition: JsonObject, definitions: JsonObject) -> JsonObject:
    """A definition with its `$ref`s followed; what stands beside a reference wins, and constraints add up."""
    seen: set[str] = set()
    while "$ref" in definition:
        pointer = str(definition["$ref"])
        found: Any = {"definitions": definitions}
        for segment in pointer.removeprefix("#/").split("/"):
            found = found.get(segment.replace("~1", "/").replace("~0", "~")) if isinstance(found, dict) else _element(found, segment)
        if not isinstance(found, dict) or pointer in seen:
            return {"type": "!", "$ref": pointer}
        seen.add(pointer)
        if any(True for _ in misshapen_members(found)):
            return {"type": "!", "$ref": pointer}
        definition = {**found, **{key: value for key, value in definition.items() if key != "$ref"}}
    return definition


def _element(found: Json, segment: str) -> Json:
    return found[int(segment)] if isinstance(found, list) and segment.isdigit() and int(segment) < len(found) else None


def is_secure(definition: JsonObject, definitions: JsonObject) -> bool:
    """True for `securestring` and `secureObject`."""
    return str(resolve_type(definition, definitions).get("type", "")).lower().startswith("secure")


def check_value(value: Value, definition: JsonObject, definitions: JsonObject, path: str) -> Iterator[str]:
    """What is wrong with a value; nothing where it fits. Unknown values fit."""
    if isinstance(value, Unknown):
        return
    definition = resolve_type(definition, definitions)
    if value is None and definition.get("nullable"):
        return
    kind = str(definition.get("type", "")).lower()
    if kind == "!":
        yield f"The type definition '{definition['$ref']}' of {path} is not found."
        return
    if kind and kind_of(value) not in _KINDS.get(kind, ()):
        wanted = _NAMES.get(kind, kind)
        yield f"The provided value for the {path} is not valid. Expected a value of type '{wanted}', but received a value of type '{kind_of(value)}'."
        return
    yield from _check_allowed(value, definition, path)
    yield from _check_bounds(value, definition, path)
    if isinstance(value, list):
        yield from _check_items(value, definition, definitions, path)
    if isinstance(value, dict):
        yield from _check_properties(value, definition, definitions, path)


def _check_allowed(value: Value, definition: JsonObject, path: str) -> Iterator[str]:
    allowed = definition.get("allowedValues")
    if allowed is None or any(same(value, choice) for choice in allowed):
        return
    if isinstance(value, list) and all(isinstance(item, Unknown) or any(same(item, choice) for choice in allowed) for item in value):
        return
    said = "" if str(definition.get("type", "")).lower().startswith("secure") else f" '{value}'"
    yield f"The provided value{said} for the {path} is not valid: it is not part of the allowed value(s): '{','.join(map(str, allowed))}'."


def _check_bounds(value: Value, definition: JsonObject, path: str) -> Iterator[str]:
    for name in _CONSTRAINTS:
        limit = definition.get(name)
        if limit is None:
            continue
        size = len(value) if name.endswith("Length") and isinstance(value, str | list) else value if isinstance(value, int) and name.endswith("Value") else None
        if size is None:
            continue
        if size < limit if name.startswith("min") else size > limit:
            what = "length" if name.endswith("Length") else "value"
            side = "greater" if name.startswith("min") else "less"
            yield f"The provided value for the {path} is not valid. Its {what} '{size}' should be {side} than or equal to '{limit}'."


def _check_items(value: list[Value], definition: JsonObject, definitions: JsonObject, path: str) -> Iterator[str]:
    prefix = definition.get("prefixItems") or []
    for number, item in enumerate(value):
        shape = prefix[number] if number < len(prefix) else definition.get("items")
        if shape is False:
            yield f"The provided value for the {path} is not valid: it has {len(value)} items where {len(prefix)} are allowed."
            return
        if isinstance(shape, dict):
            yield from check_value(item, shape, definitions, f"{path}[{number}]")
    for number in range(len(value), len(prefix)):
        if not resolve_type(prefix[number], definitions).get("nullable"):
            yield f"The provided value for the {path} is not valid: item {number} is missing."


def _check_properties(value: JsonObject, definition: JsonObject, definitions: JsonObject, path: str) -> Iterator[str]:
    if definition.get("discriminator") is not None:
        yield from _check_discriminator(value, definition["discriminator"], definitions, path)
        return
    known = definition.get("properties") or {}
    for name, shape in known.items():
        key = find_key(value, name)
        if key is not None:
            yield from check_value(value[key], shape, definitions, f"{path}.{name}")
        elif not resolve_type(shape, definitions).get("nullable"):
            yield f"The provided value for the {path} is not valid: the required property '{name}' is missing."
    extra = definition.get("additionalProperties")
    for key in value:
        if find_key(known, key) is None and extra is False:
            yield f"The provided value for the {path} is not valid: the property '{key}' is not allowed."
        elif find_key(known, key) is None and isinstance(extra, dict):
            yield from check_value(value[key], extra, definitions, f"{path}.{key}")


def _check_discriminator(value: JsonObject, discriminator: JsonObject, definitions: JsonObject, path: str) -> Iterator[str]:
    name = str(discriminator["propertyName"])
    key = find_key(value, name)
    chosen = None if key is None else value[key]
    if isinstance(chosen, Unknown):
        return
    mapping = discriminator.get("mapping") or {}
    if not isinstance(chosen, str) or chosen not in mapping:
        yield f"The provided value for the {path} is not valid: its property '{name}' must be one of '{','.join(mapping)}'."
        return
    yield from check_value(value, mapping[chosen], definitions, path)
