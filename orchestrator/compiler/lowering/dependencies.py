"""What a resource or module must wait for.

Theory: each use of another resource or module in a declaration is an edge, also through variables. A use is *weak* where only what is known before is
taken (id, name, type, apiVersion, a call on it, parent, scope). An `existing` resource is nothing to wait for, unless the template has symbolic names and
the use is strong; otherwise its own edges take its place. An index into a loop stays where the dependent can express it, else the whole loop is meant.
"""

from dataclasses import dataclass
from typing import Any

from orchestrator.arm.expressions import print_template_string
from orchestrator.compiler.lowering.collation import collation_key
from orchestrator.compiler.lowering.context import Context
from orchestrator.compiler.lowering.ids import at_index, module_id, resource_id
from orchestrator.compiler.lowering.references import is_symbolic, reference_target, symbolic_key
from orchestrator.compiler.semantics.symbols import (
    DeployedSymbol,
    LocalSymbol,
    ModuleSymbol,
    ResourceSymbol,
    VariableSymbol,
    unaliased,
)
from orchestrator.compiler.syntax.children import children, descendants
from orchestrator.compiler.syntax.declarations import ResourceDeclaration
from orchestrator.compiler.syntax.expressions import (
    ArrayAccess,
    InstanceCall,
    NonNull,
    ObjectProperty,
    Parenthesized,
    PropertyAccess,
    ResourceAccess,
    StringSyntax,
    VariableAccess,
)

Deployed = ResourceSymbol | ModuleSymbol
_WEAK_MEMBERS = frozenset(("id", "name", "type", "apiVersion"))


@dataclass(frozen=True, slots=True)
class Edge:
    """A use of another resource or module; `access` picks one of a loop."""

    target: Deployed
    access: ArrayAccess | None
    weak: bool


class _Collector:
    def __init__(self, owner: Deployed) -> None:
        self.owner = owner
        self.model = owner.model
        self.edges: list[Edge] = []
        self.variables: set[VariableSymbol] = set()
        self.depth = 0

    def run(self) -> list[Edge]:
        """All edges of the owner, in the order of the text."""
        owner = self.owner
        if isinstance(owner, ResourceSymbol) and owner.nested_in is not None:
            self.edges.append(Edge(owner.nested_in, None, True))
        if owner.loop is not None:
            self.visit(owner.loop.expression)
        if owner.condition is not None:
            self.visit(owner.condition)
        for member in owner.body.members if owner.body else ():
            weak = isinstance(member, ObjectProperty) and member.name in ("parent", "scope")
            self.visit(member, weak=weak)
        return self.edges

    def visit(self, node: Any, *, weak: bool = False) -> None:
        """Enter the uses below a node."""
        match node:
            case ResourceDeclaration():
                return
            case PropertyAccess(base=base, name=name):
                self._visit_base(base, weak=weak or name.name in _WEAK_MEMBERS)
            case ArrayAccess(base=base, index=index):
                self._visit_index(node, base, index, weak)
            case InstanceCall():
                self._visit_call(node)
            case VariableAccess() | ResourceAccess():
                self._use(node, None, weak)
            case _:
                passed = weak and isinstance(node, NonNull | Parenthesized | ObjectProperty)
                for child in children(node):
                    self.visit(child, weak=passed)

    def _visit_call(self, node: InstanceCall) -> None:
        self._visit_base(node.base, weak=True)
        for argument in node.arguments:
            self.visit(argument)

    def _visit_base(self, base: Any, *, weak: bool) -> None:
        inner = base
        while isinstance(inner, NonNull | Parenthesized):
            inner = inner.base if isinstance(inner, NonNull) else inner.expression
        self.visit(inner, weak=weak and isinstance(inner, VariableAccess | ResourceAccess | ArrayAccess))

    def _visit_index(self, node: ArrayAccess, base: Any, index: Any, weak: bool) -> None:
        inner = base
        while isinstance(inner, NonNull | Parenthesized):
            inner = inner.base if isinstance(inner, NonNull) else inner.expression
        symbol = unaliased(self.model.symbol_of(inner)) if isinstance(inner, VariableAccess | ResourceAccess) else None
        if isinstance(symbol, DeployedSymbol):
            if symbol.loop is not None:
                self._use(inner, node if self._expressible(index) else None, weak)
            else:
                name = index.literal if isinstance(index, StringSyntax) else None
                self._use(inner, None, weak or name in _WEAK_MEMBERS)
        else:
            self.visit(inner)
        self.visit(index)

    def _expressible(self, index: Any) -> bool:
        """True where an index uses no loop or lambda but the owner's own loop."""
        if self.depth:
            return not any(isinstance(self.model.symbol_of(node), LocalSymbol) for node in descendants(index))
        locals_used = [symbol for node in descendants(index) if isinstance(symbol := self.model.symbol_of(node), LocalSymbol)]
        return all(symbol.owner is self.owner.loop for symbol in locals_used)

    def _use(self, node: Any, access: ArrayAccess | None, weak: bool) -> None:
        symbol = unaliased(self.model.symbol_of(node))
        if isinstance(symbol, VariableSymbol):
            if symbol.model is self.model and symbol not in self.variables:
                self.variables.add(symbol)
                self.depth += 1
                self.visit(symbol.declaration.value)
                self.depth -= 1
        elif isinstance(symbol, ResourceSymbol | ModuleSymbol) and symbol is not self.owner:
            self.edges.append(Edge(symbol, access, weak))


def collect_edges(owner: Deployed) -> list[Edge]:
    """Every use of another resource or module in a declaration."""
    return _Collector(owner).run()


def _targets(owner: Deployed, ctx: Context, seen: set[Deployed]) -> list[Edge]:
    found: list[Edge] = []
    for edge in collect_edges(owner):
        target = edge.target
        if isinstance(target, ResourceSymbol) and target.existing and (edge.weak or not is_symbolic(target, ctx)):
            if target not in seen:
                seen.add(target)
                found += [Edge(inner.target, inner.access if target.loop is None else None, inner.weak) for inner in _targets(target, ctx, seen)]
        else:
            found.append(edge)
    return found


def depends_on(owner: Deployed, ctx: Context) -> list[str]:
    """The entries of `dependsOn`, sorted by symbolic name; as with the official compiler each indexed use gives an entry of its own."""
    edges = [edge for edge in _targets(owner, ctx, set()) if edge.target is not owner]
    whole = {edge.target for edge in edges if edge.target.loop is not None and edge.access is None}
    entries: dict[tuple[Deployed, ArrayAccess | None], Edge] = {}
    for edge in edges:
        access = None if edge.target in whole else edge.access
        entries.setdefault((edge.target, access), Edge(edge.target, access, edge.weak))
    ordered = sorted(entries.values(), key=lambda edge: collation_key(symbolic_key(edge.target)))
    return [_print_entry(edge, ctx) for edge in ordered]


def _print_entry(edge: Edge, ctx: Context) -> str:
    target = edge.target
    if target.loop is not None and edge.access is None:
        return symbolic_key(target) if ctx.template.symbolic else target.text
    if ctx.template.symbolic:
        return print_template_string(reference_target(target, edge.access, ctx))
    inner = at_index(target, edge.access, ctx)
    return print_template_string(module_id(target, inner) if isinstance(target, ModuleSymbol) else resource_id(target, inner))
