"""A chunk: all types of one namespace in one version, one JSON record a line, each decoded when it is first resolved.

    line 0      {"resources": {path: number}, "functions": {path: [number]}}      paths in lower case, without the namespace
    line n      ["string", min, max, pattern, secure]           trailing values that say nothing are left out, in all kinds
                ["integer", min, max]   ["boolean"]   ["any"]   ["null"]
                ["object", name, {property: ref or [ref, flags]}, additional, secure]
                ["discriminated", name, discriminator, {property: ...}, {value: ref}]
                ["union", [ref]]
                ["array", ref, min, max]
                ["resource", name, version, ref, readable scopes, writable scopes]
                ["function", name, type, version, output, input]
    ref         the number of a line; or a text: that string literal

The writer is tools/resource_types.py; equal types are one line there.
"""

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any as AnyValue

from orchestrator.resource_types.shapes import (
    Any,
    Array,
    Boolean,
    DiscriminatedObject,
    Integer,
    Null,
    Object,
    Property,
    PropertyFlags,
    ResourceFunction,
    ResourceType,
    Scope,
    String,
    Type,
    TypeRef,
    Union,
)


class Chunk:
    """The types of one namespace in one version."""

    __slots__ = ("_functions", "_lines", "_resources", "_types", "name")

    def __init__(self, name: str, content: bytes) -> None:
        self.name = name
        self._lines = content.split(b"\n")
        head = json.loads(self._lines[0])
        self._resources: dict[str, int] = head["resources"]
        self._functions: dict[str, list[int]] = head["functions"]
        self._types: dict[int, Type] = {}

    def __repr__(self) -> str:
        return f"Chunk({self.name})"

    def resolve(self, number: int) -> Type:
        """The type with that number, decoded once."""
        known = self._types.get(number)
        if known is None:
            kind, *values = self._read(number)
            known = self._types[number] = _DECODERS[kind](self, *values)
        return known

    def find_resource(self, path: str) -> ResourceType | None:
        """A resource type by its path in lower case."""
        number = self._resources.get(path)
        if number is None:
            return None
        _, name, version, body, readable, writable = self._read(number)
        return ResourceType(name, version, self._ref(body), Scope(readable), Scope(writable), self.functions(path))

    def functions(self, path: str) -> tuple[ResourceFunction, ...]:
        """The functions of a type; also of a type that is no resource itself (`locations`, or the namespace: an empty path)."""
        return tuple(self._function(*self._read(number)[1:]) for number in self._functions.get(path, ()))

    def resources(self) -> tuple[ResourceType, ...]:
        """All resource types, sorted."""
        return tuple(resource for path in self._resources if (resource := self.find_resource(path)) is not None)

    def _read(self, number: int) -> list[AnyValue]:
        record: list[AnyValue] = json.loads(self._lines[number])
        return record

    def _ref(self, target: int | str) -> TypeRef:
        return TypeRef(self, target)

    def _function(self, name: str, type_: str, version: str, output: int | str, input_: int | str | None = None) -> ResourceFunction:
        return ResourceFunction(name, type_, version, None if input_ is None else self._ref(input_), self._ref(output))

    def _properties(self, values: Mapping[str, AnyValue]) -> Mapping[str, Property]:
        properties = {}
        for name, value in values.items():
            target, flags = value if isinstance(value, list) else (value, 0)
            properties[name] = Property(TypeRef(self, target), _FLAGS[flags])
        return MappingProxyType(properties)

    def _object(self, name: str, properties: Mapping[str, AnyValue], additional: int | str | None = None, secure: bool = False) -> Object:
        return Object(name, self._properties(properties), None if additional is None else self._ref(additional), secure)

    def _discriminated(self, name: str, discriminator: str, base: Mapping[str, AnyValue], elements: Mapping[str, int]) -> DiscriminatedObject:
        refs = MappingProxyType({value: self._ref(target) for value, target in elements.items()})
        return DiscriminatedObject(name, discriminator, self._properties(base), refs)

    def _union(self, elements: list[int | str]) -> Union:
        return Union(tuple(self._ref(element) for element in elements))

    def _array(self, item: int | str, min_length: int | None = None, max_length: int | None = None) -> Array:
        return Array(self._ref(item), min_length, max_length)


_FLAGS = tuple(PropertyFlags(number) for number in range(32))

_DECODERS: dict[str, Callable[..., Type]] = {
    "string": lambda _, *values: String(*values),
    "integer": lambda _, *values: Integer(*values),
    "boolean": lambda _: Boolean(),
    "any": lambda _: Any(),
    "null": lambda _: Null(),
    "object": Chunk._object,
    "discriminated": Chunk._discriminated,
    "union": Chunk._union,
    "array": Chunk._array,
}
