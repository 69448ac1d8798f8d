"""Whether a value of one type may stand where another is wanted."""

from orchestrator.compiler.types.values import (
    AnyType,
    ArrayType,
    BooleanLiteralType,
    BooleanType,
    Deferred,
    DiscriminatedType,
    ErrorType,
    IntegerLiteralType,
    IntegerType,
    LambdaType,
    ModuleType,
    NamespaceType,
    ObjectType,
    ResourceType,
    StringLiteralType,
    StringType,
    TupleType,
    Type,
    UnionType,
    members_of,
    resolve,
)

_ANYTHING = (AnyType, ErrorType)
_WHOLE: dict[type, type] = {StringLiteralType: StringType, IntegerLiteralType: IntegerType, BooleanLiteralType: BooleanType}
_OBJECTS = (ObjectType, DiscriminatedType, ResourceType, ModuleType)


def is_assignable(source: Type, target: Type) -> bool:
    """True where every value of `source` may stand for `target`; bounds are not looked at. Objects are compared by kind only."""
    source, target = resolve(source), resolve(target)
    if isinstance(source, _ANYTHING) or isinstance(target, _ANYTHING):
        return True
    if isinstance(source, UnionType):
        return all(is_assignable(member, target) for member in source.members)
    if isinstance(target, UnionType):
        return any(is_assignable(source, member) for member in target.members) or _is_open_literal(source, target)
    if type(source) in _WHOLE:
        return source == target or isinstance(target, _WHOLE[type(source)])
    if isinstance(source, ArrayType | TupleType):
        return _is_array_assignable(source, target)
    if isinstance(source, _OBJECTS):
        return isinstance(target, _OBJECTS) and _is_object_assignable(source, target)
    if isinstance(source, NamespaceType | LambdaType):
        return type(source) is type(target)
    return type(source) is type(target) or _narrows(source, target)


def _is_open_literal(source: Type, target: UnionType) -> bool:
    """A text of unknown value may be one of the allowed ones: a warning at most."""
    return False if not isinstance(source, StringType | IntegerType | BooleanType) else any(_narrows(source, member) for member in target.members)


def _narrows(source: Type, target: Type) -> bool:
    """True where a value of a whole type may turn out to be the literal that is wanted."""
    return type(target) in _WHOLE and isinstance(source, _WHOLE[type(target)])


def _is_array_assignable(source: ArrayType | TupleType, target: Type) -> bool:
    items = (source.item,) if isinstance(source, ArrayType) else source.items
    match target:
        case ArrayType(item):
            return all(is_assignable(entry, item) for entry in items)
        case TupleType(wanted):
            if isinstance(source, ArrayType):
                return all(is_assignable(source.item, entry) for entry in wanted)
            return len(items) == len(wanted) and all(is_assignable(entry, other) for entry, other in zip(items, wanted, strict=True))
        case _:
            return False


def _is_object_assignable(source: Type, target: Type) -> bool:
    if not isinstance(source, ObjectType) or not isinstance(target, ObjectType):
        return True
    for name, entry in source.properties.items():
        wanted = target.properties.get(name)
        expected = wanted.type if wanted else target.additional
        if expected is not None and not _may_be(entry.type, expected):
            return False
    return True


def _may_be(source: Type, target: Type) -> bool:
    """As is_assignable, but for a null that may be there."""
    if isinstance(source, Deferred) or isinstance(target, Deferred):
        return True
    return any(is_assignable(member, target) for member in members_of(source))
