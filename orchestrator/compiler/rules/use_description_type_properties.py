"""use-description-type-properties: properties of types without a description."""

from collections.abc import Iterator

from orchestrator.compiler.linting.descriptions import without_description
from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.rule import Finding, Place, Rule
from orchestrator.compiler.syntax.declarations import TypeDeclaration
from orchestrator.compiler.syntax.problems import Placed
from orchestrator.compiler.syntax.types import TypeProperty


def _check(file: LintedFile) -> Iterator[Finding]:
    return without_description("property", _targets(file))


def _targets(file: LintedFile) -> Iterator[tuple[TypeProperty, str, Placed]]:
    for entry in file.nodes(TypeProperty):
        if any(isinstance(node, TypeDeclaration) for node in file.ancestors(entry)):
            if entry.key is None:
                star = file.text.rfind("*", 0, entry.type.start)
                yield entry, "*", Place(star, star + 1)
            elif entry.name is not None:
                yield entry, entry.name, entry.key


RULE = Rule(
    code="use-description-type-properties",
    level=None,
    what="A property of a declared type without @description(), or with an empty one.",
    remedy="Put @description('...') on it.",
    check=_check,
)
