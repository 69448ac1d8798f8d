"""no-unnecessary-dependson: entries of dependsOn that follow from the body.

A declaration waits for what its body uses, for what that uses, and so on. An existing resource of which only the id, name, type or version is taken is
nothing to wait for, but what it uses is.
"""

import itertools
from collections.abc import Iterator
from functools import cached_property
from typing import Any, TypeAlias

from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.parents import parent_of
from orchestrator.compiler.linting.rule import Finding, Rule
from orchestrator.compiler.semantics.symbols import ModuleSymbol, ResourceSymbol, Symbol, VariableSymbol
from orchestrator.compiler.syntax.expressions import ArrayAccess, ArrayLiteral, InstanceCall, NonNull, ObjectProperty, PropertyAccess, StringSyntax
from orchestrator.model.diagnostics import Level

Deployed: TypeAlias = ResourceSymbol | ModuleSymbol
_WEAK_MEMBERS = frozenset(("id", "name", "type", "apiVersion"))


def _check(file: LintedFile) -> Iterator[Finding]:
    graph = _Graph(file)
    for symbol in graph.deployed:
        declared = symbol.find_value("dependsOn")
        if not isinstance(declared, ArrayLiteral):
            continue
        seen: set[Symbol] = set()
        for item in declared.items:
            wanted = file.model.symbol_of(item)
            if not isinstance(wanted, Symbol) or (isinstance(wanted, Deployed) and wanted.loop is not None):
                continue
            if wanted in graph.inferred(symbol) or wanted in seen:
                yield Finding(item, f"'{symbol.text}' waits for '{wanted.text}' anyway.")
            seen.add(wanted)


class _Graph:
    """Who waits for whom, dependsOn aside."""

    def __init__(self, file: LintedFile) -> None:
        self.file = file
        self.deployed: list[Deployed] = [*file.resources, *file.model.modules.values()]
        self._inferred: dict[Symbol, set[Symbol]] = {}

    @cached_property
    def _depends_on_uses(self) -> set[Any]:
        """The uses that stand in a dependsOn."""
        bodies = {symbol.body: symbol for symbol in self.deployed if symbol.body is not None}
        found: set[Any] = set()
        for uses in self.file.model.references.values():
            for _, node in uses:
                around = [node, *self.file.ancestors(node)]
                for inner, outer in itertools.pairwise(around):
                    if isinstance(inner, ObjectProperty) and inner.name == "dependsOn" and outer in bodies:
                        found.add(node)
        return found

    def inferred(self, symbol: Symbol) -> set[Symbol]:
        """All that a declaration waits for by itself."""
        if symbol not in self._inferred:
            found: set[Symbol] = set()
            seen: set[Symbol] = set()
            waiting = self._direct(symbol)
            while waiting:
                target, weak = waiting.pop()
                if not (weak and isinstance(target, ResourceSymbol) and target.existing):
                    found.add(target)
                if target not in seen:
                    seen.add(target)
                    waiting += self._direct(target)
            self._inferred[symbol] = found
        return self._inferred[symbol]

    def _direct(self, symbol: Symbol) -> list[tuple[Symbol, bool]]:
        found: list[tuple[Symbol, bool]] = []
        parent = parent_of(symbol) if isinstance(symbol, ResourceSymbol) else None
        if parent is not None:
            found.append((parent, True))
        if not isinstance(symbol, Deployed | VariableSymbol):
            return found
        for target, node in self.file.model.references.get(symbol, ()):
            if isinstance(target, Deployed | VariableSymbol) and node not in self._depends_on_uses:
                found.append((target, self._is_weak(node)))
        return found

    def _is_weak(self, node: Any) -> bool:
        for outer in self.file.ancestors(node):
            match outer:
                case NonNull():
                    continue
                case ArrayAccess(index=StringSyntax() as index):
                    return index.literal in _WEAK_MEMBERS
                case ArrayAccess():
                    continue
                case PropertyAccess(name=name):
                    return name.name in _WEAK_MEMBERS
                case InstanceCall(base=base):
                    return node is base or isinstance(base, NonNull | ArrayAccess)
                case ObjectProperty(name="parent" | "scope"):
                    return True
                case _:
                    return False
        return False


RULE = Rule(
    code="no-unnecessary-dependson",
    level=Level.WARNING,
    what="An entry of dependsOn for what the body uses anyway.",
    remedy="Remove the entry.",
    check=_check,
)
