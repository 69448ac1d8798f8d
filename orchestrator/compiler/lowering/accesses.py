"""Members: `a.b`, `a[b]`, `a.?b`, of values and of resources and modules.

A safe access and the plain ones behind it are one chain: `a.?b.c` is `tryGet(a, 'b', 'c')`; parentheses end it, `!` does not.
"""

from functools import reduce
from typing import Any

from orchestrator.arm.expressions import Call, Expression, String
from orchestrator.compiler.lowering.context import Context, access
from orchestrator.compiler.lowering.ids import at_index, module_name, own_name, resource_id
from orchestrator.compiler.lowering.references import Deployed, full_reference, properties_reference, reference_target, version_of
from orchestrator.compiler.semantics.deploy_time import CONSTANT_MEMBERS, find_deployed
from orchestrator.compiler.semantics.symbols import ModuleSymbol, VariableSymbol, WildcardSymbol
from orchestrator.compiler.semantics.values import is_secure_output
from orchestrator.compiler.syntax.expressions import ArrayAccess, NonNull, PropertyAccess, StringSyntax

Member = PropertyAccess | ArrayAccess


def lower_access(node: Member, ctx: Context) -> Expression:
    """The value of a member."""
    links: list[Member] = []
    current: Any = node
    while isinstance(current, PropertyAccess | ArrayAccess):
        links.append(current)
        if current.safe:
            return lower_safe_chain(links[::-1], ctx)
        current = _without_assertion(current.base)
    return _lower_plain(node, ctx)


def lower_safe_chain(links: list[Member], ctx: Context) -> Expression:
    """`tryGet(base, key, ...)` for a chain whose first link is safe."""
    first = links[0]
    found = find_deployed(ctx.model, first.base)
    if found is not None and (found[0].loop is None or found[1] is not None):
        return _lower_safe_member(links, found, ctx)
    keys = [_chain_key(link, ctx) for link in links]
    base = ctx.lower(first.base)
    output = _module_outputs(first.base, ctx, safe=True)
    if output is not None and _is_secure(output, first):
        guarded = isinstance(_without_assertion(first.base), PropertyAccess | ArrayAccess) and _without_assertion(first.base).safe
        return Call("tryGet", (_secure_outputs(output, ctx, guarded=guarded), *keys))
    if output is not None:
        return Call("tryGet", (Call("tryGet", (base, keys[0])), String("value"), *keys[1:]))
    if len(links) == 1 and isinstance(first, ArrayAccess) and first.from_end:
        return Call("tryIndexFromEnd", (base, ctx.lower(first.index)))
    return Call("tryGet", (base, *keys))


def _lower_safe_member(links: list[Member], found: tuple[Deployed, ArrayAccess | None], ctx: Context) -> Expression:
    """A safe member of a resource or module that may not be deployed: what is known before is guarded by the condition, the rest asked for safely."""
    first, (symbol, picked) = links[0], found
    name = _name_of(first)
    if len(links) == 1 and name in CONSTANT_MEMBERS[type(symbol)]:
        return _guarded(symbol, _lower_member(first, found, ctx), ctx)
    keys = [_chain_key(link, ctx) for link in links]
    if isinstance(symbol, ModuleSymbol) and name == "outputs" and len(links) > 1:
        if _is_secure(found, links[1]):
            return _lower_secure_member(found, keys[1:], ctx)
        keys.insert(2, String("value"))
    return Call("tryGet", (_guarded(symbol, full_reference(symbol, picked, ctx), ctx), *keys))


def _is_secure(found: tuple[Deployed, ArrayAccess | None], link: Member) -> bool:
    name = _name_of(link)
    return isinstance(found[0], ModuleSymbol) and name is not None and is_secure_output(found[0], name)


def _secure_outputs(found: tuple[Deployed, ArrayAccess | None], ctx: Context, *, guarded: bool) -> Expression:
    """All secure outputs of a module, or null where its condition is false; an index into a loop counts for the condition too."""
    symbol, picked = found
    value = Call("listOutputsWithSecureValues", (reference_target(symbol, picked, ctx), version_of(symbol)))
    if not guarded or symbol.condition is None:
        return value
    return Call("if", (at_index(symbol, picked, ctx).lower(symbol.condition), value, Call("null")))


def _lower_secure_member(found: tuple[Deployed, ArrayAccess | None], keys: list[Expression], ctx: Context) -> Expression:
    """`m.?outputs.secret`: asked for safely only where the module has a condition."""
    outputs = _secure_outputs(found, ctx, guarded=True)
    return Call("tryGet", (outputs, *keys)) if found[0].condition is not None else reduce(access, keys, outputs)


def _guarded(symbol: Deployed, value: Expression, ctx: Context) -> Expression:
    """A value, or null where the condition of its resource or module is false."""
    if symbol.condition is None:
        return value
    return Call("if", (ctx.without_indices().lower(symbol.condition), value, Call("null")))


def _chain_key(link: Member, ctx: Context) -> Expression:
    if isinstance(link, PropertyAccess):
        return String(link.name.name)
    index = ctx.lower(link.index)
    return Call("createObject", (String("value"), index, String("fromEnd"), Call("true"))) if link.from_end else index


def _lower_plain(node: Member, ctx: Context) -> Expression:
    found = find_deployed(ctx.model, node.base)
    if found is not None and not (isinstance(node, ArrayAccess) and found[0].loop is not None and found[1] is None):
        return _lower_member(node, found, ctx)
    whole = find_deployed(ctx.model, node)
    if whole is not None:
        return full_reference(whole[0], whole[1], ctx)
    output = _module_outputs(node.base, ctx)
    if output is not None:
        return _lower_output(node, output, ctx)
    wildcard = ctx.model.symbol_of(node.base)
    if isinstance(wildcard, WildcardSymbol) and isinstance(node, PropertyAccess):
        exported = wildcard.target.exports.get(node.name.name) if wildcard.target else None
        if isinstance(exported, VariableSymbol):
            return Call("variables", (String(ctx.template.names.name_of(exported)),))
    base = ctx.lower(node.base)
    if isinstance(node, ArrayAccess) and node.from_end:
        return Call("indexFromEnd", (base, ctx.lower(node.index)))
    return access(base, _key(node, ctx))


def _key(node: Member, ctx: Context) -> Expression:
    return String(node.name.name) if isinstance(node, PropertyAccess) else ctx.lower(node.index)


def _name_of(node: Member) -> str | None:
    if isinstance(node, PropertyAccess):
        return node.name.name
    return node.index.literal if isinstance(node.index, StringSyntax) else None


def _without_assertion(node: Any) -> Any:
    while isinstance(node, NonNull):
        node = node.base
    return node


def _lower_member(node: Member, found: tuple[Deployed, ArrayAccess | None], ctx: Context) -> Expression:
    symbol, picked = found
    name = _name_of(node)
    if isinstance(symbol, ModuleSymbol):
        if name == "name":
            return module_name(symbol, at_index(symbol, picked, ctx))
        return access(properties_reference(symbol, picked, ctx), _key(node, ctx))
    if symbol.extension is not None:
        return access(properties_reference(symbol, picked, ctx), _key(node, ctx))
    match name:
        case "id":
            return resource_id(symbol, at_index(symbol, picked, ctx))
        case "name":
            return own_name(symbol, at_index(symbol, picked, ctx))
        case "type":
            return String(symbol.type or "")
        case "apiVersion":
            return String(symbol.version or "")
        case "properties":
            return properties_reference(symbol, picked, ctx)
        case _:
            return access(full_reference(symbol, picked, ctx), _key(node, ctx))


def _module_outputs(node: Any, ctx: Context, *, safe: bool = False) -> tuple[ModuleSymbol, ArrayAccess | None] | None:
    """The module whose `outputs` an expression is."""
    node = _without_assertion(node)
    if isinstance(node, PropertyAccess | ArrayAccess) and _name_of(node) == "outputs" and (safe or not node.safe):
        found = find_deployed(ctx.model, node.base)
        if found is not None and isinstance(found[0], ModuleSymbol) and (found[0].loop is None or found[1] is not None):
            return found[0], found[1]
    return None


def _lower_output(node: Member, module: tuple[ModuleSymbol, ArrayAccess | None], ctx: Context) -> Expression:
    """`reference('m').outputs.x.value`; a secure output has a function of its own. `outputs['x']` lacks the value, as with the official compiler."""
    symbol, picked = module
    name = _name_of(node)
    if name is not None and is_secure_output(symbol, name):
        return access(Call("listOutputsWithSecureValues", (reference_target(symbol, picked, ctx), version_of(symbol))), String(name))
    outputs = access(properties_reference(symbol, picked, ctx), String("outputs"))
    output = access(outputs, _key(node, ctx))
    return access(output, String("value")) if isinstance(node, PropertyAccess) else output
