"""Types as they are written: what a union may hold (BCP293, BCP294, BCP289), unions told apart by a property (BCP363-365, BCP286), parts that are picked
(BCP388-390, BCP052, BCP053, BCP083), and types that need themselves (BCP298, BCP299)."""

from typing import Any

from orchestrator.compiler.semantics.binder import PRIMITIVES
from orchestrator.compiler.semantics.check_derived_types import check_derived_type
from orchestrator.compiler.semantics.declared_types import type_of_syntax
from orchestrator.compiler.semantics.derived_types import DERIVING
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.semantics.symbols import NamespaceSymbol, TypeSymbol, WildcardSymbol
from orchestrator.compiler.semantics.type_cycles import find_way
from orchestrator.compiler.syntax.children import children
from orchestrator.compiler.syntax.declarations import Declaration, OutputDeclaration, ParameterDeclaration, TypeDeclaration
from orchestrator.compiler.syntax.expressions import Identifier, NullLiteral, StringSyntax
from orchestrator.compiler.syntax.problems import did_you_mean, is_misspelt
from orchestrator.compiler.syntax.types import (
    ArrayTypeSyntax,
    Decorator,
    NonNullTypeSyntax,
    NullableTypeSyntax,
    ObjectTypeSyntax,
    ParenthesizedTypeSyntax,
    TupleItem,
    TypeAdditional,
    TypeCall,
    TypeElement,
    TypeItems,
    TypeMember,
    TypeName,
    TypeProperty,
    UnionTypeSyntax,
)
from orchestrator.compiler.types.values import (
    ARRAY,
    AnyType,
    ArrayType,
    BooleanLiteralType,
    BooleanType,
    DiscriminatedType,
    ErrorType,
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
    type_name,
)

_KINDS: dict[type, str] = {
    **dict.fromkeys((ArrayType, TupleType), "array"),
    **dict.fromkeys((StringType, StringLiteralType), "string"),
    **dict.fromkeys((IntegerType, IntegerLiteralType), "int"),
    **dict.fromkeys((BooleanType, BooleanLiteralType), "bool"),
    NullType: "null",
}
_NO_LITERALS = (StringType, IntegerType, BooleanType, DiscriminatedType)
_REFERENCES = (TypeName, TypeMember, TypeAdditional, TypeElement, TypeItems, TypeCall)
_AROUND = (ParenthesizedTypeSyntax, NullableTypeSyntax)
_DECORATED = (Declaration, TypeProperty, TupleItem)


def check_types(model: SemanticModel, statement: Any) -> None:
    """Check all types that a statement writes."""
    if isinstance(statement, TypeDeclaration):
        _check_cycle(model, statement)
        if isinstance(statement.type, NullLiteral):
            model.problems.error(statement.type, "BCP289", "A type cannot be null alone.", "Write it beside another: string?")
    elif isinstance(statement, ParameterDeclaration | OutputDeclaration) and _is_cyclic(model, statement.type, inside=True):
        model.problems.error(statement.type, "BCP062", "The type that is named here needs itself, so that it cannot be used.")
    _visit(model, statement)


def _visit(model: SemanticModel, node: Any, told_apart: frozenset[Any] = frozenset(), items: frozenset[Any] = frozenset(), parent: Any = None) -> None:
    if isinstance(node, TypeCall):
        check_derived_type(model, node, parent)
    if isinstance(node, _DECORATED):
        discriminator = next((decorator for decorator in node.decorators if decorator.name == "discriminator"), None)
        syntax = getattr(node, "type", None)
        if discriminator is not None and syntax is not None:
            told_apart |= frozenset(unwrapped(syntax))
            _check_discriminator(model, node, discriminator)
    if isinstance(node, UnionTypeSyntax) and node not in told_apart:
        _check_union(model, node, is_item=node in items)
    if isinstance(node, TypeMember | TypeAdditional | TypeElement | TypeItems):
        _check_part(model, node)
    if isinstance(node, ObjectTypeSyntax):
        _refuse_repeated(model, node)
    inner = frozenset(unwrapped(node.item)) if isinstance(node, ArrayTypeSyntax) else items if isinstance(node, _AROUND) else frozenset()
    for child in children(node):
        _visit(model, child, told_apart, inner, node)


def _refuse_repeated(model: SemanticModel, node: ObjectTypeSyntax) -> None:
    """Enter the properties that stood before."""
    seen: set[str] = set()
    for entry in node.properties:
        if entry.name is not None and entry.key is not None and entry.name in seen:
            model.problems.error(entry.key, "BCP025", f"The property '{entry.name}' is declared twice.", "Rename or remove one.")
        seen.add(entry.name or "")


def unwrapped(syntax: Any) -> list[Any]:
    """A type without the parentheses and question marks around it, each on the way."""
    found = [syntax]
    while isinstance(found[-1], ParenthesizedTypeSyntax | NullableTypeSyntax | NonNullTypeSyntax):
        found.append(found[-1].base)
    if isinstance(found[-1], UnionTypeSyntax):
        for member in found[-1].members:
            found[:0] = unwrapped(member)
    return found


def _check_union(model: SemanticModel, node: UnionTypeSyntax, *, is_item: bool) -> None:
    types = [members_of(type_of_syntax(model, member)) for member in node.members]
    wrong = [member for member, found in zip(node.members, types, strict=True) if _is_cyclic(model, member) or not all(_is_literal(part) for part in found)]
    flat = [part for found in types for part in found]
    if not any(isinstance(part, ErrorType | AnyType) for part in flat) and not is_item:
        kinds = {_kind(part) for part in flat} - {"null"}
        if len(kinds) != 1:
            model.problems.error(node, "BCP294", "The members of a union must be of one kind, and not null alone.", "Take the others out.")
            return
    for member in wrong:
        model.problems.error(member, "BCP293", "All members of a union must be literals.", "Objects need @discriminator().")


def _is_literal(type_: Type) -> bool:
    """False for what may be more than one value."""
    found = resolve(type_)
    if isinstance(found, ObjectType):
        return found.additional is None and all(entry.required and _is_literal(entry.type) for entry in found.properties.values())
    if isinstance(found, ArrayType):
        return False
    if isinstance(found, TupleType):
        return all(_is_literal(item) for item in found.items)
    return not isinstance(found, _NO_LITERALS)


def _kind(type_: Type) -> str:
    return _KINDS.get(type(type_), "object")


def _check_discriminator(model: SemanticModel, node: Any, decorator: Decorator) -> None:
    argument = decorator.arguments[0] if decorator.arguments else None
    if not isinstance(argument, StringSyntax) or argument.literal is None:
        return
    union = unwrapped(node.type)[-1]
    if not isinstance(union, UnionTypeSyntax):
        members = members_of(type_of_syntax(model, union))
        if all(isinstance(member, ObjectType) for member in members) or not any(isinstance(member, DiscriminatedType) for member in members):
            model.problems.error(decorator, "BCP363", "@discriminator() needs a union of objects.", "Write at least two objects with | between.")
        elif any(member.discriminator != argument.literal for member in members if isinstance(member, DiscriminatedType)):
            model.problems.error(decorator, "BCP366", "The types in it are told apart by another property.", "Name that one.")
        return
    seen: dict[str, Type] = {}
    for member in union.members:
        _check_alternative(model, member, argument.literal, seen)


def _check_alternative(model: SemanticModel, member: Any, name: str, seen: dict[str, Type]) -> None:
    if _is_cyclic(model, member):
        model.problems.error(member, "BCP286", "Only an object can stand in this union.")
        return
    for found in members_of(type_of_syntax(model, member)):
        if isinstance(found, DiscriminatedType):
            for text, inner in found.members.items():
                seen.setdefault(text.lower(), resolve(inner))
            continue
        if isinstance(found, AnyType | ErrorType):
            continue
        if not isinstance(found, ObjectType):
            model.problems.error(member, "BCP286", "Only an object can stand in this union.")
            continue
        entry = found.properties.get(name)
        value = resolve(entry.type) if entry is not None and entry.required else None
        if not isinstance(value, StringLiteralType):
            model.problems.error(member, "BCP364", f"The property '{name}' must be required and a literal text in each member.")
        elif seen.get(value.value.lower(), found) is not found:
            model.problems.error(member, "BCP365", f"Another member has the same '{name}'.", "Give each its own.")
        else:
            seen[value.value.lower()] = found


def _check_part(model: SemanticModel, node: Any) -> None:
    base_symbol = model.symbol_of(node.base)
    if isinstance(base_symbol, NamespaceSymbol) and isinstance(node, TypeMember):
        _check_namespace(model, base_symbol, node)
    if isinstance(base_symbol, NamespaceSymbol | WildcardSymbol):
        return
    base = resolve(type_of_syntax(model, node.base))
    if isinstance(base, ErrorType | AnyType):
        return
    problems = model.problems
    unknown = isinstance(node, TypeMember) and isinstance(base, ObjectType) and node.name.name not in base.properties
    if not isinstance(node.base, _REFERENCES) and not unknown:
        problems.error(node, "BCP391", "A part can only be picked of a type that has a name.", "Declare the type, and write its name.")
        return
    match node, base:
        case (TypeMember(), ObjectType()) if node.name.name not in base.properties:
            known = list(base.properties)
            code = "BCP052" if not known else "BCP083" if is_misspelt(node.name.name, known) else "BCP053"
            problems.error(node.name, code, f"'{type_name(base)}' has no property '{node.name.name}'.", did_you_mean(node.name.name, known))
        case TypeMember(), _ if not isinstance(base, ObjectType):
            problems.error(node.name, "BCP055", f"'{type_name(base)}' has no properties.")
        case TypeElement(), _ if not isinstance(base, TupleType):
            problems.error(node.written, "BCP388", "Only a tuple has items with a number.", "Write [*] for the items of an array.")
        case TypeItems(), _ if not isinstance(base, ArrayType) or base is ARRAY:
            problems.error(Identifier(node.base.end, node.end, "[*]"), "BCP390", "[*] needs an array of one type of items.")
        case TypeAdditional(), _ if not isinstance(base, ObjectType) or base.additional is None:
            problems.error(Identifier(node.end - 1, node.end, "*"), "BCP389", f"'{type_name(base)}' has no further properties.", "Name a property.")
        case _:
            pass


def _check_namespace(model: SemanticModel, namespace: NamespaceSymbol, node: TypeMember) -> None:
    """The types of a namespace: `sys` has all of them, `az` none."""
    known = [*PRIMITIVES, *DERIVING] if namespace.text == "sys" else []
    if node.name.name and node.name.name not in known:
        code = "BCP052" if not known else "BCP083" if is_misspelt(node.name.name, known) else "BCP053"
        model.problems.error(node.name, code, f"'{namespace.text}' has no type '{node.name.name}'.", did_you_mean(node.name.name, known))


def _is_cyclic(model: SemanticModel, node: Any, *, inside: bool = False) -> bool:
    """True for the name of a type that needs itself: right away, or somewhere `inside`."""
    symbol = model.symbol_of(node) if isinstance(node, TypeName) else None
    return isinstance(symbol, TypeSymbol) and symbol.model is model and find_way(model, symbol, inside=inside) is not None


def _check_cycle(model: SemanticModel, statement: TypeDeclaration) -> None:
    """A type that needs itself can hold no value."""
    symbol = model.types.get(statement.name.name)
    if symbol is None or symbol.declaration is not statement:
        return
    path = find_way(model, symbol, inside=True)
    if path is not None:
        direct = len(path) == 1
        way = " -> ".join(step.text for step in path)
        model.problems.error(statement.name, "BCP298" if direct else "BCP299", f"The type needs itself, by way of {way}.", "Let it be left out somewhere: T?")
