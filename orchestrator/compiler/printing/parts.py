"""What a node is made of: its tokens and the nodes below it, in the order of the text. The tree keeps no tokens; they are found by their offsets."""

from bisect import bisect_left
from operator import attrgetter
from typing import Any, TypeAlias

from orchestrator.compiler.syntax import declarations as d
from orchestrator.compiler.syntax import expressions as e
from orchestrator.compiler.syntax import types as t
from orchestrator.compiler.syntax.children import children
from orchestrator.compiler.syntax.tokens import Token

Part: TypeAlias = int | e.Node
"""The index of a token, or a node."""
_DECORATED = (d.Declaration, t.TypeProperty, t.TupleItem)


def begin(node: Any) -> int:
    """Where a node begins, its decorators with it."""
    return node.decorators[0].start if isinstance(node, _DECORATED) and node.decorators else node.start


def _below(node: Any) -> tuple[Any, ...]:
    match node:
        case d.ImportDeclaration():
            return (*node.decorators, *node.items, node.path)
        case d.ImportedItem():
            return ()
        case d.ExtensionDeclaration():
            return (*node.decorators, node.specification, *((node.configuration,) if node.configuration else ()))
        case e.ObjectLiteral() | t.ObjectTypeSyntax():
            return tuple(sorted(children(node), key=attrgetter("start")))
        case _:
            return children(node)


class PartsReader:
    """Finds the parts of nodes in the tokens of a file."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.starts = [token.start for token in tokens]

    def token_at(self, offset: int) -> int:
        """The index of the first token at or behind an offset."""
        return bisect_left(self.starts, offset)

    def parts(self, node: e.Node) -> list[Part]:
        """Tokens and nodes, in the order of the text."""
        found: list[Part] = []
        below = iter(_below(node))
        child = next(below, None)
        at, end, tokens = self.token_at(begin(node)), node.end, self.tokens
        while at < len(tokens) and tokens[at].start < end:
            if child is not None and begin(child) == tokens[at].start:
                found.append(child)
                at = self.token_at(child.end)
                child = next(below, None)
            else:
                found.append(at)
                at += 1
        return found
