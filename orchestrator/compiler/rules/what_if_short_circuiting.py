"""what-if-short-circuiting: values known only while deploying, given to module parameters that what-if must know.

what-if looks into a module only where the names, scopes and conditions of its resources are known before. A parameter that goes into one of these, also
through variables, other parameters' defaults and inner modules, must be given a value that is known before, too. Modules that are JSON templates are
not looked into.
"""

from collections.abc import Iterator
from typing import Any

from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.literals import known_text
from orchestrator.compiler.linting.rule import Finding, Rule
from orchestrator.compiler.semantics.deploy_time import Inlining
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.semantics.symbols import ModuleSymbol, ParameterSymbol, VariableSymbol
from orchestrator.compiler.syntax.children import descendants
from orchestrator.compiler.syntax.expressions import Expression, Identifier, ObjectLiteral, ObjectProperty, VariableAccess


def _check(file: LintedFile) -> Iterator[Finding]:
    wanted, constants = _Wanted(), Inlining()
    for module in file.model.modules.values():
        given = module.body.find("params") if module.body else None
        if given is None or module.target is None:
            continue
        named, unnamed = _arguments(file, given)
        needed = wanted.of(module.target, frozenset(module.target.parameters if unnamed else named))
        suspects = [(name, value) for name, value in named.items() if name in needed]
        if needed - set(named):
            suspects += [("?", value) for value in unnamed]
        for name, value in suspects:
            if constants.is_runtime(file.model, value):
                yield Finding(value, f"what-if cannot look into '{module.text}': '{name}' must be known before the deployment, and this is not.")


def _arguments(file: LintedFile, given: ObjectProperty) -> tuple[dict[str, Expression], list[Expression]]:
    """What the parameters of a module are given: by name, and where the name is not known."""
    if not isinstance(given.value, ObjectLiteral):
        return {}, [given.value]
    named: dict[str, Expression] = {}
    unnamed: list[Expression] = []
    for entry in given.value.properties:
        name = entry.key.name if isinstance(entry.key, Identifier) else known_text(file, entry.key)
        if name is None:
            unnamed.append(entry.value)
        else:
            named[name] = entry.value
    return named, unnamed


class _Wanted:
    """Which parameters of files what-if must know."""

    def __init__(self) -> None:
        self._direct: dict[SemanticModel, set[ParameterSymbol]] = {}
        self._busy: set[SemanticModel] = set()

    def of(self, model: SemanticModel, given: frozenset[str]) -> set[str]:
        """The names of those of the given parameters; a default of one that is not given counts for what it uses."""
        needed = {symbol.text for symbol in self._of_file(model)}
        waiting = [name for name in needed if name not in given]
        while waiting:
            symbol = model.parameters.get(waiting.pop())
            default = symbol.declaration.default if symbol is not None else None
            for used in _parameters_in(model, default) if default is not None else ():
                if used.text not in needed:
                    needed.add(used.text)
                    if used.text not in given:
                        waiting.append(used.text)
        return needed & given

    def _of_file(self, model: SemanticModel) -> set[ParameterSymbol]:
        if model in self._busy:
            return set()
        if model not in self._direct:
            self._busy.add(model)
            self._direct[model] = {used for value in self._identifying(model) for used in _parameters_in(model, value)}
            self._busy.discard(model)
        return self._direct[model]

    def _identifying(self, model: SemanticModel) -> Iterator[Expression]:
        """The expressions of a file that what-if must know."""
        for symbol in (*model.resources, *model.modules.values()):
            if symbol.condition is not None:
                yield symbol.condition
            for name in ("scope",) if isinstance(symbol, ModuleSymbol) else ("name", "scope"):
                value = symbol.find_value(name)
                if value is not None:
                    yield value
            if isinstance(symbol, ModuleSymbol) and symbol.target is not None:
                yield from self._given_on(symbol, symbol.target)

    def _given_on(self, module: ModuleSymbol, target: SemanticModel) -> Iterator[Expression]:
        params = module.find_value("params")
        if isinstance(params, ObjectLiteral):
            named = {entry.name: entry.value for entry in params.properties if entry.name is not None}
            for name in self.of(target, frozenset(named)):
                yield named[name]


def _parameters_in(model: SemanticModel, node: Any) -> Iterator[ParameterSymbol]:
    """The parameters that an expression uses, also through variables."""
    waiting, seen = [node], set[VariableSymbol]()
    while waiting:
        for inner in descendants(waiting.pop()):
            symbol = model.symbol_of(inner) if isinstance(inner, VariableAccess) else None
            if isinstance(symbol, ParameterSymbol):
                yield symbol
            elif isinstance(symbol, VariableSymbol) and symbol not in seen:
                seen.add(symbol)
                waiting.append(symbol.declaration.value)


RULE = Rule(
    code="what-if-short-circuiting",
    level=None,
    what="A value known only while deploying, given to a module's parameter that names, conditions or scopes inside depend on (Bicep modules).",
    remedy="Give it a value that is known before the deployment.",
    check=_check,
)
