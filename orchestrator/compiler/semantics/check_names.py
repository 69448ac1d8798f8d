"""The names of what is deployed: no two the same (BCP121, BCP122), segments as the type has them (BCP169, BCP170), in a loop another each turn (BCP179)."""

from collections.abc import Iterable
from typing import Any, TypeAlias

from orchestrator.compiler.semantics.check_scopes import is_refused
from orchestrator.compiler.semantics.inference import Inference
from orchestrator.compiler.semantics.resource_bodies import find_body_type
from orchestrator.compiler.semantics.symbols import DeployedSymbol, LocalSymbol, ModuleSymbol, ResourceSymbol
from orchestrator.compiler.syntax.children import descendants
from orchestrator.compiler.syntax.expressions import ArrayAccess, FunctionCall, StringSyntax, VariableAccess
from orchestrator.compiler.types.values import BooleanLiteralType, DiscriminatedType, ObjectType, PropertyFlags, StringLiteralType, resolve

Key: TypeAlias = tuple[Any, ...]
_MOST_NAMED = 10


def check_names(inference: Inference) -> None:
    """Check all resources and modules of a file."""
    model = inference.model
    resources = [symbol for symbol in model.resources_by_declaration.values() if symbol.extension is None]
    for same in _groups(inference, resources):
        names = _list_names(same)
        for symbol in same:
            model.problems.error(symbol.find_value("name") or symbol.name, "BCP121", f"{names} have the same type, scope and name.", "Name them differently.")
    for resource in resources:
        _check_format(inference, resource)
        _check_loop(inference, resource)
    modules = [symbol for symbol in model.modules_by_declaration.values() if symbol.target is not None and symbol.find_value("name") is not None]
    for same_modules in _groups(inference, modules):
        names = _list_names(same_modules)
        for module in same_modules:
            model.problems.error(module.find_value("name") or module.name, "BCP122", f"{names} have the same scope and name.", "Name them differently.")
    for module in modules:
        _check_loop(inference, module)


def _list_names(symbols: list[Any]) -> str:
    listed = ", ".join(f"'{symbol.text}'" for symbol in symbols[:_MOST_NAMED])
    return listed if len(symbols) <= _MOST_NAMED else f"{listed} and {len(symbols) - _MOST_NAMED} more"


def _groups(inference: Inference, symbols: Iterable[Any]) -> list[list[Any]]:
    """Those that come out as one and the same."""
    found: dict[Key, list[Any]] = {}
    for symbol in symbols:
        if _is_always(inference, symbol):
            key = _resource_key(inference, symbol) if isinstance(symbol, ResourceSymbol) else _module_key(inference, symbol)
            if key is not None:
                found.setdefault(key, []).append(symbol)
    return [group for group in found.values() if len(group) > 1]


def _is_always(inference: Inference, symbol: DeployedSymbol) -> bool:
    """True for what is deployed whatever the parameters are, and can be read."""
    if symbol.body is not None and len({member.name for member in symbol.body.properties}) < len(symbol.body.properties):
        return False
    if symbol.condition is None:
        return True
    condition = resolve(inference.type_of(symbol.condition))
    return isinstance(condition, BooleanLiteralType) and condition.value


def _resource_key(inference: Inference, symbol: ResourceSymbol) -> Key | None:
    """Type, names from the outermost resource on, scope."""
    if symbol.type is None:
        return None
    names: list[Any] = []
    step: ResourceSymbol | None = symbol
    seen: set[ResourceSymbol] = set()
    outermost = symbol
    while step is not None and step not in seen:
        seen.add(step)
        outermost = step
        names.insert(0, _segment(inference, step.find_value("name"), step))
        index, step = _parent(inference, step)
        if index is not None:
            names.insert(0, index)
    return (symbol.type.lower(), tuple(names), _resource_scope_key(inference, outermost))


def _parent(inference: Inference, symbol: ResourceSymbol) -> tuple[Any, ResourceSymbol | None]:
    """The resource above, and which one of its loop."""
    if symbol.nested_in is not None:
        return None, symbol.nested_in
    value = symbol.find_value("parent")
    index = None
    if isinstance(value, ArrayAccess):
        index, value = _literal(inference, value.index), value.base
    found = inference.model.symbol_of(value) if value is not None else None
    return index, found if isinstance(found, ResourceSymbol) else None


def _literal(inference: Inference, node: Any) -> Any:
    type_ = resolve(inference.type_of(node))
    return type_ if hasattr(type_, "value") else node


def _segment(inference: Inference, value: Any, symbol: DeployedSymbol) -> Any:
    type_ = resolve(inference.type_of(value)) if value is not None else None
    return type_.value if isinstance(type_, StringLiteralType) else value or symbol.name


def _scope_key(inference: Inference, symbol: DeployedSymbol) -> Any:
    """What a scope is: the resource that it names; the function with its texts; anything else stands for itself."""
    value = symbol.find_value("scope")
    if value is None:
        return None
    found = inference.model.symbol_of(value)
    if found is not None and isinstance(value, VariableAccess):
        return found
    if not isinstance(value, FunctionCall):
        return value
    if not value.arguments:
        return None if value.name.name == inference.model.scope else value.name.name
    types = [resolve(inference.type_of(argument)) for argument in value.arguments]
    texts = tuple(type_.value for type_ in types if isinstance(type_, StringLiteralType))
    return (value.name.name, *texts) if len(texts) == len(types) else value


def _resource_scope_key(inference: Inference, symbol: ResourceSymbol) -> Any:
    """As of a module; but a scope that was refused counts as none, and a function with arguments stands for itself, whatever they are."""
    value = symbol.find_value("scope")
    if value is not None and (isinstance(resolve(inference.type_of(value)), StringLiteralType) or is_refused(inference.model, symbol, value)):
        return None
    return value if isinstance(value, FunctionCall) and value.arguments else _scope_key(inference, symbol)


def _module_key(inference: Inference, symbol: ModuleSymbol) -> Key:
    return (_segment(inference, symbol.find_value("name"), symbol), _scope_key(inference, symbol))


def _check_format(inference: Inference, symbol: ResourceSymbol) -> None:
    name = symbol.find_value("name")
    if symbol.type is None or not isinstance(name, StringSyntax):
        return
    if symbol.nested_in is not None or symbol.find_value("parent") is not None:
        if any("/" in segment for segment in name.segments):
            inference.model.problems.error(name, "BCP170", "The name of a child holds no '/': its parent's names are put in front.", "Write the last segment.")
        return
    given, wanted = sum(segment.count("/") for segment in name.segments), symbol.type.count("/") - 1
    if given != wanted if not name.expressions else given > wanted:
        inference.model.problems.error(name, "BCP169", f"The name must hold {wanted} times '/', as many segments as the type has.", "Or write `parent:`.")


def _check_loop(inference: Inference, symbol: ResourceSymbol | ModuleSymbol) -> None:
    """Something in a loop's names must change with each turn."""
    if symbol.loop is None or not symbol.loop.item.name or (isinstance(symbol, ResourceSymbol) and symbol.existing) or symbol.body is None:
        return
    wanted = _loop_variants(symbol)
    values = [value for value in (symbol.find_value(name) for name in wanted) if value is not None]
    if symbol.find_value("name") is None or not values or any(_uses_loop(inference, value, symbol) for value in values):
        return
    names = ", ".join(f"'{name}'" for name in sorted(wanted))
    inference.model.problems.warn(symbol.name, "BCP179", f"Each turn of the loop makes the same: the loop's variable is in none of {names}.", "Use it in one.")


def _loop_variants(symbol: ResourceSymbol | ModuleSymbol) -> tuple[str, ...]:
    if isinstance(symbol, ModuleSymbol):
        return ("name", "scope")
    found = find_body_type(symbol)
    body = resolve(found) if found is not None else None
    if isinstance(body, DiscriminatedType):
        body = next((resolve(member) for member in body.members.values()), None)
    return tuple(name for name, entry in body.properties.items() if entry.flags & PropertyFlags.LOOP_VARIANT) if isinstance(body, ObjectType) else ()


def _uses_loop(inference: Inference, node: Any, symbol: DeployedSymbol) -> bool:
    for inner in descendants(node):
        found = inference.model.symbol_of(inner) if isinstance(inner, VariableAccess) else None
        if isinstance(found, LocalSymbol) and found.owner is symbol.loop:
            return True
    return False
