"""Template expressions from text.

expression := primary { "." name | "[" expression "]" }
primary    := string | integer | name [ "." name ] "(" [ expression { "," expression } ] ")"
"""

from functools import lru_cache

from orchestrator.arm.expressions.lexer import ExpressionError, Kind, Token, tokenize
from orchestrator.arm.expressions.nodes import Access, Call, Expression, Integer, String
from orchestrator.model.recursion import deep_recursion

__all__ = ["ExpressionError", "parse_expression", "parse_template_string"]

_MOST_DIGITS = 40
_DEEPEST = 5000
_FRAMES = 20_000
"""Three for each level; a frame of Python alone takes no stack of C."""


@lru_cache(maxsize=16_384)
def parse_expression(text: str) -> Expression:
    """Parse what stands between the outer brackets; ExpressionError where it is no expression."""
    parser = _Parser(tokenize(text))
    try:
        with deep_recursion(_FRAMES):
            expression = parser.parse_expression()
    except RecursionError:
        raise ExpressionError("expressions are nested too deeply", 0) from None
    parser.expect_end()
    return expression


def parse_template_string(value: str) -> Expression:
    """A template's string: `[...]` is an expression, `[[...` a text that begins with `[`, everything else itself.

    A string that begins with `[` and does not end with `]` is a text too (learn.microsoft.com: template expressions).
    """
    if value.startswith("[") and value.endswith("]"):
        return String(value[1:]) if value.startswith("[[") else parse_expression(value[1:-1])
    return String(value)


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def parse_expression(self) -> Expression:
        """expression := primary { "." name | "[" expression "]" }"""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ExpressionError("expressions are nested too deeply", self._current.position)
        expression = self._parse_chain(self._parse_primary())
        self._depth -= 1
        return expression

    def _parse_chain(self, expression: Expression) -> Expression:
        while True:
            if self._consume("."):
                expression = Access(expression, String(self._expect_name()))
            elif self._consume("["):
                expression = Access(expression, self.parse_expression())
                self._expect("]")
            else:
                return expression

    def expect_end(self) -> None:
        """Nothing may follow."""
        if self._current.kind is not Kind.END:
            raise ExpressionError(f"unexpected {self._current.text!r}", self._current.position)

    @property
    def _current(self) -> Token:
        return self._tokens[self._at]

    def _parse_primary(self) -> Expression:
        """primary := string | integer | name [ "." name ] "(" [ expression { "," expression } ] ")" """
        token = self._current
        match token.kind:
            case Kind.STRING:
                self._at += 1
                return String(token.text)
            case Kind.INTEGER:
                self._at += 1
                return Integer(_read_integer(token))
            case Kind.NAME:
                return self._parse_call()
            case Kind.MARK | Kind.END:
                raise ExpressionError("expected an expression" + (f", found {token.text!r}" if token.text else ""), token.position)

    def _parse_call(self) -> Call:
        """call := name [ "." name ] "(" [ expression { "," expression } ] ")" """
        name = self._expect_name()
        if self._consume("."):
            name = f"{name}.{self._expect_name()}"
        self._expect("(")
        arguments: list[Expression] = []
        while not self._consume(")"):
            if arguments:
                self._expect(",")
            arguments.append(self.parse_expression())
        return Call(name, tuple(arguments))

    def _consume(self, mark: str) -> bool:
        if self._current.kind is Kind.MARK and self._current.text == mark:
            self._at += 1
            return True
        return False

    def _expect(self, mark: str) -> None:
        if not self._consume(mark):
            found = self._current.text or "the end"
            raise ExpressionError(f"expected {mark!r}, found {found!r}", self._current.position)

    def _expect_name(self) -> str:
        token = self._current
        if token.kind is not Kind.NAME:
            raise ExpressionError(f"expected a name, found {token.text or 'the end'!r}", token.position)
        self._at += 1
        return token.text


def _read_integer(token: Token) -> int:
    """A number of 64 bits, as Azure's reader has it."""
    if len(token.text) > _MOST_DIGITS or not -(1 << 63) <= int(token.text) < 1 << 63:
        raise ExpressionError(f"the value '{token.text[:_MOST_DIGITS]}' cannot be converted to number", token.position)
    return int(token.text)
