"""Whether something has a description."""

from collections.abc import Iterable, Iterator

from orchestrator.compiler.linting.declared import declared_names, find_decorator
from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.rule import Finding
from orchestrator.compiler.syntax.declarations import Declaration, NamedDeclaration
from orchestrator.compiler.syntax.expressions import StringSyntax
from orchestrator.compiler.syntax.problems import Placed
from orchestrator.compiler.syntax.types import TypeProperty


def without_description(what: str, targets: Iterable[tuple[Declaration | TypeProperty, str, Placed]]) -> Iterator[Finding]:
    """A finding at the name where there is no @description(), at the text where it is empty."""
    for node, name, place in targets:
        decorator = find_decorator(node, "description")
        if decorator is None:
            yield Finding(place, f"The {what} '{name}' has no description.")
        elif decorator.arguments:
            text = decorator.arguments[0]
            if isinstance(text, StringSyntax) and text.literal is not None and not text.literal.strip():
                yield Finding(text, f"The description of the {what} '{name}' is empty.")


def declarations(file: LintedFile, kind: type[NamedDeclaration], keyword: str) -> Iterator[tuple[Declaration, str, Placed]]:
    """The declarations of a kind, as targets."""
    for name, declaration in declared_names(file, kind, keyword):
        if name.name:
            yield declaration, name.name, name
