"""Calls of the functions that come with Bicep."""

from collections.abc import Iterator
from typing import Any, TypeAlias

from orchestrator.compiler.functions.signatures import functions_of
from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.semantics.symbols import NamespaceSymbol
from orchestrator.compiler.syntax.expressions import FunctionCall, InstanceCall

Call: TypeAlias = FunctionCall | InstanceCall


def is_builtin_call(model: SemanticModel, node: Any, namespace: str) -> bool:
    """True for a call of a function of `sys` or `az`, with or without the namespace in front."""
    if isinstance(node, InstanceCall):
        base = model.symbol_of(node.base)
        return isinstance(base, NamespaceSymbol) and base.text == namespace
    return isinstance(node, FunctionCall) and model.symbol_of(node) is None and _has(namespace, node.name.name)


def _has(namespace: str, name: str) -> bool:
    return name in functions_of(namespace) or (namespace == "az" and name.startswith("list"))


def builtin_calls(file: LintedFile, namespace: str, *names: str) -> Iterator[Call]:
    """Every call of one of these functions."""
    for node in file.calls:
        if node.name.name in names and is_builtin_call(file.model, node, namespace):
            yield node


def runtime_calls(file: LintedFile) -> Iterator[Call]:
    """Every call of `reference` or a `list*` function of `az` (not those of a resource)."""
    for node in file.calls:
        name = node.name.name
        if ("reference" in name or "list" in name) and is_builtin_call(file.model, node, "az"):
            yield node
