"""What a parameters file leaves to whoever deploys: `externalInput(...)` and its like become `externalInputs('key')`, and the keys are defined once.

Theory: an expression that needs an input, be it through variables and parameters, cannot be evaluated. It is printed as an expression in which all names
are replaced: by their values where these are known, else by their own expressions.
"""

import re
from collections.abc import Iterable
from typing import Any

from orchestrator.arm.expressions import Access, Call, Expression, Integer, String, print_expression
from orchestrator.compiler.emit.parameter_values import ParameterValues
from orchestrator.compiler.lowering.collation import collation_key
from orchestrator.compiler.lowering.context import Context, UnsupportedError
from orchestrator.compiler.lowering.file_values import lower_json
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.semantics.symbols import AssignmentSymbol, NamespaceSymbol, VariableSymbol, unaliased
from orchestrator.compiler.syntax.children import descendants
from orchestrator.compiler.syntax.expressions import For, FunctionCall, InstanceCall, VariableAccess
from orchestrator.model.json_value import JsonObject

INPUTS = ("externalInput", "readCliArg", "readEnvVar")
_MARK = re.compile(r"\W")


class ExternalInputs:
    """The inputs that one file asks for."""

    def __init__(self, values: ParameterValues) -> None:
        self.values = values
        self.model: SemanticModel = values.model
        self.definitions: dict[str, tuple[str, JsonObject]] = {}
        self._needing: dict[Any, bool] = {}

    def register(self, nodes: Iterable[Any]) -> None:
        """Give every input below the nodes its key, in the order of the text."""
        for node in nodes:
            for inner in descendants(node):
                if self._asks(inner):
                    self.rewrite(inner, self.values.ctx.lower(inner), self.values.ctx)

    def needed_by(self, node: Any) -> bool:
        """True for an expression that needs an input."""
        return any(self._asks(inner) or self._names_needing(inner) for inner in descendants(node))

    def _asks(self, node: Any) -> bool:
        if isinstance(node, FunctionCall):
            return node.name.name in INPUTS and self.model.symbol_of(node) is None
        return isinstance(node, InstanceCall) and node.name.name in INPUTS and isinstance(self.model.symbol_of(node.base), NamespaceSymbol)

    def _names_needing(self, node: Any) -> bool:
        symbol = unaliased(self.model.symbol_of(node)) if isinstance(node, VariableAccess) else None
        if not isinstance(symbol, VariableSymbol | AssignmentSymbol) or symbol.model is not self.model:
            return False
        if symbol not in self._needing:
            self._needing[symbol] = False
            self._needing[symbol] = self.needed_by(symbol.declaration.value)
        return self._needing[symbol]

    def emit(self, node: Any) -> str:
        """An expression that needs an input, in which nothing but inputs is left open."""
        if isinstance(node, For):
            raise UnsupportedError(node, "A loop over what is only known from outside cannot be written into a parameters file.", code="BCP338")
        return f"[{print_expression(self.rewrite(node, self.values.ctx.lower(node), self.values.ctx))}]"

    def rewrite(self, node: Any, expression: Expression, ctx: Context) -> Expression:
        """The expression with every name replaced. `node`: where a problem is shown."""
        match expression:
            case Access(base=base, key=key):
                return Access(self.rewrite(node, base, ctx), self.rewrite(node, key, ctx))
            case Call(name="variables" | "parameters" as kind, arguments=(String(value=name),)):
                return self._replace(kind, name, ctx)
            case Call(name="externalInput", arguments=arguments):
                return self._define(node, tuple(self.rewrite(node, argument, ctx) for argument in arguments))
            case Call(name=name, arguments=arguments) if "." in name:
                given = tuple(self.rewrite(node, argument, ctx) for argument in arguments)
                if any(_is_open(argument) for argument in given):
                    raise UnsupportedError(node, f"The function '{name}' is given what is only known from outside.", code="BCP338")
                return lower_json(self.values.evaluate(node, Call(name, given)))
            case Call(name=name, arguments=arguments):
                return Call(name, tuple(self.rewrite(node, argument, ctx) for argument in arguments))
            case String() | Integer():
                return expression

    def _replace(self, kind: str, name: str, ctx: Context) -> Expression:
        known = self.values.variables if kind == "variables" else self.values.parameters
        symbol = self.model.names.get(name)
        if isinstance(symbol, VariableSymbol | AssignmentSymbol) and symbol.model is self.model and self._is_needing(symbol):
            return self.rewrite(symbol.declaration.value, ctx.lower(symbol.declaration.value), ctx)
        return lower_json(known.get(name))

    def _is_needing(self, symbol: VariableSymbol | AssignmentSymbol) -> bool:
        if symbol not in self._needing:
            self._needing[symbol] = self.needed_by(symbol.declaration.value)
        return self._needing[symbol]

    def _define(self, node: Any, arguments: tuple[Expression, ...]) -> Expression:
        written = print_expression(Call("externalInput", arguments))
        if written not in self.definitions:
            kind = self.values.evaluate(node, arguments[0])
            definition: JsonObject = {"kind": kind}
            if len(arguments) > 1:
                definition["config"] = self.values.evaluate(node, arguments[1])
            self.definitions[written] = (f"{_MARK.sub('_', str(kind))}_{len(self.definitions)}", definition)
        return Call("externalInputs", (String(self.definitions[written][0]),))

    def emit_definitions(self) -> JsonObject:
        """`externalInputDefinitions`, sorted by key."""
        return dict(sorted(self.definitions.values(), key=lambda entry: collation_key(entry[0])))


def _is_open(expression: Expression) -> bool:
    match expression:
        case Call(name=name, arguments=arguments):
            return name == "externalInputs" or any(_is_open(argument) for argument in arguments)
        case Access(base=base, key=key):
            return _is_open(base) or _is_open(key)
        case _:
            return False
