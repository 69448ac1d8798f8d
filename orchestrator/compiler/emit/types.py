"""Types as the template's type definitions."""

import re
from collections.abc import Sequence
from typing import Any

from orchestrator.compiler.emit.type_references import emit_reference, find_type_reference
from orchestrator.compiler.emit.values import emit_value
from orchestrator.compiler.lowering.context import Context, UnsupportedError
from orchestrator.compiler.semantics.declared_types import BOUNDS, decorated_type, integer_argument, is_optional, type_of_syntax
from orchestrator.compiler.semantics.symbols import NamespaceSymbol, TypeSymbol, unaliased
from orchestrator.compiler.syntax.expressions import BooleanLiteral, IntegerLiteral, NullLiteral, ObjectLiteral, StringSyntax
from orchestrator.compiler.syntax.types import (
    ArrayTypeSyntax,
    Decorator,
    NegativeTypeSyntax,
    NonNullTypeSyntax,
    NullableTypeSyntax,
    ObjectTypeSyntax,
    ParenthesizedTypeSyntax,
    TupleTypeSyntax,
    TypeAdditional,
    TypeCall,
    TypeElement,
    TypeItems,
    TypeMember,
    TypeName,
    TypeProperty,
    TypeSyntax,
    UnionTypeSyntax,
)
from orchestrator.compiler.types.values import (
    LITERALS,
    ArrayType,
    BooleanLiteralType,
    BooleanType,
    DiscriminatedType,
    IntegerLiteralType,
    IntegerType,
    NullType,
    ObjectType,
    StringLiteralType,
    StringType,
    TupleType,
    Type,
    members_of,
    resolve,
)
from orchestrator.model.json_value import Json, JsonObject

_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_NAMES: dict[type, str] = {
    StringType: "string",
    StringLiteralType: "string",
    IntegerType: "int",
    IntegerLiteralType: "int",
    BooleanType: "bool",
    BooleanLiteralType: "bool",
    ArrayType: "array",
    TupleType: "array",
    ObjectType: "object",
    DiscriminatedType: "object",
}


def emit_type(node: TypeSyntax, ctx: Context) -> JsonObject:
    """The definition of a type as it is written."""
    match node:
        case TypeName():
            return _emit_name(node, ctx)
        case StringSyntax() | IntegerLiteral() | BooleanLiteral() | NegativeTypeSyntax() | UnionTypeSyntax():
            return _emit_literals(node, ctx)
        case NullableTypeSyntax(base=base):
            return {**emit_type(base, ctx), "nullable": True}
        case NonNullTypeSyntax(base=base):
            return {**emit_type(base, ctx), "nullable": False}
        case ParenthesizedTypeSyntax(base=base):
            return emit_type(base, ctx)
        case ArrayTypeSyntax(item=item):
            return _emit_array(item, ctx)
        case ObjectTypeSyntax():
            return _emit_object(node, ctx)
        case TupleTypeSyntax(items=items):
            return {"type": "array", "prefixItems": [emit_decorated_type(item.type, item.decorators, ctx) for item in items], "items": False}
        case TypeMember() | TypeAdditional() | TypeElement() | TypeItems() | TypeCall():
            return _emit_inner(node, ctx)
        case _:
            raise UnsupportedError(node, "This kind of type is not supported yet.")


def emit_decorated_type(node: TypeSyntax, decorators: tuple[Decorator, ...], ctx: Context) -> JsonObject:
    """A type with what the decorators beside it add: @secure, @sealed, metadata, bounds, in this order."""
    named = {decorator.name: decorator for decorator in decorators}
    result = _emit_discriminated(node, named["discriminator"], ctx) if "discriminator" in named else emit_type(node, ctx)
    return add_decorations(result, named, ctx)


def add_decorations(result: JsonObject, named: dict[str, Decorator], ctx: Context) -> JsonObject:
    """Enter what decorators add to a type, parameter or output."""
    if "secure" in named:
        result["type"] = {"string": "securestring", "object": "secureObject"}.get(result.get("type", ""), result.get("type"))
    if "sealed" in named:
        result["additionalProperties"] = False
    if "export" in named:
        result.setdefault("metadata", {})["__bicep_export!"] = True
    if "metadata" in named:
        result.setdefault("metadata", {}).update(emit_metadata({"metadata": named["metadata"]}, ctx))
    for name in BOUNDS:
        if name in named:
            result[name] = integer_argument(named[name])
    if "description" in named:  # it is merged in last, so that a metadata of its own stands behind the bounds
        result.setdefault("metadata", {}).update(emit_metadata({"description": named["description"]}, ctx))
    return result


def emit_metadata(named: dict[str, Decorator], ctx: Context) -> JsonObject:
    """What @metadata and @description say."""
    found: JsonObject = {}
    if "metadata" in named and named["metadata"].arguments:
        given = named["metadata"].arguments[0]
        found.update(emit_value(given, ctx) if isinstance(given, ObjectLiteral) else {})
    if "description" in named and named["description"].arguments:
        found["description"] = emit_description(named["description"].arguments[0], ctx)
    return found


def emit_description(node: Any, ctx: Context) -> Json:
    """A description; a text of several lines loses the indentation that all of them but the first have."""
    value = emit_value(node, ctx)
    if not isinstance(node, StringSyntax) or node.literal is None or not isinstance(value, str):
        return value
    first, *rest = _LINE_BREAK.split(value)
    margin = min((len(line) - len(line.lstrip(" \t")) for line in rest if line), default=0)
    return "\n".join((first, *(line[margin:] for line in rest)))


def _emit_name(node: TypeName, ctx: Context) -> JsonObject:
    symbol = unaliased(ctx.model.symbol_of(node))
    if isinstance(symbol, TypeSymbol):
        return {"$ref": f"#/definitions/{ctx.template.names.name_of(symbol)}"}
    return {} if node.name == "any" else {"type": node.name}


def _emit_literals(node: TypeSyntax, ctx: Context) -> JsonObject:
    return _emit_members(type_of_syntax(ctx.model, node), node)


def _emit_members(type_: Type, node: TypeSyntax) -> JsonObject:
    members = [resolve(member) for member in members_of(type_)]
    values = [member for member in members if not isinstance(member, NullType)]
    result: JsonObject
    if values and all(is_literal(member) for member in values) and (len(members) > 1 or isinstance(values[0], LITERALS)):
        name = _common_name(values)
        result = {"type": name} if name is not None else {}
        result["allowedValues"] = [literal_value(member) for member in values]
    elif len(values) == 1 and type(values[0]) in (StringType, IntegerType, BooleanType):
        result = {"type": _NAMES[type(values[0])]}
    else:
        raise UnsupportedError(node, "This union is not supported yet: its members are no literals.")
    if len(values) < len(members):
        result["nullable"] = True
    return result


def is_literal(type_: Type) -> bool:
    """True for a type that has one value."""
    match resolve(type_):
        case ObjectType(properties=properties, additional=None):
            return all(is_literal(entry.type) for entry in properties.values())
        case TupleType(items=items):
            return all(is_literal(item) for item in items)
        case found:
            return isinstance(found, (*LITERALS, NullType))


def literal_value(type_: Type) -> Json:
    """The one value of a type."""
    match resolve(type_):
        case ObjectType(properties=properties):
            return {key: literal_value(entry.type) for key, entry in properties.items()}
        case TupleType(items=items):
            return [literal_value(item) for item in items]
        case StringLiteralType(value=value) | IntegerLiteralType(value=value) | BooleanLiteralType(value=value):
            return value
        case _:
            return None


def _common_name(values: Sequence[Type]) -> str | None:
    """The template's type of all the values; None where there are several."""
    names = {_NAMES[type(value)] for value in values}
    return names.pop() if len(names) == 1 else None


def _emit_array(item: TypeSyntax, ctx: Context) -> JsonObject:
    bare = item
    while isinstance(bare, ParenthesizedTypeSyntax):
        bare = bare.base
    if isinstance(bare, ObjectTypeSyntax | TupleTypeSyntax) and is_literal(type_of_syntax(ctx.model, bare)):
        return {"type": "array", "allowedValues": [literal_value(type_of_syntax(ctx.model, bare))]}
    if isinstance(bare, StringSyntax | IntegerLiteral | BooleanLiteral | NegativeTypeSyntax | UnionTypeSyntax):
        members = members_of(type_of_syntax(ctx.model, bare))
        if all(is_literal(member) for member in members):
            return {"type": "array", "allowedValues": [literal_value(member) for member in members]}
        return {"type": "array", "items": _emit_literals(bare, ctx)}
    return {"type": "array", "items": emit_type(item, ctx)}


def _emit_object(node: ObjectTypeSyntax, ctx: Context) -> JsonObject:
    result: JsonObject = {"type": "object", "properties": {entry.name or "": emit_property(entry, ctx) for entry in node.properties}}
    if node.additional is not None:
        result["additionalProperties"] = emit_decorated_type(node.additional.type, node.additional.decorators, ctx)
    return result


def emit_property(entry: TypeProperty, ctx: Context) -> JsonObject:
    """A property of an object type."""
    return emit_decorated_type(entry.type, entry.decorators, ctx)


def _emit_discriminated(node: TypeSyntax, decorator: Decorator, ctx: Context) -> JsonObject:
    if isinstance(node, TypeName | TypeMember | TypeAdditional | TypeElement | TypeItems):
        return emit_type(node, ctx)
    whole = resolve(decorated_type(ctx.model, node, (decorator,)))
    found = next((member for member in members_of(whole) if isinstance(member, DiscriminatedType)), None)
    if found is None:
        raise UnsupportedError(node, "The members of this union cannot be told apart by that property.")
    result: JsonObject = {"type": "object", "discriminator": {"propertyName": found.discriminator, "mapping": _emit_mapping(node, found, ctx)}}
    if is_optional(ctx.model, node):
        result["nullable"] = True
    elif isinstance(node, NonNullTypeSyntax):
        result["nullable"] = False
    return result


def _emit_mapping(node: TypeSyntax, found: DiscriminatedType, ctx: Context) -> JsonObject:
    """Each member of the union under the text that its discriminating property has."""
    mapping: JsonObject = {}
    for member in _flat_members(node):
        type_ = resolve(type_of_syntax(ctx.model, member))
        if isinstance(type_, DiscriminatedType):
            inner = emit_type(member, ctx)
            symbol = unaliased(ctx.model.symbol_of(member))
            if not isinstance(symbol, TypeSymbol):
                raise UnsupportedError(member, "This member of the union is not supported yet.")
            outer = ctx.in_model(symbol.model)
            mapping.update(_emit_mapping(symbol.declaration.type, type_, outer) if inner else {})
        elif isinstance(type_, ObjectType):
            entry = type_.properties.get(found.discriminator)
            value = resolve(entry.type) if entry else None
            if isinstance(value, StringLiteralType):
                mapping[value.value] = emit_type(member, ctx)
    return mapping


def _flat_members(node: TypeSyntax) -> list[TypeSyntax]:
    match node:
        case UnionTypeSyntax(members=members):
            return [inner for member in members for inner in _flat_members(member)]
        case ParenthesizedTypeSyntax(base=base) | NullableTypeSyntax(base=base) | NonNullTypeSyntax(base=base):
            return _flat_members(base)
        case NullLiteral():
            return []
        case _:
            return [node]


def _emit_inner(node: TypeMember | TypeAdditional | TypeElement | TypeItems | TypeCall, ctx: Context) -> JsonObject:
    if isinstance(node, TypeMember) and isinstance(node.base, TypeName) and isinstance(ctx.model.symbol_of(node.base), NamespaceSymbol):
        return {} if node.name.name == "any" else {"type": node.name.name}
    found = find_type_reference(node, ctx)
    if found is None:
        raise UnsupportedError(node, "A part of this type cannot be named: it is not supported yet.")
    return emit_reference(found)
