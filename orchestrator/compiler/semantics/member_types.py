"""The types of members: `a.b`, `a[b]`."""

from typing import TYPE_CHECKING, Any

from orchestrator.compiler.semantics.declared_types import type_of_output
from orchestrator.compiler.semantics.deploy_time import CONSTANT_MEMBERS, find_deployed
from orchestrator.compiler.semantics.symbols import ModuleSymbol, VariableSymbol, WildcardSymbol
from orchestrator.compiler.syntax.expressions import ArrayAccess, Identifier, IntegerLiteral, NonNull, PropertyAccess, StringSyntax
from orchestrator.compiler.syntax.problems import did_you_mean, is_misspelt
from orchestrator.compiler.types.values import (
    ANY,
    ERROR,
    NULL,
    STRING,
    AnyType,
    ArrayType,
    DiscriminatedType,
    ErrorType,
    ModuleType,
    NamespaceType,
    NullType,
    ObjectType,
    Property,
    ResourceType,
    TupleType,
    Type,
    is_nullable,
    make_union,
    members_of,
    resolve,
    type_name,
    without_null,
)

if TYPE_CHECKING:
    from orchestrator.compiler.semantics.inference import Inference

_RESOURCE_TEXTS = frozenset(("id", "name", "type", "apiVersion", "location"))
_MAY_BE_NULL = "may be null, and then this access fails"


def type_of_property(self: "Inference", node: PropertyAccess) -> Type:
    """`a.b`, `a.?b`."""
    return _member(self, node, node.name.name, node.name)


def type_of_index(self: "Inference", node: ArrayAccess) -> Type:
    """`a[b]`, `a[?b]`."""
    index = self.type_of(node.index)
    base = resolve(self.type_of(node.base))
    if isinstance(base, ErrorType) or isinstance(resolve(index), ErrorType):
        return ERROR
    if isinstance(node.index, StringSyntax) and node.index.literal is not None and not isinstance(base, ArrayType | TupleType):
        return _member(self, node, node.index.literal, node.index)
    bare = resolve(without_null(base))
    match bare:
        case ArrayType(item):
            found = item
        case TupleType(items):
            inside = isinstance(node.index, IntegerLiteral) and node.index.value < len(items) and not node.from_end
            found = items[node.index.value] if inside and isinstance(node.index, IntegerLiteral) else make_union(items) if items else ANY
        case AnyType() | ObjectType() | DiscriminatedType() | ResourceType() | ModuleType() | NamespaceType():
            found = ANY
        case _:
            if len(members_of(bare)) == 1:
                self.model.problems.error(node.base, "BCP076", f"A value of type {type_name(bare)} has no elements.", "Only arrays and objects have.")
                return ERROR
            found = ANY
    return _nullable_result(self, node, base, found)


def _member(self: "Inference", node: PropertyAccess | ArrayAccess, name: str, place: Any) -> Type:
    base = resolve(self.type_of(node.base))
    if isinstance(base, ErrorType):
        return ERROR
    bare = resolve(without_null(base))
    match bare:
        case ObjectType():
            found = _property(self, bare, name, place, safe=node.safe)
        case ModuleType(what=ModuleSymbol() as module):
            found = _property(self, _module_type(module), name, place, safe=node.safe)
        case NamespaceType(what=WildcardSymbol() as wildcard):
            return _exported(self, wildcard, name, place)
        case NamespaceType():
            self.model.problems.error(place, "BCP052", f"A namespace has no member '{name}'.")
            return ERROR
        case ResourceType() if name in _RESOURCE_TEXTS:
            found = STRING
        case AnyType() | ResourceType() | DiscriminatedType() | NullType():
            found = ANY
        case _:
            if len(members_of(bare)) > 1:
                found = ANY
            else:
                self.model.problems.error(place, "BCP055", f"A value of type {type_name(bare)} has no properties.", "Only objects have.")
                return ERROR
    return _nullable_result(self, node, base, found)


def _nullable_result(self: "Inference", node: PropertyAccess | ArrayAccess, base: Type, found: Type) -> Type:
    if isinstance(resolve(found), ErrorType):
        return ERROR
    if node.safe:
        return ANY if isinstance(resolve(found), AnyType) else make_union((found, NULL))
    if _in_safe_chain(node.base):
        return ANY if isinstance(resolve(found), AnyType) else make_union((found, NULL))
    if (is_nullable(base) and not isinstance(resolve(base), NullType)) or _may_be_missing(self, node):
        self.model.problems.warn(
            Identifier(node.base.end, node.end, ""), "BCP318", f"The value {_MAY_BE_NULL}.", "Write .? (and ?? for a default), or ! where it is never null."
        )
    return found


def _in_safe_chain(node: Any) -> bool:
    """True behind `.?`: what follows in the same chain is safe too."""
    while isinstance(node, PropertyAccess | ArrayAccess):
        if node.safe:
            return True
        node = node.base
    return False


def _may_be_missing(self: "Inference", node: PropertyAccess | ArrayAccess) -> bool:
    """True for what a resource or module with a condition knows only once it is deployed."""
    if not isinstance(node, PropertyAccess) or isinstance(node.base, NonNull):
        return False
    found = find_deployed(self.model, node.base)
    return found is not None and found[0].condition is not None and node.name.name not in CONSTANT_MEMBERS[type(found[0])]


def _property(self: "Inference", owner: ObjectType, name: str, place: Any, *, safe: bool) -> Type:
    entry = owner.properties.get(name)
    if entry is not None:
        return entry.type if entry.required else make_union((entry.type, NULL)) if not isinstance(resolve(entry.type), AnyType) else ANY
    if owner.additional is not None:
        return owner.additional
    if safe:
        return NULL if owner.sealed else ANY
    remedy = did_you_mean(name, owner.properties)
    what = f"'{type_name(owner)}' has no property '{name}'."
    if not owner.sealed:
        self.model.problems.warn(place, "BCP187", what, remedy)
        return ANY
    code = "BCP052" if not owner.properties else "BCP083" if is_misspelt(name, owner.properties) else "BCP053"
    known = f"There are: {', '.join(sorted(owner.properties))}." if owner.properties else None
    self.model.problems.error(place, code, what, remedy or known)
    return ERROR


def _module_type(module: ModuleSymbol) -> ObjectType:
    target = module.target
    outputs = {} if target is None else {name: Property(type_of_output(symbol)) for name, symbol in target.outputs.items()}
    return ObjectType({"name": Property(STRING), "outputs": Property(ObjectType(outputs, sealed=True, name="outputs"))}, sealed=True, name="module")


def _exported(self: "Inference", wildcard: WildcardSymbol, name: str, place: Any) -> Type:
    if wildcard.target is None:
        return ERROR
    symbol = wildcard.target.exports.get(name)
    if isinstance(symbol, VariableSymbol):
        return self.type_of_symbol(symbol)
    if symbol is None:
        remedy = did_you_mean(name, wildcard.target.exports)
        code = "BCP083" if is_misspelt(name, wildcard.target.exports) else "BCP053"
        self.model.problems.error(place, code, f"'{wildcard.source}' exports no '{name}'.", remedy)
        return ERROR
    return ANY
