"""What the members of a type definition must be, wherever one stands: in a parameter, an output, a function, or where a reference leads."""

from collections.abc import Iterator
from typing import TypeAlias

from orchestrator.model.json_value import JsonObject

Kinds: TypeAlias = dict[str, tuple[type, ...]]
"""The name of a member: what it may be."""
_NAMES: dict[type, str] = {dict: "an object", list: "an array", str: "a text", int: "a number", float: "a number", bool: "a boolean"}
_MEMBERS: Kinds = {
    "type": (str,),
    "$ref": (str,),
    "allowedValues": (list,),
    "minValue": (int, float),
    "maxValue": (int, float),
    "minLength": (int, float),
    "maxLength": (int, float),
    "properties": (dict,),
    "prefixItems": (list,),
    "items": (dict, bool),
    "additionalProperties": (dict, bool),
    "discriminator": (dict,),
}


def wrong_members(entries: JsonObject, kinds: Kinds) -> Iterator[str]:
    """`'items' must be an object or a boolean`, for each member that is something else; null is as good as none."""
    for name, allowed in kinds.items():
        value = entries.get(name)
        if value is not None and (not isinstance(value, allowed) or (isinstance(value, bool) and bool not in allowed)):
            yield f"'{name}' must be {' or '.join(dict.fromkeys(_NAMES[kind] for kind in allowed))}"


def misshapen_members(definition: JsonObject) -> Iterator[str]:
    """The same of a type definition."""
    yield from wrong_members(definition, _MEMBERS)
    discriminator = definition.get("discriminator")
    if isinstance(discriminator, dict) and not (isinstance(discriminator.get("propertyName"), str) and isinstance(discriminator.get("mapping"), dict)):
        yield "its discriminator needs 'propertyName' and 'mapping'"
