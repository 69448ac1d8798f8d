"""Every type of Microsoft's own files against the committed table, where those files are found."""

import json
from pathlib import Path
from typing import Any, TypeAlias

from orchestrator.resource_types import Any as AnyType
from orchestrator.resource_types import (
    Array,
    Boolean,
    DiscriminatedObject,
    Integer,
    Null,
    Object,
    String,
    StringLiteral,
    Type,
    TypeRef,
    Union,
    find_resource_type,
    resource_functions,
)

Pairs: TypeAlias = list[tuple[dict[str, str], TypeRef]]


class RoundTrip:
    """Walks Microsoft's JSON and our values side by side; each pair once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, list[dict[str, Any]]] = {}
        self.seen: set[tuple[str, int, TypeRef]] = set()

    def read(self, reference: dict[str, str], file: str = "") -> tuple[str, int, dict[str, Any]]:
        path, _, number = reference["$ref"].partition("#/")
        path = path or file
        if path not in self.files:
            self.files[path] = json.loads((self.folder / path).read_text(encoding="utf-8"))
        return path, int(number), self.files[path][int(number)]

    def compare(self, reference: dict[str, str], file: str, found: TypeRef) -> None:
        waiting = [(reference, file, found)]
        while waiting:
            reference, file, found = waiting.pop()
            path, number, raw = self.read(reference, file)
            if (path, number, found) not in self.seen:
                self.seen.add((path, number, found))
                waiting.extend((child, path, ours) for child, ours in children(raw, found.resolve()))


def children(raw: dict[str, Any], found: Type) -> Pairs:
    """Assert that a type says what Microsoft's says; the pairs that it leads to."""
    match found:
        case String():
            expected = {"minLength": found.min_length, "maxLength": found.max_length, "pattern": found.pattern, "sensitive": found.secure or None}
            assert said(raw, "StringType") == without_none(expected)
        case StringLiteral():
            assert said(raw, "StringLiteralType") == {"value": found.value}
        case Integer():
            assert said(raw, "IntegerType") == without_none({"minValue": found.min_value, "maxValue": found.max_value})
        case Boolean() | AnyType() | Null():
            assert raw == {"$type": f"{type(found).__name__}Type"}
        case _:
            return compound_children(raw, found)
    return []


def compound_children(raw: dict[str, Any], found: Object | DiscriminatedObject | Union | Array) -> Pairs:
    match found:
        case Object():
            assert (raw["$type"], raw["name"], raw.get("sensitive", False)) == ("ObjectType", found.name, found.secure)
            additional = raw.get("additionalProperties")
            assert (additional is None) == (found.additional is None)
            rest: Pairs = [(additional, found.additional)] if additional and found.additional else []
            return property_pairs(raw["properties"], found.properties) + rest
        case DiscriminatedObject():
            assert (raw["$type"], raw["name"], raw["discriminator"]) == ("DiscriminatedObjectType", found.name, found.discriminator)
            assert list(raw["elements"]) == list(found.elements)
            elements = list(zip(raw["elements"].values(), found.elements.values(), strict=True))
            return property_pairs(raw["baseProperties"], found.base) + elements
        case Union():
            assert raw["$type"] == "UnionType"
            return list(zip(raw["elements"], found.elements, strict=True))
        case Array():
            expected = {"itemType": raw["itemType"], "minLength": found.min_length, "maxLength": found.max_length}
            assert said(raw, "ArrayType") == without_none(expected)
            return [(raw["itemType"], found.item)]


def said(raw: dict[str, Any], kind: str) -> dict[str, Any]:
    assert raw["$type"] == kind
    return {key: value for key, value in raw.items() if key != "$type"}


def without_none(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def property_pairs(raw: dict[str, Any], found: Any) -> Pairs:
    assert [(name, value["flags"]) for name, value in raw.items()] == [(name, value.flags) for name, value in found.items()]
    return [(value["type"], found[name].type) for name, value in raw.items()]


def test_every_type_of_the_source_is_in_the_table(source_folder: Path) -> None:
    walk = RoundTrip(source_folder)
    index = json.loads((source_folder / "index.json").read_text(encoding="utf-8"))
    for name, reference in index["resources"].items():
        path, _, raw = walk.read(reference)
        found = find_resource_type(name)
        assert found is not None
        assert (f"{found.name}@{found.version}", found.readable_scopes, found.writable_scopes) == (raw["name"], raw["readableScopes"], raw["writableScopes"])
        walk.compare(raw["body"], path, found.body)


def test_every_function_of_the_source_is_in_the_table(source_folder: Path) -> None:
    walk = RoundTrip(source_folder)
    index = json.loads((source_folder / "index.json").read_text(encoding="utf-8"))
    for type_, versions in index["resourceFunctions"].items():
        for version, listed in versions.items():
            for reference, found in zip(listed, resource_functions(type_, version), strict=True):
                path, _, raw = walk.read(reference)
                assert (found.name, found.type, found.version) == (raw["name"], raw["resourceType"], raw["apiVersion"])
                walk.compare(raw["output"], path, found.output)
                assert (found.input is None) == ("input" not in raw)
                if found.input is not None:
                    walk.compare(raw["input"], path, found.input)
