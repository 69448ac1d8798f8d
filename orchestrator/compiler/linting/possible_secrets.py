"""What in an expression may be a secret: secure values, and what a list* function gives."""

from collections.abc import Iterator
from typing import Any

from orchestrator.compiler.linting.calls import is_builtin_call
from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.rule import Finding
from orchestrator.compiler.linting.types import secure_paths
from orchestrator.compiler.semantics.symbols import ResourceSymbol, unaliased
from orchestrator.compiler.syntax.children import children
from orchestrator.compiler.syntax.expressions import ArrayAccess, FunctionCall, InstanceCall, PropertyAccess, VariableAccess


def possible_secrets(file: LintedFile, node: Any, *, accessed: bool = False) -> Iterator[Finding]:
    """Everything below a node that may be a secret; accessed: a member of the node's value is taken."""
    match node:
        case VariableAccess():
            yield from _secure(file, node, node, accessed)
        case PropertyAccess(name=name):
            yield from _secure(file, node, name, accessed)
            accessed = True
        case ArrayAccess(index=index):
            yield from _secure(file, node, index, accessed)
            accessed = True
        case FunctionCall() | InstanceCall():
            if node.name.name.lower().startswith("list") and _gives_secrets(file, node):
                yield Finding(node, f"'{node.name.name}' may give a secret.")
    for child in children(node):
        yield from possible_secrets(file, child, accessed=accessed)


def _secure(file: LintedFile, node: Any, place: Any, accessed: bool) -> Iterator[Finding]:
    type_ = file.type_of(node)
    if id(type_) in file.harmless:
        return
    paths = list(secure_paths(type_, accessed=accessed))
    if not paths and not accessed:
        file.harmless[id(type_)] = type_
    for path in paths:
        yield Finding(place, f"'{file.text_of(node)}{path}' is marked @secure().")


def _gives_secrets(file: LintedFile, node: FunctionCall | InstanceCall) -> bool:
    if is_builtin_call(file.model, node, "az"):
        return True
    return isinstance(node, InstanceCall) and isinstance(unaliased(file.model.symbol_of(node.base)), ResourceSymbol)
