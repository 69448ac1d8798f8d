"""What a plan may not show: secure parameters, and the secure members of others, stay the expression that reads them."""

from orchestrator.arm.evaluation.type_check import resolve_type
from orchestrator.arm.expressions import Access, Expression, Integer, String
from orchestrator.arm.functions.values import Unknown, Value, find_key
from orchestrator.model.json_value import JsonObject


def hide_secrets(value: Value, definition: JsonObject, definitions: JsonObject, read: Expression, *, supplied: bool) -> Value:
    """The value with `read` in place of what is secret. Of a default only texts are: its switches and numbers stand in the template for all to see."""
    definition = resolve_type(definition, definitions)
    if str(definition.get("type", "")).lower().startswith("secure"):
        if supplied:
            return value if value is None or isinstance(value, Unknown) else Unknown(read)
        return _hide_texts(value, read)
    if isinstance(value, dict):
        shapes = _members(value, definition)
        return {
            key: _hide_member(item, shapes.get(key.lower(), definition.get("additionalProperties")), definitions, Access(read, String(key)), supplied)
            for key, item in value.items()
        }
    if isinstance(value, list):
        prefix = definition.get("prefixItems") or []
        return [
            _hide_member(item, prefix[number] if number < len(prefix) else definition.get("items"), definitions, Access(read, Integer(number)), supplied)
            for number, item in enumerate(value)
        ]
    return value


def _members(value: JsonObject, definition: JsonObject) -> JsonObject:
    discriminator = definition.get("discriminator")
    if isinstance(discriminator, dict):
        key = find_key(value, str(discriminator["propertyName"]))
        chosen = None if key is None else value[key]
        definition = (discriminator.get("mapping") or {}).get(chosen) or {} if isinstance(chosen, str) else {}
    return {name.lower(): shape for name, shape in (definition.get("properties") or {}).items()}


def _hide_member(value: Value, shape: Value, definitions: JsonObject, read: Expression, supplied: bool) -> Value:
    return hide_secrets(value, shape, definitions, read, supplied=supplied) if isinstance(shape, dict) else value


def _hide_texts(value: Value, read: Expression) -> Value:
    if isinstance(value, str):
        return Unknown(read) if value else value
    if isinstance(value, dict):
        return {key: _hide_texts(item, Access(read, String(key))) for key, item in value.items()}
    if isinstance(value, list):
        return [_hide_texts(item, Access(read, Integer(number))) for number, item in enumerate(value)]
    return value
