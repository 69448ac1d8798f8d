"""Label and field selectors, as lists and watches have them in their query."""

import re
from collections.abc import Callable

from orchestrator.lab.kubernetes.failures import bad_request
from orchestrator.model.json_value import Json, JsonObject

Predicate = Callable[[JsonObject], bool]

_SET = re.compile(r"(?P<key>\S+)\s+(?P<operator>in|notin)\s+\((?P<values>[^)]*)\)")
_EQUAL = re.compile(r"(?P<key>[^=!\s]+)\s*(?P<operator>==|=|!=)\s*(?P<value>\S*)")
_EXISTS = re.compile(r"(?P<not>!?)\s*(?P<key>[A-Za-z0-9][A-Za-z0-9_./-]*)")
_BETWEEN = re.compile(r",(?![^(]*\))")


def parse_selectors(labels: str, fields: str) -> Predicate:
    """Whether an object matches both selectors; a 400 where one cannot be read."""
    tests = [_label_test(part.strip()) for part in _BETWEEN.split(labels) if part.strip()]
    tests += [_field_test(part.strip()) for part in fields.split(",") if part.strip()]
    return lambda body: all(test(body) for test in tests)


def matches_labels(selector: JsonObject, body: JsonObject) -> bool:
    """Whether an object has all labels of a map."""
    own = body["metadata"].get("labels") or {}
    return all(own.get(key) == value for key, value in selector.items())


def _label_test(part: str) -> Predicate:
    found = _SET.fullmatch(part)
    if found is not None:
        values = {value.strip() for value in found["values"].split(",")}
        wanted = found["operator"] == "in"
        return lambda body: (_label(body, found["key"]) in values) == wanted
    equal = _EQUAL.fullmatch(part)
    if equal is not None:
        return lambda body: (_label(body, equal["key"]) == equal["value"]) == (equal["operator"] != "!=")
    exists = _EXISTS.fullmatch(part)
    if exists is None:
        raise bad_request(f"unable to parse requirement: {part!r}")
    return lambda body: (_label(body, exists["key"]) is None) == bool(exists["not"])


def _label(body: JsonObject, key: str) -> Json:
    return (body["metadata"].get("labels") or {}).get(key)


def _field_test(part: str) -> Predicate:
    equal = _EQUAL.fullmatch(part)
    if equal is None:
        raise bad_request(f"invalid selector: {part!r}; can't understand it")
    path = equal["key"].split(".")

    def test(body: JsonObject) -> bool:
        value: Json = body
        for name in path:
            value = value.get(name) if isinstance(value, dict) else None
        return (str(value or "") == equal["value"]) == (equal["operator"] != "!=")

    return test
