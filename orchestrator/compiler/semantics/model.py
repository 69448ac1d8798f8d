"""What is known about one file: its symbols, what each name stands for, and its problems."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from orchestrator.compiler.artifacts.workspace import SourceFile, Workspace
from orchestrator.compiler.configuration import Configuration
from orchestrator.compiler.semantics.silencing import Silencing
from orchestrator.compiler.semantics.symbols import (
    AnySymbol,
    AssignmentSymbol,
    ExtensionSymbol,
    FunctionSymbol,
    ImportedSymbol,
    ModuleSymbol,
    OutputSymbol,
    ParameterSymbol,
    ResourceSymbol,
    Symbol,
    TestSymbol,
    TypeSymbol,
    VariableSymbol,
    WildcardSymbol,
)
from orchestrator.compiler.syntax.children import descendants
from orchestrator.compiler.syntax.declarations import AssertDeclaration, ModuleDeclaration, ResourceDeclaration, Statement, TestDeclaration
from orchestrator.compiler.syntax.expressions import Expression
from orchestrator.compiler.syntax.problems import Problems
from orchestrator.compiler.types.values import Type
from orchestrator.model.diagnostics import Diagnostic, Level, has_errors
from orchestrator.model.json_value import Json, JsonObject


@dataclass(slots=True, eq=False)
class SemanticModel:
    """One file. Symbols are in the order of the text; `unsupported`: what this compiler cannot do.

    `references` holds for each symbol (None: a statement without one) whom it uses, and where.
    """

    file: SourceFile
    configuration: Configuration
    problems: Problems
    scope: str = "resourceGroup"
    parameters: dict[str, ParameterSymbol] = field(default_factory=dict)
    variables: dict[str, VariableSymbol] = field(default_factory=dict)
    types: dict[str, TypeSymbol] = field(default_factory=dict)
    functions: dict[str, FunctionSymbol] = field(default_factory=dict)
    resources: list[ResourceSymbol] = field(default_factory=list)
    modules: dict[str, ModuleSymbol] = field(default_factory=dict)
    outputs: dict[str, OutputSymbol] = field(default_factory=dict)
    imports: list[ImportedSymbol | WildcardSymbol] = field(default_factory=list)
    names: dict[str, AnySymbol] = field(default_factory=dict)
    resources_by_declaration: dict[ResourceDeclaration, ResourceSymbol] = field(default_factory=dict)
    modules_by_declaration: dict[ModuleDeclaration, ModuleSymbol] = field(default_factory=dict)
    bindings: dict[Any, AnySymbol] = field(default_factory=dict)
    references: dict[Symbol | None, list[tuple[Symbol, Any]]] = field(default_factory=dict)
    cyclic: set[Symbol] = field(default_factory=set)
    imported_models: dict[str, "SemanticModel"] = field(default_factory=dict)
    declared_types: dict[Any, Type] = field(default_factory=dict)
    expression_types: dict[Expression, Type] = field(default_factory=dict)
    extensions: list[ExtensionSymbol] = field(default_factory=list)
    tests: dict[TestDeclaration, TestSymbol] = field(default_factory=dict)
    asserts: dict[str, AssertDeclaration] = field(default_factory=dict)
    unsupported: list[tuple[Any, str]] = field(default_factory=list)
    in_cycle: bool = False
    silencing: Silencing | None = None
    literal_values: dict[int, tuple[Type, Json]] = field(default_factory=dict)
    base: "SemanticModel | None" = None
    document: JsonObject | None = None
    reference: str | None = None
    loaded: dict[Any, Json] = field(default_factory=dict)
    needs_of_types: dict[bool, dict[TypeSymbol, tuple[TypeSymbol, ...]]] = field(default_factory=dict)
    workspace: Workspace = field(default_factory=lambda: Workspace(Path()))
    params_target: "SemanticModel | None" = None
    params_link: str | None = None

    @property
    def path(self) -> Path:
        """The file's path."""
        return self.file.path

    @property
    def is_parameters(self) -> bool:
        """True for a `.bicepparam`."""
        return self.file.path.suffix == ".bicepparam"

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The file's statements."""
        return self.file.program.statements

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What was found in this file, in the order of the text."""
        found = [entry for entry in (*self.file.problems, *self.problems.found) if not self._is_silenced(entry)]
        return tuple(sorted(found, key=lambda entry: (entry.span.start, entry.span.end)))

    def _is_silenced(self, entry: Diagnostic) -> bool:
        """True for what a `#disable...` line above takes out. Errors of the language stay; a rule that is set to error does not."""
        pragmas = self.file.program.pragmas
        if not pragmas or (entry.level is Level.ERROR and entry.code.startswith(("BCP", "AEO"))):
            return False
        if self.silencing is None:
            self.silencing = Silencing(self.file.source, pragmas)
        return self.silencing.covers(entry.code, entry.line)

    @property
    def has_errors(self) -> bool:
        """True where this file, or one that it stands on, is wrong."""
        return has_errors(self.file.problems) or has_errors(entry for entry in self.problems.found if not self._is_silenced(entry))

    @property
    def assignments(self) -> dict[str, AssignmentSymbol]:
        """The values of a parameters file; what it extends stands behind its own."""
        own = {name: symbol for name, symbol in self.names.items() if isinstance(symbol, AssignmentSymbol)}
        return {**own, **{name: symbol for name, symbol in self.base.assignments.items() if name not in own}} if self.base is not None else own

    @property
    def used(self) -> set[Symbol]:
        """Every symbol that something uses."""
        return {symbol for uses in self.references.values() for symbol, _ in uses}

    @property
    def exports(self) -> dict[str, Symbol]:
        """What @export() is on."""
        found: dict[str, Symbol] = {}
        for group in (self.types, self.variables, self.functions):
            found.update({name: symbol for name, symbol in group.items() if symbol.declaration.decorator("export") is not None})
        return found

    def symbol_of(self, node: Any) -> AnySymbol | None:
        """What a use of a name stands for."""
        return self.bindings.get(node)

    def stands_in(self, node: Any) -> bool:
        """True where a node is part of this file."""
        return any(inner is node for inner in descendants(self.file.program))
