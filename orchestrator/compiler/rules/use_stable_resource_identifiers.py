"""use-stable-resource-identifiers: a name that is another one in each deployment."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from orchestrator.compiler.linting.calls import is_builtin_call
from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.rule import Finding, Rule
from orchestrator.compiler.semantics.symbols import ParameterSymbol, Symbol, VariableSymbol
from orchestrator.compiler.syntax.children import descendants
from orchestrator.compiler.syntax.expressions import Expression, FunctionCall, InstanceCall, VariableAccess
from orchestrator.model.diagnostics import Level

_CHANGING = ("newGuid", "utcNow")
_IDENTIFIERS = ("name", "scope", "parent")
_MOST = 100
"""Paths that are told apart: their number may double with each variable."""


def _check(file: LintedFile) -> Iterator[Finding]:
    paths = _Paths(file)
    for symbol in file.resources:
        for identifier in _IDENTIFIERS:
            value = symbol.find_value(identifier)
            if value is None:
                continue
            for path in paths.of(value):
                yield Finding(value, f"'{identifier}' of '{symbol.text}' is another in each deployment: {path}.")


class _Paths:
    """How the calls that give another value each time are reached: `a -> b -> newGuid()`. What a symbol reaches is found once."""

    def __init__(self, file: LintedFile) -> None:
        self.file = file
        self._known: dict[Symbol, list[str]] = {}

    def of(self, value: Expression) -> list[str]:
        """The paths from an expression, each once."""
        found: dict[str, None] = {}
        for node in descendants(value):
            if isinstance(node, FunctionCall | InstanceCall) and node.name.name in _CHANGING and is_builtin_call(self.file.model, node, "sys"):
                found[self.file.text_of(node)] = None
            elif isinstance(node, VariableAccess):
                found.update(dict.fromkeys(self._of_symbol(self.file.model.symbol_of(node))))
        return list(islice(found, _MOST))

    def _of_symbol(self, symbol: Any) -> list[str]:
        if not isinstance(symbol, ParameterSymbol | VariableSymbol):
            return []
        if symbol not in self._known:
            self._known[symbol] = []
            value = symbol.declaration.default if isinstance(symbol, ParameterSymbol) else symbol.declaration.value
            self._known[symbol] = [f"{symbol.text} -> {path}" for path in self.of(value)] if value is not None else []
        return self._known[symbol]


RULE = Rule(
    code="use-stable-resource-identifiers",
    level=Level.WARNING,
    what="A resource's name, scope or parent that comes from newGuid() or utcNow().",
    remedy="Take uniqueString() or guid() of what does not change.",
    check=_check,
)
