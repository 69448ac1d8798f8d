"""What a resource's body may hold: Microsoft's type, with what every resource has; for a type without definitions only that (the envelope).

Types are read out of the table when somebody asks for them: a property that nobody writes or reads costs nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from orchestrator.compiler.semantics.symbols import ResourceSymbol
from orchestrator.compiler.types.values import (
    ANY,
    BOOLEAN,
    INTEGER,
    NULL,
    OBJECT,
    STRING,
    STRINGS,
    ArrayType,
    Deferred,
    DiscriminatedType,
    IntegerType,
    ObjectType,
    Property,
    PropertyFlags,
    ReferenceType,
    StringLiteralType,
    StringType,
    Type,
    make_union,
    resolve,
)
from orchestrator.resource_types import shapes
from orchestrator.resource_types.lookup import find_resource_type
from orchestrator.resource_types.names import canonical_name

_F = PropertyFlags
_REFERENCE = _F.WRITE_ONLY | _F.CONSTANT | _F.READABLE | _F.NO_ANY | _F.SYSTEM
_CONSTANT_WHEN_WRITTEN = frozenset(
    (
        *("location", "kind", "subscriptionId", "resourceGroup", "managedBy", "extendedLocation", "zones", "placement", "plan", "sku"),
        *("identity", "managedByExtended", "tags", "asserts"),
    )
)
_CONSTANT_WHEN_READ = frozenset(("id", "name", "type", "apiVersion"))
_SETTABLE_IF_EXISTING = frozenset(("name", "scope", "parent", "dependsOn"))
_EXTENSION_OR_TENANT = shapes.Scope.EXTENSION | shapes.Scope.TENANT
_TYPE = re.compile(r"[a-z0-9][a-z0-9.]*(/[a-z0-9-]+)+", re.IGNORECASE)
_VERSION = re.compile(r"\d{4}-\d{2}-\d{2}(-(preview|alpha|beta|rc|privatepreview))?", re.IGNORECASE)


def is_resource_type_text(type_name: str, version: str) -> bool:
    """True where a type and version are written as such, whether they exist or not."""
    return _TYPE.fullmatch(type_name) is not None and _VERSION.fullmatch(version) is not None


def find_body_type(symbol: ResourceSymbol) -> Type | None:
    """The type of a resource's body; None where the resource's type is not known at all."""
    if symbol.type is None or symbol.version is None or symbol.extension is not None:
        return None
    has_parent = symbol.nested_in is not None or symbol.find_value("parent") is not None
    return _body(f"{symbol.type}@{symbol.version}", symbol.existing, symbol.nested_in is not None, has_parent)


def find_derived_type(name: str, *, output: bool) -> Type:
    """What `resourceInput` or `resourceOutput` of a resource's type stands for; ANY where the table does not hold it."""
    found = find_resource_type(name)
    if found is None:
        return ANY
    return _completed(convert_type(found.body, place="output"), name, None, existing=False, nested=False) if output else _body(name, False, False, False)


def exists(symbol: ResourceSymbol) -> bool:
    """True where Microsoft knows the type in that version."""
    return canonical_name(symbol.type or "", symbol.version or "") is not None


def find_scopes(symbol: ResourceSymbol) -> tuple[shapes.Scope, shapes.Scope] | None:
    """Where a resource may be read and written; None where that is not known."""
    found = find_resource_type(f"{symbol.type}@{symbol.version}")
    return None if found is None else (found.readable_scopes, found.writable_scopes)


_ELSEWHERE = {
    "microsoft.resources/resourcegroups": shapes.Scope.SUBSCRIPTION,
    "microsoft.management/managementgroups": shapes.Scope.TENANT,
    "microsoft.subscription/aliases": shapes.Scope.TENANT,
    "microsoft.authorization/policydefinitions": shapes.Scope.TENANT | shapes.Scope.MANAGEMENT_GROUP | shapes.Scope.SUBSCRIPTION,
    "microsoft.authorization/policysetdefinitions": shapes.Scope.TENANT | shapes.Scope.MANAGEMENT_GROUP | shapes.Scope.SUBSCRIPTION,
}
"""Types that are never in a resource group: in all their versions, of which the table holds a few."""


def find_type_scopes(symbol: ResourceSymbol) -> shapes.Scope | None:
    """Where a type may be deployed; None where that is not known, or it is an extension of other resources."""
    found = find_scopes(symbol)
    allowed = found[1] if found is not None else _ELSEWHERE.get((symbol.type or "").lower()) if exists(symbol) else None
    return None if allowed is None or allowed & shapes.Scope.EXTENSION or not allowed else allowed


@cache
def _body(name: str, existing: bool, nested: bool, has_parent: bool) -> Type:
    type_name, _, version = name.partition("@")
    found = find_resource_type(name)
    if found is None:
        known = canonical_name(type_name, version) is not None
        generic = ObjectType(_generic(type_name, version, known=known), ANY if known else None, sealed=not known, name=name)
        return _completed(generic, name, None, existing=existing, nested=nested)
    body = convert_type(found.body, place="body")
    scopes = found.readable_scopes | found.writable_scopes
    literal_names = type_name.count("/") == 1 or has_parent
    if isinstance(body, DiscriminatedType):
        if existing if body.discriminator != "name" else not literal_names:
            names = {key for member in body.members.values() for key in _properties(member)}
            common = {key: entry for key, entry in _generic(type_name, version, known=False).items() if key in names}
            return _completed(ObjectType(common, sealed=True, name=name), name, scopes, existing=existing, nested=nested)
        members: dict[str, Type] = {
            value: Deferred("", lambda member=member: _completed(resolve(member), name, scopes, existing=existing, nested=nested))  # type: ignore[misc]
            for value, member in body.members.items()
        }
        return replace(body, members=members)
    if not literal_names and isinstance(body, ObjectType) and "name" in body.properties:
        properties = dict(body.properties)
        properties["name"] = replace(properties["name"], type=STRING)
        body = replace(body, properties=properties)
    return _completed(body, name, scopes, existing=existing, nested=nested)


def _properties(type_: Type) -> Mapping[str, Property]:
    found = resolve(type_)
    return found.properties if isinstance(found, ObjectType) else {}


def _completed(body: Type, name: str, scopes: shapes.Scope | None, *, existing: bool, nested: bool) -> Type:
    """A body with what Bicep adds: scope, parent, dependsOn, and what every resource may have."""
    if not isinstance(body, ObjectType):
        return body
    properties = dict(body.properties)
    properties["dependsOn"] = Property(ArrayType(ReferenceType("dependency")), False, False, _F.WRITE_ONLY | _F.NO_ANY | _F.SYSTEM)
    if existing or scopes is None or scopes & _EXTENSION_OR_TENANT:
        properties["scope"] = Property(ReferenceType("scope"), False, False, _REFERENCE | _F.LOOP_VARIANT)
    type_name = name.partition("@")[0]
    if type_name.count("/") > 1 and not nested:
        properties["parent"] = Property(ReferenceType("parent", type_name), False, False, _REFERENCE | _F.LOOP_VARIANT)
    if type_name.lower() == "microsoft.resources/deployments":
        for key in ("resourceGroup", "subscriptionId"):
            properties[key] = Property(STRING, False, False, _F.CONSTANT | _F.SYSTEM)
    for key, entry in properties.items():
        properties[key] = _flagged(key, entry, existing=existing)
    if body.additional is None:
        for key, entry in _TOP_LEVEL.items():
            properties.setdefault(key, replace(entry, flags=entry.flags | _F.FALLBACK))
    if existing:
        properties = {key: entry if key in _SETTABLE_IF_EXISTING else replace(entry, required=False, read_only=True) for key, entry in properties.items()}
    return replace(body, properties=properties)


def _flagged(key: str, entry: Property, *, existing: bool) -> Property:
    flags = entry.flags
    if key in _CONSTANT_WHEN_READ:
        flags |= _F.READABLE
    if key in _CONSTANT_WHEN_WRITTEN and not existing:
        flags |= _F.CONSTANT
    if key == "name":
        flags |= _F.LOOP_VARIANT | _F.SYSTEM
    return entry if flags == entry.flags else replace(entry, flags=flags)


def _generic(type_name: str, version: str, *, known: bool) -> dict[str, Property]:
    """What every resource has; `known`: more is there, but we do not know what."""
    common = {
        "id": Property(STRING, False, True, _F.CONSTANT | _F.SYSTEM),
        "name": Property(STRING, True, False, _F.CONSTANT | _F.SYSTEM | _F.LOOP_VARIANT),
        "type": Property(StringLiteralType(type_name), False, True, _F.CONSTANT | _F.SYSTEM),
        "apiVersion": Property(StringLiteralType(version), False, True, _F.CONSTANT | _F.SYSTEM),
    }
    if not known:
        return common | _TOP_LEVEL
    rest = {key: Property(ANY, False, False, entry.flags) for key, entry in _TOP_LEVEL.items() if key != "asserts"}
    return common | rest | {"location": _TOP_LEVEL["location"]}


_BELOW = {"body": "top", "top": "inside", "inside": "inside", "output": "output"}


@cache
def convert_type(reference: shapes.TypeRef, *, place: str = "inside") -> Type:
    """A type of the table as the compiler's, one value for each, since types of the table contain themselves.

    place: `body` of a resource, `top` (a property of it), or inside of one; `output`: what is only read is like all else.
    """
    shape = reference.resolve()
    lenient = place != "body"
    below = _BELOW[place]
    match shape:
        case shapes.Object():
            properties = {key: _converted(entry, below) for key, entry in shape.properties.items()}
            additional = _deferred(shape.additional, below) if shape.additional is not None else None
            return ObjectType(properties, additional, shape.secure, additional is None, shape.name, lenient)
        case shapes.DiscriminatedObject():
            members: dict[str, Type] = {
                value: Deferred("", lambda element=element: _merged(shape, element, place))  # type: ignore[misc]
                for value, element in shape.elements.items()
            }
            return DiscriminatedType(shape.discriminator, members, shape.name, lenient)
        case shapes.Array():
            return ArrayType(_deferred(shape.item, "output" if place == "output" else "inside"), shape.min_length, shape.max_length, lenient=True)
        case shapes.Union():
            return make_union(tuple(convert_type(element, place=place) for element in shape.elements))
        case _:
            return _plain(shape)


def _plain(shape: shapes.Type) -> Type:
    match shape:
        case shapes.String():
            return StringType(shape.min_length, shape.max_length, shape.secure, shape.pattern)
        case shapes.StringLiteral():
            return StringLiteralType(shape.value)
        case shapes.Integer():
            return IntegerType(shape.min_value, shape.max_value)
        case shapes.Boolean():
            return BOOLEAN
        case shapes.Null():
            return NULL
        case _:
            return ANY


@cache
def _deferred(reference: shapes.TypeRef, place: str) -> Type:
    return Deferred("", lambda: convert_type(reference, place=place))


def _converted(entry: shapes.Property, place: str) -> Property:
    flags = _F.WRITE_ONLY * entry.write_only + _F.CONSTANT * entry.deploy_time_constant
    read_only = entry.read_only and place != "output"
    if not entry.required and not read_only:
        flags += _F.NULLABLE
    return Property(_deferred(entry.type, place), entry.required and not (entry.read_only and place == "output"), read_only, flags)


def _merged(shape: shapes.DiscriminatedObject, element: shapes.TypeRef, place: str) -> Type:
    """One of the objects that are told apart, with what all of them have."""
    found = convert_type(element, place=place)
    if not isinstance(found, ObjectType):
        return found
    below = _BELOW[place]
    base = {key: _converted(entry, below) for key, entry in shape.base.items() if key not in found.properties}
    return replace(found, properties={**found.properties, **base})


def _envelope(name: str, required: tuple[str, ...] = (), /, **types: Type) -> ObjectType:
    return ObjectType({key: Property(type_, key in required) for key, type_ in types.items()}, sealed=True, name=name)


def _one_of(*texts: str) -> Type:
    """An open enum: any text will do."""
    return make_union((*(StringLiteralType(text) for text in texts), STRING))


_IDENTITY = _envelope("userAssignedIdentityProperties", principalId=STRING, clientId=STRING)
_TOP_LEVEL_TYPES: dict[str, Type] = {
    "location": STRING,
    "tags": ObjectType({}, STRING, name="Tags"),
    "asserts": ObjectType({}, BOOLEAN, name="ResourceAsserts"),
    "properties": OBJECT,
    "sku": _envelope("sku", name=STRING, tier=STRING, size=STRING, family=STRING, model=STRING, capacity=INTEGER),
    "kind": STRING,
    "managedBy": STRING,
    "managedByExtended": STRINGS,
    "extendedLocation": _envelope("extendedLocation", ("type",), type=STRING, name=STRING),
    "zones": STRINGS,
    "placement": _envelope("placement", ("zonePlacementPolicy",), zonePlacementPolicy=STRING, includeZones=STRINGS, excludeZones=STRINGS),
    "plan": OBJECT,
    "eTag": STRING,
    "scale": _envelope("scale", ("capacity",), capacity=INTEGER, maximum=INTEGER, minimum=INTEGER),
    "identity": _envelope(
        "identity",
        ("type",),
        principalId=STRING,
        tenantId=STRING,
        type=_one_of("NotSpecified", "SystemAssigned", "UserAssigned", "None", "Actor"),
        identityIds=STRINGS,
        userAssignedIdentities=ObjectType({}, _IDENTITY, name="userAssignedIdentities"),
        delegatedResources=OBJECT,
    ),
}
_TOP_LEVEL = {key: Property(type_, False) for key, type_ in _TOP_LEVEL_TYPES.items()}
