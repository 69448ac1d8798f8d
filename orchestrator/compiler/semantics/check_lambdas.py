"""Lambdas: only as arguments (BCP242); their variables neither in calls that are evaluated up front (BCP248) nor as an index of resources (BCP247)."""

from typing import Any

from orchestrator.compiler.functions.signatures import INLINED
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.semantics.symbols import FunctionSymbol, LocalSymbol, ModuleSymbol, ResourceSymbol, unaliased
from orchestrator.compiler.syntax.children import children, descendants
from orchestrator.compiler.syntax.expressions import ArrayAccess, FunctionCall, InstanceCall, Lambda, Parenthesized, VariableAccess

Seen = set[Any]


def check_lambdas(model: SemanticModel, statement: Any) -> None:
    """Check all lambdas of a statement."""
    seen: Seen = set()
    _visit(model, statement, seen, argument=False)


def _visit(model: SemanticModel, node: Any, seen: Seen, *, argument: bool) -> None:
    if isinstance(node, Lambda):
        if not argument:
            model.problems.error(node, "BCP242", "A lambda can only be an argument of a function.", "Call map(), filter() or one of their kin.")
        _check_body(model, node, seen)
    arguments = set(node.arguments) if isinstance(node, FunctionCall | InstanceCall) else set()
    for child in children(node):
        _visit(model, child, seen, argument=child in arguments or (argument and isinstance(node, Parenthesized)))


def _check_body(model: SemanticModel, node: Lambda, seen: Seen) -> None:
    for inner in descendants(node.body):
        if inner in seen:
            continue
        if isinstance(inner, FunctionCall | InstanceCall):
            seen.add(inner)
            if _is_up_front(model, inner) and any(_uses_lambda(model, argument) for argument in inner.arguments):
                model.problems.error(inner, "BCP248", f"'{inner.name.name}' is evaluated before the lambda is, so that it cannot use its variables.")
        elif isinstance(inner, ArrayAccess):
            seen.add(inner)
            base = unaliased(model.symbol_of(inner.base))
            if isinstance(base, ResourceSymbol | ModuleSymbol) and _uses_lambda(model, inner.index):
                model.problems.error(inner.index, "BCP247", "A lambda's variable cannot pick one of a loop of resources or modules.", "Use a loop.")


def _is_up_front(model: SemanticModel, node: FunctionCall | InstanceCall) -> bool:
    name = node.name.name
    return not isinstance(unaliased(model.symbol_of(node)), FunctionSymbol) and (name in INLINED or name.startswith("list"))


def _uses_lambda(model: SemanticModel, node: Any) -> bool:
    for inner in descendants(node):
        symbol = model.symbol_of(inner) if isinstance(inner, VariableAccess) else None
        if isinstance(symbol, LocalSymbol) and symbol.kind == "lambda":
            return True
    return False
