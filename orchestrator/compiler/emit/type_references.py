"""What a reference to a type, or to a part of one, stands for: a place among this template's definitions, or a part of a resource's type."""

from dataclasses import dataclass, replace

from orchestrator.compiler.lowering.context import Context, UnsupportedError
from orchestrator.compiler.semantics.declared_types import type_of_syntax
from orchestrator.compiler.semantics.derived_types import DERIVING, DerivedType, find_derived_root
from orchestrator.compiler.semantics.symbols import TypeSymbol, WildcardSymbol, unaliased
from orchestrator.compiler.syntax.types import (
    ArrayTypeSyntax,
    ObjectTypeSyntax,
    ParenthesizedTypeSyntax,
    TupleTypeSyntax,
    TypeAdditional,
    TypeCall,
    TypeElement,
    TypeItems,
    TypeMember,
    TypeName,
    TypeSyntax,
)
from orchestrator.compiler.types.values import DiscriminatedType, resolve
from orchestrator.model.json_value import JsonObject

Part = TypeMember | TypeAdditional | TypeElement | TypeItems


@dataclass(frozen=True, slots=True)
class DefinedType:
    """A place among the definitions, and what is written there."""

    pointer: tuple[str, ...]
    node: TypeSyntax
    ctx: Context


TypeReference = DefinedType | DerivedType


def emit_reference(found: TypeReference) -> JsonObject:
    """`$ref`, or the metadata that names a resource's type."""
    if isinstance(found, DefinedType):
        return {"$ref": "#/" + _join(found.pointer)}
    text = found.root + ("#" + _join(found.pointer) if found.pointer else "")
    source = {"source": text, "output": True} if found.variant == "resourceOutput" else {"source": text}
    metadata: JsonObject = {"__bicep_resource_derived_type!": text if found.variant == "resource" else source}
    return {"type": found.type_name, "metadata": metadata} if found.type_name else {"metadata": metadata}


def _join(segments: tuple[str, ...]) -> str:
    return "/".join(segment.replace("~", "~0").replace("/", "~1") for segment in segments)


def find_type_reference(node: TypeSyntax, ctx: Context) -> TypeReference | None:
    """What a reference stands for; None where the node is none."""
    match node:
        case TypeName():
            symbol = unaliased(ctx.model.symbol_of(node))
            return _defined(symbol, ctx) if isinstance(symbol, TypeSymbol) else None
        case TypeCall():
            return _find_derived(node)
        case TypeMember(base=TypeName() as base) if isinstance(wildcard := ctx.model.symbol_of(base), WildcardSymbol):
            exported = wildcard.target.exports.get(node.name.name) if wildcard.target else None
            return _defined(exported, ctx) if isinstance(exported, TypeSymbol) else None
        case TypeMember() | TypeAdditional() | TypeElement() | TypeItems():
            owner = find_type_reference(node.base, ctx)
            return _find_part(owner, node) if owner is not None else None
        case ParenthesizedTypeSyntax(base=inner):
            return find_type_reference(inner, ctx)
        case _:
            return None


def _defined(symbol: TypeSymbol, ctx: Context) -> DefinedType:
    return DefinedType(("definitions", ctx.template.names.name_of(symbol)), symbol.declaration.type, ctx.in_model(symbol.model))


def _find_derived(node: TypeCall) -> DerivedType:
    found = find_derived_root(node)
    if found is None:
        what = "no such resource type is known" if node.name.name in DERIVING else f"'{node.name.name}' derives no types"
        raise UnsupportedError(node, f"A type cannot be derived here: {what}.", code="BCP081")
    return found


def _find_part(base: TypeReference, node: Part) -> TypeReference | None:
    """A part of a type; a name that only stands for another type is looked through first."""
    while isinstance(base, DefinedType):
        inner = base.node
        while isinstance(inner, ParenthesizedTypeSyntax):
            inner = inner.base
        found = _find_written_part(base, inner, node)
        if found is not None:
            return found
        behind = find_type_reference(inner, base.ctx)
        if behind is None:
            return None
        base = behind
    part = base.find_part(node)
    if part is None:
        reason = "" if base.shape is not None else f": the properties of '{base.root}' are not in the table of resource types"
        raise UnsupportedError(node, f"This part of a resource's type is not known{reason}.")
    return part


def _find_written_part(base: DefinedType, inner: TypeSyntax, node: Part) -> DefinedType | None:
    match node, inner:
        case TypeMember(name=name), ObjectTypeSyntax():
            entry = next((entry for entry in inner.properties if entry.name == name.name), None)
            return _below(base, entry.type, "properties", name.name) if entry is not None else None
        case TypeMember(name=name), _ if isinstance(resolve(type_of_syntax(base.ctx.model, base.node)), DiscriminatedType):
            return _below(base, inner, "discriminator", "mapping", name.name)
        case TypeAdditional(), ObjectTypeSyntax(additional=additional) if additional is not None:
            return _below(base, additional.type, "additionalProperties")
        case TypeElement(index=int() as index), TupleTypeSyntax(items=items) if index < len(items):
            return _below(base, items[index].type, "prefixItems", str(index))
        case TypeItems(), ArrayTypeSyntax(item=item):
            return _below(base, item, "items")
        case _:
            return None


def _below(base: DefinedType, node: TypeSyntax, *pointer: str) -> DefinedType:
    return replace(base, pointer=(*base.pointer, *pointer), node=node)
