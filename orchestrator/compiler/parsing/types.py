"""Types.

type    := [ "|" ] postfix { "|" postfix }
postfix := primary { "[" "]" | "[" integer "]" | "[" "*" "]" | "." name | "." "*" | "?" | "!" }
primary := name | name "<" type ">" | literal | "-" integer | object | tuple | "(" type ")" | "resource" [ string ]
"""

from orchestrator.compiler.parsing.expressions import ExpressionParser
from orchestrator.compiler.syntax.expressions import BooleanLiteral, FunctionCall, Identifier, InstanceCall, NullLiteral, StringSyntax, VariableAccess
from orchestrator.compiler.syntax.tokens import IDENTIFIER, INTEGER, NEWLINE, STRING, STRING_LEFT
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


class TypeParser(ExpressionParser):
    """Reads types and decorators."""

    def parse_type(self) -> TypeSyntax:
        """type := [ "|" ] postfix { "|" postfix }"""
        start = self.token.start
        leading = self._take_separator()
        members = [self._parse_postfix()]
        while self._take_separator():
            if self.token.kind == NEWLINE:
                raise self.unexpected("BCP300", "Expected a type here, on the line of the bar.", "Write the bar in front of the type on the next line.")
            members.append(self._parse_postfix())
        return members[0] if len(members) == 1 and not leading else UnionTypeSyntax(start if leading else members[0].start, members[-1].end, tuple(members))

    def _take_separator(self) -> bool:
        if self.token.kind == NEWLINE and self.look(1).kind == "|":
            self.advance()
        return self.take("|")

    def _parse_postfix(self) -> TypeSyntax:
        """postfix := primary { suffix }"""
        base = self._parse_type_primary()
        while True:
            kind = self.token.kind
            if kind == "[":
                base = self._parse_brackets(base)
            elif kind == ".":
                self.advance()
                if self.token.kind == "*":
                    base = TypeAdditional(base.start, self.advance().end, base)
                else:
                    name = self.expect_identifier("BCP020", "the name of a property")
                    base = self._parse_type_call(name, base) if self.token.kind == "<" else TypeMember(base.start, name.end, base, name)
            elif kind == "?":
                base = NullableTypeSyntax(base.start, self.advance().end, base)
            elif kind == "!":
                base = NonNullTypeSyntax(base.start, self.advance().end, base)
            else:
                return base

    def _parse_brackets(self, base: TypeSyntax) -> TypeSyntax:
        self.advance()
        if self.token.kind == "]":
            return ArrayTypeSyntax(base.start, self.advance().end, base)
        if self.take("*"):
            return TypeItems(base.start, self.expect("]").end, base)
        if self.token.kind != INTEGER:
            raise self.unexpected("BCP018", 'Expected "]" here.')
        index = int(self.advance().value)
        return TypeElement(base.start, self.expect("]").end, base, index)

    def _parse_type_primary(self) -> TypeSyntax:
        kind = self.token.kind
        if kind == IDENTIFIER:
            return self._parse_type_name()
        if kind in (STRING, STRING_LEFT):
            return self.parse_string()
        if kind == INTEGER:
            return self._parse_integer()
        if kind == "-" or kind == "!":
            token = self.advance()
            operand = self._parse_type_primary()
            return NegativeTypeSyntax(token.start, operand.end, token.kind, operand)
        if kind == "{":
            return self._parse_object_type()
        if kind == "[":
            return self._parse_tuple_type()
        if kind == "(":
            start = self.advance().start
            base = self.parse_type()
            return ParenthesizedTypeSyntax(start, self.expect(")").end, base)
        raise self.unexpected("BCP279", "Expected a type here.")

    def _parse_type_name(self) -> TypeSyntax:
        token = self.advance()
        if token.value in ("true", "false"):
            return BooleanLiteral(token.start, token.end, token.value == "true")
        if token.value == "null":
            return NullLiteral(token.start, token.end)
        if self.token.kind == "<":
            return self._parse_type_call(Identifier(token.start, token.end, token.value))
        if token.value == "resource" and self.token.kind in (STRING, STRING_LEFT):
            type_string = self.parse_string()
            return ResourceTypeSyntax(token.start, type_string.end, type_string)
        return TypeName(token.start, token.end, token.value)

    def _parse_type_call(self, name: Identifier, namespace: TypeSyntax | None = None) -> TypeCall:
        """call := [ namespace "." ] name "<" type { "," type } ">" """
        self.advance()
        self.skip_newlines()
        arguments = [self.parse_type()]
        self.skip_newlines()
        while self.take(","):
            self.skip_newlines()
            arguments.append(self.parse_type())
            self.skip_newlines()
        return TypeCall((namespace or name).start, self.expect(">").end, name, tuple(arguments), namespace)

    def _parse_object_type(self) -> ObjectTypeSyntax:
        """object := "{" { decorators ( name | string | "*" ) ":" type separator } "}" """
        opening = self.advance()
        found: list[TypeProperty] = []
        self._parse_members("}", lambda: found.append(self._parse_type_property()))
        additional = [entry for entry in found if entry.key is None]
        for extra in additional[1:]:
            self.problems.error(extra, "BCP305", "Additional properties are described twice.")
        return ObjectTypeSyntax(
            opening.start, self.previous_end, tuple(entry for entry in found if entry.key is not None), additional[0] if additional else None
        )

    def _parse_type_property(self) -> TypeProperty:
        decorators = self.parse_decorators()
        start = self.token.start
        key: Identifier | StringSyntax | None = None
        if not self.take("*"):
            key = self._parse_key()
        self.expect(":")
        type_syntax = self.parse_type()
        return TypeProperty(start, type_syntax.end, decorators, key, type_syntax)

    def _parse_tuple_type(self) -> TupleTypeSyntax:
        """tuple := "[" { decorators type separator } "]" """
        opening = self.advance()
        items: list[TupleItem] = []
        self._parse_members("]", lambda: items.append(self._parse_tuple_item()))
        return TupleTypeSyntax(opening.start, self.previous_end, tuple(items))

    def _parse_tuple_item(self) -> TupleItem:
        decorators = self.parse_decorators()
        type_syntax = self.parse_type()
        return TupleItem(type_syntax.start, type_syntax.end, decorators, type_syntax)

    def parse_decorators(self) -> tuple[Decorator, ...]:
        """decorators := { "@" [ name "." ] name "(" arguments ")" newline }"""
        decorators: list[Decorator] = []
        while self.token.kind == "@":
            decorators.append(self._parse_decorator())
            if self.token.kind != NEWLINE:
                raise self.unexpected("BCP019", "Expected a new line here, after the decorator.")
            self.skip_newlines()
        return tuple(decorators)

    def _parse_decorator(self) -> Decorator:
        start = self.advance().start
        if self.token.kind != IDENTIFIER:
            raise self.unexpected("BCP123", "Expected the name of a decorator or namespace here.")
        call = self._parse_member(True)
        if isinstance(call, FunctionCall | InstanceCall):
            return Decorator(start, call.end, call)
        name = call.name if isinstance(call, VariableAccess) else "?"
        self.problems.error(call, "BCP152", f'"{name}" is used as a decorator and is no call.', f"Write @{name}().")
        return Decorator(start, call.end, FunctionCall(call.start, call.end, Identifier(call.start, call.end, name), ()))
