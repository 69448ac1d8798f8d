"""prefer-interpolation: concat() of texts."""

from collections.abc import Iterator

from orchestrator.compiler.linting.calls import Call, builtin_calls
from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.rule import Finding, Rule
from orchestrator.compiler.linting.types import is_one_of
from orchestrator.compiler.syntax.types import Decorator
from orchestrator.compiler.types.values import BOOLEAN, INTEGER, STRING, AnyType, UnionType
from orchestrator.model.diagnostics import Level

_PARTS = UnionType((STRING, INTEGER, BOOLEAN))


def _check(file: LintedFile) -> Iterator[Finding]:
    for call in builtin_calls(file, "sys", "concat"):
        if len(call.arguments) > 1 and _is_of_texts(file, call) and not isinstance(file.parent(call), Decorator) and not file.is_broken(call):
            yield Finding(call, "These texts are put together with concat().")


def _is_of_texts(file: LintedFile, call: Call) -> bool:
    """True where it cannot be a concat() of arrays. What may be anything says nothing."""
    types = [file.type_of(argument) for argument in call.arguments]
    known = [type_ for type_ in types if not isinstance(type_, AnyType)]
    return bool(known) and all(is_one_of(type_, _PARTS) for type_ in known)


RULE = Rule(
    code="prefer-interpolation",
    level=Level.WARNING,
    what="concat() of texts, where '${a}${b}' says the same.",
    remedy="Write '${a}${b}'.",
    check=_check,
)
