"""The types of values. A `Deferred` stands for a declared type that is read when it is needed, so that types may refer to themselves."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class AnyType:
    """Anything; nothing is checked."""


@dataclass(frozen=True, slots=True)
class NullType:
    """`null`."""


@dataclass(frozen=True, slots=True)
class BooleanType:
    """`bool`. `loose`, here and below: of a parameter, whose value may turn out to be the literal that is wanted."""

    loose: bool = field(default=False, compare=False)
    lenient: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class BooleanLiteralType:
    """`true` or `false`."""

    value: bool
    lenient: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class StringType:
    """`string`, with the bounds of its length."""

    min_length: int | None = None
    max_length: int | None = None
    secure: bool = False
    pattern: str | None = None
    loose: bool = field(default=False, compare=False)
    lenient: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class StringLiteralType:
    """One text."""

    value: str
    lenient: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class IntegerType:
    """`int`, with its bounds."""

    min_value: int | None = None
    max_value: int | None = None
    loose: bool = field(default=False, compare=False)
    lenient: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class IntegerLiteralType:
    """One number."""

    value: int
    lenient: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class ArrayType:
    """`item[]`, with the bounds of its length. `lenient`, here and below: Microsoft's, which may be inexact, so that what is wrong is only a warning."""

    item: "Type" = AnyType()
    min_length: int | None = None
    max_length: int | None = None
    lenient: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class TupleType:
    """`[a, b]`."""

    items: tuple["Type", ...]


class PropertyFlags:
    """What else is to be known of a property, as numbers to be added."""

    WRITE_ONLY = 1  # cannot be read
    CONSTANT = 2  # must be known before the deployment starts
    READABLE = 4  # is known before the deployment starts
    NO_ANY = 8  # takes no `any`
    SYSTEM = 16  # of the template itself, so that what is wrong with it is no matter of inexact types
    FALLBACK = 32  # of no known use on this resource
    NULLABLE = 64  # null may stand for none
    LOOP_VARIANT = 128  # one of these must tell the resources of a loop apart


@dataclass(frozen=True, slots=True)
class Property:
    """A property of an object type; `flags` are those of PropertyFlags."""

    type: "Type"
    required: bool = True
    read_only: bool = False
    flags: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class ObjectType:
    """An object; `additional` None: no further properties are known. `open`: unknown properties are only a warning."""

    properties: dict[str, Property] = field(default_factory=dict)
    additional: "Type | None" = None
    secure: bool = False
    sealed: bool = False
    name: str | None = None
    lenient: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class UnionType:
    """One of several; `null` may be among them."""

    members: tuple["Type", ...]


@dataclass(frozen=True, slots=True, eq=False)
class DiscriminatedType:
    """Objects told apart by the text of one property."""

    discriminator: str
    members: dict[str, "Type"]
    name: str | None = None
    lenient: bool = False


@dataclass(frozen=True, slots=True)
class ReferenceType:
    """Where a resource, a module or a scope is named; `kind`: scope, parent (of `child`, a resource type) or dependency."""

    kind: str
    child: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class ResourceType:
    """A declared resource (`what` its symbol); `collection` for a loop that is not indexed."""

    what: object


@dataclass(frozen=True, slots=True, eq=False)
class ModuleType:
    """A declared module."""

    what: object


@dataclass(frozen=True, slots=True, eq=False)
class NamespaceType:
    """`sys`, `az`, or a file imported whole."""

    what: object


@dataclass(frozen=True, slots=True)
class LambdaType:
    """`x => e`."""


@dataclass(frozen=True, slots=True)
class ErrorType:
    """What could not be typed; a problem was reported."""


@dataclass(slots=True, eq=False)
class Deferred:
    """A declared type, read at first use. `name` is how it is printed."""

    name: str
    read: Callable[[], "Type"]
    known: "Type | None" = None
    reading: bool = False


Type: TypeAlias = (
    AnyType
    | NullType
    | BooleanType
    | BooleanLiteralType
    | StringType
    | StringLiteralType
    | IntegerType
    | IntegerLiteralType
    | ArrayType
    | TupleType
    | ObjectType
    | UnionType
    | DiscriminatedType
    | ReferenceType
    | ResourceType
    | ModuleType
    | NamespaceType
    | LambdaType
    | ErrorType
    | Deferred
)

ANY = AnyType()
NULL = NullType()
BOOLEAN = BooleanType()
STRING = StringType()
INTEGER = IntegerType()
ARRAY = ArrayType()
OBJECT = ObjectType({}, ANY)
STRINGS = ArrayType(STRING)
ERROR = ErrorType()
LITERALS = (StringLiteralType, IntegerLiteralType, BooleanLiteralType)


def resolve(type_: Type) -> Type:
    """The type itself, where it was deferred; ERROR for one that consists of itself."""
    met: list[Deferred] = []
    while isinstance(type_, Deferred):
        if type_.reading or any(type_ is earlier for earlier in met):
            return ERROR
        met.append(type_)
        if type_.known is None:
            type_.reading = True
            type_.known = type_.read()
            type_.reading = False
        type_ = type_.known
    return type_


def members_of(type_: Type) -> tuple[Type, ...]:
    """The flat members of a union; a single type is its own member."""
    type_ = resolve(type_)
    if isinstance(type_, UnionType):
        return tuple(inner for member in type_.members for inner in members_of(member))
    return (type_,)


def make_union(types: tuple[Type, ...]) -> Type:
    """The union of types, flat, each once, literals absorbed by their whole type, in canonical order (by how they print)."""
    from_flat: dict[str, Type] = {}
    for member in (inner for type_ in types for inner in members_of(type_)):
        if isinstance(member, AnyType):
            return ANY
        if not isinstance(member, ErrorType):
            name = type_name(member)
            from_flat[name] = _widened(from_flat[name], member) if name in from_flat else member
    absorbed = {name: _absorbing(member, from_flat) for name, member in from_flat.items() if _WHOLE_NAMES.get(type(member)) not in from_flat}
    if not absorbed:
        return ERROR if not from_flat else NULL
    if len(absorbed) == 1:
        return next(iter(absorbed.values()))
    return UnionType(tuple(absorbed[name] for name in sorted(absorbed)))


def _widened(first: Type, second: Type) -> Type:
    """One type for two of the same name, whose bounds may differ."""
    if isinstance(first, StringType) and isinstance(second, StringType):
        least, most = _outer(first.min_length, second.min_length, min), _outer(first.max_length, second.max_length, max)
        return replace(first, min_length=least, max_length=most)
    if isinstance(first, ArrayType) and isinstance(second, ArrayType):
        least, most = _outer(first.min_length, second.min_length, min), _outer(first.max_length, second.max_length, max)
        return replace(first, min_length=least, max_length=most)
    if isinstance(first, IntegerType) and isinstance(second, IntegerType):
        least, most = _outer(first.min_value, second.min_value, min), _outer(first.max_value, second.max_value, max)
        return replace(first, min_value=least, max_value=most)
    return first


def _absorbing(member: Type, members: dict[str, Type]) -> Type:
    """A whole type that takes literals in is without bounds: the literals may be outside of them."""
    if isinstance(member, StringType) and any(isinstance(other, StringLiteralType) for other in members.values()):
        return replace(member, min_length=None, max_length=None)
    if isinstance(member, IntegerType) and any(isinstance(other, IntegerLiteralType) for other in members.values()):
        return replace(member, min_value=None, max_value=None)
    return member


_WHOLE_NAMES: dict[type, str] = {StringLiteralType: "string", IntegerLiteralType: "int", BooleanLiteralType: "bool"}


def _outer(first: int | None, second: int | None, pick: Callable[[int, int], int]) -> int | None:
    return None if first is None or second is None else pick(first, second)


def is_nullable(type_: Type) -> bool:
    """True where `null` is among what the type allows."""
    return any(isinstance(member, NullType) for member in members_of(type_))


def without_null(type_: Type) -> Type:
    """The type with `null` taken out."""
    if not is_nullable(type_):
        return type_
    rest = tuple(member for member in members_of(type_) if not isinstance(member, NullType))
    return make_union(rest) if rest else NULL


def type_name(type_: Type) -> str:
    """How a type is printed in messages."""
    match type_:
        case Deferred(name=name):
            return name or type_name(resolve(type_))
        case StringLiteralType(value):
            return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
        case IntegerLiteralType(value):
            return str(value)
        case BooleanLiteralType(value):
            return "true" if value else "false"
        case ArrayType(item):
            inner = type_name(item)
            return "array" if inner == "any" else f"({inner})[]" if " | " in inner else f"{inner}[]"
        case TupleType(items):
            return "[" + ", ".join(type_name(item) for item in items) + "]"
        case UnionType(members):
            return " | ".join(type_name(member) for member in members)
        case ObjectType() as found:
            return found.name or _object_name(found)
        case DiscriminatedType(members=members):
            return type_.name or " | ".join(type_name(member) for member in members.values())
        case _:
            return type_.kind if isinstance(type_, ReferenceType) else _PLAIN_NAMES[type(type_)]


def _object_name(found: ObjectType) -> str:
    if not found.properties and isinstance(found.additional, AnyType):
        return "object"
    parts = [f"{name}: {type_name(entry.type)}" for name, entry in list(found.properties.items())[:5]]
    parts += ["..."] if len(found.properties) > 5 else []
    parts += [f"*: {type_name(found.additional)}"] if found.additional is not None else []
    return "{ " + ", ".join(parts) + " }" if parts else "object"


_PLAIN_NAMES: dict[type, str] = {
    AnyType: "any",
    NullType: "null",
    BooleanType: "bool",
    StringType: "string",
    IntegerType: "int",
    ResourceType: "resource",
    ModuleType: "module",
    NamespaceType: "namespace",
    LambdaType: "lambda",
    ErrorType: "error",
}
