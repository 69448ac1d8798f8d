"""Layouts of declarations and of everything else that may carry decorators."""

from collections.abc import Sequence
from typing import Any

from orchestrator.compiler.printing.documents import HARD, LINE_OR_COMMA, LINE_OR_SPACE, SPACE, Document, Glue, Text, spread
from orchestrator.compiler.printing.layout_expressions import ExpressionLayouts
from orchestrator.compiler.printing.parts import Part
from orchestrator.compiler.syntax import declarations as d
from orchestrator.compiler.syntax import expressions as e
from orchestrator.compiler.syntax import types as t
from orchestrator.compiler.syntax.tokens import NEWLINE

_WITHOUT_DECORATORS = (d.TargetScope, d.ParameterAssignment, d.UsingDeclaration, d.ExtendsDeclaration)  # they lose theirs, as in the official formatter


class DeclarationLayouts(ExpressionLayouts):
    """Lays out declarations, properties and items of types."""

    def layout(self, part: Part) -> list[Document]:
        """The documents of a token or node."""
        if not isinstance(part, d.Declaration | t.TypeProperty | t.TupleItem):
            return super().layout(part)
        parts = self.reader.parts(part)
        first = self._first(parts, part)
        lines = [] if isinstance(part, _WITHOUT_DECORATORS) else [line for line in self.lay_out_all(parts[:first]) if line is not HARD]
        return [*lines, self._body(part, parts[first:])]

    def _first(self, parts: Sequence[Part], node: Any) -> int:
        """Where the decorators, and the new lines behind them, end."""
        decorators = len(node.decorators)
        at = 0
        while decorators or self.kind(parts[at]) == NEWLINE:
            decorators -= isinstance(parts[at], t.Decorator)
            at += 1
        return at

    def _body(self, node: Any, parts: Sequence[Part]) -> Document:
        match node:
            case t.TypeProperty():
                return spread([self.glue_parts(parts[:2]), *(self.single(part) for part in parts[2:])])
            case d.FunctionDeclaration():
                return spread([self.single(parts[0]), self.glue_parts(parts[1:])])
            case d.ImportDeclaration() if node.wildcard is None:
                return self._import(parts)
            case d.ExtensionDeclaration() if node.alias is not None and node.configuration is None:
                return spread([self.single(parts[0]), self.single(parts[1]), Text(""), *(self.single(part) for part in parts[2:])])
            case d.ResourceDeclaration() | d.ModuleDeclaration() if isinstance(node.value, e.If):
                return self._conditional(parts)
            case _:
                return self.spread_parts(parts)

    def _import(self, parts: Sequence[Part]) -> Document:
        """`import { a, b as c } from 'path'`"""
        opening = next(at for at, part in enumerate(parts) if self.kind(part) == "{")
        closing = next(at for at, part in enumerate(parts) if self.kind(part) == "}")
        inner = parts[opening + 1 : closing]
        force = bool(inner) and self.kind(inner[0]) == NEWLINE and any(isinstance(part, d.ImportedItem) for part in inner)
        items = self.bracket(parts[opening], lambda: self.lay_out_all(inner), parts[closing], separator=LINE_OR_COMMA, padding=LINE_OR_SPACE, force_break=force)
        return spread([self.single(parts[0]), items, *(self.single(part) for part in parts[closing + 1 :])])

    def _conditional(self, parts: Sequence[Part]) -> Document:
        """`= if (condition) {`; new lines in front of the `if` stay where comments stand on them."""
        mark = next(at for at, part in enumerate(parts) if self.kind(part) == "=")
        between = [part for part in parts[mark + 1 : -1] if isinstance(part, int)]
        if not any(self.trivia.leading(at) or self.trivia.trailing(at) for at in between):
            return self.spread_parts(parts)
        value = self.indent_group(lambda: self.lay_out_all(parts[mark + 1 :]), first_line=True)
        return Glue([self.spread_parts(parts[: mark + 1]), SPACE, value])
