"""Questions about types that rules ask."""

from collections.abc import Iterator
from itertools import islice

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

_MOST = 100
"""Paths that are told apart: their number may double with each level of a type."""


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
    telling = _telling(type_)
    if telling:
        yield from islice(_secure_paths(type_, accessed, "", telling), _MOST)


def _secure_paths(type_: Type, accessed: bool, path: str, telling: set[int]) -> Iterator[str]:
    """telling: the types in which something is secure; those around this one are taken out of it, so that a type in itself ends."""
    found = resolve(type_)
    if id(found) not in telling:
        return
    inside = telling - {id(found)}
    if isinstance(found, StringType | ObjectType) and found.secure:
        yield path
    for step, inner in _parts(found):
        if step is None:
            yield from _secure_paths(inner, accessed, path, inside)
        elif not accessed:
            yield from _secure_paths(inner, accessed, path + step, inside)


def _telling(type_: Type) -> set[int]:
    """The types, by identity, that are secure or in which something is: each is looked at once."""
    owners: dict[int, set[int]] = {}
    kept: list[Type] = [resolve(type_)]
    waiting: list[int] = []
    seen = {id(kept[0])}
    for found in kept:
        if isinstance(found, StringType | ObjectType) and found.secure:
            waiting.append(id(found))
        for _, inner in _parts(found):
            part = resolve(inner)
            owners.setdefault(id(part), set()).add(id(found))
            if id(part) not in seen:
                seen.add(id(part))
                kept.append(part)
    telling: set[int] = set()
    while waiting:
        found_id = waiting.pop()
        if found_id not in telling:
            telling.add(found_id)
            waiting.extend(owners.get(found_id, ()))
    return telling


def _parts(type_: Type) -> Iterator[tuple[str | None, Type]]:
    """The types inside one, each with the step that leads there; None where the value itself is of that type."""
    match type_:
        case UnionType(members=members):
            for member in members:
                yield None, member
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
