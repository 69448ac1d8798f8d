"""use-secure-value-for-secure-inputs: secrets of a resource that come from what is no secret."""

from collections.abc import Iterator
from typing import Any

from orchestrator import resource_types as shapes
from orchestrator.compiler.linting.calls import is_builtin_call
from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.resource_shapes import typed_properties
from orchestrator.compiler.linting.rule import Finding, Rule
from orchestrator.compiler.semantics.deploy_time import Inlining
from orchestrator.compiler.syntax.expressions import FunctionCall, InstanceCall, Parenthesized, Ternary
from orchestrator.compiler.types.values import ErrorType, NullType, ObjectType, StringLiteralType, StringType, Type, members_of
from orchestrator.model.diagnostics import Level

_KEEPING = frozenset(("padLeft", "toLower", "toUpper", "trim", "substring", "take", "skip", "first", "last"))
"""Functions whose result is a secret where their first argument is one, as the official compiler sees it."""


def _check(file: LintedFile) -> Iterator[Finding]:
    constants = Inlining()
    for symbol in file.resources:
        for entry, shape in typed_properties(symbol):
            wanted = isinstance(shape, shapes.String | shapes.Object) and shape.secure
            if wanted and not constants.is_runtime(file.model, entry.value) and not _is_secret(file, entry.value):
                yield Finding(entry.value, f"'{entry.name}' is a secret, and this value is none.")


def _is_secret(file: LintedFile, node: Any) -> bool:
    """True where a value is marked as a secret, or is none at all: null, an empty text, something that is wrong."""
    types = [type_ for leaf in _leaves(file, node) for type_ in members_of(file.type_of(leaf))]
    if any(isinstance(type_, StringType) and type_.secure for type_ in types):
        types = [type_ for type_ in types if not isinstance(type_, StringType | StringLiteralType)]
    return all(_is_harmless(type_) for type_ in types)


def _is_harmless(type_: Type) -> bool:
    match type_:
        case ErrorType() | NullType() | StringLiteralType(value=""):
            return True
        case StringType(secure=secure) | ObjectType(secure=secure):
            return secure
        case _:
            return False


def _leaves(file: LintedFile, node: Any) -> Iterator[Any]:
    match node:
        case Parenthesized(expression=inner):
            yield from _leaves(file, inner)
        case Ternary(when_true=first, when_false=second):
            yield from _leaves(file, first)
            yield from _leaves(file, second)
        case FunctionCall() | InstanceCall() if node.arguments and node.name.name in _KEEPING and is_builtin_call(file.model, node, "sys"):
            yield from _leaves(file, node.arguments[0])
        case _:
            yield node


RULE = Rule(
    code="use-secure-value-for-secure-inputs",
    level=Level.WARNING,
    what="A property that Microsoft's table marks as a secret, with a value that is not marked @secure().",
    remedy="Take it from a secure parameter.",
    check=_check,
)
