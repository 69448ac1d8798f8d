"""use-safe-access: members that may be missing."""

from collections.abc import Iterator

from orchestrator.compiler.linting.calls import is_builtin_call
from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.rule import Finding, Rule
from orchestrator.compiler.linting.same_syntax import same_syntax
from orchestrator.compiler.syntax.expressions import ArrayAccess, Expression, FunctionCall, InstanceCall, NonNull, PropertyAccess, StringSyntax, Ternary
from orchestrator.compiler.types.values import ObjectType, is_nullable
from orchestrator.model.diagnostics import Level


def _check(file: LintedFile) -> Iterator[Finding]:
    for choice in file.nodes(Ternary):
        if _is_guarded(file, choice):
            yield Finding(choice, "contains() and ?: together say what .? and ?? say.", "Write a.?b ?? c.")
    for access in file.accesses:
        if not access.safe and _may_be_missing(file, access):
            yield Finding(access, f"{file.text_of(access)} may be missing.", "Write .? or [?...].")


def _is_guarded(file: LintedFile, choice: Ternary) -> bool:
    call, taken = choice.condition, choice.when_true
    if (
        not isinstance(call, FunctionCall | InstanceCall)
        or call.name.name != "contains"
        or len(call.arguments) != 2
        or not is_builtin_call(file.model, call, "sys")
    ):
        return False
    return isinstance(taken, PropertyAccess | ArrayAccess) and same_syntax(call.arguments[0], taken.base) and _takes(taken, call.arguments[1])


def _takes(access: PropertyAccess | ArrayAccess, wanted: Expression) -> bool:
    if isinstance(access, ArrayAccess):
        return same_syntax(access.index, wanted)
    return isinstance(wanted, StringSyntax) and wanted.literal == access.name.name


def _may_be_missing(file: LintedFile, access: PropertyAccess | ArrayAccess) -> bool:
    if not isinstance(file.type_of(access.base), ObjectType) or not is_nullable(file.type_of(access)):
        return False
    return not isinstance(file.parent(access), NonNull)


RULE = Rule(
    code="use-safe-access",
    level=Level.WARNING,
    what="A member that may be missing, taken with a plain dot; and contains(a, 'b') ? a.b : c.",
    remedy="Write .? and ??.",
    check=_check,
)
