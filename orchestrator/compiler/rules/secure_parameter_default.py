"""secure-parameter-default: a secret that stands in the file."""

from collections.abc import Iterator

from orchestrator.compiler.linting.calls import Call, is_builtin_call
from orchestrator.compiler.linting.declared import is_secure_declaration
from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.rule import Finding, Place, Rule
from orchestrator.compiler.linting.types import is_marked_secure
from orchestrator.compiler.syntax.children import descendants
from orchestrator.compiler.syntax.declarations import ParameterDeclaration
from orchestrator.compiler.syntax.expressions import Expression, ObjectLiteral, StringSyntax
from orchestrator.model.diagnostics import Level


def _check(file: LintedFile) -> Iterator[Finding]:
    for parameter in file.nodes(ParameterDeclaration):
        default = parameter.default
        if default is not None and is_secure_declaration(parameter) and not _is_harmless(file, default):
            place = Place(max(file.text.rfind("=", parameter.name.end, default.start), parameter.name.end), default.end)
            yield Finding(place, f"The secure parameter '{parameter.name.name}' has a default that everybody can read.")


def _is_harmless(file: LintedFile, default: Expression) -> bool:
    match default:
        case StringSyntax() if default.literal == "":
            return True
        case ObjectLiteral() if not default.properties:
            return True
        case _:
            return is_marked_secure(file.type_of(default)) or any(
                isinstance(node, Call) and node.name.name == "newGuid" and is_builtin_call(file.model, node, "sys") for node in descendants(default)
            )


RULE = Rule(
    code="secure-parameter-default",
    level=Level.WARNING,
    what="A default of a secure parameter that is neither empty, nor secure itself, nor made with newGuid().",
    remedy="Remove the default.",
    check=_check,
)
