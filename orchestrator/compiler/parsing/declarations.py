"""Declarations: one method each, its production in the docstring."""

from collections.abc import Callable
from typing import TypeAlias

from orchestrator.compiler.parsing.cursor import is_missing
from orchestrator.compiler.parsing.expressions import MAX_DEPTH
from orchestrator.compiler.parsing.types import TypeParser
from orchestrator.compiler.syntax.declarations import (
    AssertDeclaration,
    ExtendsDeclaration,
    ExtensionConfigAssignment,
    ExtensionDeclaration,
    FunctionDeclaration,
    ImportDeclaration,
    ImportedItem,
    MetadataDeclaration,
    MissingDeclaration,
    ModuleDeclaration,
    OutputDeclaration,
    ParameterAssignment,
    ParameterDeclaration,
    ResourceDeclaration,
    SkippedDeclaration,
    Statement,
    TargetScope,
    TestDeclaration,
    TypeDeclaration,
    UsingDeclaration,
    VariableDeclaration,
)
from orchestrator.compiler.syntax.expressions import (
    Expression,
    Identifier,
    If,
    NoneLiteral,
    ObjectLiteral,
    ObjectProperty,
    Skipped,
    Spread,
    StringSyntax,
    TypedLambda,
    VariableAccess,
)
from orchestrator.compiler.syntax.tokens import END, IDENTIFIER, NEWLINE, STRING, STRING_LEFT
from orchestrator.compiler.syntax.types import Decorator, FunctionParameter, TypeSyntax

Decorators = tuple[Decorator, ...]
_LINE_END = frozenset((NEWLINE,))
_NAME_OR_LINE_END = frozenset((NEWLINE, IDENTIFIER))
_ENDS_OF_NAME = frozenset((NEWLINE, "="))
_ENDS_OF_TYPE = frozenset((NEWLINE, "=", "{"))
_ENDS_OF_SYMBOL = frozenset((NEWLINE, STRING, STRING_LEFT))
_ENDS_OF_MARK = frozenset((NEWLINE, "{"))
_ENDS_OF_MEMBER = frozenset((NEWLINE, "}"))
_RESOURCE_TYPE = "the resource's type and version, such as 'Microsoft.Network/natGateways@2026-03-01',"


class DeclarationParser(TypeParser):
    """Reads statements."""

    parameters_file = False

    def parse_statements(self) -> tuple[Statement, ...]:
        """file := { [ statement ] newline }"""
        statements: list[Statement] = []
        while True:
            self.skip_newlines()
            if self.token.kind == END:
                return tuple(statements)
            statement = self._parse_statement()
            statements.append(statement)
            if not isinstance(statement, MissingDeclaration | SkippedDeclaration) and self.token.kind != END:
                self.end_line()
            self.enter_problems()

    def parse_statement_at(self, at: int) -> Statement:
        """The statement that begins at a token, for a reader that takes them one by one; `self.at` is where it ends."""
        self.go(at)
        statement = self._parse_statement()
        self.enter_problems()
        return statement

    def _parse_statement(self) -> Statement:
        begin = self.at
        found = self.recover(self._parse_declaration, _LINE_END)
        return SkippedDeclaration(found.start, found.end, (), found, self.tokens[begin].value) if isinstance(found, Skipped) else found

    def _parse_declaration(self) -> Statement:
        decorators = self.parse_decorators()
        keyword = self.token.value if self.token.kind == IDENTIFIER else ""
        handler = (_IN_PARAMETERS if self.parameters_file else _STATEMENTS).get(keyword)
        if handler is not None:
            return handler(self, decorators)
        if self.parameters_file:
            raise self.unexpected("BCP337", "This begins no declaration of a parameters file.", "Begin with using, extends, param, var, type or import.")
        if decorators:
            return MissingDeclaration(decorators[0].start, decorators[-1].end, decorators)
        raise self.unexpected("BCP007", "This begins no declaration.", "Begin with param, var, type, func, resource, module, output, import or metadata.")

    def _equals(self, quiet: object, stops: frozenset[str] = _LINE_END) -> object:
        return self.recover(lambda: self.expect("="), stops, quiet=is_missing(quiet))

    def _value(self, before: object) -> Expression:
        """value := "=" expression, to the end of the line"""
        mark = self._equals(before)
        return self.recover(self.parse_expression, _LINE_END, quiet=is_missing(mark))

    def _end(self, begin: int) -> int:
        """Where what began at a token ends."""
        return max(self.previous_end, self.tokens[begin].end)

    def _parse_target_scope(self, decorators: Decorators) -> TargetScope:
        """targetScope := "targetScope" "=" expression"""
        begin = self.at
        self.advance()
        self.recover(lambda: self.expect("="), _LINE_END)
        value = self.recover(self.parse_expression, _LINE_END)
        return TargetScope(self.tokens[begin].start, self._end(begin), decorators, value)

    def _parse_metadata(self, decorators: Decorators) -> MetadataDeclaration:
        """metadata := "metadata" name "=" expression"""
        begin = self.at
        self.advance()
        name = self.recover_identifier("BCP266", "the name of the metadata", _ENDS_OF_NAME)
        value = self._value(name)
        return MetadataDeclaration(self.tokens[begin].start, self._end(begin), decorators, name, value)

    def _parse_parameter(self, decorators: Decorators) -> ParameterDeclaration:
        """param := "param" name type [ "=" expression ]"""
        begin = self.at
        self.advance()
        name = self.recover_identifier("BCP013", "the name of the parameter", _NAME_OR_LINE_END)
        type_syntax = self.recover(self.parse_type, _ENDS_OF_TYPE, quiet=is_missing(name))
        default = self.recover(self._parse_default, _LINE_END, quiet=is_missing(type_syntax))
        return ParameterDeclaration(self.tokens[begin].start, self._end(begin), decorators, name, type_syntax, default)

    def _parse_default(self) -> Expression | None:
        if self.token.kind in (NEWLINE, END):
            return None
        if self.token.kind != "=":
            raise self.unexpected("BCP008", 'Expected "=" or a new line here.')
        self.advance()
        return self.recover(self.parse_expression, _LINE_END)

    def _parse_assigned(self, decorators: Decorators) -> ParameterAssignment:
        """param := "param" name "=" expression, in a parameters file"""
        begin = self.at
        self.advance()
        name = self.recover_identifier("BCP013", "the name of the parameter", _NAME_OR_LINE_END)
        value = self._value(name)
        return ParameterAssignment(self.tokens[begin].start, self._end(begin), decorators, name, value)

    def _parse_type_declaration(self, decorators: Decorators) -> TypeDeclaration:
        """type := "type" name "=" type"""
        begin = self.at
        self.advance()
        name = self.recover_identifier("BCP325", "the name of the type", _ENDS_OF_NAME)
        self._equals(name)
        type_syntax = self.recover(self.parse_type, _ENDS_OF_TYPE, quiet=is_missing(name))
        return TypeDeclaration(self.tokens[begin].start, self._end(begin), decorators, name, type_syntax)

    def _parse_variable(self, decorators: Decorators) -> VariableDeclaration:
        """var := "var" name [ type ] "=" expression"""
        begin = self.at
        self.advance()
        name = self.recover_identifier("BCP015", "the name of the variable", _NAME_OR_LINE_END)
        type_syntax: TypeSyntax | None = None
        if self.token.kind not in ("=", NEWLINE, END):
            type_syntax = self.recover(self.parse_type, _ENDS_OF_NAME, quiet=is_missing(name))
        value = self._value(type_syntax or name)
        return VariableDeclaration(self.tokens[begin].start, self._end(begin), decorators, name, type_syntax, value)

    def _parse_function(self, decorators: Decorators) -> FunctionDeclaration:
        """func := "func" name "(" { name type } ")" type "=>" expression"""
        begin = self.at
        self.advance()
        name = self.recover_identifier("BCP015", "the name of the function", _ENDS_OF_NAME)
        value = self.recover(self._parse_typed_lambda, _LINE_END, quiet=is_missing(name))
        if isinstance(value, Skipped):
            value = TypedLambda(value.start, value.end, (), value, value)
        return FunctionDeclaration(self.tokens[begin].start, self._end(begin), decorators, name, value)

    def _parse_typed_lambda(self) -> TypedLambda:
        stops = frozenset((NEWLINE, ")"))
        start = self.token.start
        parts = self.parse_parenthesized_list(self._parse_function_parameter, lines=True)
        result = self.recover(self.parse_type, stops)
        arrow = self.recover(lambda: self.expect("=>"), stops)
        body = self.recover(self.parse_expression, stops) if isinstance(arrow, Skipped) else self.parse_lambda_body()
        parameters = tuple(part for part in parts if isinstance(part, FunctionParameter))
        return TypedLambda(start, max(self.previous_end, start), parameters, result, body)

    def _parse_function_parameter(self) -> FunctionParameter:
        name = self.identifier_or_nothing("BCP015", "the name of a parameter")
        type_syntax = self.recover(self.parse_type, frozenset((NEWLINE, ",", ")")))
        return FunctionParameter(name.start, max(type_syntax.end, name.end), name, type_syntax)

    def _parse_resource(self, decorators: Decorators) -> ResourceDeclaration:
        """resource := "resource" name string [ "existing" ] "=" ( if | for | object )"""
        begin = self.at
        self.advance()
        name = self.recover_identifier("BCP017", "the name of the resource", _ENDS_OF_SYMBOL)
        type_string = self.recover(lambda: self.parse_whole_string("BCP068", _RESOURCE_TYPE), _ENDS_OF_NAME, quiet=is_missing(name))
        existing = self.take_word("existing")
        mark = self._equals(type_string, _ENDS_OF_MARK)
        value = self._parse_body(mark, nested=True)
        return ResourceDeclaration(self.tokens[begin].start, self._end(begin), decorators, name, type_string, existing, value)

    def _parse_body(self, mark: object, *, nested: bool) -> Expression:
        """body := { newline } if | for | object"""
        following = self.look_behind_lines()
        if (not isinstance(mark, Skipped) or not nested) and following.kind == IDENTIFIER and following.value == "if":
            self.skip_newlines()

        def read() -> Expression:
            if self.word("if"):
                return self._parse_if(nested=nested, in_loop=False)
            if self.token.kind == "{":
                return self._parse_resource_body() if nested else self.parse_object()
            if self.token.kind == "[":
                return self.parse_for(lambda: self._parse_loop_body(nested=nested))
            raise self.unexpected("BCP118", 'Expected "{", "[" or "if" here.')

        return self.recover(read, _LINE_END, quiet=is_missing(mark))

    def _parse_loop_body(self, *, nested: bool) -> Expression:
        """body := object | "if" "(" expression ")" object"""
        if self.token.kind == "{":
            return self._parse_resource_body() if nested else self.parse_object()
        if self.word("if"):
            return self._parse_if(nested=nested, in_loop=True)
        raise self.unexpected("BCP167", 'Expected "{" or "if" here.')

    def _parse_if(self, *, nested: bool, in_loop: bool) -> If:
        """if := "if" "(" expression ")" object"""
        start = self.advance().start
        stops = frozenset((NEWLINE, "]")) if in_loop else _LINE_END
        condition = self.recover(self.parse_condition, stops | {"{"})
        quiet = is_missing(condition) or isinstance(condition, Skipped) or not self.closed
        body = self.recover(self._parse_resource_body if nested else self.parse_object, stops, quiet=quiet)
        return If(start, max(body.end, condition.end), condition, body)

    def _parse_module(self, decorators: Decorators) -> ModuleDeclaration:
        """module := "module" name string "=" ( if | for | object )"""
        begin = self.at
        self.advance()
        name = self.recover_identifier("BCP096", "the name of the module", _ENDS_OF_SYMBOL)
        path = self.recover(lambda: self.parse_whole_string("BCP097", "the path of the module"), _ENDS_OF_NAME, quiet=is_missing(name))
        mark = self._equals(path, _ENDS_OF_MARK)
        value = self._parse_body(mark, nested=False)
        return ModuleDeclaration(self.tokens[begin].start, self._end(begin), decorators, name, path, value)

    def _parse_output(self, decorators: Decorators) -> OutputDeclaration:
        """output := "output" name type "=" expression"""
        begin = self.at
        self.advance()
        name = self.recover_identifier("BCP016", "the name of the output", _NAME_OR_LINE_END)
        type_syntax = self.recover(lambda: self.parse_type(optional_resource_type=True), _ENDS_OF_NAME, quiet=is_missing(name))
        value = self._value(type_syntax)
        return OutputDeclaration(self.tokens[begin].start, self._end(begin), decorators, name, type_syntax, value)

    def _parse_assert(self, decorators: Decorators) -> AssertDeclaration:
        """assert := "assert" name "=" expression"""
        begin = self.at
        self.advance()
        name = self.recover_identifier("BCP344", "the name of the assertion", _ENDS_OF_NAME)
        value = self._value(name)
        return AssertDeclaration(self.tokens[begin].start, self._end(begin), decorators, name, value)

    def _parse_test(self, decorators: Decorators) -> TestDeclaration:
        """test := "test" name string "=" object"""
        begin = self.at
        self.advance()
        name = self.recover_identifier("BCP346", "the name of the test", _ENDS_OF_SYMBOL)
        path = self.recover(lambda: self.parse_whole_string("BCP347", "the path of the file to test"), _ENDS_OF_NAME, quiet=is_missing(name))
        mark = self._equals(path, _ENDS_OF_MARK)
        value = self.recover(self.parse_object, _LINE_END, quiet=is_missing(mark))
        return TestDeclaration(self.tokens[begin].start, self._end(begin), decorators, name, path, value)

    def _parse_import(self, decorators: Decorators) -> ImportDeclaration | ExtensionDeclaration:
        """import := "import" ( "{" { name [ "as" name ] } "}" | "*" "as" name ) "from" string"""
        if self.look(1).kind in (STRING, STRING_LEFT) and not self.parameters_file:
            return self._parse_extension(decorators)
        begin = self.at
        self.advance()
        items: list[ImportedItem] = []
        wildcard: Identifier | Skipped | None = None
        if self.token.kind == "*":
            wildcard = self.recover(self._parse_wildcard, _LINE_END)
        elif self.token.kind == "{":
            self.advance()
            self.parse_members("}", lambda: self._parse_imported(items))
            self.expect("}")
        else:
            self.skip_nothing("BCP354", 'Expected "{" or "*" here.')
            if self.token.kind not in (NEWLINE, END, IDENTIFIER):
                self.advance()
        path = self.recover(self._parse_source, _LINE_END)
        named = None if isinstance(wildcard, Skipped) else wildcard
        return ImportDeclaration(self.tokens[begin].start, self._end(begin), decorators, tuple(items), named, path)

    def _parse_wildcard(self) -> Identifier:
        self.expect("*")
        self.expect_word("as")
        return self.expect_identifier("BCP356", "the name of the namespace")

    def _parse_source(self) -> StringSyntax | Skipped:
        self.expect_word("from")
        return self.recover(lambda: self.parse_whole_string("BCP097", "the path of the file to import from"), _LINE_END)

    def _parse_imported(self, items: list[ImportedItem]) -> None:
        token = self.token
        original: str | None = None
        if self.is_name:
            original = self.advance().value
        elif token.kind in (STRING, STRING_LEFT):
            original = self.parse_string().literal
            if token.kind == STRING_LEFT:
                self.note(token.start, self.previous_end, "BCP032", "The name of what is imported must be a plain text.")
        else:
            self.note(token.start, token.end, "BCP355", "Expected the name of what is imported here.")
            self.advance()
        alias: Identifier | None = None
        if self.take_word("as"):
            alias = self.recover_identifier("BCP325", "a name", frozenset((NEWLINE, ",")))
        elif token.kind == STRING:
            self.note(token.start, token.end, "BCP375", "What is imported needs a name here.", "Write `as` and a name behind it.")
        elif original is not None:
            alias = Identifier(token.start, token.end, token.value)
        if original is not None and alias is not None and alias.name:
            items.append(ImportedItem(token.start, alias.end, original, alias))

    def _parse_extension(self, decorators: Decorators) -> ExtensionDeclaration:
        """extension := "extension" ( name | string ) [ "with" object ] [ "as" name ]"""
        begin = self.at
        self.advance()
        specification: Expression
        if self.is_name:
            token = self.advance()
            specification = VariableAccess(token.start, token.end, token.value)
        else:
            specification = self.recover(lambda: self.parse_whole_string("BCP201", "the name of an extension"), _LINE_END)
        configuration: Expression | None = None
        if self.token.kind not in (NEWLINE, END) and not self.word("as"):
            configuration = self.recover(lambda: self._parse_with("BCP305"), _LINE_END, quiet=is_missing(specification))
        alias: Identifier | Skipped | None = None
        if self.token.kind not in (NEWLINE, END):
            alias = self.recover(self._parse_alias, _LINE_END, quiet=is_missing(configuration))
        configured = configuration if isinstance(configuration, ObjectLiteral) else None
        named = None if isinstance(alias, Skipped) else alias
        return ExtensionDeclaration(self.tokens[begin].start, self._end(begin), decorators, specification, configured, named)

    def _parse_with(self, code: str) -> Expression:
        self.expect_word("with", code)
        return self.recover(self.parse_object, _LINE_END)

    def _parse_alias(self) -> Identifier:
        self.expect_word("as", "BCP305")
        return self.recover_identifier("BCP202", "an alias", _LINE_END)

    def _parse_using(self, decorators: Decorators) -> UsingDeclaration:
        """using := "using" ( string | "none" ) [ "with" object ]"""
        begin = self.at
        self.advance()
        path: Expression
        if self.token.kind == IDENTIFIER:
            token = self.expect_word("none")
            path = NoneLiteral(token.start, token.end)
        elif self.token.kind == STRING:
            path = self.parse_whole_string("BCP257", "the path of a Bicep file")
        else:
            path = self.skip_nothing("BCP354", "Expected the path of a Bicep file here, a string.")
        configuration: Expression | None = None
        if self.token.kind not in (NEWLINE, END):
            configuration = self.recover(lambda: self._parse_with("BCP436"), _LINE_END, quiet=is_missing(path))
        return UsingDeclaration(self.tokens[begin].start, self._end(begin), decorators, path, configuration)

    def _parse_extends(self, decorators: Decorators) -> ExtendsDeclaration:
        """extends := "extends" string"""
        begin = self.at
        self.advance()
        path = self.recover(lambda: self.parse_whole_string("BCP404", "the path of a parameters file"), _LINE_END)
        return ExtendsDeclaration(self.tokens[begin].start, self._end(begin), decorators, path)

    def _parse_extension_config(self, decorators: Decorators) -> ExtensionConfigAssignment:
        """extensionConfig := "extensionConfig" name "with" object"""
        begin = self.at
        self.advance()
        name = self.recover_identifier("BCP202", "the alias of an extension", _NAME_OR_LINE_END)
        value = self.recover(lambda: self._parse_with("BCP012"), _LINE_END, quiet=is_missing(name))
        return ExtensionConfigAssignment(self.tokens[begin].start, self._end(begin), decorators, name, value)

    def _parse_resource_body(self) -> ObjectLiteral:
        """object := "{" { ( property | "..." expression | decorators resource ) separator } "}" """
        self.depth += 1
        try:
            if self.depth > MAX_DEPTH:
                raise self.unexpected("BCP184", "The resource is nested too deeply.")
            return self._parse_resource_members()
        finally:
            self.depth -= 1

    def _parse_resource_members(self) -> ObjectLiteral:
        start = self.expect("{").start
        members: list[ObjectProperty | Spread] = []
        nested: list[ResourceDeclaration] = []

        def read_one() -> None:
            is_nested = self.token.kind == "@" or (self.word("resource") and self.look(1).kind == IDENTIFIER)
            if not is_nested:
                members.append(self.parse_object_member())
            elif isinstance(found := self.recover(self._parse_nested, _ENDS_OF_MEMBER), ResourceDeclaration):
                nested.append(found)

        self.parse_members("}", read_one)
        return ObjectLiteral(start, self.expect("}").end, tuple(members), tuple(nested))

    def _parse_nested(self) -> ResourceDeclaration | None:
        """A nested resource; None for decorators with none below (BCP132)."""
        decorators = self.parse_decorators()
        if self.word("resource"):
            return self._parse_resource(decorators)
        last = decorators[-1]
        code = _MISSING_BELOW.get(last.name, "BCP132")
        if last.name:
            self.note(last.start, last.end, code, "Expected a nested resource behind the decorator.")
        return None


_MISSING_BELOW = {"batchSize": "BCP153"}
_Handlers: TypeAlias = dict[str, Callable[[DeclarationParser, Decorators], Statement]]
_STATEMENTS: _Handlers = {
    "targetScope": DeclarationParser._parse_target_scope,
    "metadata": DeclarationParser._parse_metadata,
    "param": DeclarationParser._parse_parameter,
    "type": DeclarationParser._parse_type_declaration,
    "var": DeclarationParser._parse_variable,
    "func": DeclarationParser._parse_function,
    "resource": DeclarationParser._parse_resource,
    "module": DeclarationParser._parse_module,
    "output": DeclarationParser._parse_output,
    "assert": DeclarationParser._parse_assert,
    "test": DeclarationParser._parse_test,
    "import": DeclarationParser._parse_import,
    "extension": DeclarationParser._parse_extension,
}
_IN_PARAMETERS: _Handlers = {
    "using": DeclarationParser._parse_using,
    "extends": DeclarationParser._parse_extends,
    "param": DeclarationParser._parse_assigned,
    "var": DeclarationParser._parse_variable,
    "type": DeclarationParser._parse_type_declaration,
    "import": DeclarationParser._parse_import,
    "extension": DeclarationParser._parse_extension,
    "extensionConfig": DeclarationParser._parse_extension_config,
}
