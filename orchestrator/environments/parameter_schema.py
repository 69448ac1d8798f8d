"""A JSON Schema (draft 2020-12) of a template's parameters document, made from the template's `parameters` and `definitions`.

Source of the rules: learn.microsoft.com/azure/azure-resource-manager/templates/definitions and .../parameters. A property of an object is required
unless it is nullable; a parameter is required unless it has a default or is nullable; allowedValues of an array are those of its elements.
Secure types are marked `writeOnly`, so that no message shows their values.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from orchestrator.model.json_value import Json, JsonObject

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_TYPES = {
    "string": "string",
    "securestring": "string",
    "int": "integer",
    "bool": "boolean",
    "object": "object",
    "secureobject": "object",
    "array": "array",
}
_LENGTHS = {"string": ("minLength", "maxLength"), "array": ("minItems", "maxItems")}
_MAX_REFERENCES = 32


def parameter_schema(template: JsonObject) -> JsonObject:
    """The schema of a document {"parameters": {name: {"value": ...}}}; ValueError for a type that ARM does not have."""
    definitions: JsonObject = template.get("definitions") or {}
    parameters: JsonObject = template.get("parameters") or {}
    required = [name for name, body in parameters.items() if "defaultValue" not in body and not _is_nullable(body, definitions)]
    return {
        "$schema": DIALECT,
        "type": "object",
        "required": ["parameters"] if required else [],
        "properties": {
            "parameters": {
                "type": "object",
                "required": required,
                "additionalProperties": False,
                "properties": {name: _entry(body, definitions) for name, body in parameters.items()},
            }
        },
        "$defs": {name: _value_schema(body, definitions) for name, body in definitions.items()},
    }


def _entry(body: JsonObject, definitions: JsonObject) -> JsonObject:
    """One parameter's entry: a value, or a reference to a secret in a key vault, or an expression that the deployment's tool fills in."""
    entry: JsonObject = {
        "type": "object",
        "properties": {"value": _value_schema(body, definitions), "reference": {"type": "object"}, "expression": {"type": "string"}},
        "minProperties": 1,
    }
    return _described(entry, body)


def _value_schema(body: JsonObject, definitions: JsonObject) -> JsonObject:
    if "$ref" in body:
        return _described(_reference_schema(body, definitions), body)
    kind = _TYPES.get(str(body.get("type", "")).lower())
    if kind is None:
        raise ValueError(f"not a parameter type: {body.get('type')!r}")
    nullable = bool(body.get("nullable"))
    schema: JsonObject = {"type": [kind, "null"] if nullable else kind}
    if str(body["type"]).lower().startswith("secure"):
        schema["writeOnly"] = True
    _add_limits(schema, body, kind)
    if kind == "object":
        _add_object(schema, body, definitions)
    if kind == "array":
        _add_array(schema, body, definitions)
    if "allowedValues" in body:
        _add_allowed_values(schema, body["allowedValues"], kind, nullable=nullable)
    return _described(schema, body)


def _reference_schema(body: JsonObject, definitions: JsonObject) -> JsonObject:
    reference: JsonObject = {"$ref": f"#/$defs/{_pointer(definition_name(body))}"}
    _add_limits(reference, body, _referenced_type(body, definitions))
    # `else` keeps the errors those of the value itself, which `anyOf` would wrap.
    return {"if": {"type": "null"}, "then": {}, "else": reference} if body.get("nullable") else reference


def _referenced_type(body: JsonObject, definitions: JsonObject) -> str:
    for _ in range(_MAX_REFERENCES):
        if "$ref" not in body:
            return _TYPES.get(str(body.get("type", "")).lower(), "")
        body = definitions.get(definition_name(body)) or {}
    return ""


def _pointer(name: str) -> str:
    return quote(name.replace("~", "~0").replace("/", "~1"), safe="~")


def definition_name(body: JsonObject) -> str:
    """The name in `#/definitions/<name>`."""
    return str(body["$ref"]).removeprefix("#/definitions/").replace("~1", "/").replace("~0", "~")


def _add_limits(schema: JsonObject, body: JsonObject, kind: str) -> None:
    for ours, theirs in zip(_LENGTHS.get(kind, ()), ("minLength", "maxLength"), strict=False):
        if theirs in body:
            schema[ours] = body[theirs]
    if kind == "integer":
        for ours, theirs in (("minimum", "minValue"), ("maximum", "maxValue")):
            if theirs in body:
                schema[ours] = body[theirs]
    if kind == "string" and "pattern" in body:
        schema["pattern"] = body["pattern"]


def _add_object(schema: JsonObject, body: JsonObject, definitions: JsonObject) -> None:
    properties: JsonObject = body.get("properties") or {}
    schema["properties"] = {name: _value_schema(inner, definitions) for name, inner in properties.items()}
    schema["required"] = [name for name, inner in properties.items() if not _is_nullable(inner, definitions)]
    extra = body.get("additionalProperties")
    if extra is not None:
        schema["additionalProperties"] = extra if isinstance(extra, bool) else _value_schema(extra, definitions)
    discriminator = body.get("discriminator")
    if discriminator is not None:
        _add_discriminator(schema, discriminator, definitions)


def _add_discriminator(schema: JsonObject, discriminator: JsonObject, definitions: JsonObject) -> None:
    name, mapping = str(discriminator["propertyName"]), discriminator["mapping"]
    schema["required"] = [*schema["required"], name]
    schema["properties"] = {**schema["properties"], name: {"enum": list(mapping)}}
    schema["allOf"] = [
        {"if": {"type": "object", "properties": {name: {"const": value}}, "required": [name]}, "then": _value_schema(branch, definitions)}
        for value, branch in mapping.items()
    ]


def _add_array(schema: JsonObject, body: JsonObject, definitions: JsonObject) -> None:
    if "prefixItems" in body:
        schema["prefixItems"] = [_value_schema(item, definitions) for item in body["prefixItems"]]
        schema.setdefault("minItems", len(body["prefixItems"]))
    items = body.get("items")
    if isinstance(items, bool):
        schema["items"] = items
    elif items is not None:
        schema["items"] = _value_schema(items, definitions)


def _add_allowed_values(schema: JsonObject, allowed: Iterable[Json], kind: str, *, nullable: bool) -> None:
    values = list(allowed)
    if kind == "array" and not any(isinstance(value, list) for value in values):
        schema["items"] = {**(schema["items"] if isinstance(schema.get("items"), dict) else {}), "enum": values}
    else:
        schema["enum"] = [*values, None] if nullable and None not in values else values


def _is_nullable(body: JsonObject, definitions: Mapping[str, Any]) -> bool:
    """True where null is a value of it, its definition asked as well."""
    for _ in range(_MAX_REFERENCES):
        if body.get("nullable"):
            return True
        if "$ref" not in body:
            return False
        body = definitions.get(definition_name(body)) or {}
    return False


def _described(schema: JsonObject, body: JsonObject) -> JsonObject:
    metadata = body.get("metadata")
    description = metadata.get("description") if isinstance(metadata, dict) else None
    if description is not None:
        schema["description"] = description
    return schema
