"""Types narrowed by decorators, loosened for parameters, and made lenient where they are Microsoft's."""

from dataclasses import replace

from orchestrator.compiler.types.values import (
    ArrayType,
    BooleanLiteralType,
    BooleanType,
    IntegerLiteralType,
    IntegerType,
    ObjectType,
    StringLiteralType,
    StringType,
    Type,
    UnionType,
    is_nullable,
    members_of,
    resolve,
)


def constrained(type_: Type, bounds: dict[str, int], *, secure: bool = False, sealed: bool = False) -> Type:
    """The type narrowed by minLength, maxLength, minValue, maxValue, secure and sealed."""
    if not bounds and not secure and not sealed:
        return type_
    found = resolve(type_)
    match found:
        case StringType():
            return replace(
                found, min_length=bounds.get("minLength", found.min_length), max_length=bounds.get("maxLength", found.max_length), secure=secure or found.secure
            )
        case ArrayType():
            return replace(found, min_length=bounds.get("minLength", found.min_length), max_length=bounds.get("maxLength", found.max_length))
        case IntegerType():
            return replace(found, min_value=bounds.get("minValue", found.min_value), max_value=bounds.get("maxValue", found.max_value))
        case ObjectType():
            return replace(found, secure=secure or found.secure, sealed=sealed or found.sealed, additional=None if sealed else found.additional)
        case UnionType(members):
            return UnionType(tuple(constrained(member, bounds, secure=secure, sealed=sealed) for member in members))
        case _:
            return type_


def loosened(type_: Type) -> Type:
    """The type of a parameter: what is declared, with primitive types loose."""
    found = resolve(type_)
    match found:
        case StringType() | IntegerType() | BooleanType():
            return replace(found, loose=True)
        case UnionType(members) if len(members) == 2 and is_nullable(found):
            return UnionType(tuple(loosened(member) for member in members))
        case _:
            return type_


def made_lenient(type_: Type) -> Type:
    """A type of Microsoft's, where it is written as one: what is wrong with a value is only a warning."""
    found = resolve(type_)
    match found:
        case StringType() | StringLiteralType() | IntegerType() | IntegerLiteralType() | BooleanType() | BooleanLiteralType():
            return replace(found, lenient=True)
        case UnionType(members):
            return UnionType(tuple(made_lenient(member) for member in members))
        case _:
            return type_


def is_lenient(type_: Type) -> bool:
    """True where a mismatch is only a warning."""
    return any(getattr(member, "lenient", False) for member in members_of(type_))
