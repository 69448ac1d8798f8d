"""What a template takes from other files, with everything that stands behind it, and under which name.

A symbol that is imported by name keeps that name. What it needs over there, and what is used through `import * as`, is called `_1.name`, numbered by file.
"""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.semantics.symbols import FunctionSymbol, ImportedSymbol, TypeSymbol, VariableSymbol, WildcardSymbol, unaliased
from orchestrator.compiler.syntax.children import descendants
from orchestrator.compiler.syntax.expressions import InstanceCall, PropertyAccess
from orchestrator.compiler.syntax.types import TypeMember

Importable = TypeSymbol | VariableSymbol | FunctionSymbol


@dataclass(slots=True, eq=False)
class ImportNames:
    """The names under which symbols of other files stand in a template. `sources`: how this file refers to theirs."""

    model: SemanticModel
    names: dict[Importable, str] = field(default_factory=dict)
    sources: dict[Importable, str] = field(default_factory=dict)

    def name_of(self, symbol: Importable) -> str:
        """The name in the template."""
        return symbol.text if symbol.model is self.model else self.names[symbol]

    def function_name(self, symbol: FunctionSymbol) -> str:
        """The name with its namespace: `__bicep.f`, `_1.g`."""
        name = self.name_of(symbol)
        return name if "." in name else f"__bicep.{name}"

    def of_kind(self, kind: type) -> list[tuple[str, Any]]:
        """(name, symbol) of what is imported, sorted by name."""
        return sorted(((name, symbol) for symbol, name in self.names.items() if isinstance(symbol, kind)), key=lambda entry: entry[0])


def collect_imports(model: SemanticModel) -> ImportNames:
    """Everything that a file takes from others."""
    found = ImportNames(model)
    queue: list[Importable] = []
    for symbol in model.imports:
        target = unaliased(symbol)
        if isinstance(symbol, ImportedSymbol) and isinstance(target, Importable):
            found.names.setdefault(target, symbol.text)
            queue.append(target)
    if any(isinstance(symbol, WildcardSymbol) for symbol in model.imports):
        for statement in model.statements:
            queue += _used_through_wildcards(model, statement)
    _follow(found, queue)
    return found


def _follow(found: ImportNames, queue: list[Importable]) -> None:
    """Enter what is in the queue and, again and again, what it needs."""
    numbers: dict[SemanticModel, int] = {}
    for target in queue:
        if target in found.sources:
            continue
        found.sources[target] = Path(os.path.relpath(target.model.path, found.model.path.parent)).as_posix()
        if target not in found.names:
            number = numbers.setdefault(target.model, len(numbers) + 1)
            found.names[target] = f"_{number}.{target.text}"
        for used, _ in target.model.references.get(target, ()):
            behind = unaliased(used)
            if isinstance(behind, Importable):
                queue.append(behind)
        queue += _used_through_wildcards(target.model, target.declaration)


def _used_through_wildcards(model: SemanticModel, node: Any) -> list[Importable]:
    found: list[Importable] = []
    for inner in descendants(node):
        if isinstance(inner, PropertyAccess | InstanceCall | TypeMember):
            symbol = model.symbol_of(inner.base)
            if isinstance(symbol, WildcardSymbol) and symbol.target is not None:
                exported = symbol.target.exports.get(inner.name.name)
                if isinstance(exported, Importable):
                    found.append(exported)
    return found
