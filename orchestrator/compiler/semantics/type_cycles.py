"""Which types need themselves, and by which way: no value could ever be one."""

from collections.abc import Iterator
from typing import Any, TypeAlias

from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.semantics.symbols import TypeSymbol, unaliased
from orchestrator.compiler.syntax.children import children
from orchestrator.compiler.syntax.types import (
    ArrayTypeSyntax,
    NullableTypeSyntax,
    ObjectTypeSyntax,
    ParenthesizedTypeSyntax,
    TupleTypeSyntax,
    TypeName,
    UnionTypeSyntax,
)

Needs: TypeAlias = dict[TypeSymbol, tuple[TypeSymbol, ...]]


def find_way(model: SemanticModel, symbol: TypeSymbol, *, inside: bool) -> list[TypeSymbol] | None:
    """The shortest way from a type of this file back to itself; None where there is none. `inside`: through what properties need, too."""
    if inside not in model.needs_of_types:
        needs = {known: tuple(_needed(model, known.declaration.type, top=True, inside=inside)) for known in model.types.values() if known.model is model}
        model.needs_of_types[inside] = _without_ends(needs)
    needs = model.needs_of_types[inside]
    before: dict[TypeSymbol, TypeSymbol | None] = {symbol: None}
    queue = [symbol] if symbol in needs else []
    for step in queue:
        for needed in needs[step]:
            if needed is symbol:
                return _walk_back(before, step)
            if needed not in before and needed in needs:
                before[needed] = step
                queue.append(needed)
    return None


def _without_ends(needs: Needs) -> Needs:
    """What is left when types that need nothing are taken out, again and again: no way back leads through them."""
    waiting = {symbol: sum(needed in needs for needed in all_needed) for symbol, all_needed in needs.items()}
    users: dict[TypeSymbol, list[TypeSymbol]] = {}
    for symbol, all_needed in needs.items():
        for needed in all_needed:
            users.setdefault(needed, []).append(symbol)
    ends = [symbol for symbol, count in waiting.items() if not count]
    for symbol in ends:
        for user in users.get(symbol, ()):
            waiting[user] -= 1
            if not waiting[user]:
                ends.append(user)
    return {symbol: needs[symbol] for symbol, count in waiting.items() if count}


def _walk_back(before: dict[TypeSymbol, TypeSymbol | None], last: TypeSymbol) -> list[TypeSymbol]:
    path: list[TypeSymbol] = []
    step: TypeSymbol | None = last
    while step is not None:
        path.append(step)
        step = before[step]
    return path[::-1]


def _needed(model: SemanticModel, node: Any, *, top: bool, inside: bool) -> Iterator[TypeSymbol]:
    """The types without which there is no value: not what may be null, nor the items of an array in a property. `inside`: those of properties too."""
    match node:
        case TypeName():
            symbol = unaliased(model.symbol_of(node))
            if isinstance(symbol, TypeSymbol):
                yield symbol
        case ParenthesizedTypeSyntax():
            yield from _needed(model, node.base, top=top, inside=inside)
        case NullableTypeSyntax() | ArrayTypeSyntax() | UnionTypeSyntax() if top:
            for child in children(node):
                yield from _needed(model, child, top=True, inside=inside)
        case TupleTypeSyntax() | ObjectTypeSyntax() if inside:
            for entry in node.items if isinstance(node, TupleTypeSyntax) else node.properties:
                yield from _needed(model, entry.type, top=False, inside=inside)
        case _:
            return
