"""Microsoft's resource types: how each name is spelled, what each body may hold, as a table that is read only where it is asked."""

from orchestrator.resource_types.lookup import find_resource_type, resource_functions, resource_types
from orchestrator.resource_types.names import canonical_name, types_of, versions_of
from orchestrator.resource_types.nearest import nearest_types, nearest_versions
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
    StringLiteral,
    Type,
    TypeRef,
    Union,
)

__all__ = [
    "Any",
    "Array",
    "Boolean",
    "DiscriminatedObject",
    "Integer",
    "Null",
    "Object",
    "Property",
    "PropertyFlags",
    "ResourceFunction",
    "ResourceType",
    "Scope",
    "String",
    "StringLiteral",
    "Type",
    "TypeRef",
    "Union",
    "canonical_name",
    "find_resource_type",
    "nearest_types",
    "nearest_versions",
    "resource_functions",
    "resource_types",
    "types_of",
    "versions_of",
]
