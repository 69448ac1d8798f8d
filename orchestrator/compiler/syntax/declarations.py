"""Declaration nodes: the statements of a file."""

from dataclasses import dataclass, field
from typing import TypeAlias

from orchestrator.compiler.syntax.expressions import Expression, Identifier, Node, ObjectLiteral, Skipped, StringSyntax, TypedLambda
from orchestrator.compiler.syntax.tokens import Pragma
from orchestrator.compiler.syntax.types import Decorator, TypeSyntax


@dataclass(frozen=True, slots=True, eq=False)
class Declaration(Node):
    """A statement, with its decorators."""

    decorators: tuple[Decorator, ...]

    def decorator(self, name: str) -> Decorator | None:
        """The decorator of that name."""
        return next((decorator for decorator in self.decorators if decorator.name == name), None)


@dataclass(frozen=True, slots=True, eq=False)
class NamedDeclaration(Declaration):
    """A statement that declares a symbol."""

    name: Identifier


@dataclass(frozen=True, slots=True, eq=False)
class TargetScope(Declaration):
    """`targetScope = e`."""

    value: Expression


@dataclass(frozen=True, slots=True, eq=False)
class MetadataDeclaration(NamedDeclaration):
    """`metadata name = e`."""

    value: Expression


@dataclass(frozen=True, slots=True, eq=False)
class ParameterDeclaration(NamedDeclaration):
    """`param name type = e`."""

    type: TypeSyntax
    default: Expression | None


@dataclass(frozen=True, slots=True, eq=False)
class TypeDeclaration(NamedDeclaration):
    """`type name = t`."""

    type: TypeSyntax


@dataclass(frozen=True, slots=True, eq=False)
class VariableDeclaration(NamedDeclaration):
    """`var name type = e`."""

    type: TypeSyntax | None
    value: Expression


@dataclass(frozen=True, slots=True, eq=False)
class FunctionDeclaration(NamedDeclaration):
    """`func name(a string) string => e`."""

    value: TypedLambda


@dataclass(frozen=True, slots=True, eq=False)
class ResourceDeclaration(NamedDeclaration):
    """`resource name 'T@v' existing = e`."""

    type: StringSyntax | Skipped
    existing: bool
    value: Expression


@dataclass(frozen=True, slots=True, eq=False)
class ModuleDeclaration(NamedDeclaration):
    """`module name 'path' = e`."""

    path: StringSyntax | Skipped
    value: Expression


@dataclass(frozen=True, slots=True, eq=False)
class OutputDeclaration(NamedDeclaration):
    """`output name type = e`."""

    type: TypeSyntax
    value: Expression


@dataclass(frozen=True, slots=True, eq=False)
class AssertDeclaration(NamedDeclaration):
    """`assert name = e`."""

    value: Expression


@dataclass(frozen=True, slots=True, eq=False)
class TestDeclaration(NamedDeclaration):
    """`test name 'path' = e`."""

    path: StringSyntax | Skipped
    value: Expression


@dataclass(frozen=True, slots=True, eq=False)
class ImportedItem(Node):
    """`a as b`, or `'a-b' as b`; `original` is the name over there."""

    original: str
    name: Identifier


@dataclass(frozen=True, slots=True, eq=False)
class ImportDeclaration(Declaration):
    """`import { a as b } from 'path'`, `import * as ns from 'path'`."""

    items: tuple[ImportedItem, ...]
    wildcard: Identifier | None
    path: StringSyntax | Skipped


@dataclass(frozen=True, slots=True, eq=False)
class ExtensionDeclaration(Declaration):
    """`extension name with e as alias`."""

    specification: Expression
    configuration: ObjectLiteral | None
    alias: Identifier | None


@dataclass(frozen=True, slots=True, eq=False)
class UsingDeclaration(Declaration):
    """`using 'path'`, `using none`."""

    path: Expression
    configuration: Expression | None


@dataclass(frozen=True, slots=True, eq=False)
class ExtendsDeclaration(Declaration):
    """`extends 'path'`."""

    path: Expression


@dataclass(frozen=True, slots=True, eq=False)
class ParameterAssignment(NamedDeclaration):
    """`param name = e`, in a parameters file."""

    value: Expression


@dataclass(frozen=True, slots=True, eq=False)
class ExtensionConfigAssignment(NamedDeclaration):
    """`extensionConfig name with e`, in a parameters file."""

    value: Expression


@dataclass(frozen=True, slots=True, eq=False)
class MissingDeclaration(Declaration):
    """Decorators with no declaration below."""


@dataclass(frozen=True, slots=True, eq=False)
class SkippedDeclaration(Declaration):
    """A statement that could not be read; a problem was reported."""

    skipped: Skipped
    keyword: str | None = None
    name: Identifier | None = None


Statement: TypeAlias = (
    TargetScope
    | MetadataDeclaration
    | ParameterDeclaration
    | TypeDeclaration
    | VariableDeclaration
    | FunctionDeclaration
    | ResourceDeclaration
    | ModuleDeclaration
    | OutputDeclaration
    | AssertDeclaration
    | TestDeclaration
    | ImportDeclaration
    | ExtensionDeclaration
    | UsingDeclaration
    | ExtendsDeclaration
    | ParameterAssignment
    | ExtensionConfigAssignment
    | MissingDeclaration
    | SkippedDeclaration
)


@dataclass(frozen=True, slots=True, eq=False)
class Program(Node):
    """A whole file."""

    statements: tuple[Statement, ...]
    pragmas: tuple[Pragma, ...] = field(default=())
