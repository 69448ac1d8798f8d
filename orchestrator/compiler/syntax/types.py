"""Type nodes: what stands where a type is expected."""

from dataclasses import dataclass
from typing import TypeAlias

from orchestrator.compiler.syntax.expressions import (
    BooleanLiteral,
    Expression,
    FunctionCall,
    Identifier,
    InstanceCall,
    IntegerLiteral,
    Node,
    NullLiteral,
    Skipped,
    StringSyntax,
)


@dataclass(frozen=True, slots=True, eq=False)
class Decorator(Node):
    """`@name(arguments)`, `@sys.name(arguments)`."""

    call: FunctionCall | InstanceCall

    @property
    def name(self) -> str:
        """The decorator's name, without its namespace."""
        return self.call.name.name

    @property
    def arguments(self) -> tuple[Expression, ...]:
        """What it is given."""
        return self.call.arguments


@dataclass(frozen=True, slots=True, eq=False)
class TypeName(Node):
    """`string`, or a declared type."""

    name: str


@dataclass(frozen=True, slots=True, eq=False)
class TypeMember(Node):
    """`a.b`: a property's type, or a type of a namespace."""

    base: "TypeSyntax"
    name: Identifier


@dataclass(frozen=True, slots=True, eq=False)
class TypeAdditional(Node):
    """`a.*`: the type of additional properties."""

    base: "TypeSyntax"


@dataclass(frozen=True, slots=True, eq=False)
class TypeElement(Node):
    """`a[1]`, an item of a tuple; `index` is None where it is no plain number."""

    base: "TypeSyntax"
    index: int | None
    written: Expression


@dataclass(frozen=True, slots=True, eq=False)
class TypeItems(Node):
    """`a[*]`, the items of an array."""

    base: "TypeSyntax"


@dataclass(frozen=True, slots=True, eq=False)
class ArrayTypeSyntax(Node):
    """`a[]`."""

    item: "TypeSyntax"


@dataclass(frozen=True, slots=True, eq=False)
class NullableTypeSyntax(Node):
    """`a?`."""

    base: "TypeSyntax"


@dataclass(frozen=True, slots=True, eq=False)
class NonNullTypeSyntax(Node):
    """`a!`."""

    base: "TypeSyntax"


@dataclass(frozen=True, slots=True, eq=False)
class TypeProperty(Node):
    """`key: type` in an object type, with its decorators; key None is `*`."""

    decorators: tuple[Decorator, ...]
    key: Identifier | StringSyntax | None
    type: "TypeSyntax"

    @property
    def name(self) -> str | None:
        """The key's text."""
        return self.key.name or None if isinstance(self.key, Identifier) else self.key.literal if self.key else None


@dataclass(frozen=True, slots=True, eq=False)
class ObjectTypeSyntax(Node):
    """`{ a: string, *: int }`."""

    properties: tuple[TypeProperty, ...]
    additional: TypeProperty | None


@dataclass(frozen=True, slots=True, eq=False)
class TupleItem(Node):
    """An item of a tuple type, with its decorators."""

    decorators: tuple[Decorator, ...]
    type: "TypeSyntax"


@dataclass(frozen=True, slots=True, eq=False)
class TupleTypeSyntax(Node):
    """`[string, int]`."""

    items: tuple[TupleItem, ...]


@dataclass(frozen=True, slots=True, eq=False)
class UnionTypeSyntax(Node):
    """`a | b`."""

    members: tuple["TypeSyntax", ...]


@dataclass(frozen=True, slots=True, eq=False)
class NegativeTypeSyntax(Node):
    """`-1` and `!true`, as types."""

    operator: str
    operand: "TypeSyntax"


@dataclass(frozen=True, slots=True, eq=False)
class ParenthesizedTypeSyntax(Node):
    """`(a)`."""

    base: "TypeSyntax"


@dataclass(frozen=True, slots=True, eq=False)
class TypeCall(Node):
    """`resourceInput<'...'>`, `sys.resourceOutput<...>`."""

    name: Identifier
    arguments: tuple["TypeSyntax", ...]
    namespace: "TypeSyntax | None" = None


@dataclass(frozen=True, slots=True, eq=False)
class ResourceTypeSyntax(Node):
    """`resource 'T@v'` or bare `resource`, as a parameter's type (experimental in the official compiler)."""

    type: StringSyntax | Skipped | None


@dataclass(frozen=True, slots=True, eq=False)
class FunctionParameter(Node):
    """`name type` of a function."""

    name: Identifier
    type: "TypeSyntax"


TypeSyntax: TypeAlias = (
    TypeName
    | TypeMember
    | TypeAdditional
    | TypeElement
    | TypeItems
    | ArrayTypeSyntax
    | NullableTypeSyntax
    | NonNullTypeSyntax
    | ObjectTypeSyntax
    | TupleTypeSyntax
    | UnionTypeSyntax
    | NegativeTypeSyntax
    | ParenthesizedTypeSyntax
    | TypeCall
    | ResourceTypeSyntax
    | StringSyntax
    | IntegerLiteral
    | BooleanLiteral
    | NullLiteral
    | Skipped
)
