"""Types that are derived from Microsoft's: `resourceInput<'T@v'>`, `resourceOutput<'T@v'>`, `resource<'T@v'>`, and the parts of them that are picked.

Of a type that exists and is not in the table only what every resource has can be picked.
"""

from dataclasses import dataclass, replace

from orchestrator.compiler.syntax.expressions import StringSyntax
from orchestrator.compiler.syntax.types import TypeAdditional, TypeCall, TypeElement, TypeItems, TypeMember
from orchestrator.resource_types.lookup import find_resource_type
from orchestrator.resource_types.names import canonical_name
from orchestrator.resource_types.shapes import Any, Array, Boolean, DiscriminatedObject, Integer, Object, String, StringLiteral, Type, TypeRef, Union

DERIVING = ("resourceInput", "resourceOutput")
_NAMES: dict[type, str] = {
    String: "string",
    StringLiteral: "string",
    Integer: "int",
    Boolean: "bool",
    Object: "object",
    DiscriminatedObject: "object",
    Array: "array",
}
_ENVELOPE: dict[str, Type] = {
    **{name: String() for name in ("id", "name", "type", "apiVersion", "location")},
    "tags": Object("tags", {}),
}


@dataclass(frozen=True, slots=True)
class DerivedType:
    """A part of a resource's type: `root` is `Type@version`, `pointer` the way to the part, `shape` None where the table does not hold it."""

    root: str
    variant: str
    shape: Type | None
    pointer: tuple[str, ...] = ()

    @property
    def type_name(self) -> str | None:
        """The template's type; None where there are several."""
        return _type_name(self.shape) if self.shape is not None else None

    def _at(self, shape: Type | None, *pointer: str) -> "DerivedType | None":
        return None if shape is None else replace(self, shape=shape, pointer=(*self.pointer, *pointer))

    def find_part(self, node: TypeMember | TypeAdditional | TypeElement | TypeItems) -> "DerivedType | None":
        """The part that an access picks; None where there is none, or the table does not hold it."""
        match node:
            case TypeMember():
                return self._at(self._find_property(node.name.name), "properties", node.name.name)
            case TypeAdditional() if isinstance(self.shape, Object) and self.shape.additional is not None:
                return self._at(self.shape.additional.resolve(), "additionalProperties")
            case TypeItems() if isinstance(self.shape, Array):
                return self._at(self.shape.item.resolve(), "items")
            case _:
                return None

    def _find_property(self, name: str) -> Type | None:
        if self.shape is None:
            return None if self.pointer else _ENVELOPE.get(name)
        if isinstance(self.shape, DiscriminatedObject):
            return _find_common_property(self.shape, name)
        found = self.shape.properties.get(name) if isinstance(self.shape, Object) else None
        return found.type.resolve() if found is not None else None if self.pointer else _ENVELOPE.get(name)

    def variants(self) -> "dict[str, DerivedType]":
        """For a union that is told apart by a property: its members by that property's text."""
        if not isinstance(self.shape, DiscriminatedObject):
            return {}
        found = {value: self._at(element.resolve(), "discriminator", "mapping", value) for value, element in self.shape.elements.items()}
        return {value: part for value, part in found.items() if part is not None}


def _find_common_property(shape: DiscriminatedObject, name: str) -> Type | None:
    """What a property is in any of the elements."""
    found = [element.properties[name].type for reference in shape.elements.values() if name in (element := _object(reference)).properties]
    if name in shape.base:
        found.insert(0, shape.base[name].type)
    return Union(tuple(found)) if len(found) > 1 else found[0].resolve() if found else None


def _object(reference: TypeRef) -> Object:
    found = reference.resolve()
    return found if isinstance(found, Object) else Object("", {})


def find_derived_root(node: TypeCall) -> DerivedType | None:
    """The whole type that is named; None where nothing is derived. Of a type that does not exist the envelope is known, as of one that is not in the table."""
    argument = node.arguments[0] if node.arguments else None
    if node.name.name not in DERIVING or not isinstance(argument, StringSyntax) or argument.literal is None:
        return None
    type_name, _, version = argument.literal.removeprefix("az:").partition("@")
    known = canonical_name(type_name, version) or f"{type_name}@{version}"
    found = find_resource_type(known)
    return DerivedType(known, node.name.name, found.body.resolve() if found is not None else None)


def _type_name(shape: Type) -> str | None:
    if isinstance(shape, Union):
        names = {_type_name(element.resolve()) for element in shape.elements}
        return names.pop() if len(names) == 1 else None
    return None if isinstance(shape, Any) else _NAMES.get(type(shape))
