"""Which resource a resource belongs to."""

from orchestrator.compiler.semantics.symbols import ResourceSymbol, unaliased
from orchestrator.compiler.syntax.expressions import ArrayAccess


def parent_of(symbol: ResourceSymbol) -> ResourceSymbol | None:
    """The resource around it, or the one that `parent:` names."""
    if symbol.nested_in is not None:
        return symbol.nested_in
    value = symbol.find_value("parent")
    found = unaliased(symbol.model.symbol_of(value.base if isinstance(value, ArrayAccess) else value))
    return found if isinstance(found, ResourceSymbol) and found is not symbol else None
