"""Expressions.

expression := binary [ "?" expression ":" expression ]
binary     := unary { operator unary }            # precedence climbing over OPERATORS
unary      := ( "!" | "-" ) unary | member
member     := primary { "." [ "?" ] name [ "(" arguments ")" ] | "[" [ "?" ] [ "^" ] expression "]" | "::" name | "!" }
primary    := literal | string | array | object | for | name | call | lambda | "(" expression ")"
"""

from collections.abc import Callable, Sequence
from typing import Any

from orchestrator.compiler.parsing.cursor import LITERAL_WORDS, Cursor, is_missing
from orchestrator.compiler.syntax.expressions import (
    ArrayAccess,
    ArrayLiteral,
    Binary,
    BooleanLiteral,
    Expression,
    For,
    FunctionCall,
    Identifier,
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
from orchestrator.compiler.syntax.tokens import END, IDENTIFIER, INTEGER, NEWLINE, STRING, STRING_LEFT, STRING_MIDDLE, STRING_RIGHT, Token

OPERATORS = {
    **dict.fromkeys(("*", "/", "%"), 100),
    **dict.fromkeys(("+", "-"), 90),
    **dict.fromkeys(("<", "<=", ">", ">="), 80),
    **dict.fromkeys(("==", "!=", "=~", "!~"), 70),
    "&&": 50,
    "||": 40,
    "??": 30,
}
_ENDS_OF_OPERAND = frozenset((STRING_RIGHT, "}", ")", "]", NEWLINE))
_ENDS_OF_BRANCH = _ENDS_OF_OPERAND | {":"}
_ENDS_OF_LISTED = _ENDS_OF_OPERAND | {","}
_ENDS_OF_LIST = _ENDS_OF_OPERAND - {")"}
_ENDS_OF_ARGUMENT = frozenset((NEWLINE, ",", ")"))
_ENDS_OF_ITEM = frozenset((NEWLINE, "]"))
_ENDS_OF_MEMBER = frozenset((NEWLINE, "}"))
_ENDS_OF_KEY = _ENDS_OF_MEMBER | {":"}
_ENDS_OF_LAMBDA = frozenset((NEWLINE, ")"))
_ENDS_OF_HOLE = frozenset((STRING_MIDDLE, STRING_RIGHT, NEWLINE))
_NO_VALUE = "Expected a value here: a literal, a name, a call, an array, an object or an expression in parentheses."
_LARGEST_INTEGER = 2**63 - 1
_DECLARATION_WORDS = frozenset(("assert", "import", "metadata", "param", "var", "resource", "output", "module", "type"))
MAX_DEPTH = 100


class ExpressionParser(Cursor):
    """Reads expressions. `complex_literals`: objects and arrays may stand here; in the hole of a string they may not."""

    depth = 0

    def parse_expression(self, *, complex_literals: bool = True) -> Expression:
        """expression := binary [ "?" expression ":" expression ]"""
        self.depth += 1
        try:
            if self.depth > MAX_DEPTH:
                raise self.unexpected("BCP184", "The expression is nested too deeply.")
            condition = self._parse_binary(0, complex_literals)
            if self.token.kind == NEWLINE and self.look_behind_lines().kind == "?":
                self.skip_newlines()
            if self.token.kind != "?":
                return condition
            self.advance()
            return self._parse_branches(condition, complex_literals)
        finally:
            self.depth -= 1

    def _parse_branches(self, condition: Expression, complex_literals: bool) -> Ternary:
        def read() -> Expression:
            return self.parse_expression(complex_literals=complex_literals)

        when_true = self.recover(read, _ENDS_OF_BRANCH)
        if not isinstance(when_true, Skipped) and self.look_behind_lines().kind == ":":
            self.skip_newlines()
        colon = self.recover(lambda: self.expect(":"), _ENDS_OF_OPERAND, quiet=is_missing(when_true))
        when_false = self.recover(read, _ENDS_OF_OPERAND, quiet=is_missing(colon))
        return Ternary(condition.start, max(when_false.end, when_true.end), condition, when_true, when_false)

    def _parse_binary(self, minimum: int, complex_literals: bool) -> Expression:
        """binary := unary { operator unary }"""
        left = self._parse_unary(complex_literals)
        while (precedence := OPERATORS.get(self.token.kind, 0)) > minimum:
            operator = self.advance().kind
            right = self._parse_right(precedence, complex_literals)
            left = Binary(left.start, max(right.end, left.end), operator, left, right)
        return left

    def _parse_right(self, precedence: int, complex_literals: bool) -> Expression:
        return self.recover(lambda: self._parse_binary(precedence, complex_literals), _ENDS_OF_OPERAND)

    def _parse_unary(self, complex_literals: bool) -> Expression:
        """unary := [ "!" | "-" ] member"""
        if self.token.kind != "!" and self.token.kind != "-":
            return self._parse_member(complex_literals)
        token = self.advance()
        if token.kind == "-" and self.token.kind == INTEGER and int(self.token.value) == _LARGEST_INTEGER + 1:
            literal = self.advance()
            return Unary(token.start, literal.end, "-", IntegerLiteral(literal.start, literal.end, int(literal.value)))
        operand = self.recover(lambda: self._parse_member(complex_literals), _ENDS_OF_OPERAND)
        return Unary(token.start, max(token.end, operand.end), token.kind, operand)

    def _parse_member(self, complex_literals: bool) -> Expression:
        """member := primary { access }"""
        base = self._parse_primary(complex_literals)
        while True:
            kind = self.token.kind
            if kind == ".":
                base = self._parse_property(base, complex_literals)
            elif kind == "[":
                base = self._parse_index(base, complex_literals)
            elif kind == "::":
                self.advance()
                name = self.identifier_or_nothing("BCP020", "the name of a nested resource")
                base = ResourceAccess(base.start, self.previous_end, base, name)
            elif kind == "!":
                base = NonNull(base.start, self.advance().end, base)
            else:
                return base

    def _parse_property(self, base: Expression, complex_literals: bool) -> Expression:
        """access := "." [ "?" ] name [ "(" arguments ")" ]"""
        self.advance()
        mark = self.token
        safe = self.take("?")
        name = self.identifier_or_nothing("BCP020", "the name of a function or property")
        if self.token.kind != "(":
            return PropertyAccess(base.start, self.previous_end, base, name, safe)
        if safe:
            self.note(mark.start, mark.end, "BCP322", "A function cannot be called by .?.", "Write a plain dot.")
            name = Identifier(mark.start, name.end, "")
        arguments = self.parse_arguments(complex_literals)
        return InstanceCall(base.start, self.previous_end, base, name, arguments)

    def _parse_index(self, base: Expression, complex_literals: bool) -> Expression:
        """access := "[" [ "?" ] [ "^" ] expression "]" """
        self.advance()
        safe = self.take("?")
        from_end = self.take("^")
        index: Expression
        if self.token.kind == "]":
            index = self.skip_nothing("BCP117", "An index is missing between the brackets.")
        else:
            index = self.parse_expression(complex_literals=complex_literals)
        return ArrayAccess(base.start, self.expect("]").end, base, index, safe, from_end)

    def _parse_primary(self, complex_literals: bool) -> Expression:
        """primary := literal | string | array | object | name | call | lambda | "(" expression ")" """
        handler = _PRIMARIES.get(self.token.kind)
        if handler is None:
            raise self.unexpected("BCP009", _NO_VALUE)
        if self.token.kind in "{[" and not complex_literals:
            raise self.unexpected("BCP087", "Objects and arrays cannot stand here.", "Make it a variable.")
        return handler(self, complex_literals)

    def parse_integer(self) -> IntegerLiteral:
        """integer := digit { digit }"""
        token = self.token
        value = int(token.value)
        if value >= 2**64:
            raise self.unexpected("BCP010", "The number does not fit into 64 bits.", f"The largest is {_LARGEST_INTEGER}.")
        if value > _LARGEST_INTEGER:
            self.note(token.start, token.end, "BCP010", "The number does not fit into 64 bits.", f"The largest is {_LARGEST_INTEGER}.")
        self.advance()
        return IntegerLiteral(token.start, token.end, value)

    def parse_string(self) -> StringSyntax | Skipped:
        """string := "'" { text | "${" expression "}" } "'" ; one that the lexer found broken is Skipped"""
        first = self.advance()
        if first.kind == STRING:
            if self.lexical and self.has_lexical_problem(first.start, first.end):
                return Skipped(first.start, first.end)
            return StringSyntax(first.start, first.end, (first.value,))
        pieces: list[Token] = [first]
        expressions: list[Expression] = []
        while True:
            expressions.append(self._parse_hole())
            if self.token.kind in (NEWLINE, END):
                return Skipped(first.start, max(self.previous_end, first.end))
            pieces.append(self.advance())
            if pieces[-1].kind == STRING_RIGHT:
                break
        if self.lexical and any(self.has_lexical_problem(piece.start, piece.end) for piece in pieces):
            return Skipped(first.start, pieces[-1].end)
        return StringSyntax(first.start, pieces[-1].end, tuple(piece.value for piece in pieces), tuple(expressions))

    def _parse_hole(self) -> Expression:
        """hole := expression, up to the brace that ends it"""
        found = self.recover(lambda: self.parse_expression(complex_literals=False), _ENDS_OF_HOLE)
        if self.token.kind in _ENDS_OF_HOLE:
            return found
        start = self.token.start
        self.synchronize(_ENDS_OF_HOLE)
        end = self.previous_end
        self.note(start, end, "BCP064", "These tokens cannot stand in an interpolation.")
        return Skipped(found.start, max(end, found.start))

    def _parse_name(self, complex_literals: bool) -> Expression:
        """name := identifier [ "(" arguments ")" | "=>" expression ]"""
        token = self.advance()
        if token.value in LITERAL_WORDS:
            return _LITERALS[token.value](token.start, token.end)
        if self.token.kind == "=>":
            return self._parse_lambda(token.start, (LocalVariable(token.start, token.end, token.value),))
        if self.token.kind == "(":
            arguments = self.parse_arguments(complex_literals)
            return FunctionCall(token.start, self.previous_end, Identifier(token.start, token.end, token.value), arguments)
        return VariableAccess(token.start, token.end, token.value)

    def parse_arguments(self, complex_literals: bool) -> tuple[Expression, ...]:
        """arguments := "(" [ expression { "," expression } ] ")", lines may break anywhere between."""
        self.expect("(")
        arguments: list[Expression] = []

        def read_one() -> None:
            arguments.append(self.recover(lambda: self.parse_expression(complex_literals=complex_literals), _ENDS_OF_ARGUMENT))

        self.parse_listed(")", read_one)
        return tuple(arguments)

    def parse_listed(self, closing: str, read_one: Callable[[], None]) -> None:
        """Arguments of a call or a parameterized type, and the closing mark; it is only noted where that is missing (BCP018)."""
        if self.take(closing):
            return
        self.skip_newlines()
        expect_one = True
        while self.token.kind not in (END, closing):
            if expect_one:
                read_one()
            elif not self._parse_comma(closing, read_one):
                break
            expect_one = not expect_one
        if not self.take(closing):
            self.skip_nothing("BCP018", f'Expected "{closing}" here.')

    def _parse_comma(self, closing: str, read_one: Callable[[], None]) -> bool:
        """What separates two arguments; False at the end of the file."""
        if self.token.kind == NEWLINE:
            following = self.look_behind_lines(1).kind
            if following == END:
                return False
            if following != closing:
                self.skip_nothing("BCP237", 'Expected "," here: it stands at the end of the line.')
            self.skip_newlines()
        elif self.take(","):
            self.skip_newlines()
            if self.token.kind == closing:
                read_one()
        else:
            self.skip_nothing("BCP236", 'Expected a new line or "," here.')
        return True

    def _parse_parenthesis(self, complex_literals: bool) -> Expression:
        """parenthesis := "(" expression ")" | "(" [ name { "," name } ] ")" "=>" expression"""
        opening = self.token
        parts = self._parse_parenthesized(complex_literals, lines=True)
        if self.token.kind == "=>":
            return self._parse_lambda(opening.start, self._locals(parts))
        return Parenthesized(opening.start, self.previous_end, self.only(opening, parts))

    def parse_condition(self) -> Parenthesized:
        """condition := "(" expression ")" """
        opening = self.token
        parts = self._parse_parenthesized(True, lines=True)
        return Parenthesized(opening.start, self.previous_end, self.only(opening, parts))

    def _parse_parenthesized(self, complex_literals: bool, *, lines: bool) -> list[Expression | Token]:
        """list := "(" { expression "," } ")", with the commas and ends of lines between."""
        return self.parse_parenthesized_list(lambda: self.parse_expression(complex_literals=complex_literals), lines=lines)

    def parse_parenthesized_list(self, read: Callable[[], Any], *, lines: bool) -> list[Any]:
        """list := "(" { item "," } ")", with the commas and ends of lines between."""
        self.expect("(")
        parts: list[Any] = []

        def take_lines() -> None:
            while lines and self.token.kind == NEWLINE:
                parts.append(self.advance())

        take_lines()
        while self.token.kind != ")":
            parts.append(self.recover(read, _ENDS_OF_LISTED))
            take_lines()
            if self.token.kind != ",":
                break
            parts.append(self.advance())
            take_lines()
        self.closed = not isinstance(self.recover(lambda: self.expect(")"), _ENDS_OF_LIST, quiet=bool(parts) and is_missing(parts[-1])), Skipped)
        return parts

    def only(self, opening: Token, parts: Sequence[Any]) -> Any:
        """The one value in parentheses; BCP243 where there is none or more."""
        message = "Parentheses must hold exactly one value, on the line where they open."
        if not parts:
            self.note(opening.end, opening.end, "BCP243", message)
            return Skipped(opening.end, opening.end)
        if len(parts) == 1:
            return Skipped(parts[0].start, parts[0].end) if isinstance(parts[0], Token) else parts[0]
        self.note(parts[0].start, parts[-1].end, "BCP243", message)
        return Skipped(parts[0].start, parts[-1].end)

    def _locals(self, parts: Sequence[Expression | Token]) -> tuple[LocalVariable, ...]:
        return tuple(
            LocalVariable(part.start, part.end, part.name if isinstance(part, VariableAccess) else "") for part in parts if not isinstance(part, Token)
        )

    def _parse_lambda(self, start: int, parameters: tuple[LocalVariable, ...]) -> Lambda:
        """lambda := ( name | "(" [ name { "," name } ] ")" ) "=>" expression"""
        self.expect("=>")
        body = self.parse_lambda_body()
        return Lambda(start, max(self.previous_end, body.end), parameters, body)

    def parse_lambda_body(self) -> Expression:
        """body := { newline } expression; behind a new line no declaration may begin, else the body is missing"""
        if self.look_behind_lines().value not in _DECLARATION_WORDS:
            self.skip_newlines()
        return self.recover(self.parse_expression, _ENDS_OF_LAMBDA)

    def _parse_array(self) -> Expression:
        """array := "[" { ( expression | "..." expression ) separator } "]" | for"""
        following = self.look_behind_lines(1)
        if following.kind == IDENTIFIER and following.value == "for":
            return self.parse_for(self.parse_expression)
        opening = self.advance()
        items: list[Expression | Spread] = []
        self.parse_members("]", lambda: items.append(self.recover(self._parse_item, _ENDS_OF_ITEM)))
        return ArrayLiteral(opening.start, self.expect("]").end, tuple(items))

    def _parse_item(self) -> Expression | Spread:
        return self._parse_spread(_ENDS_OF_ITEM | {","}) if self.token.kind == "..." else self.parse_expression()

    def _parse_spread(self, stops: frozenset[str]) -> Spread:
        mark = self.advance()
        expression = self.recover(self.parse_expression, stops)
        return Spread(mark.start, max(expression.end, mark.end), expression)

    def parse_members(self, closing: str, read_one: Callable[[], None]) -> None:
        """Members separated by one comma or by new lines, up to the closing bracket."""
        if self.token.kind == closing:
            return
        self.skip_newlines()
        expect_one = True
        while self.token.kind not in (END, closing):
            if expect_one:
                read_one()
            elif self.token.kind == NEWLINE:
                self.skip_newlines()
            elif not self.take(","):
                self.skip_nothing("BCP236", 'Expected a new line or "," here.')
            elif self.token.kind == NEWLINE:
                self.skip_nothing("BCP238", "A new line stands behind a comma: members are separated by a comma or by a new line, not by both.")
                self.advance()
            expect_one = not expect_one

    def parse_for(self, parse_body: Callable[[], Expression]) -> For:
        """for := "[" "for" ( name | "(" name "," name ")" ) "in" expression ":" body "]" """
        start = self.expect("[").start
        self.skip_newlines()
        self.expect_word("for")
        known = len(self.found)
        item, index = self._parse_loop_variables()
        in_word = self.recover(lambda: self.expect_word("in"), _ENDS_OF_ITEM, quiet=len(self.found) > known)
        expression = self.recover(self.parse_expression, _ENDS_OF_ITEM | {":"}, quiet=is_missing(in_word))
        colon = self.recover(lambda: self.expect(":"), _ENDS_OF_ITEM, quiet=is_missing(expression))
        body = self.recover(parse_body, _ENDS_OF_ITEM, quiet=is_missing(colon))
        if not isinstance(body, Skipped):
            self.skip_newlines()
        self.recover(lambda: self.expect("]"), _ENDS_OF_ITEM, quiet=is_missing(body))
        return For(start, self.previous_end, item, index, expression, body)

    def _parse_loop_variables(self) -> tuple[LocalVariable, LocalVariable | None]:
        """variables := name | "(" name "," name ")" """
        first = self.token
        if self.is_name:
            self.advance()
            return LocalVariable(first.start, first.end, first.value), None
        if first.kind != "(":
            self.skip_nothing("BCP162", 'Expected a name or "(" here.')
            return LocalVariable(first.start, first.start, ""), None
        known = len(self.found)
        names = self._locals(self._parse_parenthesized(False, lines=False))
        if len(names) == 2:
            return names
        if len(self.found) == known:
            self.note(first.start, self.previous_end, "BCP249", "A loop has one variable, or two in parentheses: the item and its index.")
        return LocalVariable(first.start, first.end, ""), None

    def parse_object(self) -> ObjectLiteral:
        """object := "{" { ( property | "..." expression ) separator } "}" """
        start = self.expect("{").start
        members: list[ObjectProperty | Spread] = []
        self.parse_members("}", lambda: members.append(self.parse_object_member()))
        return ObjectLiteral(start, self.expect("}").end, tuple(members))

    def parse_object_member(self) -> ObjectProperty | Spread:
        """member := property | "..." expression"""
        return self._parse_spread(_ENDS_OF_MEMBER | {","}) if self.token.kind == "..." else self._parse_object_property()

    def _parse_object_property(self) -> ObjectProperty:
        """property := ( name | string ) ":" expression"""
        found = self.recover(self.parse_key, _ENDS_OF_KEY)
        key = Identifier(found.start, found.end, "") if isinstance(found, Skipped) else found
        colon = self.recover(lambda: self.expect(":"), _ENDS_OF_MEMBER, quiet=is_missing(key))
        value = self.recover(self.parse_expression, _ENDS_OF_MEMBER, quiet=is_missing(colon))
        return ObjectProperty(key.start, max(value.end, key.end), key, value)

    def parse_key(self) -> Identifier | StringSyntax:
        """key := name | string"""
        if self.is_name:
            return self.expect_identifier("BCP022", "the name of a property")
        if self.token.kind in (STRING, STRING_LEFT):
            return self.parse_whole_string("BCP022", "the name of a property")
        raise self.unexpected("BCP022", "Expected the name of a property here.")

    def parse_whole_string(self, code: str, what: str) -> StringSyntax:
        """A string that must be sound where it stands."""
        problem = self.unexpected(code, f"Expected {what} here, a string.")
        found: StringSyntax | Skipped | None = None
        if self.token.kind in (STRING, STRING_LEFT):
            found = self.parse_string()
        else:
            self.synchronize(_ENDS_OF_HOLE)
        if not isinstance(found, StringSyntax):
            raise problem
        return found


_LITERALS: dict[str, Callable[[int, int], Expression]] = {
    "true": lambda start, end: BooleanLiteral(start, end, True),
    "false": lambda start, end: BooleanLiteral(start, end, False),
    "null": NullLiteral,
}
_PRIMARIES: dict[str, Callable[[ExpressionParser, bool], Expression]] = {
    INTEGER: lambda parser, _: parser.parse_integer(),
    STRING: lambda parser, _: parser.parse_string(),
    STRING_LEFT: lambda parser, _: parser.parse_string(),
    IDENTIFIER: ExpressionParser._parse_name,
    "[": lambda parser, _: parser._parse_array(),
    "{": lambda parser, _: parser.parse_object(),
    "(": ExpressionParser._parse_parenthesis,
}
