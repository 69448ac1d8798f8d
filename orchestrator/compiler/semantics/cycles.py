"""Declarations that need each other (BCP080) or themselves (BCP079)."""

from typing import Any

from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.semantics.symbols import FunctionSymbol, ResourceSymbol, Symbol, TypeSymbol


def check_cycles(model: SemanticModel) -> None:
    """Report each use that closes a cycle, and remember the symbols in one."""
    for symbol, uses in model.references.items():
        if symbol is None or isinstance(symbol, TypeSymbol):
            continue
        for target, node in uses:
            _check_use(model, symbol, target, node)


def _check_use(model: SemanticModel, symbol: Symbol, target: Symbol, node: Any) -> None:
    if target is symbol:
        if not isinstance(symbol, FunctionSymbol):
            model.problems.error(node, "BCP079", f"'{symbol.text}' is used in its own declaration.")
        else:
            model.problems.error(node, "BCP079", f"The function '{symbol.text}' calls itself.")
        model.cyclic.add(symbol)
        return
    if isinstance(symbol, ResourceSymbol) and isinstance(target, ResourceSymbol) and (_contains(symbol, target) or _contains(target, symbol)):
        return
    path = _find_path(model, target, symbol)
    if path:
        names = " -> ".join(step.text for step in path)
        model.problems.error(node, "BCP080", f"'{symbol.text}' needs itself by way of {names}.", "Take one of these references out.")
        model.cyclic.update(path)


def _contains(outer: ResourceSymbol, inner: ResourceSymbol) -> bool:
    parent = inner.nested_in
    while parent is not None:
        if parent is outer:
            return True
        parent = parent.nested_in
    return False


def _find_path(model: SemanticModel, start: Symbol, goal: Symbol) -> list[Symbol]:
    """The shortest way from one symbol to another by references; empty where there is none."""
    ways: dict[Symbol, Symbol | None] = {start: None}
    queue = [start]
    for symbol in queue:
        if symbol is goal:
            path: list[Symbol] = []
            step: Symbol | None = symbol
            while step is not None:
                path.insert(0, step)
                step = ways[step]
            return path
        for target, _ in model.references.get(symbol, ()):
            if target not in ways and not isinstance(target, TypeSymbol):
                ways[target] = symbol
                queue.append(target)
    return []
