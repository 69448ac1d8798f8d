"""Variables that are no template variables: they use what is known only while a deployment runs, so each use is replaced by the value."""

from typing import Any

from orchestrator.compiler.functions.signatures import INLINED
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.semantics.symbols import (
    ModuleSymbol,
    NamespaceSymbol,
    ResourceSymbol,
    Symbol,
    VariableSymbol,
    unaliased,
)
from orchestrator.compiler.syntax.children import children
from orchestrator.compiler.syntax.expressions import (
    ArrayAccess,
    FunctionCall,
    InstanceCall,
    NonNull,
    Parenthesized,
    PropertyAccess,
    ResourceAccess,
    StringSyntax,
    VariableAccess,
)

CONSTANT_MEMBERS = {ResourceSymbol: frozenset(("id", "name", "type", "apiVersion")), ModuleSymbol: frozenset(("name",))}


def find_deployed(model: SemanticModel, node: Any) -> tuple[ResourceSymbol | ModuleSymbol, ArrayAccess | None] | None:
    """The resource or module that an expression names, with the access that picks one of a loop; None for anything else."""
    while isinstance(node, Parenthesized | NonNull):
        node = node.expression if isinstance(node, Parenthesized) else node.base
    index: ArrayAccess | None = None
    if isinstance(node, ArrayAccess):
        index, node = node, node.base
        while isinstance(node, Parenthesized | NonNull):
            node = node.expression if isinstance(node, Parenthesized) else node.base
    if isinstance(node, VariableAccess | ResourceAccess):
        symbol = unaliased(model.symbol_of(node))
        if isinstance(symbol, ResourceSymbol | ModuleSymbol) and (index is None or symbol.loop is not None):
            return symbol, index
    return None


class Inlining:
    """Answers, for one template, what must be inlined; remembers what it found."""

    def __init__(self) -> None:
        self._known: dict[Symbol, bool] = {}

    def is_inlined(self, symbol: VariableSymbol) -> bool:
        """True for a variable that is replaced by its value."""
        if symbol not in self._known:
            self._known[symbol] = False
            self._known[symbol] = self.is_runtime(symbol.model, symbol.declaration.value)
        return self._known[symbol]

    def is_runtime_existing(self, symbol: ResourceSymbol) -> bool:
        """True for an `existing` resource whose name, parent or scope is known only while the deployment runs."""
        if not symbol.existing:
            return False
        if symbol not in self._known:
            self._known[symbol] = False
            parts = [value for name in ("name", "parent", "scope") if (value := symbol.find_value(name)) is not None]
            self._known[symbol] = any(self._is_runtime_part(symbol.model, part) for part in parts) or (
                symbol.nested_in is not None and self.is_runtime_existing(symbol.nested_in)
            )
        return self._known[symbol]

    def _is_runtime_part(self, model: SemanticModel, node: Any) -> bool:
        found = find_deployed(model, node)
        if found is not None and isinstance(found[0], ResourceSymbol):
            return self.is_runtime_existing(found[0]) or (found[1] is not None and self.is_runtime(model, found[1].index))
        return self.is_runtime(model, node)

    def is_runtime(self, model: SemanticModel, node: Any) -> bool:
        """True where an expression uses what is known only while the deployment runs."""
        match node:
            case PropertyAccess() | ArrayAccess() if (answer := self._constant_member(model, node)) is not None:
                return answer
            case VariableAccess() | ResourceAccess():
                symbol = unaliased(model.symbol_of(node))
                if isinstance(symbol, VariableSymbol):
                    return self.is_inlined(symbol)
                return isinstance(symbol, ResourceSymbol | ModuleSymbol)
            case FunctionCall(name=called) if called.name == "nameof":
                return False
            case FunctionCall():
                if model.symbol_of(node) is None and _is_runtime_function(node.name.name):
                    return True
            case InstanceCall() if _is_runtime_function(node.name.name) or not self._is_namespace(model, node.base):
                return True
            case _:
                pass
        return any(self.is_runtime(model, child) for child in children(node))

    def _is_namespace(self, model: SemanticModel, base: Any) -> bool:
        symbol = model.symbol_of(base)
        return isinstance(symbol, NamespaceSymbol) or type(symbol).__name__ == "WildcardSymbol"

    def _constant_member(self, model: SemanticModel, node: PropertyAccess | ArrayAccess) -> bool | None:
        """For a member of a resource or module: whether it is runtime; None for anything else."""
        if isinstance(node, PropertyAccess):
            name: str | None = node.name.name
        else:
            name = node.index.literal if isinstance(node.index, StringSyntax) else None
        found = find_deployed(model, node.base)
        if found is None or name is None:
            return None
        symbol, index = found
        if isinstance(symbol, ResourceSymbol) and symbol.extension is not None:
            return True
        if symbol.loop is not None and index is None:
            return None
        if name not in CONSTANT_MEMBERS[type(symbol)]:
            return True
        if index is not None and self.is_runtime(model, index.index):
            return True
        return isinstance(symbol, ResourceSymbol) and self.is_runtime_existing(symbol)


def _is_runtime_function(name: str) -> bool:
    return name in INLINED or name.startswith("list")
