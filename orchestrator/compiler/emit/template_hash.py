"""`templateHash`: the fingerprint that Azure's deployment library gives a template.

Theory: the template without its own templateHash is written as minified JSON with the keys in the library's order, upper-cased character by character, and
hashed with the 64-bit hash of uniqueString; the hash is printed as a decimal number. Keys that the orders below do not name keep their place behind those
named; what is inside properties, tags, sku, identity, variables, metadata and nested templates stays as written. Source: facts, recovered by experiment.
"""

import json
from collections.abc import Callable
from typing import Any

from orchestrator.arm.functions.identifiers import hash_64
from orchestrator.model.json_value import Json, JsonObject

_ROOT = (
    "$schema",
    "languageVersion",
    "contentVersion",
    "imports",
    "definitions",
    "extensions",
    "parameters",
    "variables",
    "functions",
    "resources",
    "outputs",
    "asserts",
    "metadata",
)
_BOUNDS = ("minLength", "maxLength", "minValue", "maxValue")
_PARTS = ("prefixItems", "items", "properties", "additionalProperties", "discriminator")
_VALUE = ("$ref", "defaultValue", "allowedValues", *_BOUNDS, "copy", *_PARTS[:-1], "nullable", "discriminator", "type", "value", "metadata")
_ARGUMENT = ("name", *_VALUE)
_COPY = ("name", "count", "mode", "batchSize", "input")
_TYPE = ("$ref", "type", "metadata", "allowedValues", "nullable", *_BOUNDS, *_PARTS)
_ENVELOPE = (
    "type",
    "apiVersion",
    "name",
    "location",
    "extendedLocation",
    "dependsOn",
    "tags",
    "sku",
    "kind",
    "zones",
    "identity",
    "plan",
    "properties",
    "managedBy",
)
_RESOURCE = ("import", "extension", *_ENVELOPE, "existing", "subscriptionId", "resourceGroup", "scope", "metadata", "copy", "condition")
Order = Callable[[Json], Json]


def template_hash(template: JsonObject) -> str:
    """The hash of a template whose `_generator` carries none yet."""
    text = json.dumps(_order_root(template), ensure_ascii=False, separators=(",", ":"))
    for line_end in _LINE_ENDS:
        text = text.replace(line_end, f"\\u{ord(line_end):04x}")
    return str(hash_64(_upper(text).encode("utf-8", "surrogatepass")))


_LINE_ENDS = "\u0085\u2028\u2029"
"""What Azure's library escapes although JSON does not ask for it."""


def _upper(text: str) -> str:
    """.NET's invariant upper case: one character for one."""
    if text.isascii():
        return text.upper()
    return "".join(_upper_character(char) for char in text)


def _upper_character(char: str) -> str:
    """The upper case that is one character; a dotless i has none."""
    if char == "\u0131":
        return char
    upper = char.upper()
    if len(upper) == 1:
        return upper
    titled = char.title()
    return titled if len(titled) == 1 else char


def _sorted(value: JsonObject, order: tuple[str, ...], inner: dict[str, Order]) -> JsonObject:
    keys = [key for key in order if key in value] + [key for key in value if key not in order]
    return {key: inner[key](value[key]) if key in inner else value[key] for key in keys}


def _each(order: Order) -> Order:
    return lambda value: {key: order(entry) for key, entry in value.items()} if isinstance(value, dict) else value


def _list_of(order: Order) -> Order:
    return lambda value: [order(entry) for entry in value] if isinstance(value, list) else value


def _order_type(value: Json) -> Json:
    return _sorted(value, _TYPE, _TYPE_PARTS) if isinstance(value, dict) else value


def _order_discriminator(value: Json) -> Json:
    return {**value, "mapping": _each(_order_type)(value.get("mapping", {}))} if isinstance(value, dict) else value


def _order_copy(value: Json) -> Json:
    return _sorted(value, _COPY, {}) if isinstance(value, dict) else value


def _order_value(value: Json, order: tuple[str, ...] = _VALUE) -> Json:
    if not isinstance(value, dict):
        return value
    return _sorted({key: entry for key, entry in value.items() if not (key == "value" and entry is None)}, order, {**_TYPE_PARTS, "copy": _order_copy})


def _order_resource(value: Json) -> Json:
    return _sorted(value, _RESOURCE, {"copy": _order_copy}) if isinstance(value, dict) else value


def _order_resources(value: Any) -> Json:
    if isinstance(value, list):
        return [_order_resource(entry) for entry in value]
    return {key: _order_resource(entry) for key, entry in value.items()} or []


def _order_function(value: Json) -> Json:
    return {
        key: [_order_value(entry, _ARGUMENT) for entry in part] if key == "parameters" else _order_value(part) if key == "output" else part
        for key, part in value.items()
    }


def _order_functions(value: Json) -> Json:
    return [{**group, "members": _each(_order_function)(group["members"])} for group in value]


def _order_root(value: JsonObject) -> JsonObject:
    return _sorted(value, _ROOT, _ROOT_PARTS)


_TYPE_PARTS: dict[str, Order] = {
    "prefixItems": _list_of(_order_type),
    "items": _order_type,
    "properties": _each(_order_type),
    "additionalProperties": _order_type,
    "discriminator": _order_discriminator,
}
_ROOT_PARTS: dict[str, Order] = {
    "definitions": _each(_order_type),
    "parameters": _each(_order_value),
    "functions": _order_functions,
    "resources": _order_resources,
    "outputs": _each(_order_value),
}
