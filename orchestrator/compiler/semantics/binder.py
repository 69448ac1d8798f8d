"""Binds names: declares a file's symbols, then finds for each use what it stands for.

Scopes nest: the file, a resource's body (its nested resources), a loop, a lambda, a function. A name is looked for from the innermost outwards.
"""

from typing import TYPE_CHECKING, Any

from orchestrator.compiler.functions.banned import BANNED, PARAMETER_DEFAULTS_ONLY
from orchestrator.compiler.functions.signatures import INLINED, find_overloads, function_names, functions_by_namespace
from orchestrator.compiler.semantics.derived_types import DERIVING
from orchestrator.compiler.semantics.symbols import (
    AnySymbol,
    FunctionSymbol,
    LocalSymbol,
    MisplacedFunction,
    ModuleSymbol,
    NamespaceSymbol,
    ParameterSymbol,
    ResourceSymbol,
    Symbol,
    TypeSymbol,
    VariableSymbol,
    WildcardSymbol,
    is_unresolved,
    unaliased,
)
from orchestrator.compiler.syntax.children import children, descendants
from orchestrator.compiler.syntax.declarations import (
    ExtensionDeclaration,
    FunctionDeclaration,
    MetadataDeclaration,
    ModuleDeclaration,
    OutputDeclaration,
    ParameterAssignment,
    ParameterDeclaration,
    ResourceDeclaration,
    TestDeclaration,
    VariableDeclaration,
)
from orchestrator.compiler.syntax.expressions import (
    For,
    FunctionCall,
    Identifier,
    If,
    InstanceCall,
    Lambda,
    LocalVariable,
    ResourceAccess,
    TypedLambda,
    VariableAccess,
)
from orchestrator.compiler.syntax.problems import did_you_mean, is_misspelt
from orchestrator.compiler.syntax.types import Decorator, FunctionParameter, TypeName

if TYPE_CHECKING:
    from orchestrator.compiler.semantics.model import SemanticModel

PRIMITIVES = ("any", "array", "bool", "int", "object", "string")
NAMESPACES = {"sys": NamespaceSymbol("sys"), "az": NamespaceSymbol("az")}
Scope = dict[str, AnySymbol]


class Binder:
    """Fills `model.bindings`."""

    def __init__(self, model: "SemanticModel") -> None:
        self.model = model
        self.scopes: list[Scope] = [dict(model.names)]
        self.owner: Symbol | None = None
        self.in_deployed = False
        self.in_default = False
        self.in_function = False
        self.in_constant = False
        self.guesses = _MOST_GUESSES

    def bind(self, node: Any, owner: Symbol | None) -> None:
        """Bind everything below a declaration; `owner` is the symbol that it declares, for the graph of references."""
        self.owner = owner
        self.in_deployed = isinstance(node, _DEPLOYED)
        self.in_constant = isinstance(node, MetadataDeclaration | ExtensionDeclaration)
        self._visit(node)

    def _visit(self, node: Any) -> None:
        handler = _HANDLERS.get(type(node))
        if handler is not None:
            handler(self, node)
        else:
            for child in children(node):
                self._visit(child)

    def _find(self, name: str) -> AnySymbol | None:
        for scope in reversed(self.scopes):
            if name in scope:
                return scope[name]
        return NAMESPACES.get(name)

    def _note(self, node: Any, symbol: AnySymbol) -> None:
        self.model.bindings[node] = symbol
        if isinstance(symbol, Symbol):
            self.model.references.setdefault(self.owner, []).append((symbol, node))

    def _variable(self, node: VariableAccess) -> None:
        symbol = self._find(node.name)
        if symbol is None and (node.name in PRIMITIVES or node.name in DERIVING):
            self.model.problems.error(node, "BCP288", f"'{node.name}' is a type, and a value is needed here.")
        elif symbol is None and node.name in function_names(parameters_file=self.model.is_parameters):
            self.model.problems.error(node, "BCP063", f"'{node.name}' is a function, and stands here without its parentheses.")
        elif symbol is None and node.name == "if":
            self._banned(Identifier(node.start, node.end, node.name))
        elif symbol is None or (self.in_function and isinstance(symbol, ParameterSymbol)):
            self._unknown(node, node.name, values=True)
        elif isinstance(unaliased(symbol), TypeSymbol):
            self.model.problems.error(node, "BCP288", f"'{node.name}' is a type, and a value is needed here.")
            self._note(node, symbol)
        elif isinstance(unaliased(symbol), FunctionSymbol):
            self.model.problems.error(node, "BCP063", f"'{node.name}' is a function, and stands here without its parentheses.")
            self._note(node, symbol)
        elif is_unresolved(symbol):
            self.model.problems.error(node, "BCP063", f"'{node.name}' could not be imported, so that it is no value.", "Correct the import.")
        else:
            if self.in_default and isinstance(symbol, VariableSymbol | ResourceSymbol | ModuleSymbol):
                self.model.problems.error(node, "BCP072", f"'{node.name}' cannot be used in the default of a parameter.", "Use parameters and functions only.")
            self._note(node, symbol)

    def _unknown(self, node: Any, name: str, *, values: bool) -> None:
        candidates = [known for scope in self.scopes for known in scope] + list(NAMESPACES)
        if not values:
            candidates = [known for known in candidates if isinstance(unaliased(self._find(known)), FunctionSymbol)]
            candidates += function_names(parameters_file=self.model.is_parameters)
        self.guesses -= 1
        remedy = did_you_mean(name, candidates) if self.guesses >= 0 else None
        what = "name" if values else "function"
        code = "BCP082" if not values and is_misspelt(name, candidates) else "BCP057"
        self.model.problems.error(node, code, f"No {what} '{name}' is known here.", remedy or "Declare it, or correct the name.")

    def _call(self, node: FunctionCall) -> None:
        symbol = self._find(node.name.name)
        if isinstance(unaliased(symbol), FunctionSymbol) and symbol is not None:
            self._note(node, symbol)
        elif node.name.name in BANNED and symbol is None:
            self._banned(node.name)
        elif not find_overloads(node.name.name, parameters_file=self.model.is_parameters):
            if symbol is not None and not isinstance(symbol, NamespaceSymbol):
                self.model.problems.error(node.name, "BCP059", f"'{node.name.name}' is no function.")
            else:
                self._unknown(node.name, node.name.name, values=False)
        elif isinstance(symbol, Symbol):
            self.model.problems.error(
                node.name,
                "BCP265",
                f"'{node.name.name}' names a declaration of this file, which hides the function.",
                f"Write sys.{node.name.name}(...) or rename.",
            )
            self.model.bindings[node] = MisplacedFunction(node.name.name)
        else:
            self._check_place(node)
        for argument in node.arguments:
            self._visit(argument)

    def _banned(self, name: Identifier) -> None:
        code, remedy = BANNED[name.name]
        self.model.problems.error(name, code, f"'{name.name}' is no function of Bicep.", remedy)

    def _check_place(self, node: FunctionCall | InstanceCall) -> None:
        """What is evaluated up front stands only in what is deployed (BCP066); what differs each time only in a parameter's default (BCP065)."""
        name = node.name.name
        inlined = name in INLINED or name.startswith("list")
        if self.in_constant:
            self.model.problems.error(node.name, "BCP152", f"'{name}' cannot be called here: the value must be written out.")
        elif name in PARAMETER_DEFAULTS_ONLY and not self.in_default:
            self.model.problems.error(node.name, "BCP065", f"'{name}' can only be called in the default of a parameter.", "Make it a parameter.")
        elif inlined and not self.in_deployed:
            self.model.problems.error(node.name, "BCP066", f"'{name}' can only be called in what is deployed, and in variables and outputs.")
        else:
            return
        self.model.bindings[node] = MisplacedFunction(name)

    def _instance_call(self, node: InstanceCall) -> None:
        self._visit(node.base)
        base = self.model.bindings.get(node.base)
        name = node.name.name
        if isinstance(base, NamespaceSymbol):
            known = functions_by_namespace(base.text, parameters_file=self.model.is_parameters)
            if name in BANNED and base.text == "sys":
                self._banned(node.name)
            elif name in known or (base.text == "az" and name.startswith("list")):
                self._check_place(node)
            elif name:
                remedy = did_you_mean(name, known)
                self.model.problems.error(
                    node.name, "BCP108" if is_misspelt(name, known) else "BCP107", f"The namespace '{base.text}' has no function '{name}'.", remedy
                )
        elif isinstance(base, WildcardSymbol) and base.target is not None:
            symbol = base.target.exports.get(name)
            if isinstance(symbol, FunctionSymbol):
                self._note(node, symbol)
            else:
                self.model.problems.error(node.name, "BCP108", f"'{base.text}' exports no function '{name}'.", did_you_mean(name, base.target.exports))
        for argument in node.arguments:
            self._visit(argument)

    def _resource_access(self, node: ResourceAccess) -> None:
        self._visit(node.base)
        parent = self.model.bindings.get(node.base)
        if isinstance(parent, ResourceSymbol):
            found = parent.nested.get(node.name.name)
            if found is None:
                self.model.problems.error(
                    node.name, "BCP159", f"The resource '{parent.text}' has no nested resource '{node.name.name}'.", did_you_mean(node.name.name, parent.nested)
                )
            else:
                self._note(node, found)

    def _type_name(self, node: TypeName) -> None:
        symbol = self._find(node.name)
        if symbol is not None and is_unresolved(symbol):
            self.model.problems.error(node, "BCP287", f"'{node.name}' could not be imported, so that it is no type.", "Correct the import.")
        elif isinstance(unaliased(symbol), TypeSymbol) or isinstance(symbol, WildcardSymbol):
            self._note(node, symbol) if symbol else None
        elif isinstance(symbol, NamespaceSymbol):
            self.model.bindings[node] = symbol
        elif symbol is not None and node.name not in PRIMITIVES:
            if unaliased(symbol) is not None:
                self.model.problems.error(node, "BCP287", f"'{node.name}' is a value, and a type is needed here.")
        elif node.name in DERIVING:
            self.model.problems.error(node, "BCP384", f"'{node.name}' needs a resource type: {node.name}<'Type@version'>.")
        elif node.name not in PRIMITIVES:
            types = [name for scope in self.scopes for name, known in scope.items() if isinstance(unaliased(known), TypeSymbol)]
            remedy = did_you_mean(node.name, [*PRIMITIVES, *types])
            self.model.problems.error(
                node, "BCP302", f"No type '{node.name}' is known here.", remedy or f"Types are: {', '.join([*PRIMITIVES, *sorted(types)])}."
            )

    def _decorator(self, node: Decorator) -> None:
        for argument in node.arguments:
            self._visit(argument)

    def _for(self, node: For) -> None:
        self._visit(node.expression)
        scope: Scope = {node.item.name: LocalSymbol(node.item.name, "item", node, node.item)} if node.item.name else {}
        if node.index is not None and node.index.name:
            self._refuse_same((node.item, node.index))
            scope[node.index.name] = LocalSymbol(node.index.name, "index", node, node.index)
        self._within(scope, node.body)

    def _refuse_same(self, names: tuple[LocalVariable | Identifier, ...]) -> None:
        """Enter names that are declared twice side by side."""
        for name in names:
            if name.name and sum(other.name == name.name for other in names) > 1:
                self.model.problems.error(name, "BCP028", f"'{name.name}' is declared twice.", "Rename one.")

    def _lambda(self, node: Lambda) -> None:
        self._refuse_same(node.parameters)
        self._within({local.name: LocalSymbol(local.name, "lambda", node, local) for local in node.parameters if local.name}, node.body)

    def _if(self, node: If) -> None:
        deployed, self.in_deployed = self.in_deployed, False
        self._visit(node.condition)
        self.in_deployed = deployed
        self._visit(node.body)

    def _parameter(self, node: ParameterDeclaration) -> None:
        for decorator in node.decorators:
            self._visit(decorator)
        self._visit(node.type)
        self.in_default = True
        if node.default is not None:
            self._visit(node.default)
        self.in_default = False

    def _function(self, node: FunctionDeclaration) -> None:
        for decorator in node.decorators:
            self._visit(decorator)
        typed = node.value
        for parameter in typed.parameters:
            if not self._is_unknown_and_used(parameter, typed.body):
                self._visit(parameter.type)
        self._visit(typed.result)
        self._refuse_same(tuple(parameter.name for parameter in typed.parameters))
        self.in_function = True
        self._within({parameter.name.name: LocalSymbol(parameter.name.name, "parameter", typed, parameter) for parameter in typed.parameters}, typed.body)
        self.in_function = False

    def _is_unknown_and_used(self, parameter: FunctionParameter, body: Any) -> bool:
        """True for a parameter whose type is not known: that is said where it is used."""
        type_ = parameter.type
        if not isinstance(type_, TypeName) or type_.name in PRIMITIVES or self._find(type_.name) is not None:
            return False
        return any(isinstance(inner, VariableAccess) and inner.name == parameter.name.name for inner in descendants(body))

    def _resource(self, node: ResourceDeclaration) -> None:
        symbol = self.model.resources_by_declaration.get(node)
        for decorator in node.decorators:
            self._visit(decorator)
        outer, self.owner = self.owner, symbol or self.owner
        self._within(dict(symbol.nested) if symbol else {}, node.value)
        self.owner = outer

    def _within(self, scope: Scope, node: Any) -> None:
        self.scopes.append(scope)
        self._visit(node)
        self.scopes.pop()


_MOST_GUESSES = 100
"""Unknown names of a file for which the nearest known one is looked for."""
_DEPLOYED = (ResourceDeclaration, ModuleDeclaration, VariableDeclaration, OutputDeclaration, FunctionDeclaration, TestDeclaration, ParameterAssignment)
_HANDLERS: dict[type, Any] = {
    If: Binder._if,
    ParameterDeclaration: Binder._parameter,
    VariableAccess: Binder._variable,
    FunctionCall: Binder._call,
    InstanceCall: Binder._instance_call,
    ResourceAccess: Binder._resource_access,
    TypeName: Binder._type_name,
    Decorator: Binder._decorator,
    For: Binder._for,
    Lambda: Binder._lambda,
    TypedLambda: lambda _binder, _node: None,
    FunctionDeclaration: Binder._function,
    ResourceDeclaration: Binder._resource,
}
