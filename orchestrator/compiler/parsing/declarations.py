"""Declarations: one method each, its production in the docstring."""

from collections.abc import Callable

from orchestrator.compiler.parsing.cursor import SyntaxProblem
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
    NoneLiteral,
    ObjectLiteral,
    ObjectProperty,
    Spread,
    StringSyntax,
    TypedLambda,
)
from orchestrator.compiler.syntax.tokens import END, IDENTIFIER, NEWLINE, STRING, STRING_LEFT, Token
from orchestrator.compiler.syntax.types import Decorator, FunctionParameter, TypeSyntax

Decorators = tuple[Decorator, ...]
_LINE_END = frozenset((NEWLINE,))


class DeclarationParser(TypeParser):
    """Reads statements."""

    def parse_statements(self) -> tuple[Statement, ...]:
        """file := { [ statement ] newline }"""
        statements: list[Statement] = []
        while True:
            self.skip_newlines()
            if self.token.kind == END:
                return tuple(statements)
            statements.append(self._parse_statement())

    def parse_statement_at(self, at: int) -> Statement:
        """The statement that begins at a token, for a reader that passes over broken ones in its own way."""
        self.go(at)
        return self._parse_statement()

    def _parse_statement(self) -> Statement:
        start, keyword = self.token.start, None
        begin = self.at
        decorators: Decorators = ()
        try:
            decorators = self.parse_decorators()
            begin = self.at
            keyword = self.token.value if self.token.kind == IDENTIFIER else None
            statement = self._parse_known(keyword, decorators)
            if self.token.kind not in (NEWLINE, END):
                self.report(self.unexpected("BCP019", "Expected a new line here."))
                self.skip_until(_LINE_END)
            return statement
        except SyntaxProblem as problem:
            self.report(problem)
            self.skip_until(_LINE_END)
            return SkippedDeclaration(start, max(start, self.previous_end), decorators, self.skipped(start), keyword, self._name_at(begin + 1))

    def _name_at(self, at: int) -> Identifier | None:
        token: Token = self.tokens[min(at, len(self.tokens) - 1)]
        return Identifier(token.start, token.end, token.value) if token.kind == IDENTIFIER else None

    def _parse_known(self, keyword: str | None, decorators: Decorators) -> Statement:
        handler = _STATEMENTS.get(keyword or "")
        if handler is None:
            if decorators and self.token.kind in (END, NEWLINE):
                raise self.unexpected("BCP147", "Expected a declaration after the decorator.")
            raise self.unexpected("BCP007", "This begins no declaration.", "Begin with param, var, type, func, resource, module, output, import or metadata.")
        return handler(self, decorators)

    def _assignment(self) -> Expression:
        self.expect("=")
        return self.parse_expression()

    def _string(self, code: str, what: str) -> StringSyntax:
        if self.token.kind not in (STRING, STRING_LEFT):
            raise self.unexpected(code, f"Expected {what} here, a string.")
        return self.parse_string()

    def _parse_target_scope(self, decorators: Decorators) -> TargetScope:
        """targetScope := "targetScope" "=" expression"""
        start = self.advance().start
        value = self._assignment()
        return TargetScope(start, value.end, decorators, value)

    def _parse_metadata(self, decorators: Decorators) -> MetadataDeclaration:
        """metadata := "metadata" name "=" expression"""
        start = self.advance().start
        name = self.expect_identifier("BCP250", "the name of the metadata")
        value = self._assignment()
        return MetadataDeclaration(start, value.end, decorators, name, value)

    def parse_parameter(self, decorators: Decorators) -> ParameterDeclaration | ParameterAssignment:
        """param := "param" name type [ "=" expression ] | "param" name "=" expression"""
        start = self.advance().start
        name = self.expect_identifier("BCP013", "the name of the parameter")
        if self.token.kind == "=":
            value = self._assignment()
            return ParameterAssignment(start, value.end, decorators, name, value)
        if self.token.kind == END or (self.token.kind == NEWLINE and self.look(1).kind != "|"):
            raise self.unexpected(
                "BCP014", "Expected the type of the parameter here.", "Write a type behind the name: string, int, bool, object, array or a type of yours."
            )
        type_syntax = self.parse_type()
        default = self._assignment() if self.token.kind == "=" else None
        return ParameterDeclaration(start, (default or type_syntax).end, decorators, name, type_syntax, default)

    def _parse_type_declaration(self, decorators: Decorators) -> TypeDeclaration:
        """type := "type" name "=" type"""
        start = self.advance().start
        name = self.expect_identifier("BCP283", "the name of the type")
        self.expect("=")
        type_syntax = self.parse_type()
        return TypeDeclaration(start, type_syntax.end, decorators, name, type_syntax)

    def _parse_variable(self, decorators: Decorators) -> VariableDeclaration:
        """var := "var" name [ type ] "=" expression"""
        start = self.advance().start
        name = self.expect_identifier("BCP015", "the name of the variable")
        type_syntax: TypeSyntax | None = None
        if self.token.kind not in ("=", NEWLINE, END):
            type_syntax = self.parse_type()
        value = self._assignment()
        return VariableDeclaration(start, value.end, decorators, name, type_syntax, value)

    def _parse_function(self, decorators: Decorators) -> FunctionDeclaration:
        """func := "func" name "(" { name type } ")" type "=>" expression"""
        start = self.advance().start
        name = self.expect_identifier("BCP337", "the name of the function")
        opening = self.expect("(")
        parameters: list[FunctionParameter] = []
        self.skip_newlines()
        while not self.take(")"):
            if parameters:
                self.expect(",")
                self.skip_newlines()
                if self.take(")"):
                    break
            argument = self.expect_identifier("BCP136", "the name of a parameter")
            type_syntax = self.parse_type()
            parameters.append(FunctionParameter(argument.start, type_syntax.end, argument, type_syntax))
            self.skip_newlines()
        result = self.parse_type()
        self.expect("=>")
        self.skip_newlines_before_body()
        body = self.parse_expression()
        return FunctionDeclaration(start, body.end, decorators, name, TypedLambda(opening.start, body.end, tuple(parameters), result, body))

    def _parse_resource(self, decorators: Decorators) -> ResourceDeclaration:
        """resource := "resource" name string [ "existing" ] "=" ( if | for | object )"""
        start = self.advance().start
        name = self.expect_identifier("BCP017", "the name of the resource")
        type_string = self._string("BCP068", "the resource's type and version, such as 'Microsoft.Network/natGateways@2026-03-01',")
        existing = self.take_word("existing")
        if self.token.kind != "=":
            raise self.unexpected("BCP018", 'Expected "=" here.')
        self.advance()
        value = self._parse_body()
        return ResourceDeclaration(start, value.end, decorators, name, type_string, existing, value)

    def _parse_body(self) -> Expression:
        """body := { newline } if | for | object"""
        ahead = 0
        while self.look(ahead).kind == NEWLINE:
            ahead += 1
        if ahead and self.look(ahead).kind == IDENTIFIER and self.look(ahead).value == "if":
            self.skip_newlines()
        if self.word("if"):
            return self.parse_if()
        if self.token.kind == "{":
            return self.parse_object()
        if self.token.kind == "[":
            return self.parse_resource_loop()
        raise self.unexpected("BCP118", 'Expected "{", "[" or "if" here.')

    def _parse_module(self, decorators: Decorators) -> ModuleDeclaration:
        """module := "module" name string "=" ( if | for | object )"""
        start = self.advance().start
        name = self.expect_identifier("BCP096", "the name of the module")
        path = self._string("BCP097", "the path of the module")
        self.expect("=")
        value = self._parse_body()
        return ModuleDeclaration(start, value.end, decorators, name, path, value)

    def _parse_output(self, decorators: Decorators) -> OutputDeclaration:
        """output := "output" name type "=" expression"""
        start = self.advance().start
        name = self.expect_identifier("BCP016", "the name of the output")
        type_syntax = self.parse_type()
        value = self._assignment()
        return OutputDeclaration(start, value.end, decorators, name, type_syntax, value)

    def _parse_assert(self, decorators: Decorators) -> AssertDeclaration:
        """assert := "assert" name "=" expression"""
        start = self.advance().start
        name = self.expect_identifier("BCP016", "the name of the assertion")
        value = self._assignment()
        return AssertDeclaration(start, value.end, decorators, name, value)

    def _parse_test(self, decorators: Decorators) -> TestDeclaration:
        """test := "test" name string "=" object"""
        start = self.advance().start
        name = self.expect_identifier("BCP346", "the name of the test")
        path = self._string("BCP347", "the path of the file to test")
        value = self._assignment()
        return TestDeclaration(start, value.end, decorators, name, path, value)

    def _parse_import(self, decorators: Decorators) -> ImportDeclaration:
        """import := "import" ( "{" { name [ "as" name ] } "}" | "*" "as" name ) "from" string"""
        start = self.advance().start
        items: list[ImportedItem] = []
        wildcard: Identifier | None = None
        if self.token.kind == "*":
            self.advance()
            self.expect_word("as")
            wildcard = self.expect_identifier("BCP355", "the name of the namespace")
        elif self.token.kind == "{":
            self.advance()
            self._parse_members("}", lambda: items.append(self._parse_imported()))
        else:
            raise self.unexpected("BCP353", 'Expected "{" or "*" here.')
        self.expect_word("from")
        path = self._string("BCP097", "the path of the file to import from")
        return ImportDeclaration(start, path.end, decorators, tuple(items), wildcard, path)

    def _parse_imported(self) -> ImportedItem:
        token = self.token
        if token.kind == STRING:
            original = self.parse_string().literal or ""
            self.expect_word("as")
            return ImportedItem(token.start, self.token.end, original, self.expect_identifier("BCP355", "a name"))
        name = self.expect_identifier("BCP355", "the name of what is imported")
        alias = self.expect_identifier("BCP355", "a name") if self.take_word("as") else name
        return ImportedItem(name.start, alias.end, name.name, alias)

    def _parse_extension(self, decorators: Decorators) -> ExtensionDeclaration:
        """extension := "extension" ( name | string ) [ "with" object ] [ "as" name ]"""
        start = self.advance().start
        specification = self._parse_primary(False)
        configuration: ObjectLiteral | None = None
        if self.take_word("with"):
            if self.token.kind != "{":
                raise self.unexpected("BCP018", 'Expected "{" here.')
            configuration = self.parse_object()
        alias = self.expect_identifier("BCP202", "an alias") if self.take_word("as") else None
        return ExtensionDeclaration(start, self.previous_end, decorators, specification, configuration, alias)

    def _path_or_none(self) -> Expression:
        if self.word("none"):
            token = self.advance()
            return NoneLiteral(token.start, token.end)
        return self._string("BCP257", "the path of a Bicep file")

    def _parse_using(self, decorators: Decorators) -> UsingDeclaration:
        """using := "using" ( string | "none" ) [ "with" object ]"""
        start = self.advance().start
        path = self._path_or_none()
        configuration = self.parse_expression() if self.take_word("with") else None
        return UsingDeclaration(start, self.previous_end, decorators, path, configuration)

    def _parse_extends(self, decorators: Decorators) -> ExtendsDeclaration:
        """extends := "extends" ( string | "none" )"""
        start = self.advance().start
        path = self._path_or_none()
        return ExtendsDeclaration(start, path.end, decorators, path)

    def _parse_extension_config(self, decorators: Decorators) -> ExtensionConfigAssignment:
        """extensionConfig := "extensionConfig" name "with" object"""
        start = self.advance().start
        name = self.expect_identifier("BCP202", "the alias of an extension")
        self.expect_word("with")
        value = self.parse_expression()
        return ExtensionConfigAssignment(start, value.end, decorators, name, value)

    def parse_object(self) -> ObjectLiteral:
        """object := "{" { ( property | "..." expression | decorators resource ) separator } "}" """
        opening = self.advance()
        members: list[ObjectProperty | Spread] = []
        nested: list[ResourceDeclaration] = []

        def parse_one() -> None:
            if self.token.kind == "@" or (self.word("resource") and self.look(1).kind == IDENTIFIER):
                decorators = self.parse_decorators()
                if not self.word("resource"):
                    raise self.unexpected("BCP022", "Expected a nested resource after the decorator.")
                nested.append(self._parse_resource(decorators))
            else:
                members.append(self._parse_object_member())

        if not self._parse_members("}", parse_one):
            members.append(self.skipped_member(opening.start))
        return ObjectLiteral(opening.start, self.previous_end, tuple(members), tuple(nested))


_STATEMENTS: dict[str, Callable[[DeclarationParser, Decorators], Statement]] = {
    "targetScope": DeclarationParser._parse_target_scope,
    "metadata": DeclarationParser._parse_metadata,
    "param": DeclarationParser.parse_parameter,
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
    "using": DeclarationParser._parse_using,
    "extends": DeclarationParser._parse_extends,
    "extensionConfig": DeclarationParser._parse_extension_config,
}
