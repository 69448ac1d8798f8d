"""Calls: of Bicep's functions, of the user's, and of a resource's actions."""

from orchestrator.arm.expressions import Call, Expression, String
from orchestrator.compiler.lowering.context import Context, UnsupportedError
from orchestrator.compiler.lowering.file_values import lower_load_call
from orchestrator.compiler.lowering.references import reference_target, version_of
from orchestrator.compiler.semantics.deploy_time import find_deployed
from orchestrator.compiler.semantics.load_functions import LOADERS
from orchestrator.compiler.semantics.symbols import FunctionSymbol, NamespaceSymbol, unaliased
from orchestrator.compiler.syntax.expressions import (
    ArrayAccess,
    FunctionCall,
    InstanceCall,
    NonNull,
    Parenthesized,
    PropertyAccess,
    ResourceAccess,
    StringSyntax,
    VariableAccess,
)
from orchestrator.compiler.syntax.expressions import (
    Expression as BicepExpression,
)

_SCOPE_FUNCTIONS = frozenset(("resourceGroup", "subscription", "managementGroup"))
_UNSUPPORTED = frozenset(("getSecret",))
_EXTERNAL_KINDS = {"readCliArg": "sys.cliArg", "readEnvVar": "sys.envVar"}


def is_scope_call(node: FunctionCall | InstanceCall, ctx: Context) -> bool:
    """True for `resourceGroup('x')` and its kin: they name a scope, and as a value they are an empty object, as with the official compiler."""
    return bool(node.arguments) and node.name.name in _SCOPE_FUNCTIONS and ctx.model.symbol_of(node) is None


def lower_function_call(node: FunctionCall, ctx: Context) -> Expression:
    """A call by a plain name."""
    symbol = unaliased(ctx.model.symbol_of(node))
    if isinstance(symbol, FunctionSymbol):
        return Call(ctx.template.names.function_name(symbol), tuple(ctx.lower(argument) for argument in node.arguments))
    return _lower_known(node, ctx)


def lower_instance_call(node: InstanceCall, ctx: Context) -> Expression:
    """`sys.f()`, `imported.f()`, `resource.listKeys()`."""
    symbol = ctx.model.symbol_of(node)
    if isinstance(symbol, FunctionSymbol):
        return Call(ctx.template.names.function_name(symbol), tuple(ctx.lower(argument) for argument in node.arguments))
    if isinstance(ctx.model.symbol_of(node.base), NamespaceSymbol):
        return _lower_known(node, ctx)
    found = find_deployed(ctx.model, node.base)
    name = node.name.name
    if found is None or not name.startswith("list"):
        raise UnsupportedError(node, f"The call '{name}' is not supported here.")
    rest = tuple(ctx.lower(argument) for argument in node.arguments)
    return Call(name, (reference_target(found[0], found[1], ctx), *(rest or (version_of(found[0]),))))


def _lower_known(node: FunctionCall | InstanceCall, ctx: Context) -> Expression:
    name = node.name.name
    if name == "any":
        return ctx.lower(node.arguments[0])
    if name == "nameof":
        return String(_name_of(node.arguments[0]))
    if is_scope_call(node, ctx):
        return Call("createObject")
    if name in _EXTERNAL_KINDS:
        return Call("externalInput", (String(_EXTERNAL_KINDS[name]), *(ctx.lower(argument) for argument in node.arguments)))
    if name == "readEnvironmentVariable":
        return _read_environment(node, ctx)
    if name in LOADERS:
        return lower_load_call(node, ctx)
    if name in _UNSUPPORTED:
        raise UnsupportedError(node, f"The function '{name}' is not supported yet.")
    return Call(name, tuple(ctx.lower(argument) for argument in node.arguments))


def _read_environment(node: FunctionCall | InstanceCall, ctx: Context) -> Expression:
    """The value of an environment variable, or the default beside it."""
    name = node.arguments[0]
    if not isinstance(name, StringSyntax) or name.literal is None:
        raise UnsupportedError(node, "The name of an environment variable must be a plain text.")
    if name.literal in ctx.template.environ:
        return String(ctx.template.environ[name.literal])
    if len(node.arguments) < 2:
        raise UnsupportedError(name, f"The environment variable '{name.literal}' is not set, and no default is given.", code="BCP427")
    return ctx.lower(node.arguments[1])


def _name_of(node: BicepExpression) -> str:
    match node:
        case VariableAccess(name=name):
            return name
        case PropertyAccess() | ResourceAccess():
            return node.name.name
        case ArrayAccess(index=StringSyntax(segments=segments)):
            return segments[0]
        case Parenthesized(expression=inner):
            return _name_of(inner)
        case NonNull(base=inner):
            return _name_of(inner)
        case _:
            raise UnsupportedError(node, "nameof() needs a name.")
