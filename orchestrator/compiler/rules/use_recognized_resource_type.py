"""use-recognized-resource-type: reference() or list*() of a type that does not exist."""

import re
from collections.abc import Iterator

from orchestrator.compiler.linting.calls import runtime_calls
from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.literals import known_text
from orchestrator.compiler.linting.rule import Finding, Rule
from orchestrator.compiler.syntax.expressions import Expression, FunctionCall, InstanceCall
from orchestrator.model.diagnostics import Level
from orchestrator.resource_types import nearest_types, versions_of

_TYPE = re.compile(r"[a-z]+\.[a-z]+(?:/[a-z]+)+\Z", re.IGNORECASE)


def _check(file: LintedFile) -> Iterator[Finding]:
    for call in runtime_calls(file):
        type_ = _resource_type(file, call.arguments[0]) if call.arguments else None
        if type_ is not None and not versions_of(type_):
            near = nearest_types(type_)
            yield Finding(call, f"'{call.name.name}' is given the unknown resource type '{type_}'.", f"Did you mean '{near[0]}'?" if near else None)


def _resource_type(file: LintedFile, node: Expression) -> str | None:
    candidates: tuple[Expression, ...] = (node,)
    if isinstance(node, FunctionCall | InstanceCall):
        candidates = node.arguments if node.name.name == "resourceId" else ()
    texts = (known_text(file, candidate) for candidate in candidates)
    return next((text for text in texts if text is not None and _TYPE.match(text)), None)


RULE = Rule(
    code="use-recognized-resource-type",
    level=Level.WARNING,
    what="A resource type in reference() or a list* function that Microsoft does not list.",
    remedy="Correct the type.",
    check=_check,
)
