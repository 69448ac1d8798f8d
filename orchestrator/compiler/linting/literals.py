"""Values that are known while compiling, and members of object literals."""

from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.syntax.expressions import Expression, ObjectLiteral, ObjectProperty
from orchestrator.compiler.types.values import StringLiteralType


def known_text(file: LintedFile, node: Expression | None) -> str | None:
    """The text that an expression is known to give; None where it is not known."""
    type_ = file.type_of(node) if node is not None else None
    return type_.value if isinstance(type_, StringLiteralType) else None


def find_path(body: ObjectLiteral | None, *names: str) -> ObjectProperty | None:
    """The property at a path of object literals."""
    found: ObjectProperty | None = None
    for name in names:
        found = body.find(name) if body is not None else None
        body = found.value if found is not None and isinstance(found.value, ObjectLiteral) else None
        if found is None:
            return None
    return found


def find_ignoring_case(body: ObjectLiteral, name: str) -> ObjectProperty | None:
    """The property of that name, whatever its case."""
    return next((member for member in body.properties if (member.name or "").lower() == name.lower()), None)
