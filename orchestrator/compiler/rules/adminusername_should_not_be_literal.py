"""adminusername-should-not-be-literal: an administrator's name that everybody can read."""

from collections.abc import Iterator

from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.literals import known_text
from orchestrator.compiler.linting.rule import Finding, Rule
from orchestrator.compiler.syntax.declarations import ResourceDeclaration
from orchestrator.compiler.syntax.expressions import ObjectProperty
from orchestrator.model.diagnostics import Level


def _check(file: LintedFile) -> Iterator[Finding]:
    for entry in file.nodes(ObjectProperty):
        if _is_username(entry) and _is_outermost_in_resource(file, entry):
            text = known_text(file, entry.value)
            if text is not None:
                yield Finding(entry.value, f"The administrator's name '{text}' stands in the file.")


def _is_username(entry: ObjectProperty) -> bool:
    return (entry.name or "").lower() == "adminusername"


def _is_outermost_in_resource(file: LintedFile, entry: ObjectProperty) -> bool:
    around = list(file.ancestors(entry))
    return any(isinstance(node, ResourceDeclaration) for node in around) and not any(isinstance(node, ObjectProperty) and _is_username(node) for node in around)


RULE = Rule(
    code="adminusername-should-not-be-literal",
    level=Level.WARNING,
    what="A known text as adminUsername of a resource.",
    remedy="Take it from a parameter.",
    check=_check,
)
