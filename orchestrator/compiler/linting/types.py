"""Questions about types that rules ask."""

from collections.abc import Iterator

from orchestrator.compiler.semantics.assignability import is_assignable
from orchestrator.compiler.types.values import (
    OBJECT,
    STRING,
    AnyType,
    ArrayType,
    ErrorType,
    ObjectType,
    StringType,
    TupleType,
    Type,
    UnionType,
    resolve,
)


def is_one_of(type_: Type, wanted: Type) -> bool:
    """True where a value is surely of the wanted type."""
    return not isinstance(resolve(type_), AnyType | ErrorType) and is_assignable(type_, wanted)


def is_string(type_: Type) -> bool:
    """True for a text, and nothing but a text."""
    return is_one_of(type_, STRING)


def is_object(type_: Type) -> bool:
    """True for an object, and nothing but an object."""
    return is_one_of(type_, OBJECT)


def is_marked_secure(type_: Type) -> bool:
    """True where the type itself is marked @secure()."""
    found = resolve(type_)
    if isinstance(found, UnionType):
        return all(is_marked_secure(member) for member in found.members)
    return isinstance(found, StringType | ObjectType) and found.secure


def secure_paths(type_: Type, *, accessed: bool = False) -> Iterator[str]:
    """Where in a type something is marked @secure(); '' is the type itself. accessed: a member of the value is taken, so that the others do not count."""
    return _secure_paths(type_, accessed, "", frozenset())


def _secure_paths(type_: Type, accessed: bool, path: str, around: frozenset[int]) -> Iterator[str]:
    found = resolve(type_)
    if id(found) in around:
        return
    around |= {id(found)}
    if isinstance(found, StringType | ObjectType) and found.secure:
        yield path
    if isinstance(found, UnionType):
        for member in found.members:
            yield from _secure_paths(member, accessed, path, around)
    elif not accessed:
        for step, inner in _parts(found):
            yield from _secure_paths(inner, accessed, path + step, around)


def _parts(type_: Type) -> Iterator[tuple[str, Type]]:
    match type_:
        case ObjectType(properties=properties, additional=additional):
            if additional is not None:
                yield ".*", additional
            for name, entry in properties.items():
                yield f".{name}", entry.type
        case TupleType(items):
            for number, item in enumerate(items):
                yield f"[{number}]", item
        case ArrayType(item=item):
            yield "[*]", item
        case _:
            return
