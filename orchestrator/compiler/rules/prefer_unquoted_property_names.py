"""prefer-unquoted-property-names: quotes around a name that needs none."""

import re
from collections.abc import Iterator
from typing import Any

from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.rule import Finding, Place, Rule
from orchestrator.compiler.syntax.expressions import ArrayAccess, ObjectProperty, StringSyntax
from orchestrator.model.diagnostics import Level

_NAME = re.compile(r"(?!(?:true|false|null)\Z)[A-Za-z_][A-Za-z0-9_]*\Z")


def _check(file: LintedFile) -> Iterator[Finding]:
    for entry in file.nodes(ObjectProperty):
        if _is_name(file, entry.key):
            yield Finding(entry.key, f"The name {file.text_of(entry.key)} needs no quotes.")
    for access in file.nodes(ArrayAccess):
        if _is_name(file, access.index):
            place = Place(max(file.text.find("[", access.base.end), access.base.end), access.end)
            yield Finding(place, f"The member {file.text_of(access.index)} can be taken with a dot.")


def _is_name(file: LintedFile, node: Any) -> bool:
    return isinstance(node, StringSyntax) and not node.expressions and _NAME.match(node.segments[0]) is not None and not file.is_broken(node)


RULE = Rule(
    code="prefer-unquoted-property-names",
    level=Level.WARNING,
    what="A key in quotes, or an index in quotes, that is a plain name.",
    remedy="Write the name without quotes.",
    check=_check,
)
