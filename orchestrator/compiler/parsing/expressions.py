"""Expressions.

expression := binary [ "?" expression ":" expression ]
binary     := unary { operator unary }            # precedence climbing over OPERATORS
unary      := ( "!" | "-" ) unary | member
member     := primary { "." [ "?" ] name [ "(" arguments ")" ] | "[" [ "?" ] [ "^" ] expression "]" | "::" name | "!" }
primary    := literal | string | array | object | for | name | call | lambda | "(" expression ")"
"""

from collections.abc import Callable

from orchestrator.compiler.parsing.cursor import Cursor, SyntaxProblem
from orchestrator.compiler.syntax.expressions import (
    ArrayAccess,
    ArrayLiteral,
    Binary,
    BooleanLiteral,
    Expression,
    For,
    FunctionCall,
    Identifier,
    If,
    InstanceCall,
    IntegerLiteral,
    Lambda,
    LocalVariable,
    NonNull,
    NullLiteral,
    ObjectLiteral,
    ObjectProperty,
    Parenthesized,
    PropertyAccess,
    ResourceAccess,
    Skipped,
    Spread,
    StringSyntax,
    Ternary,
    Unary,
    VariableAccess,
)
from orchestrator.compiler.syntax.tokens import IDENTIFIER, INTEGER, NEWLINE, STRING, STRING_LEFT, STRING_MIDDLE, STRING_RIGHT

OPERATORS = {
    **dict.fromkeys(("*", "/", "%"), 100),
    **dict.fromkeys(("+", "-"), 90),
    **dict.fromkeys(("<", "<=", ">", ">="), 80),
    **dict.fromkeys(("==", "!=", "=~", "!~"), 70),
    "&&": 50,
    "||": 40,
    "??": 30,
}
_ITEM_STOPS = frozenset((NEWLINE, ",", "]", "}"))
_LARGEST_INTEGER = 2**63 - 1
_DECLARATION_WORDS = frozenset(("assert", "import", "metadata", "param", "var", "resource", "output", "module", "type"))
MAX_DEPTH = 100


class ExpressionParser(Cursor):
    """Reads expressions."""

    depth = 0

    def parse_expression(self, *, complex_literals: bool = True) -> Expression:
        """expression := binary [ "?" expression ":" expression ]"""
        self.depth += 1
        try:
            if self.depth > MAX_DEPTH:
                raise self.unexpected("BCP184", "The expression is nested too deeply.")
            condition = self._parse_binary(0, complex_literals)
            if not self._take_across_lines("?"):
                return condition
            when_true = self.parse_expression(complex_literals=complex_literals)
            if not self._take_across_lines(":"):
                self.expect(":")
            when_false = self.parse_expression(complex_literals=complex_literals)
            return Ternary(condition.start, when_false.end, condition, when_true, when_false)
        finally:
            self.depth -= 1

    def _take_across_lines(self, kind: str) -> bool:
        if self.token.kind == NEWLINE:
            ahead = 1
            while self.look(ahead).kind == NEWLINE:
                ahead += 1
            if self.look(ahead).kind != kind:
                return False
            self.skip_newlines()
        return self.take(kind)

    def _parse_binary(self, minimum: int, complex_literals: bool) -> Expression:
        """binary := unary { operator unary }"""
        left = self._parse_unary(complex_literals)
        while (precedence := OPERATORS.get(self.token.kind, 0)) > minimum:
            operator = self.advance().kind
            right = self._parse_binary(precedence, complex_literals)
            left = Binary(left.start, right.end, operator, left, right)
        return left

    def _parse_unary(self, complex_literals: bool) -> Expression:
        """unary := ( "!" | "-" ) unary | member"""
        if self.token.kind == "!" or self.token.kind == "-":
            token = self.advance()
            if token.kind == "-" and self.token.kind == INTEGER:
                literal = self._parse_integer(limit=_LARGEST_INTEGER + 1)
                return Unary(token.start, literal.end, "-", literal)
            operand = self._parse_member(complex_literals)
            return Unary(token.start, operand.end, token.kind, operand)
        return self._parse_member(complex_literals)

    def _parse_member(self, complex_literals: bool) -> Expression:
        """member := primary { access }"""
        base = self._parse_primary(complex_literals)
        while True:
            kind = self.token.kind
            if kind == ".":
                base = self._parse_property(base)
            elif kind == "[":
                base = self._parse_index(base)
            elif kind == "::":
                self.advance()
                name = self.expect_identifier("BCP020", "the name of a nested resource")
                base = ResourceAccess(base.start, name.end, base, name)
            elif kind == "!":
                base = NonNull(base.start, self.advance().end, base)
            else:
                return base

    def _parse_property(self, base: Expression) -> Expression:
        """access := "." [ "?" ] name [ "(" arguments ")" ]"""
        self.advance()
        safe = self.take("?")
        name = self.expect_identifier("BCP020", "the name of a function or property")
        if self.token.kind == "(" and not safe:
            arguments = self._parse_arguments()
            return InstanceCall(base.start, self.previous_end, base, name, arguments)
        return PropertyAccess(base.start, name.end, base, name, safe)

    def _parse_index(self, base: Expression) -> Expression:
        """access := "[" [ "?" ] [ "^" ] expression "]" """
        opening = self.advance()
        safe = self.take("?")
        from_end = self.take("^")
        if self.token.kind == "]":
            place = opening._replace(end=self.token.end)
            raise SyntaxProblem(place, "BCP117", "An index is missing between the brackets.")
        index = self.parse_expression()
        return ArrayAccess(base.start, self.expect("]").end, base, index, safe, from_end)

    def _parse_primary(self, complex_literals: bool) -> Expression:
        """primary := literal | string | array | object | name | call | lambda | "(" expression ")" """
        handler = _PRIMARIES.get(self.token.kind)
        if handler is None or (self.token.kind in "{[" and not complex_literals):
            raise self.unexpected(
                "BCP009" if complex_literals else "BCP243",
                "Expected a value here: a literal, a name, a call, an array, an object or an expression in parentheses.",
            )
        return handler(self)

    def _parse_integer(self, limit: int = _LARGEST_INTEGER) -> IntegerLiteral:
        token = self.advance()
        value = int(token.value)
        if value > limit:
            self.problems.error(token, "BCP010", "The number does not fit into 64 bits.", f"The largest is {limit}.")
        return IntegerLiteral(token.start, token.end, value)

    def parse_string(self) -> StringSyntax:
        """string := "'" { text | "${" expression "}" } "'" """
        first = self.advance()
        if first.kind == STRING:
            return StringSyntax(first.start, first.end, (first.value,))
        segments: list[str] = [first.value]
        expressions: list[Expression] = []
        while True:
            expressions.append(self.parse_expression())
            if self.token.kind not in (STRING_MIDDLE, STRING_RIGHT):
                raise self.unexpected("BCP018", 'Expected "}" here: the interpolation is not closed.')
            token = self.advance()
            segments.append(token.value)
            if token.kind == STRING_RIGHT:
                return StringSyntax(first.start, token.end, tuple(segments), tuple(expressions))

    def _parse_name(self) -> Expression:
        """name := identifier [ "(" arguments ")" | "=>" expression ]"""
        token = self.token
        if token.value in _LITERALS:
            self.advance()
            return _LITERALS[token.value](token.start, token.end)
        following = self.look(1).kind
        if following == "=>":
            return self._parse_lambda()
        self.advance()
        if following == "(":
            arguments = self._parse_arguments()
            return FunctionCall(token.start, self.previous_end, Identifier(token.start, token.end, token.value), arguments)
        return VariableAccess(token.start, token.end, token.value)

    def _parse_arguments(self) -> tuple[Expression, ...]:
        """arguments := [ expression { "," expression } ], lines may break anywhere between."""
        self.expect("(")
        arguments: list[Expression] = []
        self.skip_newlines()
        while not self.take(")"):
            if arguments:
                if self.token.kind != ",":
                    raise self.unexpected("BCP236", 'Expected "," here.')
                self.advance()
                self.skip_newlines()
            arguments.append(self.parse_expression())
            if self.token.kind == NEWLINE:
                self._expect_end_of_arguments()
        return tuple(arguments)

    def _expect_end_of_arguments(self) -> None:
        ahead = 1
        while self.look(ahead).kind == NEWLINE:
            ahead += 1
        if self.look(ahead).kind != ")":
            raise self.unexpected("BCP237", 'Expected "," here: it stands at the end of the line.')
        self.skip_newlines()

    def _parse_parenthesis(self) -> Expression:
        """parenthesis := "(" expression ")" | "(" [ name { "," name } ] ")" "=>" expression"""
        if self._is_lambda():
            return self._parse_lambda()
        opening = self.advance()
        if self.token.kind == NEWLINE:
            raise self.unexpected("BCP243", "Parentheses must hold exactly one value, on the line where they open.")
        expression = self.parse_expression()
        return Parenthesized(opening.start, self.expect(")").end, expression)

    def _is_lambda(self) -> bool:
        ahead = 1
        while self.look(ahead).kind in (IDENTIFIER, ",", NEWLINE):
            ahead += 1
        return self.look(ahead).kind == ")" and self.look(ahead + 1).kind == "=>"

    def _parse_local(self) -> LocalVariable:
        name = self.expect_identifier("BCP136", "the name of a loop or lambda variable")
        return LocalVariable(name.start, name.end, name.name)

    def _parse_lambda(self) -> Lambda:
        """lambda := ( name | "(" [ name { "," name } ] ")" ) "=>" expression"""
        start = self.token.start
        parameters: list[LocalVariable] = []
        if self.take("("):
            self.skip_newlines()
            while not self.take(")"):
                if parameters:
                    self.expect(",")
                    self.skip_newlines()
                    if self.take(")"):
                        break
                parameters.append(self._parse_local())
                self.skip_newlines()
        else:
            parameters.append(self._parse_local())
        self.expect("=>")
        self.skip_newlines_before_body()
        body = self.parse_expression()
        return Lambda(start, body.end, tuple(parameters), body)

    def skip_newlines_before_body(self) -> None:
        """Pass over the new lines behind `=>`, unless a declaration follows: then the body is missing."""
        ahead = 0
        while self.look(ahead).kind == NEWLINE:
            ahead += 1
        if self.look(ahead).value not in _DECLARATION_WORDS:
            self.skip_newlines()

    def _parse_array(self) -> Expression:
        """array := "[" { ( expression | "..." expression ) separator } "]" | for"""
        opening = self.advance()
        ahead = 0
        while self.look(ahead).kind == NEWLINE:
            ahead += 1
        if self.look(ahead).kind == IDENTIFIER and self.look(ahead).value == "for":
            self.skip_newlines()
            return self._parse_for(opening.start, self.parse_expression)
        items: list[Expression | Spread] = []
        if not self._parse_members("]", lambda: items.append(self._parse_item())):
            items.append(self.skipped(opening.start))
        return ArrayLiteral(opening.start, self.previous_end, tuple(items))

    def _parse_item(self) -> Expression | Spread:
        if self.token.kind == "...":
            start = self.advance().start
            expression = self.parse_expression()
            return Spread(start, expression.end, expression)
        return self.parse_expression()

    def _parse_members(self, closing: str, parse_one: Callable[[], None]) -> bool:
        """Members separated by commas or new lines, up to the closing bracket; a bad member is skipped, and then the answer is False."""
        good = True
        self.skip_newlines()
        while not self.take(closing):
            if self.token.kind == "end":
                raise self.unexpected("BCP018", f'Expected "{closing}" here.')
            try:
                parse_one()
                if self.token.kind not in (closing, NEWLINE, ","):
                    raise self.unexpected("BCP236", 'Expected a new line or "," here.')
            except SyntaxProblem as problem:
                self.report(problem)
                good = False
                before = self.at
                self.skip_until(_ITEM_STOPS)
                if self.token.kind in "]}" and self.token.kind != closing:
                    if self.at == before:
                        self.advance()
                    continue
            if self.take(","):
                if self.token.kind == NEWLINE:
                    self.report(
                        self.unexpected("BCP238", "A new line stands behind a comma.", "Members are separated by a comma or by a new line, not by both.")
                    )
                    self.skip_newlines()
            else:
                self.skip_newlines()
        return good

    def parse_resource_loop(self) -> For:
        """loop := for, its body an object or an if"""
        opening = self.advance()
        self.skip_newlines()
        if not self.word("for"):
            raise self.unexpected("BCP012", 'Expected the keyword "for" here.')
        return self._parse_for(opening.start, self._parse_loop_body)

    def _parse_for(self, start: int, parse_body: Callable[[], Expression]) -> For:
        """for := "[" "for" ( name | "(" name "," name ")" ) "in" expression ":" body "]" """
        self.advance()
        index: LocalVariable | None = None
        if self.take("("):
            item = self._parse_local()
            self.expect(",")
            index = self._parse_local()
            self.expect(")")
        else:
            if self.token.kind != IDENTIFIER:
                raise self.unexpected("BCP162", 'Expected a name or "(" here.')
            item = self._parse_local()
        self.expect_word("in")
        expression = self.parse_expression()
        self.expect(":")
        body = parse_body()
        self.skip_newlines()
        return For(start, self.expect("]").end, item, index, expression, body)

    def _parse_loop_body(self) -> Expression:
        """body := object | "if" "(" expression ")" object"""
        if self.word("if"):
            return self.parse_if()
        if self.token.kind == "{":
            return self.parse_object()
        raise self.unexpected("BCP167", 'Expected "{" or "if" here.')

    def parse_if(self) -> If:
        """if := "if" "(" expression ")" object"""
        start = self.advance().start
        if self.token.kind != "(":
            raise self.unexpected("BCP018", 'Expected "(" here.')
        condition = self._parse_parenthesis()
        if self.token.kind != "{":
            raise self.unexpected("BCP018", 'Expected "{" here.')
        body = self.parse_object()
        return If(start, body.end, condition, body)

    def parse_object(self) -> ObjectLiteral:
        """object := "{" { ( property | "..." expression ) separator } "}" """
        opening = self.advance()
        members: list[ObjectProperty | Spread] = []
        if not self._parse_members("}", lambda: members.append(self._parse_object_member())):
            members.append(self.skipped_member(opening.start))
        return ObjectLiteral(opening.start, self.previous_end, tuple(members))

    def _parse_object_member(self) -> ObjectProperty | Spread:
        if self.token.kind == "...":
            start = self.advance().start
            expression = self.parse_expression()
            return Spread(start, expression.end, expression)
        return self.parse_property()

    def parse_property(self) -> ObjectProperty:
        """property := ( name | string ) ":" expression"""
        key = self._parse_key()
        if self.token.kind != ":":
            self._skip_to_value('Expected ":" here.')
        self.advance()
        value = self.parse_expression()
        return ObjectProperty(key.start, value.end, key, value)

    def _skip_to_value(self, message: str) -> None:
        """A mark is missing: what stands in its place is passed over, and then the value is missing too (BCP009), as the official parser has it."""
        problem = self.unexpected("BCP018", message)
        before = self.at
        self.skip_until(_ITEM_STOPS)
        if self.at == before:
            raise problem
        self.report(problem)
        raise self.unexpected("BCP009", "Expected a value here.")

    def _parse_key(self) -> Identifier | StringSyntax:
        token = self.token
        if token.kind == IDENTIFIER and token.value not in _LITERALS:
            self.advance()
            return Identifier(token.start, token.end, token.value)
        if token.kind in (STRING, STRING_LEFT):
            return self.parse_string()
        raise self.unexpected("BCP022", "Expected the name of a property here.")

    def skipped_member(self, start: int) -> Spread:
        """A member that was passed over since `start`."""
        return Spread(start, max(start, self.previous_end), self.skipped(start))

    def skipped(self, start: int) -> Skipped:
        """What was passed over since `start`."""
        return Skipped(start, max(start, self.previous_end))


_LITERALS: dict[str, Callable[[int, int], Expression]] = {
    "true": lambda start, end: BooleanLiteral(start, end, True),
    "false": lambda start, end: BooleanLiteral(start, end, False),
    "null": NullLiteral,
}
_PRIMARIES: dict[str, Callable[[ExpressionParser], Expression]] = {
    INTEGER: ExpressionParser._parse_integer,
    STRING: ExpressionParser.parse_string,
    STRING_LEFT: ExpressionParser.parse_string,
    IDENTIFIER: ExpressionParser._parse_name,
    "[": ExpressionParser._parse_array,
    "{": lambda parser: parser.parse_object(),
    "(": ExpressionParser._parse_parenthesis,
}
