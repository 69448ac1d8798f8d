"""Where a loop may stand (BCP138): as the value of a declaration, or of a property in a resource's or module's body, there one deep (BCP142, BCP143); and
where a loop of resources or modules may be used as a whole (BCP144)."""

from dataclasses import dataclass, replace
from typing import Any

from orchestrator.compiler.semantics.deploy_time import Inlining
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.semantics.symbols import DeployedSymbol, ModuleSymbol, ResourceSymbol, VariableSymbol, unaliased
from orchestrator.compiler.syntax.children import children
from orchestrator.compiler.syntax.declarations import (
    ModuleDeclaration,
    OutputDeclaration,
    ParameterAssignment,
    ResourceDeclaration,
    VariableDeclaration,
)
from orchestrator.compiler.syntax.expressions import (
    ArrayAccess,
    ArrayLiteral,
    For,
    FunctionCall,
    Identifier,
    If,
    InstanceCall,
    ObjectLiteral,
    ObjectProperty,
    Parenthesized,
    PropertyAccess,
    ResourceAccess,
    VariableAccess,
)

_KINDS: dict[type, str] = {
    ResourceDeclaration: "resource",
    ModuleDeclaration: "module",
    VariableDeclaration: "var",
    OutputDeclaration: "output",
    ParameterAssignment: "output",
}
_TRANSPARENT = (ObjectLiteral, ObjectProperty, ArrayLiteral, For, If)


@dataclass(frozen=True, slots=True)
class _Way:
    """How one came to a node. top: it is a declaration's value. kind: of that declaration. open: only objects and arrays on the way. loops: how many
    loops around. whole: collections may stand here as they are. at: the use of a variable that was looked into. below_loop: inside of a resource in a loop."""

    kind: str = ""
    top: bool = False
    is_value: bool = False
    open: bool = True
    property_loops: int = 0
    loops: int = 0
    in_depends_on: bool = False
    in_properties: bool = False
    level: int = 0
    at: Any = None
    below_loop: bool = False


class LoopCheck:
    """Checks one file."""

    def __init__(self, model: SemanticModel) -> None:
        self.model = model
        self.constants = Inlining()
        self.looked_into: set[tuple[Any, _Way]] = set()

    def check(self, statement: Any) -> None:
        """Enter what is wrong in a statement."""
        self._visit(statement, _Way())

    def _visit(self, node: Any, way: _Way) -> None:
        match node:
            case ResourceDeclaration() | ModuleDeclaration() | VariableDeclaration() | OutputDeclaration() | ParameterAssignment():
                below_loop = bool(way.loops) or way.below_loop
                if below_loop:
                    self.model.problems.error(node, "BCP160", "A nested resource cannot stand in a loop.", "Declare it beside the loop, with parent:.")
                self._visit_all(node.decorators, _Way())
                self._visit(node.value, _Way(_KINDS[type(node)], top=True, below_loop=below_loop))
            case For():
                self._loop(node, way)
            case ObjectLiteral():
                level = min(way.level + 1, 2) if way.kind in ("resource", "module") else way.level
                self._visit_all(children(node), replace(way, top=False, is_value=False, level=level))
            case ObjectProperty():
                self._property(node, way)
            case VariableAccess() | ResourceAccess():
                self._use(node, way)
                self._visit_all(children(node), replace(way, open=False))
            case FunctionCall() | InstanceCall() if node.name.name == "nameof":
                pass
            case PropertyAccess() | ArrayAccess():
                self._access(node, replace(way, open=False, top=False, is_value=False))
            case _:
                still = way.open and isinstance(node, _TRANSPARENT)
                self._visit_all(children(node), replace(way, top=way.top and isinstance(node, If), is_value=False, open=still))

    def _visit_all(self, nodes: Any, way: _Way) -> None:
        for node in nodes:
            self._visit(node, way)

    def _access(self, node: PropertyAccess | ArrayAccess, way: _Way) -> None:
        """A collection may stand in front of an access."""
        base = node.base
        while isinstance(base, Parenthesized):
            base = base.expression
        if not isinstance(base, VariableAccess | ResourceAccess) or not self._collection(base):
            self._visit(base, way)
        if isinstance(node, ArrayAccess):
            self._visit(node.index, way)

    def _loop(self, node: For, way: _Way) -> None:
        inner = replace(way, top=False, is_value=False, loops=way.loops + 1)
        if not way.top:
            allowed = way.kind in ("resource", "module") and way.open and way.is_value
            if not allowed:
                self.model.problems.error(self._keyword(node), "BCP138", "A loop cannot stand here.", "Make it a variable of its own, or use map().")
            else:
                inner = replace(inner, property_loops=way.property_loops + 1)
                if inner.property_loops > 1:
                    self.model.problems.error(self._keyword(node), "BCP142", "A loop of a property cannot stand in another.", "Use map(), or a variable.")
        self._visit(node.expression, replace(inner, open=False))
        self._visit(node.body, inner)

    def _keyword(self, node: For) -> Identifier:
        """Where the loop's `for` stands."""
        start = self.model.file.source.text.index("for", node.start)
        return Identifier(start, start + len("for"), "for")

    def _property(self, node: ObjectProperty, way: _Way) -> None:
        if node.name is None and isinstance(node.value, For):
            self.model.problems.error(node.key, "BCP143", "A loop cannot be the value of a key that is put together.", "Write the property's name.")
        first = way.level == 1
        whole = "properties" if way.kind == "resource" else "params"
        way = replace(
            way,
            is_value=True,
            in_depends_on=way.in_depends_on or (first and node.name == "dependsOn"),
            in_properties=way.in_properties or (first and node.name == whole),
        )
        self._visit(node.value, way)

    def _collection(self, node: VariableAccess | ResourceAccess) -> bool:
        symbol = unaliased(self.model.symbol_of(node))
        return isinstance(symbol, ResourceSymbol | ModuleSymbol) and isinstance(symbol, DeployedSymbol) and symbol.loop is not None

    def _use(self, node: VariableAccess | ResourceAccess, way: _Way) -> None:
        if self._collection(node):
            fits = way.loops == 0 and (way.in_properties or way.kind == "output" or (way.kind == "var" and way.at is None))
            if not way.in_depends_on and not fits:
                message = "A loop of resources or modules cannot be used as a whole here."
                self.model.problems.error(way.at or node, "BCP144", message, "Pick one of it by its index.")
            return
        symbol = self.model.symbol_of(node)
        if not isinstance(symbol, VariableSymbol) or symbol.model is not self.model or (way.kind == "var" and way.loops == 0 and way.at is None):
            return
        inner = replace(way, at=way.at or node, top=True, is_value=False, open=True)
        if (symbol, inner) in self.looked_into or symbol in self.model.cyclic or not self.constants.is_inlined(symbol):
            return
        self.looked_into.add((symbol, inner))
        self._visit(symbol.declaration.value, inner)
