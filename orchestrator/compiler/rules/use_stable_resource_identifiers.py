"""use-stable-resource-identifiers: a name that is another one in each deployment."""

from collections.abc import Iterator
from typing import Any

from orchestrator.compiler.linting.calls import is_builtin_call
from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.rule import Finding, Rule
from orchestrator.compiler.semantics.symbols import ParameterSymbol, Symbol, VariableSymbol
from orchestrator.compiler.syntax.children import children
from orchestrator.compiler.syntax.expressions import FunctionCall, InstanceCall, VariableAccess
from orchestrator.model.diagnostics import Level

_CHANGING = ("newGuid", "utcNow")
_IDENTIFIERS = ("name", "scope", "parent")


def _check(file: LintedFile) -> Iterator[Finding]:
    for symbol in file.resources:
        for identifier in _IDENTIFIERS:
            value = symbol.find_value(identifier)
            if value is not None:
                for path in dict.fromkeys(_changing_calls(file, value, ())):
                    yield Finding(value, f"'{identifier}' of '{symbol.text}' is another in each deployment: {path}.")


def _changing_calls(file: LintedFile, node: Any, path: tuple[Symbol, ...]) -> Iterator[str]:
    """How each call that gives another value each time is reached: `a -> b -> newGuid()`."""
    if isinstance(node, FunctionCall | InstanceCall) and node.name.name in _CHANGING and is_builtin_call(file.model, node, "sys"):
        yield " -> ".join([*(symbol.text for symbol in path), file.text_of(node)])
    if isinstance(node, VariableAccess):
        symbol = file.model.symbol_of(node)
        if isinstance(symbol, ParameterSymbol | VariableSymbol) and symbol not in path:
            value = symbol.declaration.default if isinstance(symbol, ParameterSymbol) else symbol.declaration.value
            if value is not None:
                yield from _changing_calls(file, value, (*path, symbol))
    for child in children(node):
        yield from _changing_calls(file, child, path)


RULE = Rule(
    code="use-stable-resource-identifiers",
    level=Level.WARNING,
    what="A resource's name, scope or parent that comes from newGuid() or utcNow().",
    remedy="Take uniqueString() or guid() of what does not change.",
    check=_check,
)
