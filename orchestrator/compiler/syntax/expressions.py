"""Expression nodes. Nodes compare by identity, so that they can be keys; `start` and `end` are offsets in the source."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from orchestrator.compiler.syntax.declarations import ResourceDeclaration
    from orchestrator.compiler.syntax.types import FunctionParameter, TypeSyntax


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """Something at a place in the text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Identifier(Node):
    """A name where one is declared or a member is named."""

    name: str


@dataclass(frozen=True, slots=True, eq=False)
class BooleanLiteral(Node):
    """`true` or `false`."""

    value: bool


@dataclass(frozen=True, slots=True, eq=False)
class IntegerLiteral(Node):
    """A whole number."""

    value: int


@dataclass(frozen=True, slots=True, eq=False)
class NullLiteral(Node):
    """`null`."""


@dataclass(frozen=True, slots=True, eq=False)
class NoneLiteral(Node):
    """`none`: an `extends`ed or `using` nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class StringSyntax(Node):
    """A string: n + 1 texts around n expressions."""

    segments: tuple[str, ...]
    expressions: tuple["Expression", ...] = ()

    @property
    def literal(self) -> str | None:
        """The text, where nothing is interpolated."""
        return None if self.expressions else self.segments[0]


@dataclass(frozen=True, slots=True, eq=False)
class VariableAccess(Node):
    """A name used as a value."""

    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Spread(Node):
    """`...e` in an array or object."""

    expression: "Expression"


@dataclass(frozen=True, slots=True, eq=False)
class ArrayLiteral(Node):
    """`[a, b]`."""

    items: tuple["Expression | Spread", ...]


@dataclass(frozen=True, slots=True, eq=False)
class ObjectProperty(Node):
    """`key: value`."""

    key: "Identifier | StringSyntax"
    value: "Expression"

    @property
    def name(self) -> str | None:
        """The key's text, where it is a literal; None for one that could not be read, an identifier without text."""
        return self.key.name or None if isinstance(self.key, Identifier) else self.key.literal


@dataclass(frozen=True, slots=True, eq=False)
class ObjectLiteral(Node):
    """`{ a: 1 }`; in a resource's body nested resources stand beside the properties."""

    members: tuple["ObjectProperty | Spread", ...]
    resources: tuple["ResourceDeclaration", ...] = ()

    @property
    def properties(self) -> tuple[ObjectProperty, ...]:
        """The members that are no spread."""
        return tuple(member for member in self.members if isinstance(member, ObjectProperty))

    def find(self, name: str) -> ObjectProperty | None:
        """The property of that name."""
        return next((member for member in self.members if isinstance(member, ObjectProperty) and member.name == name), None)


@dataclass(frozen=True, slots=True, eq=False)
class Unary(Node):
    """`!a`, `-a`."""

    operator: str
    operand: "Expression"


@dataclass(frozen=True, slots=True, eq=False)
class Binary(Node):
    """`a + b`."""

    operator: str
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True, eq=False)
class Ternary(Node):
    """`a ? b : c`."""

    condition: "Expression"
    when_true: "Expression"
    when_false: "Expression"


@dataclass(frozen=True, slots=True, eq=False)
class PropertyAccess(Node):
    """`a.b`, `a.?b`."""

    base: "Expression"
    name: Identifier
    safe: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class ArrayAccess(Node):
    """`a[b]`, `a[?b]`, `a[^b]`, `a[?^b]`."""

    base: "Expression"
    index: "Expression"
    safe: bool = False
    from_end: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class ResourceAccess(Node):
    """`a::b`, a nested resource."""

    base: "Expression"
    name: Identifier


@dataclass(frozen=True, slots=True, eq=False)
class NonNull(Node):
    """`a!`."""

    base: "Expression"


@dataclass(frozen=True, slots=True, eq=False)
class FunctionCall(Node):
    """`f(a)`."""

    name: Identifier
    arguments: tuple["Expression", ...]


@dataclass(frozen=True, slots=True, eq=False)
class InstanceCall(Node):
    """`a.f(b)`: of a namespace, an imported one, or a resource."""

    base: "Expression"
    name: Identifier
    arguments: tuple["Expression", ...]


@dataclass(frozen=True, slots=True, eq=False)
class LocalVariable(Node):
    """A name that a loop or lambda declares."""

    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Lambda(Node):
    """`x => e`, `(x, i) => e`."""

    parameters: tuple[LocalVariable, ...]
    body: "Expression"


@dataclass(frozen=True, slots=True, eq=False)
class TypedLambda(Node):
    """`(x string) string => e`, the value of a `func`."""

    parameters: tuple["FunctionParameter", ...]
    result: "TypeSyntax"
    body: "Expression"


@dataclass(frozen=True, slots=True, eq=False)
class For(Node):
    """`[for (x, i) in e: body]`."""

    item: LocalVariable
    index: LocalVariable | None
    expression: "Expression"
    body: "Expression"


@dataclass(frozen=True, slots=True, eq=False)
class If(Node):
    """`if (c) body`, in front of a resource's or module's body."""

    condition: "Expression"
    body: "Expression"


@dataclass(frozen=True, slots=True, eq=False)
class Parenthesized(Node):
    """`(e)`."""

    expression: "Expression"


@dataclass(frozen=True, slots=True, eq=False)
class Skipped(Node):
    """What could not be read; a problem was reported. It may stand for a string, too."""

    @property
    def literal(self) -> None:
        """It has no text."""
        return


Expression: TypeAlias = (
    BooleanLiteral
    | IntegerLiteral
    | NullLiteral
    | NoneLiteral
    | StringSyntax
    | VariableAccess
    | ArrayLiteral
    | ObjectLiteral
    | Unary
    | Binary
    | Ternary
    | PropertyAccess
    | ArrayAccess
    | ResourceAccess
    | NonNull
    | FunctionCall
    | InstanceCall
    | Lambda
    | TypedLambda
    | For
    | If
    | Parenthesized
    | Skipped
)
