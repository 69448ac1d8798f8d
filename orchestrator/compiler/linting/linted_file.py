"""The file that the rules look at: its nodes by kind, out of one walk that serves all rules, and its model."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from orchestrator.compiler.linting.parents import parent_of
from orchestrator.compiler.semantics.inference import Inference
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.semantics.symbols import ResourceSymbol, Symbol
from orchestrator.compiler.syntax.children import children
from orchestrator.compiler.syntax.declarations import Declaration
from orchestrator.compiler.syntax.expressions import ArrayAccess, FunctionCall, Identifier, InstanceCall, Node, PropertyAccess
from orchestrator.compiler.types.values import Type, resolve
from orchestrator.model.json_value import Json

N = TypeVar("N", bound=Node)


class LintedFile:
    """One file. `today` says which day it is, for rules that ask for age. `harmless`: types without secrets, by identity."""

    def __init__(self, model: SemanticModel, today: Callable[[], date]) -> None:
        self.model = model
        self.today = today
        self.text = model.file.source.text
        self.harmless: dict[int, Type] = {}
        self._inference = Inference(model)

    @cached_property
    def _by_kind(self) -> dict[type, list[Any]]:
        found: dict[type, list[Any]] = {}
        waiting: list[Any] = [self.model.file.program]
        while waiting:
            node = waiting.pop()
            found.setdefault(type(node), []).append(node)
            parts = children(node)
            if parts:
                waiting.extend(reversed(parts))
        return found

    @cached_property
    def _parents(self) -> dict[Any, Any]:
        return {child: node for nodes in self._by_kind.values() for node in nodes for child in children(node)}

    def nodes(self, kind: type[N]) -> list[N]:
        """All nodes of a kind, in the order of the text."""
        return self._by_kind.get(kind, [])

    def parent(self, node: Node) -> Any:
        """The node that a node is part of; None for the whole file."""
        return self._parents.get(node)

    def ancestors(self, node: Node) -> Iterator[Any]:
        """The nodes around a node, the nearest first."""
        outer = self._parents.get(node)
        while outer is not None:
            yield outer
            outer = self._parents.get(outer)

    @cached_property
    def calls(self) -> list[FunctionCall | InstanceCall]:
        """All calls."""
        return [*self.nodes(FunctionCall), *self.nodes(InstanceCall)]

    @cached_property
    def accesses(self) -> list[PropertyAccess | ArrayAccess]:
        """All accesses of a member."""
        return [*self.nodes(PropertyAccess), *self.nodes(ArrayAccess)]

    @cached_property
    def statements(self) -> tuple[Declaration, ...]:
        """The file's statements."""
        return self.model.statements

    @cached_property
    def resources(self) -> list[ResourceSymbol]:
        """All resources whose type and parent are known, nested ones too, in the order of the text; those in a cycle are left out."""
        found = (symbol for symbol in self.model.resources if symbol.type is not None and symbol not in self.model.cyclic and not _is_lost(symbol))
        return sorted(found, key=lambda symbol: symbol.declaration.start)

    @cached_property
    def used_names(self) -> set[Identifier]:
        """The declaring names of all that something refers to, by a call of what is no function too."""
        called = (self.model.names.get(call.name.name) for call in self.nodes(FunctionCall))
        names = {symbol.name for symbol in called if isinstance(symbol, Symbol)}
        return names.union(symbol.name for uses in self.model.references.values() for symbol, _ in uses)

    def type_of(self, node: Any) -> Type:
        """The type of an expression. What is wrong with it was said before: a rule adds no problem of the language."""
        known = self.model.expression_types.get(node)
        if known is None:
            found = self.model.problems.found
            count = len(found)
            known = self._inference.type_of(node)
            del found[count:]
        return resolve(known)

    def setting(self, rule: str, name: str, default: Json) -> Json:
        """What bicepconfig.json says beside a rule's level."""
        return self.model.configuration.rule_setting(rule, name, default)

    def text_of(self, node: Node) -> str:
        """A node as it is written."""
        return self.text[node.start : node.end]

    def is_broken(self, node: Node) -> bool:
        """True where the parser found a problem inside a node."""
        if not self.model.file.problems:
            return False
        start, end = self.model.file.source.position(node.start), self.model.file.source.position(node.end)
        return any(start <= problem.span.start <= end for problem in self.model.file.problems)


def _is_lost(symbol: ResourceSymbol) -> bool:
    """True where `parent:` names no resource."""
    return symbol.nested_in is None and symbol.find_value("parent") is not None and parent_of(symbol) is None
