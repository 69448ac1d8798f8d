"""Declarations that need each other (BCP080) or themselves (BCP079)."""

from typing import Any

from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.semantics.symbols import FunctionSymbol, ResourceSymbol, Symbol, TypeSymbol


def check_cycles(model: SemanticModel) -> None:
    """Report each use that closes a cycle, and remember the symbols in one."""
    groups = _number_groups(model)
    for symbol, uses in model.references.items():
        if symbol is None or isinstance(symbol, TypeSymbol):
            continue
        for target, node in uses:
            if groups.get(symbol) == groups.get(target, -1):
                _check_use(model, symbol, target, node)


def _number_groups(model: SemanticModel) -> dict[Symbol, int]:
    """The strongly connected components (Tarjan's, without recursion): only within one can a use close a cycle."""
    order: dict[Symbol, int] = {}
    low: dict[Symbol, int] = {}
    groups: dict[Symbol, int] = {}
    open_: list[Symbol] = []
    for root in model.references:
        if root is None or root in order:
            continue
        work = [(root, iter(model.references.get(root, ())))]
        order[root] = low[root] = len(order)
        open_.append(root)
        while work:
            symbol, uses = work[-1]
            target = next((target for target, _ in uses if target not in groups), None)
            if target is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[symbol])
                if low[symbol] == order[symbol]:
                    _close_group(symbol, open_, groups, order[symbol])
            elif target in order:
                low[symbol] = min(low[symbol], order[target])
            else:
                order[target] = low[target] = len(order)
                open_.append(target)
                work.append((target, iter(model.references.get(target, ()))))
    return groups


def _close_group(symbol: Symbol, open_: list[Symbol], groups: dict[Symbol, int], number: int) -> None:
    while symbol not in groups:
        groups[open_.pop()] = number


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
