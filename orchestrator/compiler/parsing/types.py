"""Types.

type    := [ "|" ] postfix { "|" postfix }
postfix := primary { "[" "]" | "[" integer "]" | "[" "*" "]" | "." name | "." "*" | "?" | "!" }
primary := name | name "<" type ">" | literal | "-" integer | object | tuple | "(" type ")" | "resource" [ string ]
"""

from orchestrator.compiler.parsing.cursor import LITERAL_WORDS, is_missing
from orchestrator.compiler.parsing.expressions import MAX_DEPTH, ExpressionParser
from orchestrator.compiler.syntax.expressions import (
    BooleanLiteral,
    FunctionCall,
    Identifier,
    InstanceCall,
    IntegerLiteral,
    NullLiteral,
    PropertyAccess,
    Skipped,
    StringSyntax,
    VariableAccess,
)
from orchestrator.compiler.syntax.tokens import IDENTIFIER, INTEGER, NEWLINE, STRING, STRING_LEFT, STRING_RIGHT
from orchestrator.compiler.syntax.types import (
    ArrayTypeSyntax,
    Decorator,
    NegativeTypeSyntax,
    NonNullTypeSyntax,
    NullableTypeSyntax,
    ObjectTypeSyntax,
    ParenthesizedTypeSyntax,
    ResourceTypeSyntax,
    TupleItem,
    TupleTypeSyntax,
    TypeAdditional,
    TypeCall,
    TypeElement,
    TypeItems,
    TypeMember,
    TypeName,
    TypeProperty,
    TypeSyntax,
    UnionTypeSyntax,
)

_LINE_END = frozenset((NEWLINE,))
_ENDS_OF_OPERAND = frozenset((STRING_RIGHT, "}", ")", "]", NEWLINE))
_ENDS_OF_ARGUMENT = frozenset((NEWLINE, ",", ">"))
_ENDS_OF_ITEM = frozenset((NEWLINE, "]"))
_ENDS_OF_MEMBER = frozenset((NEWLINE, "}"))
_NOTHING: frozenset[str] = frozenset()


class TypeParser(ExpressionParser):
    """Reads types and decorators."""

    def parse_type(self, *, optional_resource_type: bool = False) -> TypeSyntax:
        """type := "resource" [ string ] | union"""
        if not self.word("resource") or self.look(1).kind == "<":
            return self.parse_union()
        token = self.advance()
        if optional_resource_type and self.token.kind not in (STRING, STRING_LEFT):
            return ResourceTypeSyntax(token.start, token.end, None)
        what = "the resource's type and version, such as 'Microsoft.Network/natGateways@2026-03-01',"
        found = self.recover(lambda: self.parse_whole_string("BCP068", what), _LINE_END | {"="})
        return ResourceTypeSyntax(token.start, max(found.end, token.end), found)

    def parse_union(self) -> TypeSyntax:
        """union := [ "|" ] unary { "|" unary }"""
        self.depth += 1
        try:
            if self.depth > MAX_DEPTH:
                raise self.unexpected("BCP184", "The type is nested too deeply.")
            return self._parse_alternatives()
        finally:
            self.depth -= 1

    def _parse_alternatives(self) -> TypeSyntax:
        start = self.token.start
        leading = self._take_separator()
        members = [self._parse_suffixed()]
        while self._take_separator():
            if self.token.kind == NEWLINE:
                members.append(self.skip_nothing("BCP300", "Expected a type here, on the line of the bar: write the bar in front of it on the next line."))
            else:
                members.append(self.recover(self._parse_suffixed, _NOTHING))
        if len(members) == 1 and not leading:
            return members[0]
        return UnionTypeSyntax(start if leading else members[0].start, max(self.previous_end, members[-1].end), tuple(members))

    def _take_separator(self) -> bool:
        if self.token.kind == NEWLINE and self.look(1).kind == "|":
            self.advance()
        return self.take("|")

    def _parse_suffixed(self) -> TypeSyntax:
        """suffixed := [ "-" | "!" ] member { "?" | "!" }"""
        if self.token.kind == "-" or self.token.kind == "!":
            token = self.advance()
            operand = self.recover(self._parse_type_member, _ENDS_OF_OPERAND)
            base: TypeSyntax = NegativeTypeSyntax(token.start, max(operand.end, token.end), token.kind, operand)
        else:
            base = self._parse_type_member()
        for _ in range(MAX_DEPTH):
            if self.token.kind not in ("?", "!"):
                break
            made = NullableTypeSyntax if self.token.kind == "?" else NonNullTypeSyntax
            base = made(base.start, self.advance().end, base)
        return base

    def _parse_type_member(self) -> TypeSyntax:
        """member := primary { "[" "]" | "[" "*" "]" | "[" expression "]" | "." "*" | "." name [ "<" arguments ">" ] }"""
        base = self._parse_type_primary()
        links = 0
        while True:
            links += 1
            if links > MAX_DEPTH:
                raise self.unexpected("BCP184", "The type is nested too deeply.")
            if self.token.kind == "[":
                base = self._parse_brackets(base)
            elif self.take("."):
                base = self._parse_dotted(base)
            else:
                return base

    def _parse_dotted(self, base: TypeSyntax) -> TypeSyntax:
        if self.token.kind == "*":
            return TypeAdditional(base.start, self.advance().end, base)
        name = self.identifier_or_nothing("BCP020", "the name of a property")
        return self._parse_type_call(name, base) if self.token.kind == "<" else TypeMember(base.start, self.previous_end, base, name)

    def _parse_brackets(self, base: TypeSyntax) -> TypeSyntax:
        self.advance()
        if self.token.kind == "]":
            return ArrayTypeSyntax(base.start, self.advance().end, base)
        if self.take("*"):
            return TypeItems(base.start, self.expect("]").end, base)
        index = self.parse_expression(complex_literals=False)
        return TypeElement(base.start, self.expect("]").end, base, index.value if isinstance(index, IntegerLiteral) else None, index)

    def _parse_type_primary(self) -> TypeSyntax:
        kind = self.token.kind
        if kind == IDENTIFIER:
            return self._parse_type_name()
        if kind in (STRING, STRING_LEFT):
            return self.parse_string()
        if kind == INTEGER:
            return self.parse_integer()
        if kind == "{":
            return self._parse_object_type()
        if kind == "[":
            return self._parse_tuple_type()
        if kind == "(":
            opening = self.token
            parts = self.parse_parenthesized_list(self.parse_union, lines=False)
            return ParenthesizedTypeSyntax(opening.start, self.previous_end, self.only(opening, parts))
        raise self.unexpected("BCP279", "Expected a type here.", "Types are: string, int, bool, object, array, and those declared with `type`.")

    def _parse_type_name(self) -> TypeSyntax:
        token = self.advance()
        if token.value == "null":
            return NullLiteral(token.start, token.end)
        if token.value in LITERAL_WORDS:
            return BooleanLiteral(token.start, token.end, token.value == "true")
        if self.token.kind == "<":
            return self._parse_type_call(Identifier(token.start, token.end, token.value))
        return TypeName(token.start, token.end, token.value)

    def _parse_type_call(self, name: Identifier, namespace: TypeSyntax | None = None) -> TypeCall:
        """call := [ namespace "." ] name "<" type { "," type } ">" """
        self.advance()
        arguments: list[TypeSyntax] = []
        self.parse_listed(">", lambda: arguments.append(self.recover(self.parse_union, _ENDS_OF_ARGUMENT)))
        return TypeCall((namespace or name).start, self.previous_end, name, tuple(arguments), namespace)

    def _parse_object_type(self) -> ObjectTypeSyntax:
        """object := "{" { decorators ( name | string | "*" ) ":" type separator } "}" """
        opening = self.advance()
        found: list[TypeProperty] = []
        self.parse_members("}", lambda: found.append(self._parse_type_property()))
        end = self.expect("}").end
        additional = [entry for entry in found if entry.key is None]
        for extra in additional[1:]:
            self.note(extra.start, extra.end, "BCP305", "Additional properties are described twice.")
        named = tuple(entry for entry in found if entry.key is not None)
        return ObjectTypeSyntax(opening.start, end, named, additional[0] if additional else None)

    def _parse_type_property(self) -> TypeProperty:
        decorators = self.parse_decorators()
        start, is_rest = self.token.start, self.token.kind == "*"
        key: Identifier | StringSyntax | None = None
        if is_rest:
            self.advance()
        else:
            read = self.recover(self._parse_type_key, _ENDS_OF_MEMBER | {":"})
            key = Identifier(read.start, read.end, "") if isinstance(read, Skipped) else read
        colon = self.recover(lambda: self.expect(":"), _ENDS_OF_MEMBER, quiet=is_missing(key))
        type_syntax = self.recover(self.parse_union, _ENDS_OF_MEMBER, quiet=is_missing(colon))
        return TypeProperty(start, max(type_syntax.end, self.previous_end if self.at else start), decorators, key, type_syntax)

    def _parse_type_key(self) -> Identifier | StringSyntax:
        if not self.is_name and self.token.kind not in (STRING, STRING_LEFT):
            raise self.unexpected("BCP317", 'Expected the name of a property or "*" here.')
        return self.parse_key()

    def _parse_tuple_type(self) -> TupleTypeSyntax:
        """tuple := "[" { decorators type separator } "]" """
        opening = self.advance()
        items: list[TupleItem] = []

        def read_one() -> None:
            found = self.recover(self._parse_tuple_item, _ENDS_OF_ITEM)
            items.append(TupleItem(found.start, found.end, (), found) if isinstance(found, Skipped) else found)

        self.parse_members("]", read_one)
        return TupleTypeSyntax(opening.start, self.expect("]").end, tuple(items))

    def _parse_tuple_item(self) -> TupleItem:
        decorators = self.parse_decorators()
        type_syntax = self.parse_union()
        return TupleItem(type_syntax.start, type_syntax.end, decorators, type_syntax)

    def parse_decorators(self) -> tuple[Decorator, ...]:
        """decorators := { "@" [ name "." ] name "(" arguments ")" newline }"""
        decorators: list[Decorator] = []
        while self.token.kind == "@":
            start = self.advance().start
            call = self._as_call(self.recover(self._parse_decorator, _LINE_END))
            decorators.append(Decorator(start, max(call.end, start + 1), call))
            self.end_line()
            self.skip_newlines()
        return tuple(decorators)

    def _as_call(self, found: FunctionCall | InstanceCall | VariableAccess | PropertyAccess | Skipped) -> FunctionCall | InstanceCall:
        """The call that a decorator must be; one without a name stands for what is none."""
        if isinstance(found, FunctionCall | InstanceCall):
            return found
        name = "" if isinstance(found, Skipped) else found.name if isinstance(found, VariableAccess) else found.name.name
        return FunctionCall(found.start, found.end, Identifier(found.start, found.end, name), ())

    def end_line(self) -> None:
        """The end of a line, or of the file; what stands before it is passed over (BCP019)."""
        if isinstance(self.recover(self._expect_line_end, _LINE_END), Skipped):
            self.take(NEWLINE)

    def _expect_line_end(self) -> None:
        if self.token.kind != NEWLINE:
            raise self.unexpected("BCP019", "Expected a new line here.")
        self.advance()

    def _parse_decorator(self) -> FunctionCall | InstanceCall | VariableAccess | PropertyAccess:
        """decorator := name [ "(" arguments ")" ] { "." name [ "(" arguments ")" ] }"""
        name = self.expect_identifier("BCP123", "the name of a decorator or namespace")
        found: FunctionCall | InstanceCall | VariableAccess | PropertyAccess
        if self.token.kind == "(":
            arguments = self.parse_arguments(True)
            found = FunctionCall(name.start, self.previous_end, name, arguments)
        else:
            found = VariableAccess(name.start, name.end, name.name)
        while self.take("."):
            name = self.identifier_or_nothing("BCP020", "the name of a decorator")
            if self.token.kind == "(":
                arguments = self.parse_arguments(True)
                found = InstanceCall(found.start, self.previous_end, found, name, arguments)
            else:
                found = PropertyAccess(found.start, self.previous_end, found, name)
        return found
