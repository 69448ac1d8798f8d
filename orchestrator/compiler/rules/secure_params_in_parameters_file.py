"""secure-params-in-parameters-file: a parameter that is not secure, made of one that is."""

from collections.abc import Iterator

from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.rule import Finding, Rule
from orchestrator.compiler.linting.types import secure_paths
from orchestrator.compiler.semantics.declared_types import type_of_parameter
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.semantics.symbols import AssignmentSymbol, Symbol
from orchestrator.model.diagnostics import Level


def _check(file: LintedFile) -> Iterator[Finding]:
    target = file.model.params_target
    if target is None:
        return
    for symbol in file.model.names.values():
        if isinstance(symbol, AssignmentSymbol) and _is_secure(target, symbol) is False:
            secure = [f"'{used.text}'" for used in _closure(file, symbol) if isinstance(used, AssignmentSymbol) and _is_secure(target, used)]
            if secure:
                yield Finding(symbol.declaration.value, f"The parameter '{symbol.text}' is not secure, and is made of {', '.join(secure)}.")


def _is_secure(target: SemanticModel, symbol: AssignmentSymbol) -> bool | None:
    """None where the template has no such parameter."""
    parameter = target.parameters.get(symbol.text)
    return None if parameter is None else any(secure_paths(type_of_parameter(parameter))) or "" in secure_paths(type_of_parameter(parameter))


def _closure(file: LintedFile, symbol: Symbol) -> list[Symbol]:
    """All that a declaration uses, also through others."""
    found: dict[Symbol, None] = {}
    waiting = [symbol]
    while waiting:
        for used, _ in file.model.references.get(waiting.pop(), ()):
            if used not in found:
                found[used] = None
                waiting.append(used)
    return list(found)


RULE = Rule(
    code="secure-params-in-parameters-file",
    level=Level.WARNING,
    what="A value of a parameter that is not secure, made of the value of one that is.",
    remedy="Mark the parameter @secure() in the template.",
    check=_check,
)
