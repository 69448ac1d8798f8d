"""Declarations and their decorators, those that cannot be read included."""

from collections.abc import Iterator

from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.rule import Finding, Place
from orchestrator.compiler.syntax.declarations import Declaration, NamedDeclaration, ParameterDeclaration, SkippedDeclaration
from orchestrator.compiler.syntax.expressions import Identifier, InstanceCall, VariableAccess
from orchestrator.compiler.syntax.types import Decorator, TypeProperty


def declared_names(file: LintedFile, kind: type[NamedDeclaration], keyword: str) -> Iterator[tuple[Identifier, Declaration]]:
    """The names that statements of a kind declare, also those whose other parts are broken."""
    for statement in file.statements:
        match statement:
            case SkippedDeclaration(keyword=found, name=name) if found == keyword and name is not None:
                yield name, statement
            case NamedDeclaration(name=name) if isinstance(statement, kind):
                yield name, statement


def unused(file: LintedFile, kind: type[NamedDeclaration], keyword: str, what: str) -> Iterator[Finding]:
    """What nothing uses; what is exported is for others."""
    for name, declaration in declared_names(file, kind, keyword):
        exported = kind is not ParameterDeclaration and declaration.decorator("export") is not None
        if name not in file.used_names and name.name and not exported:
            yield Finding(name, f"Nothing uses the {what} '{name.name}'.")


def find_decorator(node: Declaration | TypeProperty, name: str) -> Decorator | None:
    """The decorator of that name; `@sys.` may stand before it."""
    for decorator in node.decorators:
        call = decorator.call
        if call.name.name == name and (not isinstance(call, InstanceCall) or (isinstance(call.base, VariableAccess) and call.base.name == "sys")):
            return decorator
    return None


def is_secure_declaration(declaration: Declaration) -> bool:
    """True where @secure() stands on it (the official linter does not count @sys.secure())."""
    return any(decorator.name == "secure" and not isinstance(decorator.call, InstanceCall) for decorator in declaration.decorators)


def whole(declaration: Declaration) -> Place:
    """A declaration's place with its decorators."""
    return Place(declaration.decorators[0].start if declaration.decorators else declaration.start, declaration.end)
