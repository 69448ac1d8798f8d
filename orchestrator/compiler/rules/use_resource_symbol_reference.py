"""use-resource-symbol-reference: reference() and list*() of a resource that has a symbol."""

from collections.abc import Iterator

from orchestrator.compiler.linting.calls import Call, is_builtin_call, runtime_calls
from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.parents import parent_of
from orchestrator.compiler.linting.rule import Finding, Rule
from orchestrator.compiler.linting.same_syntax import same_syntax
from orchestrator.compiler.semantics.symbols import ResourceSymbol, unaliased
from orchestrator.compiler.syntax.expressions import Expression, FunctionCall, InstanceCall, PropertyAccess, StringSyntax
from orchestrator.model.diagnostics import Level


def _check(file: LintedFile) -> Iterator[Finding]:
    for call in runtime_calls(file):
        least = 2 if call.name.name.startswith("list") else 1
        if (call.name.name == "reference" or least == 2) and least <= len(call.arguments) <= 3:
            symbol = _named_resource(file, call)
            if symbol is not None:
                yield Finding(call, f"'{call.name.name}' asks for '{symbol.text}' by its id.")


def _named_resource(file: LintedFile, call: Call) -> ResourceSymbol | None:
    """The resource that is asked for, where the version asked for is its own."""
    candidates = list(_candidates(file, call.arguments[0]))
    version = call.arguments[1] if len(call.arguments) > 1 else None
    match version:
        case None:
            return candidates[0] if len(candidates) == 1 else None
        case PropertyAccess(base=base, name=name) if name.name == "apiVersion":
            return next((symbol for symbol in candidates if symbol is file.model.symbol_of(base)), None)
        case StringSyntax() if version.literal is not None:
            text = version.literal.lower()
            return next((symbol for symbol in candidates if (symbol.version or "").lower() == text), None)
        case _:
            return None


def _candidates(file: LintedFile, node: Expression) -> Iterator[ResourceSymbol]:
    if isinstance(node, PropertyAccess) and node.name.name in ("id", "name"):
        symbol = unaliased(file.model.symbol_of(node.base))
        if isinstance(symbol, ResourceSymbol):
            yield symbol
    elif isinstance(node, FunctionCall | InstanceCall) and node.name.name == "resourceId" and is_builtin_call(file.model, node, "az"):
        first, *names = node.arguments or (None,)
        type_ = first.literal if isinstance(first, StringSyntax) and names else None
        for symbol in file.resources:
            if type_ is not None and (symbol.type or "").lower() == type_.lower() and _is_named(symbol, names):
                yield symbol


def _is_named(symbol: ResourceSymbol, names: list[Expression]) -> bool:
    """True where a resource and those around it are named by these expressions, from the outside in."""
    own: list[Expression | None] = []
    current: ResourceSymbol | None = symbol
    while current is not None and len(own) <= len(names):
        own.insert(0, current.find_value("name"))
        current = parent_of(current)
    return len(own) == len(names) and all(same_syntax(one, other) for one, other in zip(own, names, strict=True))


RULE = Rule(
    code="use-resource-symbol-reference",
    level=Level.WARNING,
    what="reference() or a list* function with the id of a resource of this file.",
    remedy="Use the resource's symbol: its properties, or the function called on it.",
    check=_check,
)
