"""The committed table is whole: what its manifest says, and every reference in it."""

import json
from collections.abc import Mapping
from types import ModuleType

from orchestrator.resource_types import (
    Array,
    DiscriminatedObject,
    Object,
    Property,
    ResourceType,
    Scope,
    StringLiteral,
    Type,
    TypeRef,
    Union,
    canonical_name,
    find_resource_type,
    resource_types,
)
from orchestrator.resource_types.lookup import TABLE
from orchestrator.resource_types.pack import Pack

MANIFEST = json.loads((TABLE / "manifest.json").read_text(encoding="utf-8"))


def members(file: str) -> dict[str, bytes]:
    packed = Pack(TABLE / file)
    return {name: packed.find(name) or b"" for name in packed.names()}


def references(ref: TypeRef) -> list[TypeRef]:
    """What a type refers to."""
    match ref.resolve():
        case Object(properties=properties, additional=additional):
            return [*(each.type for each in properties.values()), *([additional] if additional else [])]
        case DiscriminatedObject(base=base, elements=elements):
            return [*(each.type for each in base.values()), *elements.values()]
        case Union(elements=elements):
            return list(elements)
        case Array(item=item):
            return [item]
        case _:
            return []


def reach(resource: ResourceType, seen: set[TypeRef]) -> None:
    """Resolve all that a resource and its functions refer to."""
    waiting = [resource.body, *(ref for function in resource.functions for ref in (function.input, function.output) if ref is not None)]
    while waiting:
        ref = waiting.pop()
        if ref not in seen:
            seen.add(ref)
            waiting.extend(references(ref))


def test_the_content_is_what_the_manifest_hashes(generator: ModuleType) -> None:
    assert generator.content_hash(members("names.pack")) == MANIFEST["names"]["sha256"]
    assert generator.content_hash(members("types.pack")) == MANIFEST["types"]["sha256"]


def test_the_counts() -> None:
    names = sum(line.count(" ") for content in members("names.pack").values() for line in content.decode().splitlines())
    assert names == MANIFEST["names"]["count"]
    assert len(MANIFEST["resources"]) == MANIFEST["types"]["count"]


def test_every_listed_type_is_found_and_spelled_the_same() -> None:
    found = {name: find_resource_type(name) for name in MANIFEST["resources"]}
    assert {name: each and f"{each.name}@{each.version}" for name, each in found.items()} == {name: name for name in found}
    assert {name: canonical_name(*name.split("@")) for name in found} == {name: name for name in found}


def test_every_reference_resolves() -> None:
    seen: set[TypeRef] = set()
    count = 0
    for resource in resource_types():
        count += 1
        reach(resource, seen)
    assert count == MANIFEST["types"]["count"]


def property_sets(body: Type) -> list[Mapping[str, Property]]:
    """The properties of a body; of each element where the body is discriminated."""
    if isinstance(body, DiscriminatedObject):
        return [{**body.base, **each} for element in body.elements.values() for each in property_sets(element.resolve())]
    assert isinstance(body, Object)
    return [body.properties]


def test_every_body_says_its_own_type_and_version() -> None:
    for resource in resource_types():
        for properties in property_sets(resource.body.resolve()):
            said = [properties[name].type.resolve() for name in ("type", "apiVersion")]
            assert said == [StringLiteral(resource.name), StringLiteral(resource.version)]
        assert resource.readable_scopes | resource.writable_scopes != Scope.NONE


def test_the_table_is_small() -> None:
    assert sum(path.stat().st_size for path in TABLE.iterdir()) < 1_000_000
