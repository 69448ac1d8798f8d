"""Layouts of expressions and types."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, get_args

from orchestrator.compiler.printing.documents import (
    LINE_OR_COMMA,
    LINE_OR_EMPTY,
    LINE_OR_SPACE,
    Document,
    Glue,
    Group,
    Indent,
    Line,
    Tail,
    Text,
    spread,
)
from orchestrator.compiler.printing.layout_core import LayoutCore
from orchestrator.compiler.printing.line_writer import flatten
from orchestrator.compiler.printing.parts import Part
from orchestrator.compiler.syntax import expressions as e
from orchestrator.compiler.syntax import types as t
from orchestrator.compiler.syntax.tokens import NEWLINE, STRING_LEFT, STRING_MIDDLE

_GLUED = (
    *(e.Spread, e.Unary, e.Parenthesized, t.Decorator, t.ParenthesizedTypeSyntax, t.NegativeTypeSyntax, t.ResourceTypeSyntax),
    *(e.PropertyAccess, e.ArrayAccess, e.ResourceAccess, e.NonNull, e.InstanceCall),
    *(t.TypeMember, t.TypeAdditional, t.TypeElement, t.TypeItems, t.ArrayTypeSyntax, t.NullableTypeSyntax, t.NonNullTypeSyntax),
)
_FORCING: dict[type, Any] = {
    e.ArrayLiteral: get_args(e.Expression),
    e.ObjectLiteral: e.ObjectProperty,
    t.ObjectTypeSyntax: t.TypeProperty,
}  # what has to stand in a list that begins with a new line for the list to stay broken; spreads are none
_LITERALS = (e.ObjectLiteral, e.ArrayLiteral)


class ExpressionLayouts(LayoutCore):
    """Lays out expressions and types."""

    def layout(self, part: Part) -> list[Document]:
        """The documents of a token or node."""
        if isinstance(part, int):
            return self.layout_token(part)
        special = _SPECIAL.get(type(part))
        if special is not None:
            return [special(self, part)]
        if isinstance(part, _GLUED):
            return [Glue(self._chain(part))]
        parts = self.reader.parts(part)
        return self.layout(parts[0]) if len(parts) == 1 else [self.spread_parts(parts)]

    def _chain(self, node: e.Node) -> list[Document]:
        """`a.b[c].d(e)`, without a call of this for each member: such chains may be long."""
        links: list[list[Part]] = []
        current: Part = node
        while not isinstance(current, int) and isinstance(current, _GLUED):
            parts = self.reader.parts(current)
            links.append(parts[1:] if not isinstance(parts[0], int) else parts)
            current = parts[0]
        documents = [] if isinstance(current, int) else [self.single(current)]
        for link in reversed(links):
            opening = next((at for at, part in enumerate(link) if self.kind(part) == "("), None)
            if opening is None or self.kind(link[0]) != ".":
                documents += [self.single(part) for part in link if self.kind(part) != NEWLINE]
            else:
                documents += [*(self.single(part) for part in link[:opening]), self._arguments(link[opening:])]
        return documents

    def _binary(self, node: e.Binary) -> Document:
        links: list[list[Part]] = []
        current: Part = node
        while isinstance(current, e.Binary):
            parts = [part for part in self.reader.parts(current) if self.kind(part) != NEWLINE]
            links.append(parts[1:])
            current = parts[0]
        documents = [self.single(current)]
        for link in reversed(links):
            documents += [self.single(part) for part in link]
        return spread(documents)

    def _ternary(self, node: e.Ternary) -> Document:
        def lay_out() -> list[Document]:
            documents: list[Document] = []
            parts = iter(self.reader.parts(node))
            documents.append(self.single(next(parts)))
            for part in parts:
                if self.kind(part) in ("?", ":"):
                    marks = self.single(part)
                    follow = next(parts)
                    between: list[Document] = []
                    while self.kind(follow) == NEWLINE:
                        between += self.layout(follow)
                        follow = next(parts)
                    documents.append(spread([marks, *(b for b in between if not isinstance(b, Line)), Indent([self.single(follow)])]))
                else:
                    documents += self.layout(part)
            return documents

        return self.indent_group(lay_out, first_line=False)

    def _string(self, node: e.StringSyntax) -> Document:
        """Raw, but for blanks behind `${`."""
        first, stop = self.reader.token_at(node.start), self.reader.token_at(node.end)
        pieces: list[str] = []
        for at in range(first, stop):
            token = self.tokens[at]
            pieces.append(self.trivia.text[token.start : token.end])
            if at + 1 < stop:
                gap = self.trivia.text[token.end : self.tokens[at + 1].start]
                pieces.append(gap.lstrip(" \t") if token.kind in (STRING_LEFT, STRING_MIDDLE) else gap)
        leading: list[Document] = [Text(piece.text) for piece in self.trivia.leading(first)]
        return self.with_trailing(Text(self.trivia.with_line_ends("".join(pieces))), stop - 1, leading)

    def _list(self, node: e.Node) -> Document:
        """Arrays, objects and their types; those that begin with a new line stay broken."""
        opening, *inner, closing = self.reader.parts(node)
        force = bool(inner) and self.kind(inner[0]) == NEWLINE and any(isinstance(part, _FORCING.get(type(node), ())) for part in inner)
        padding = LINE_OR_EMPTY if isinstance(node, e.ArrayLiteral | t.TupleTypeSyntax) else LINE_OR_SPACE
        return self.bracket(opening, lambda: self.lay_out_all(inner), closing, separator=LINE_OR_COMMA, padding=padding, force_break=force)

    def _property(self, node: e.ObjectProperty) -> Document:
        key, colon, *rest = self.reader.parts(node)
        return spread([self.glue_parts([key, colon]), *(self.single(part) for part in rest if self.kind(part) != NEWLINE)])

    def _for(self, node: e.For) -> Document:
        opening, *inner, closing = self.reader.parts(node)
        start = next(at for at, part in enumerate(inner) if self.kind(part) != NEWLINE)
        stop = next(at for at in range(len(inner), 0, -1) if self.kind(inner[at - 1]) != NEWLINE)
        head = inner[start:stop]

        def lay_out() -> list[Document]:
            before = self.lay_out_all(inner[:start])
            return [*before, self._for_head(head), *self.lay_out_all(inner[stop:])]

        return self.bracket(opening, lay_out, closing, separator=LINE_OR_EMPTY)

    def _for_head(self, head: list[Part]) -> Document:
        """`for (item, index) in expression: body`"""
        variables: Document
        if self.kind(head[1]) == "(":
            close = next(at for at, part in enumerate(head) if self.kind(part) == ")")
            block = self._arguments(head[1 : close + 1], indent_single=True)
            variables, rest = (Glue(list(flatten([block]))) if isinstance(block, Group) else block), head[close + 1 :]
        else:
            variables, rest = self.single(head[1]), head[2:]
        in_word, expression, colon, *body = rest
        return spread([self.single(head[0]), variables, self.single(in_word), self.glue_parts([expression, colon]), *(self.single(part) for part in body)])

    def _call(self, node: e.FunctionCall) -> Document:
        name, *rest = self.reader.parts(node)
        if not rest or self.kind(rest[0]) != "(":
            return self.glue_parts([name, *rest])  # a decorator without parentheses
        return Glue([self.single(name), self._arguments(rest)])

    def _arguments(self, parts: Sequence[Part], *, indent_single: bool = False) -> Document:
        """`(a, b)`: arguments, or the names in front of `=>`."""
        opening, *inner, closing = parts
        tail = None if indent_single else self._tail(parts)
        return self.bracket(opening, lambda: self._comma_separated(inner, tail), closing, separator=LINE_OR_SPACE, indent_single=indent_single)

    def _comma_separated(self, inner: Sequence[Part], tail: Document | None = None) -> list[Document]:
        items = [at for at, part in enumerate(inner) if self.kind(part) not in (NEWLINE, ",")]
        documents: list[Document] = []
        for at, part in enumerate(inner):
            if self.kind(part) in (NEWLINE, ","):
                documents += self.layout(part)
            elif at != items[-1]:
                documents.append(Glue([self.single(part), Text(",")]))
            else:
                documents.append(tail or self.single(part))
        return documents

    def _tail(self, parts: Sequence[Part]) -> Document | None:
        """The last of several arguments where it is an object or array, or a lambda that gives one: it may break on its own."""
        arguments = [part for part in parts[1:-1] if self.kind(part) not in (NEWLINE, ",")]
        if len(arguments) < 2:
            return None
        last = arguments[-1]
        body = last.body if isinstance(last, e.Lambda | e.TypedLambda) else last
        if not isinstance(body, _LITERALS) or any(piece.ends_line for piece in self.trivia.trailing(self.reader.token_at(body.end) - 1)):
            return None
        document = self.single(last)
        if not isinstance(document, Glue):
            return document
        if body is last:
            return Tail(document.documents)
        inner = document.documents[-1]
        return Glue([*document.documents[:-1], Tail(inner.documents)]) if isinstance(inner, Glue) else document

    def _lambda(self, node: e.Lambda) -> Document:
        parts = self.reader.parts(node)
        arrow = next(at for at, part in enumerate(parts) if self.kind(part) == "=>")
        variables = self._arguments(parts[:arrow], indent_single=True) if self.kind(parts[0]) == "(" else self.single(parts[0])
        mark, *after = parts[arrow:]
        if self._stays_open(node.body, after):
            return spread([variables, self.single(mark), self.single(after[-1])])
        return spread([variables, self.single(mark), self.indent_group(lambda: self.lay_out_all(after), first_line=True)])

    def _typed_lambda(self, node: e.TypedLambda) -> Document:
        parts = self.reader.parts(node)
        arrow = next(at for at, part in enumerate(parts) if self.kind(part) == "=>")
        close = max(at for at, part in enumerate(parts[:arrow]) if self.kind(part) == ")")
        head = [self._arguments(parts[: close + 1], indent_single=True), *(self.single(part) for part in parts[close + 1 : arrow])]
        if self._stays_open(node.body, parts[arrow + 1 :]):
            return spread([*head, self.single(parts[arrow]), self.single(parts[-1])])
        return spread([*head, self.indent_group(lambda: self.lay_out_all(parts[arrow:]), first_line=False)])

    def _stays_open(self, body: e.Node, after: Iterable[Part]) -> bool:
        """True where an object or array stands behind `=>`, with no comment between."""
        return isinstance(body, _LITERALS) and not any(self.trivia.leading(part) for part in after if isinstance(part, int) and self.kind(part) == NEWLINE)

    def _type_call(self, node: t.TypeCall) -> Document:
        parts = self.reader.parts(node)
        chevron = next(at for at, part in enumerate(parts) if self.kind(part) == "<")
        opening, *inner, closing = parts[chevron:]
        force = bool(inner) and self.kind(inner[0]) == NEWLINE
        tail = self.bracket(opening, lambda: self._comma_separated(inner), closing, separator=LINE_OR_SPACE, force_break=force)
        return Glue([*(self.single(part) for part in parts[:chevron]), Glue(list(flatten([tail]))) if isinstance(tail, Group) else tail])

    def _union(self, node: t.UnionTypeSyntax) -> Document:
        def lay_out() -> list[Document]:
            documents: list[Document] = []
            mark = Text("| ", flat=Text(""))
            for part in self.reader.parts(node):
                if isinstance(part, int) and self.kind(part) in (NEWLINE, "|"):
                    documents += self.layout(part)
                else:
                    documents.append(Glue([mark, self.single(part)]))
                    mark = Text("| ")
            return documents

        return self.indent_group(lay_out, first_line=True)


_SPECIAL: dict[type, Callable[[ExpressionLayouts, Any], Document]] = {
    e.Binary: ExpressionLayouts._binary,
    e.Ternary: ExpressionLayouts._ternary,
    e.StringSyntax: ExpressionLayouts._string,
    e.ArrayLiteral: ExpressionLayouts._list,
    e.ObjectLiteral: ExpressionLayouts._list,
    t.ObjectTypeSyntax: ExpressionLayouts._list,
    t.TupleTypeSyntax: ExpressionLayouts._list,
    e.ObjectProperty: ExpressionLayouts._property,
    e.For: ExpressionLayouts._for,
    e.FunctionCall: ExpressionLayouts._call,
    e.Lambda: ExpressionLayouts._lambda,
    e.TypedLambda: ExpressionLayouts._typed_lambda,
    t.TypeCall: ExpressionLayouts._type_call,
    t.UnionTypeSyntax: ExpressionLayouts._union,
}
