"""What a template takes from other files, with everything that stands behind it, and under which name.

A symbol that is imported by name keeps that name. Everything else that is needed over there, all that a file imported whole exports among it, is called
`_1.name`, in the order of the files' paths and the names; what has no name that Bicep could write (`$fxv#0`) gets the next number for one.
"""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from orchestrator.arm.functions.collation import collation_key
from orchestrator.compiler.semantics.file_variables import name_file_values
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.semantics.symbols import FunctionSymbol, ImportedSymbol, TypeSymbol, VariableSymbol, WildcardSymbol, unaliased
from orchestrator.compiler.syntax.children import descendants

Importable = TypeSymbol | VariableSymbol | FunctionSymbol
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class FileValue:
    """What a load function of another file reads: the call, and the file that it stands in."""

    model: SemanticModel
    call: Any
    text: str


@dataclass(slots=True, eq=False)
class ImportNames:
    """The names under which symbols of other files stand in a template. `sources`: how this file refers to theirs."""

    model: SemanticModel
    names: dict[Importable, str] = field(default_factory=dict)
    sources: dict[Importable, str] = field(default_factory=dict)
    file_values: dict[FileValue, str] = field(default_factory=dict)

    def name_of(self, symbol: Importable) -> str:
        """The name in the template."""
        return symbol.text if symbol.model is self.model else self.names[symbol]

    def function_name(self, symbol: FunctionSymbol) -> str:
        """The name with its namespace: `__bicep.f`, `_1.g`."""
        name = self.name_of(symbol)
        return name if "." in name else f"__bicep.{name}"

    def of_kind(self, kind: type) -> list[tuple[str, Any]]:
        """(name, symbol) of what is imported, sorted by name; functions by their names without the namespace."""
        found = [(name, symbol) for symbol, name in self.names.items() if isinstance(symbol, kind)]
        return sorted(found, key=lambda entry: collation_key(entry[0].rpartition(".")[2] if kind is FunctionSymbol else entry[0]))


def collect_imports(model: SemanticModel) -> ImportNames:
    """Everything that a file takes from others."""
    found = ImportNames(model)
    if model.imports:
        _follow(found, [target for symbol in model.imports for target in _targets(symbol)])
        for symbol in model.imports:
            target = unaliased(symbol)
            if isinstance(symbol, ImportedSymbol) and isinstance(target, Importable):
                found.names[target] = symbol.text
        _name_the_rest(found)
    return found


def _targets(symbol: Any) -> list[Importable]:
    """What a name stands for over there: one symbol, or all that a file exports."""
    if isinstance(symbol, WildcardSymbol):
        return [exported for exported in symbol.target.exports.values() if isinstance(exported, Importable)] if symbol.target is not None else []
    target = unaliased(symbol)
    return [target] if isinstance(target, Importable) else []


def _follow(found: ImportNames, queue: list[Importable]) -> None:
    """Enter what is in the queue and, again and again, what it needs."""
    calls: dict[SemanticModel, dict[Any, str]] = {}
    for target in queue:
        if target in found.sources:
            continue
        found.sources[target] = target.model.reference or Path(os.path.relpath(target.model.path, found.model.path.parent)).as_posix()
        for used, _ in target.model.references.get(target, ()):
            queue += _targets(used)
        if isinstance(target, VariableSymbol):
            if target.model not in calls:
                calls[target.model] = name_file_values(target.model)
            if calls[target.model]:
                named = ((node, calls[target.model].get(node)) for node in descendants(target.declaration.value))
                found.file_values.update({FileValue(target.model, node, name): "" for node, name in named if name is not None})


def _name_the_rest(found: ImportNames) -> None:
    sources = {target.model: source for target, source in found.sources.items()}
    unnamed: list[Importable | FileValue] = [target for target in found.sources if target not in found.names]
    unnamed += found.file_values
    numbers: dict[SemanticModel, int] = {}
    last = 0
    for target in sorted(unnamed, key=lambda entry: collation_key(f"{sources[entry.model]}_{entry.text}")):
        if target.model not in numbers:
            last += 1
            numbers[target.model] = last
        name = target.text
        if not _IDENTIFIER.fullmatch(name):
            last += 1
            name = f"_{last}"
        if isinstance(target, FileValue):
            found.file_values[target] = f"_{numbers[target.model]}.{name}"
        else:
            found.names[target] = f"_{numbers[target.model]}.{name}"
