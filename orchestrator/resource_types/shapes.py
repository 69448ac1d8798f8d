"""What a resource's body may look like, as values; they know nothing of Bicep and nothing of how the table is stored.

Types are cyclic (a subnet knows its network, a network its subnets), so they hold each other as `TypeRef`, which is read when somebody resolves it.
Equal types of one namespace and version are one value, so a walk can keep what it has seen in a set of `TypeRef`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntFlag
from typing import Protocol, TypeAlias


class PropertyFlags(IntFlag):
    """What may be done with a property; Microsoft's numbers."""

    NONE = 0
    REQUIRED = 1
    READ_ONLY = 2
    WRITE_ONLY = 4
    DEPLOY_TIME_CONSTANT = 8
    IDENTIFIER = 16


class Scope(IntFlag):
    """Where a resource may stand; Microsoft's numbers."""

    NONE = 0
    TENANT = 1
    MANAGEMENT_GROUP = 2
    SUBSCRIPTION = 4
    RESOURCE_GROUP = 8
    EXTENSION = 16


class TypeSource(Protocol):
    """Where references are resolved: the types of one namespace in one version."""

    def resolve(self, number: int) -> "Type":
        """The type with that number."""


@dataclass(frozen=True, slots=True)
class TypeRef:
    """A type that is read when it is asked for; a text as target is a string literal, written in place."""

    source: TypeSource
    target: int | str

    def resolve(self) -> "Type":
        """The type itself; the same object each time, but for literals."""
        if isinstance(self.target, str):
            return StringLiteral(self.target)
        return self.source.resolve(self.target)


@dataclass(frozen=True, slots=True)
class String:
    """Any text within its limits."""

    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    secure: bool = False


@dataclass(frozen=True, slots=True)
class StringLiteral:
    """One text."""

    value: str


@dataclass(frozen=True, slots=True)
class Integer:
    """A whole number within its limits."""

    min_value: int | None = None
    max_value: int | None = None


@dataclass(frozen=True, slots=True)
class Boolean:
    """True or false."""


@dataclass(frozen=True, slots=True)
class Any:
    """Whatever it be."""


@dataclass(frozen=True, slots=True)
class Null:
    """Null."""


@dataclass(frozen=True, slots=True)
class Property:
    """A property of an object: its type, and what may be done with it."""

    type: TypeRef
    flags: PropertyFlags = PropertyFlags.NONE

    @property
    def required(self) -> bool:
        """It must be written."""
        return bool(self.flags & PropertyFlags.REQUIRED)

    @property
    def read_only(self) -> bool:
        """Only Azure writes it."""
        return bool(self.flags & PropertyFlags.READ_ONLY)

    @property
    def write_only(self) -> bool:
        """Azure does not give it back."""
        return bool(self.flags & PropertyFlags.WRITE_ONLY)

    @property
    def deploy_time_constant(self) -> bool:
        """It is known before the deployment starts."""
        return bool(self.flags & PropertyFlags.DEPLOY_TIME_CONSTANT)

    @property
    def identifier(self) -> bool:
        """It tells an existing resource from its like (types of extensions; Azure's own do not use it)."""
        return bool(self.flags & PropertyFlags.IDENTIFIER)


@dataclass(frozen=True, slots=True, eq=False)
class Object:
    """An object; `additional` is the type of properties that have no name here, None where there may be none."""

    name: str
    properties: Mapping[str, Property]
    additional: TypeRef | None = None
    secure: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class DiscriminatedObject:
    """An object whose property `discriminator` says which of the elements it is; an element names that property too, `base` what all have."""

    name: str
    discriminator: str
    base: Mapping[str, Property]
    elements: Mapping[str, TypeRef]


@dataclass(frozen=True, slots=True)
class Union:
    """One of several; an open enum has String among them."""

    elements: tuple[TypeRef, ...]


@dataclass(frozen=True, slots=True)
class Array:
    """A list of one type of items."""

    item: TypeRef
    min_length: int | None = None
    max_length: int | None = None


Type: TypeAlias = String | StringLiteral | Integer | Boolean | Any | Null | Object | DiscriminatedObject | Union | Array


@dataclass(frozen=True, slots=True)
class ResourceFunction:
    """An action of a resource that a template may call: `listKeys` and its kin."""

    name: str
    type: str
    version: str
    input: TypeRef | None
    output: TypeRef


@dataclass(frozen=True, slots=True)
class ResourceType:
    """A resource type in one version; where writable_scopes is NONE it can only be read (`existing`)."""

    name: str
    version: str
    body: TypeRef
    readable_scopes: Scope
    writable_scopes: Scope
    functions: tuple[ResourceFunction, ...] = ()
