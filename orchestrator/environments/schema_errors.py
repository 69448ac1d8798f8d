"""What a JSON Schema error says to a person: one sentence, what was expected and what is there, without the schema's own words.

A value that the schema marks `writeOnly` (a secure one, or anything inside it) is never shown.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from orchestrator.environments.nearest_name import did_you_mean
from orchestrator.model.json_value import Json, JsonObject

_TYPE_WORDS = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "object": "an object",
    "array": "a list",
    "null": "null",
}
_LENGTH_WORDS = {
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "minItems": "at least {} entries",
    "maxItems": "at most {} entries",
    "maxProperties": "at most {} keys",
}
_LIMIT_WORDS = {"minimum": "at least {}", "maximum": "at most {}"}


@dataclass(frozen=True, slots=True)
class SchemaError:
    """One error in words. `path`: keys and indexes of the value, or of the key that should not be there; `is_key`: the key itself is what is wrong."""

    code: str
    message: str
    path: tuple[str | int, ...]
    remedy: str | None = None
    is_key: bool = False


def validate_against(schema: JsonObject, value: Json) -> tuple[SchemaError, ...]:
    """Every error of a value, in the order of the document."""
    errors = [found for error in Draft202012Validator(schema).iter_errors(value) for found in _in_words(error, schema)]
    return tuple(sorted(errors, key=lambda error: ([str(part) for part in error.path], error.code)))


def _in_words(error: ValidationError, schema: JsonObject) -> Iterator[SchemaError]:
    path: tuple[str | int, ...] = tuple(error.absolute_path)
    secure = _is_secure(error, schema)
    match error.validator:
        case "additionalProperties" if isinstance(error.instance, Mapping):
            known = list(error.schema.get("properties", ())) if isinstance(error.schema, Mapping) else []
            for key in (key for key in error.instance if key not in known):
                if secure:
                    yield SchemaError("UnknownKey", "a key that is not known", path)
                else:
                    yield SchemaError("UnknownKey", f"unknown key '{key}'", (*path, str(key)), remedy=did_you_mean(str(key), known), is_key=True)
        case "required" if isinstance(error.instance, Mapping):
            yield from _missing(error, path)
        case "not" if path:
            yield SchemaError("UnknownKey", f"'{path[-1]}' cannot stand here", path, remedy=_description(error), is_key=True)
        case _:
            code = "WrongType" if error.validator == "type" else "InvalidValue"
            yield SchemaError(code, _sentence(error, secure=secure), path, remedy=_description(error))


def _missing(error: ValidationError, path: tuple[str | int, ...]) -> Iterator[SchemaError]:
    """jsonschema reports each missing key on its own; the message names it."""
    properties: Mapping[str, Any] = error.schema.get("properties", {}) if isinstance(error.schema, Mapping) else {}
    wanted: Any = error.validator_value
    key = next((key for key in wanted if error.message.startswith(repr(key))), None)
    if key is not None:
        rule = properties.get(key, {})
        yield SchemaError("MissingKey", f"the key '{key}' is missing", path, remedy=rule.get("description") if isinstance(rule, Mapping) else None)


def _sentence(error: ValidationError, *, secure: bool) -> str:
    is_what = "the value, which is secure and not shown," if secure else _shown(error.instance)
    wanted: Any = error.validator_value
    value: Any = error.instance
    match error.validator:
        case "type":
            return f"expected {_type_words(wanted)}, but {is_what} is {_type_of(error.instance)}"
        case "enum":
            return f"{is_what} is none of: {', '.join(_shown(choice) for choice in wanted if choice is not None)}"
        case "pattern":
            return f"{is_what} has not the form that is expected"
        case keyword if keyword in _LIMIT_WORDS:
            return f"{is_what} is out of range: {_LIMIT_WORDS[str(keyword)].format(wanted)}"
        case keyword if keyword in _LENGTH_WORDS:
            length = "" if secure else f", but has {len(value)}"
            return f"expected {_LENGTH_WORDS[str(keyword)].format(wanted)}{length}"
        case "uniqueItems":
            return "an entry stands twice in the list"
        case _:
            return f"{is_what} does not satisfy '{error.validator}'"


def _type_words(wanted: str | Sequence[str]) -> str:
    names = [wanted] if isinstance(wanted, str) else list(wanted)
    return " or ".join(_TYPE_WORDS[name] for name in names)


def _type_of(value: Json) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    names: tuple[tuple[type, str], ...] = ((int, "integer"), (float, "number"), (str, "string"), (Mapping, "object"), (list, "array"))
    return next((_TYPE_WORDS[name] for kind, name in names if isinstance(value, kind)), type(value).__name__)


def _shown(value: Json) -> str:
    match value:
        case Mapping():
            return "this value"
        case list():
            return "this list"
        case bool() | None:
            return str(value).lower() if value is not None else "it"
        case str() if len(value) > 80:
            return repr(value[:77] + "...")
        case _:
            return repr(value)


def _description(error: ValidationError) -> str | None:
    schema = error.schema
    return schema.get("description") if isinstance(schema, Mapping) else None


def _is_secure(error: ValidationError, schema: JsonObject) -> bool:
    """True where a schema on the way to the error says writeOnly; the way may pass `$ref`s into `$defs`."""
    here: Any = schema
    for part in error.absolute_schema_path:
        if isinstance(here, Mapping) and here.get("writeOnly"):
            return True
        if part == "$ref" and isinstance(here, Mapping):
            here = schema.get("$defs", {}).get(unquote(str(here["$ref"]).rpartition("/")[2]).replace("~1", "/").replace("~0", "~"), {})
        elif isinstance(here, Mapping):
            here = here.get(part)
        elif isinstance(here, list) and isinstance(part, int):
            here = here[part]
    return isinstance(here, Mapping) and bool(here.get("writeOnly"))
