"""Symbols: what a name stands for."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from orchestrator.compiler.syntax.declarations import (
    ExtensionDeclaration,
    FunctionDeclaration,
    ModuleDeclaration,
    OutputDeclaration,
    ParameterAssignment,
    ParameterDeclaration,
    ResourceDeclaration,
    TestDeclaration,
    TypeDeclaration,
    VariableDeclaration,
)
from orchestrator.compiler.syntax.expressions import Expression, For, Identifier, If, Lambda, ObjectLiteral, Parenthesized, TypedLambda

if TYPE_CHECKING:
    from orchestrator.compiler.functions.extensions import KnownExtension
    from orchestrator.compiler.semantics.model import SemanticModel


@dataclass(slots=True, eq=False)
class Symbol:
    """Something declared; `name` is where, `model` the file's."""

    name: Identifier
    model: "SemanticModel"

    @property
    def text(self) -> str:
        """The name's text."""
        return self.name.name


@dataclass(slots=True, eq=False)
class ParameterSymbol(Symbol):
    """A `param`."""

    declaration: ParameterDeclaration


@dataclass(slots=True, eq=False)
class AssignmentSymbol(Symbol):
    """A `param` of a parameters file: a value with the parameter's name."""

    declaration: ParameterAssignment


@dataclass(slots=True, eq=False)
class VariableSymbol(Symbol):
    """A `var`."""

    declaration: VariableDeclaration


@dataclass(slots=True, eq=False)
class TypeSymbol(Symbol):
    """A `type`."""

    declaration: TypeDeclaration


@dataclass(slots=True, eq=False)
class FunctionSymbol(Symbol):
    """A `func`."""

    declaration: FunctionDeclaration


@dataclass(slots=True, eq=False)
class OutputSymbol(Symbol):
    """An `output`."""

    declaration: OutputDeclaration


@dataclass(slots=True, eq=False)
class DeployedSymbol(Symbol):
    """A resource or module: its body, and the loop and condition around it."""

    body: ObjectLiteral | None = field(init=False, default=None)
    loop: For | None = field(init=False, default=None)
    condition: Expression | None = field(init=False, default=None)

    def unwrap(self, value: Expression) -> None:
        """Read loop, condition and body out of a declaration's value."""
        if isinstance(value, For):
            self.loop, value = value, value.body
        if isinstance(value, If):
            self.condition, value = value.condition, value.body
            if isinstance(self.condition, Parenthesized):
                self.condition = self.condition.expression
        if isinstance(value, ObjectLiteral):
            self.body = value

    def find_value(self, name: str) -> Expression | None:
        """A property of the body."""
        found = self.body.find(name) if self.body else None
        return found.value if found else None


@dataclass(slots=True, eq=False)
class ResourceSymbol(DeployedSymbol):
    """A `resource`; `nested_in` the one whose body it stands in. `type` is None where the type's text is not valid."""

    declaration: ResourceDeclaration
    nested_in: "ResourceSymbol | None" = None
    type: str | None = None
    version: str | None = None
    nested: dict[str, "ResourceSymbol"] = field(default_factory=dict)
    extension: "ExtensionSymbol | None" = None

    @property
    def existing(self) -> bool:
        """True for a reference to what is there already."""
        return self.declaration.existing


@dataclass(slots=True, eq=False)
class ModuleSymbol(DeployedSymbol):
    """A `module`; `target` is its file's model, None where it cannot be read; `link` names a registry's module that is not here and may be missing."""

    declaration: ModuleDeclaration
    target: "SemanticModel | None" = None
    link: str | None = None

    @property
    def is_usable(self) -> bool:
        """True where it may be used, whatever is known of it."""
        return self.target is not None or self.link is not None


@dataclass(slots=True, eq=False)
class TestSymbol(Symbol):
    """A `test`; `target` is the model of the file that it tests, None where it cannot be read."""

    declaration: TestDeclaration
    target: "SemanticModel | None" = None


@dataclass(slots=True, eq=False)
class ImportedSymbol(Symbol):
    """A name of `import { a as b }`; `target` is what it stands for over there, None where that is not found."""

    original: str
    source: str
    target: "Symbol | None"


@dataclass(slots=True, eq=False)
class WildcardSymbol(Symbol):
    """`import * as name`."""

    source: str
    target: "SemanticModel | None"


@dataclass(slots=True, eq=False)
class ExtensionSymbol(Symbol):
    """An `extension`; `known` is the builtin one that it names."""

    declaration: ExtensionDeclaration
    known: "KnownExtension"


@dataclass(slots=True, eq=False)
class BaseSymbol(Symbol):
    """`base`: the parameters of the file that a parameters file extends."""


@dataclass(slots=True, eq=False)
class NamespaceSymbol:
    """`sys` or `az`."""

    text: str


@dataclass(slots=True, eq=False)
class LocalSymbol:
    """A loop's item or index, a lambda's or function's parameter; `owner` is the node that declares it."""

    text: str
    kind: str
    owner: For | Lambda | TypedLambda
    declaration: Any


@dataclass(slots=True, eq=False)
class MisplacedFunction:
    """A function that may not be called where it is; that was reported."""

    text: str


AnySymbol: TypeAlias = MisplacedFunction | Symbol | NamespaceSymbol | LocalSymbol


def is_unresolved(symbol: AnySymbol) -> bool:
    """True for an imported name whose file, or whose export, is not there. A name whose own declaration cannot be read has no source."""
    return isinstance(symbol, ImportedSymbol | WildcardSymbol) and symbol.target is None and bool(symbol.source)


def unaliased(symbol: AnySymbol | None) -> AnySymbol | None:
    """What an imported name stands for; everything else itself."""
    while isinstance(symbol, ImportedSymbol):
        symbol = symbol.target
    return symbol
