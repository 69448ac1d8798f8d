"""Whether a value of one type may stand where another is wanted.

As the official compiler has it: objects and arrays by kind only; what is in them is compared where a value is checked (`assignment`).
"""

from orchestrator.compiler.semantics.symbols import ResourceSymbol
from orchestrator.compiler.types.values import (
    AnyType,
    ArrayType,
    BooleanLiteralType,
    BooleanType,
    DiscriminatedType,
    ErrorType,
    IntegerLiteralType,
    IntegerType,
    ModuleType,
    ObjectType,
    ReferenceType,
    ResourceType,
    StringLiteralType,
    StringType,
    TupleType,
    Type,
    UnionType,
    resolve,
)

SCOPES = frozenset(("resourceGroup", "subscription", "managementGroup", "tenant"))
_ANYTHING = (AnyType, ErrorType)
_WHOLE: dict[type, type] = {StringLiteralType: StringType, IntegerLiteralType: IntegerType, BooleanLiteralType: BooleanType}
_OBJECTS = (ObjectType, DiscriminatedType, ResourceType, ModuleType)
_ARRAYS = (ArrayType, TupleType)


def is_assignable(source: Type, target: Type) -> bool:
    """True where every value of `source` may stand for `target`; bounds are not looked at."""
    source, target = resolve(source), resolve(target)
    if isinstance(source, _ANYTHING) or isinstance(target, _ANYTHING):
        return True
    if isinstance(source, UnionType):
        return all(is_assignable(member, target) for member in source.members)
    if isinstance(target, UnionType):
        return any(is_assignable(source, member) for member in target.members)
    if isinstance(target, ReferenceType):
        return _is_reference(source, target)
    if type(source) in _WHOLE:
        return source == target or isinstance(target, _WHOLE[type(source)])
    if isinstance(source, StringType | IntegerType | BooleanType):
        return type(source) is type(target) or (source.loose and type(target) in _WHOLE and isinstance(source, _WHOLE[type(target)]))
    if isinstance(source, _OBJECTS):
        return isinstance(target, _OBJECTS)
    return isinstance(target, _ARRAYS) if isinstance(source, _ARRAYS) else type(source) is type(target)


def _is_reference(source: Type, target: ReferenceType) -> bool:
    if target.kind == "parent":
        return isinstance(source, ResourceType) and _is_parent(source.what, target.child or "")
    if target.kind == "dependency" and isinstance(source, ArrayType):
        source = resolve(source.item)
    if isinstance(source, ResourceType | ModuleType):
        return True
    return isinstance(source, ObjectType) and source.sealed and source.name in SCOPES


def _is_parent(resource: object, child: str) -> bool:
    found = resource.type if isinstance(resource, ResourceSymbol) else None
    return found is None or child.lower().rpartition("/")[0] == found.lower()
