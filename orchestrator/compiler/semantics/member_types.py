"""The types of members: `a.b`, `a[b]`."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from orchestrator.compiler.semantics.assignability import is_assignable
from orchestrator.compiler.semantics.conditions import may_be_missing
from orchestrator.compiler.semantics.deploy_time import CONSTANT_MEMBERS, find_deployed
from orchestrator.compiler.semantics.module_types import module_body_type
from orchestrator.compiler.semantics.resource_bodies import find_body_type
from orchestrator.compiler.semantics.symbols import ModuleSymbol, ResourceSymbol, VariableSymbol, WildcardSymbol
from orchestrator.compiler.syntax.expressions import ArrayAccess, Identifier, PropertyAccess
from orchestrator.compiler.syntax.problems import did_you_mean, is_misspelt
from orchestrator.compiler.types.values import (
    ANY,
    ERROR,
    INTEGER,
    LITERALS,
    NULL,
    STRING,
    AnyType,
    ArrayType,
    BooleanLiteralType,
    BooleanType,
    DiscriminatedType,
    ErrorType,
    IntegerLiteralType,
    IntegerType,
    ModuleType,
    NamespaceType,
    NullType,
    ObjectType,
    PropertyFlags,
    ResourceType,
    StringLiteralType,
    StringType,
    TupleType,
    Type,
    is_nullable,
    make_union,
    members_of,
    resolve,
    type_name,
    without_null,
)
from orchestrator.model.diagnostics import Level

if TYPE_CHECKING:
    from orchestrator.compiler.semantics.inference import Inference

_ELEMENTS = (ArrayType, TupleType, StringType, StringLiteralType, IntegerType, IntegerLiteralType, BooleanType, BooleanLiteralType)
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
    written = resolve(index)
    if isinstance(written, StringLiteralType) and not isinstance(base, _ELEMENTS):
        return _member(self, node, written.value, node.index)
    bare = resolve(without_null(base))
    if not _is_index(self, node, resolve(index), bare):
        return ERROR
    if isinstance(bare, ArrayType) and isinstance(written, IntegerLiteralType) and written.value < 0:
        self.model.problems.error(node.index, "BCP339", "Items are counted from 0.", "Write [^1] for the last one.")
        return ERROR
    match bare:
        case ArrayType(item):
            found = item
        case TupleType():
            found = _item(self, node, resolve(index), bare)
        case AnyType() | ObjectType() | DiscriminatedType() | ResourceType() | ModuleType() | NamespaceType():
            found = ANY
        case _:
            if len(members_of(bare)) == 1:
                self.model.problems.error(node.base, "BCP076", f"A value of type {type_name(bare)} has no elements.", "Only arrays and objects have.")
                return ERROR
            found = ANY
    return _nullable_result(self, node, base, found)


def _item(self: "Inference", node: ArrayAccess, index: Type, base: TupleType) -> Type:
    """One of a tuple's items, of a known number, which must be one of it (BCP311); `[^n]` counts from 1."""
    items = base.items
    if not isinstance(index, IntegerLiteralType):
        return make_union(items) if items else ANY
    place = len(items) - index.value if node.from_end else index.value
    if 0 <= place < len(items):
        return items[place]
    said = f"There is no item {'^' if node.from_end else ''}{index.value} in an array of {len(items)}."
    self.model.problems.error(node.index, "BCP311", said, f"Write a number from 0 to {len(items) - 1}." if items else None)
    return ERROR


def _is_index(self: "Inference", node: ArrayAccess, index: Type, base: Type) -> bool:
    """Whether the index fits what it is into: a number into arrays (BCP074), a text into objects (BCP075), either into what may be anything (BCP049)."""
    numbers, texts = is_assignable(index, INTEGER), is_assignable(index, STRING)
    code = None
    if isinstance(base, ArrayType | TupleType) and not numbers:
        code = "BCP074"
    elif isinstance(base, ObjectType) and not texts:
        code = "BCP075"
    elif isinstance(base, AnyType) and not numbers and not texts:
        code = "BCP049"
    if code is not None:
        self.model.problems.error(node.index, code, f"A value of type {type_name(index)} cannot pick a part of {type_name(base)}.")
    return code is None


def _member(self: "Inference", node: PropertyAccess | ArrayAccess, name: str, place: Any) -> Type:
    base = resolve(self.type_of(node.base))
    if isinstance(base, ErrorType):
        return ERROR
    bare = resolve(without_null(base))
    if not name and not isinstance(bare, AnyType):
        return ERROR
    match bare:
        case ObjectType():
            found = _property(self, bare, name, place, safe=node.safe)
        case ModuleType(what=ModuleSymbol() as module):
            found = _property(self, module_body_type(module), name, place, safe=node.safe)
        case ResourceType(what=ResourceSymbol() as resource):
            found = _of_resource(self, resource, name, place, safe=node.safe)
        case NamespaceType(what=WildcardSymbol() as wildcard):
            return _exported(self, wildcard, name, place)
        case NamespaceType(what=what):
            self.model.problems.error(place, "BCP052" if getattr(what, "text", "") == "az" else "BCP053", f"A namespace has no member '{name}'.")
            return ERROR
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
    """What an access gives: null too, where a chain with `.?` in it may end early; else BCP318 is said of what may be null."""
    if isinstance(resolve(found), ErrorType):
        return ERROR
    missing = may_be_missing(self, node)
    if not missing and (isinstance(resolve(base), NullType) or not is_nullable(base)):
        return found
    if node.safe or _in_safe_chain(node.base):
        return ANY if isinstance(resolve(found), AnyType) else make_union((found, NULL))
    if not missing or not isinstance(node, PropertyAccess) or not _is_always_known(self, node):
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


def _is_always_known(self: "Inference", node: PropertyAccess) -> bool:
    """True for a name or an id: what is known of a resource that is not deployed too."""
    found = find_deployed(self.model, node.base)
    return found is not None and node.name.name in CONSTANT_MEMBERS[type(found[0])]


def _property(self: "Inference", owner: ObjectType, name: str, place: Any, *, safe: bool) -> Type:
    warns = safe or owner.lenient
    entry = owner.properties.get(name)
    if entry is not None:
        if entry.flags & PropertyFlags.WRITE_ONLY:
            (self.model.problems.warn if warns else self.model.problems.error)(place, "BCP077", f"'{name}' can be written, not read.")
            if not warns:
                return ERROR
        if entry.flags & PropertyFlags.FALLBACK:
            _note_fallback(self, name, place, safe=safe)
        if entry.required or entry.read_only or owner.lenient or entry.flags:
            return entry.type
        return make_union((entry.type, NULL)) if not isinstance(resolve(entry.type), AnyType) else ANY
    if owner.additional is not None:
        return owner.additional
    if not owner.sealed:
        _note_fallback(self, name, place, safe=safe)
        return ANY
    known = [key for key, entry in owner.properties.items() if not entry.flags & PropertyFlags.WRITE_ONLY]
    code = "BCP052" if not known else "BCP083" if is_misspelt(name, known) else "BCP053"
    remedy = did_you_mean(name, known) or (f"There are: {', '.join(sorted(known))}." if known else None)
    (self.model.problems.warn if warns else self.model.problems.error)(place, code, f"'{type_name(owner)}' has no property '{name}'.", remedy)
    return ANY if warns else ERROR


def _note_fallback(self: "Inference", name: str, place: Any, *, safe: bool) -> None:
    level = Level.INFO if safe else Level.WARNING
    said = ("BCP187", f"The type has no property '{name}'.", "It may be there all the same; check the name.")
    self.model.problems.add(level, place.start, place.end, said)


def _of_resource(self: "Inference", resource: ResourceSymbol, name: str, place: Any, *, safe: bool) -> Type:
    """A member of a resource: what is written in its body, where that is a literal, else what its type says."""
    declared = find_body_type(resource)
    body = resolve(declared) if declared is not None else None
    if isinstance(body, DiscriminatedType):
        body = _chosen(self, resource, body)
    if not isinstance(body, ObjectType):
        return STRING if name in _RESOURCE_TEXTS else ANY
    found = without_null(_property(self, body, name, place, safe=safe))
    written = resource.find_value(name)
    if written is None or resource.model is not self.model or isinstance(resolve(found), ErrorType):
        return found
    return _narrowed(resolve(self.type_of(written)), found)


def _chosen(self: "Inference", resource: ResourceSymbol, body: DiscriminatedType) -> Type | None:
    value = resource.find_value(body.discriminator)
    text = resolve(self.type_of(value)) if value is not None and resource.model is self.model else None
    return resolve(body.members[text.value]) if isinstance(text, StringLiteralType) and text.value in body.members else None


def _narrowed(written: Type, declared: Type) -> Type:
    """What a property is known to be: a literal that is written there; in an object the same for each of its properties."""
    if isinstance(written, LITERALS):
        return written
    target = resolve(without_null(declared))
    if isinstance(written, ObjectType) and isinstance(target, AnyType):
        target = ObjectType({name: replace(entry, type=ANY) for name, entry in written.properties.items()}, ANY, lenient=True)
    if not isinstance(written, ObjectType) or not isinstance(target, ObjectType) or not written.properties:
        return declared
    properties = dict(target.properties)
    for name, entry in written.properties.items():
        known = properties.get(name)
        if known is not None and not known.read_only:
            properties[name] = replace(known, type=_narrowed(resolve(entry.type), known.type))
    return replace(target, properties=properties)


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
