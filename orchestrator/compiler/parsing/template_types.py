"""The type definitions of an ARM template as Bicep types and decorators."""

from typing import Any

from orchestrator.compiler.parsing.template_values import NOWHERE, UnreadableTemplateError, read_identifier, read_text, read_value
from orchestrator.compiler.syntax import expressions as e
from orchestrator.compiler.syntax import types as t
from orchestrator.model.json_value import Json, JsonObject

_PRIMITIVES = {
    **{name: name for name in ("string", "int", "bool", "object", "array")},
    "securestring": "string",
    "secureobject": "object",
}
_BOUNDS = ("minLength", "maxLength", "minValue", "maxValue")
_DERIVED = "__bicep_resource_derived_type!"
_OWN_METADATA = ("__bicep_export!", "__bicep_imported_from!", _DERIVED)


def read_type(definition: JsonObject) -> Any:
    """A type, without what decorators would say."""
    found = _read_bare(definition)
    return t.NullableTypeSyntax(*NOWHERE, found) if definition.get("nullable") is True else found


def read_decorators(definition: JsonObject) -> tuple[t.Decorator, ...]:
    """What a definition says beside its type."""
    found: list[t.Decorator] = []
    metadata = definition.get("metadata") or {}
    if str(definition.get("type", "")).lower().startswith("secure"):
        found.append(make_decorator("secure"))
    if definition.get("additionalProperties") is False:
        found.append(make_decorator("sealed"))
    if metadata.get("__bicep_export!"):
        found.append(make_decorator("export"))
    found += [make_decorator(name, definition[name]) for name in _BOUNDS if name in definition]
    if "discriminator" in definition:
        found.append(make_decorator("discriminator", definition["discriminator"]["propertyName"]))
    rest = {key: value for key, value in metadata.items() if key not in (*_OWN_METADATA, "description")}
    if rest:
        found.append(make_decorator("metadata", rest))
    if "description" in metadata:
        found.append(make_decorator("description", metadata["description"]))
    return tuple(found)


def make_decorator(name: str, *arguments: Json) -> t.Decorator:
    """`@name(arguments)`."""
    return t.Decorator(*NOWHERE, e.FunctionCall(*NOWHERE, read_identifier(name), tuple(read_value(argument) for argument in arguments)))


def _read_bare(definition: JsonObject) -> Any:
    derived = (definition.get("metadata") or {}).get(_DERIVED)
    if derived is not None:
        return _read_derived(derived)
    if "$ref" in definition:
        return _read_reference(str(definition["$ref"]))
    if "type" not in definition:
        return t.TypeName(*NOWHERE, "any")
    name = _PRIMITIVES.get(str(definition["type"]).lower())
    if name is None:
        raise UnreadableTemplateError(f"the type '{definition['type']}'")
    if "allowedValues" in definition:
        literals = _read_literals(definition["allowedValues"])
        return t.ArrayTypeSyntax(*NOWHERE, literals) if name == "array" else literals
    if name == "array":
        return _read_array(definition)
    return _read_object(definition) if name == "object" else t.TypeName(*NOWHERE, name)


def _read_literals(values: list[Json]) -> Any:
    literals = tuple(read_text(value) if isinstance(value, str) else read_value(value) for value in values)
    return literals[0] if len(literals) == 1 else t.UnionTypeSyntax(*NOWHERE, literals)


def _read_array(definition: JsonObject) -> Any:
    if "prefixItems" in definition:
        return t.TupleTypeSyntax(*NOWHERE, tuple(t.TupleItem(*NOWHERE, read_decorators(item), read_type(item)) for item in definition["prefixItems"]))
    if isinstance(definition.get("items"), dict):
        return t.ArrayTypeSyntax(*NOWHERE, read_type(definition["items"]))
    return t.TypeName(*NOWHERE, "array")


def _read_object(definition: JsonObject) -> Any:
    if "discriminator" in definition:
        return t.UnionTypeSyntax(*NOWHERE, tuple(read_type(member) for member in definition["discriminator"]["mapping"].values()))
    additional = definition.get("additionalProperties")
    if "properties" not in definition and not isinstance(additional, dict):
        return t.TypeName(*NOWHERE, "object")
    written = (definition.get("properties") or {}).items()
    properties = tuple(t.TypeProperty(*NOWHERE, read_decorators(entry), read_text(key), read_type(entry)) for key, entry in written)
    rest = t.TypeProperty(*NOWHERE, read_decorators(additional), None, read_type(additional)) if isinstance(additional, dict) else None
    return t.ObjectTypeSyntax(*NOWHERE, properties, rest)


def _read_reference(pointer: str) -> Any:
    start, _, rest = pointer.removeprefix("#/definitions/").partition("/")
    return _read_pointer(t.TypeName(*NOWHERE, _unescape(start)), rest)


def _read_derived(derived: Json) -> Any:
    if isinstance(derived, str):
        name, text = "resource", derived
    else:
        name, text = "resourceOutput" if derived.get("output") else "resourceInput", str(derived["source"])
    root, _, pointer = text.partition("#")
    return _read_pointer(t.TypeCall(*NOWHERE, read_identifier(name), (read_text(root),)), pointer)


def _read_pointer(base: Any, pointer: str) -> Any:
    """The part that a JSON pointer below a type names."""
    segments = iter(pointer.split("/") if pointer else ())
    for segment in segments:
        match segment:
            case "properties":
                base = t.TypeMember(*NOWHERE, base, read_identifier(_unescape(next(segments, ""))))
            case "additionalProperties":
                base = t.TypeAdditional(*NOWHERE, base)
            case "items":
                base = t.TypeItems(*NOWHERE, base)
            case "prefixItems":
                number = next(segments, "0")
                base = t.TypeElement(*NOWHERE, base, int(number), read_text(number))
            case _:
                raise UnreadableTemplateError(f"the reference '{pointer}'")
    return base


def _unescape(segment: str) -> str:
    return segment.replace("~1", "/").replace("~0", "~")
