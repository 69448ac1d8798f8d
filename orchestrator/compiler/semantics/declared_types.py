"""Types as they are written, and what each symbol is declared to be."""

from typing import Any

from orchestrator.compiler.semantics.assignability import is_assignable
from orchestrator.compiler.semantics.derived_types import find_derived_root
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.semantics.resource_bodies import find_derived_type
from orchestrator.compiler.semantics.symbols import FunctionSymbol, NamespaceSymbol, OutputSymbol, ParameterSymbol, TypeSymbol, WildcardSymbol, unaliased
from orchestrator.compiler.syntax.expressions import (
    ArrayLiteral,
    BooleanLiteral,
    Expression,
    IntegerLiteral,
    NullLiteral,
    StringSyntax,
    Unary,
)
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
from orchestrator.compiler.types.constraints import constrained, loosened, made_lenient
from orchestrator.compiler.types.values import (
    ANY,
    ARRAY,
    BOOLEAN,
    ERROR,
    INTEGER,
    NULL,
    OBJECT,
    STRING,
    AnyType,
    ArrayType,
    BooleanLiteralType,
    Deferred,
    DiscriminatedType,
    IntegerLiteralType,
    ObjectType,
    Property,
    StringLiteralType,
    TupleType,
    Type,
    is_nullable,
    make_union,
    members_of,
    resolve,
    without_null,
)

_PRIMITIVES: dict[str, Type] = {"string": STRING, "int": INTEGER, "bool": BOOLEAN, "array": ARRAY, "object": OBJECT, "any": ANY}
_ORDERED = (("minLength", "maxLength"), ("minValue", "maxValue"))
BOUNDS = ("minLength", "maxLength", "minValue", "maxValue")


def type_of_syntax(model: SemanticModel, node: TypeSyntax) -> Type:
    """The type that is written there."""
    found = model.declared_types.get(node)
    if found is None:
        found = model.declared_types[node] = _read(model, node)
    return found


def decorated_type(model: SemanticModel, node: TypeSyntax, decorators: tuple[Decorator, ...]) -> Type:
    """A type narrowed by the decorators beside it."""
    names = {decorator.name: decorator for decorator in decorators}
    discriminator = names.get("discriminator")
    base = _discriminated(model, node, discriminator) if discriminator else type_of_syntax(model, node)
    bounds = {name: value for name in BOUNDS if name in names for value in (integer_argument(names[name]),) if value is not None}
    if any(bounds[low] > bounds[high] for low, high in _ORDERED if low in bounds and high in bounds) and not is_nullable(base):
        return ERROR
    return constrained(base, bounds, secure="secure" in names, sealed="sealed" in names)


def integer_argument(decorator: Decorator) -> int | None:
    """The whole number that a decorator is given; None where it is given something else."""
    argument = decorator.arguments[0] if decorator.arguments else None
    match argument:
        case IntegerLiteral(value=value):
            return value
        case Unary(operator="-", operand=IntegerLiteral(value=value)):
            return -value
        case _:
            return None


def type_of_declared(symbol: TypeSymbol) -> Type:
    """The type that a `type` declares."""
    model, node = symbol.model, symbol.declaration
    key = (node, "declared")
    if key not in model.declared_types:
        model.declared_types[key] = Deferred(symbol.text, lambda: decorated_type(model, node.type, node.decorators))
    return model.declared_types[key]


def type_of_parameter(symbol: ParameterSymbol) -> Type:
    """The declared type of a parameter."""
    declaration = symbol.declaration
    base = decorated_type(symbol.model, declaration.type, declaration.decorators)
    allowed = declaration.decorator("allowed")
    if allowed is None or not allowed.arguments:
        return loosened(base)
    literals = (
        tuple(literal_type(item) for item in allowed.arguments[0].items if not _is_spread(item)) if isinstance(allowed.arguments[0], ArrayLiteral) else ()
    )
    known = tuple(literal for literal in literals if literal is not None)
    bare = resolve(without_null(base))
    if not known or isinstance(bare, AnyType) or not all(is_assignable(literal, base) for literal in known if not isinstance(bare, ArrayType)):
        return loosened(base)
    return ArrayType(make_union(known)) if isinstance(bare, ArrayType) else make_union(known)


def type_of_output(symbol: OutputSymbol) -> Type:
    """The declared type of an output."""
    return decorated_type(symbol.model, symbol.declaration.type, symbol.declaration.decorators)


def type_of_result(symbol: FunctionSymbol) -> Type:
    """What a function of the user gives."""
    return type_of_syntax(symbol.model, symbol.declaration.value.result)


def literal_type(node: Expression | Any) -> Type | None:
    """The type of a literal; None for anything else."""
    match node:
        case StringSyntax() if node.literal is not None:
            return StringLiteralType(node.literal)
        case IntegerLiteral(value=value):
            return IntegerLiteralType(value)
        case Unary(operator="-", operand=IntegerLiteral(value=value)):
            return IntegerLiteralType(-value)
        case BooleanLiteral(value=value):
            return BooleanLiteralType(value)
        case NullLiteral():
            return NULL
        case _:
            return None


def _is_spread(item: Any) -> bool:
    return type(item).__name__ == "Spread"


def _read(model: SemanticModel, node: TypeSyntax) -> Type:
    match node:
        case StringSyntax() | IntegerLiteral() | BooleanLiteral() | NullLiteral():
            return literal_type(node) or STRING
        case TypeName():
            return _named(model, node)
        case ArrayTypeSyntax(item=item):
            return ArrayType(type_of_syntax(model, item))
        case NullableTypeSyntax(base=base):
            return make_union((type_of_syntax(model, base), NULL))
        case NonNullTypeSyntax(base=base):
            return without_null(type_of_syntax(model, base))
        case ObjectTypeSyntax():
            return _object(model, node)
        case TupleTypeSyntax(items=items):
            return TupleType(tuple(decorated_type(model, item.type, item.decorators) for item in items))
        case UnionTypeSyntax(members=members):
            return make_union(tuple(type_of_syntax(model, member) for member in members))
        case _:
            return _read_part(model, node)


def _read_part(model: SemanticModel, node: TypeSyntax) -> Type:
    match node:
        case ParenthesizedTypeSyntax(base=base):
            return type_of_syntax(model, base)
        case NegativeTypeSyntax(operator=operator, operand=operand):
            return _negated(operator, resolve(type_of_syntax(model, operand)))
        case TypeMember() | TypeAdditional() | TypeElement() | TypeItems():
            found = _inner(model, node)
            return made_lenient(found) if is_derived(node) else found
        case TypeCall():
            root = find_derived_root(node)
            return find_derived_type(root.root, output=root.variant == "resourceOutput") if root is not None and root.shape is not None else ANY
        case _:
            return ANY


def is_derived(node: TypeSyntax) -> bool:
    """True for a resource's type, or a part that is picked of one."""
    while isinstance(node, TypeMember | TypeAdditional | TypeElement | TypeItems):
        node = node.base
    return isinstance(node, TypeCall)


def _named(model: SemanticModel, node: TypeName) -> Type:
    symbol = unaliased(model.symbol_of(node))
    if isinstance(symbol, TypeSymbol):
        return type_of_declared(symbol)
    return _PRIMITIVES.get(node.name, ERROR) if symbol is None else ERROR


def _negated(operator: str, operand: Type) -> Type:
    if isinstance(operand, IntegerLiteralType) and operator == "-":
        return IntegerLiteralType(-operand.value)
    if isinstance(operand, BooleanLiteralType) and operator == "!":
        return BooleanLiteralType(not operand.value)
    return ERROR


def _object(model: SemanticModel, node: ObjectTypeSyntax) -> Type:
    properties = {entry.name: _property(model, entry) for entry in node.properties if entry.name is not None}
    additional = decorated_type(model, node.additional.type, node.additional.decorators) if node.additional else None
    return ObjectType(properties, additional)


def _property(model: SemanticModel, entry: TypeProperty) -> Property:
    type_ = decorated_type(model, entry.type, entry.decorators)
    return Property(type_, not is_optional(model, entry.type))


def is_optional(model: SemanticModel, node: TypeSyntax) -> bool:
    """True where a value may be left out: the written type allows `null`. Declared types are looked through, but not their properties."""
    match node:
        case NullableTypeSyntax() | NullLiteral():
            return True
        case UnionTypeSyntax(members=members):
            return any(is_optional(model, member) for member in members)
        case ParenthesizedTypeSyntax(base=base):
            return is_optional(model, base)
        case TypeName():
            symbol = unaliased(model.symbol_of(node))
            return isinstance(symbol, TypeSymbol) and is_optional(symbol.model, symbol.declaration.type)
        case TypeMember() | TypeAdditional() | TypeElement() | TypeItems():
            return is_nullable(type_of_syntax(model, node))
        case _:
            return False


def _inner(model: SemanticModel, node: TypeMember | TypeAdditional | TypeElement | TypeItems) -> Type:
    if isinstance(node, TypeMember) and isinstance(node.base, TypeName):
        symbol = model.symbol_of(node.base)
        if isinstance(symbol, NamespaceSymbol):
            return _PRIMITIVES.get(node.name.name, ERROR)
        if isinstance(symbol, WildcardSymbol):
            exported = symbol.target.exports.get(node.name.name) if symbol.target else None
            return type_of_declared(exported) if isinstance(exported, TypeSymbol) else ERROR
    base = resolve(type_of_syntax(model, node.base))
    if isinstance(base, AnyType):
        return ANY
    match node, base:
        case TypeMember(), ObjectType():
            found = base.properties.get(node.name.name)
            return found.type if found else ERROR
        case TypeMember(), DiscriminatedType():
            return ANY if is_derived(node) else base.members.get(node.name.name, ERROR)
        case TypeAdditional(), ObjectType():
            return base.additional or ERROR
        case TypeElement(), TupleType():
            return base.items[node.index] if node.index is not None and node.index < len(base.items) else ERROR
        case TypeItems(), ArrayType():
            return base.item
        case _:
            return ERROR


def _discriminated(model: SemanticModel, node: TypeSyntax, decorator: Decorator) -> Type:
    argument = decorator.arguments[0] if decorator.arguments else None
    name = argument.literal if isinstance(argument, StringSyntax) else None
    whole = type_of_syntax(model, node)
    members: dict[str, Type] = {}
    for member in members_of(without_null(whole)):
        if isinstance(member, DiscriminatedType):
            members.update(member.members)
            continue
        entry = member.properties.get(name or "") if isinstance(member, ObjectType) else None
        value = resolve(entry.type) if entry else None
        if not isinstance(value, StringLiteralType):
            return whole
        members[value.value] = member
    found = DiscriminatedType(name or "", members)
    return make_union((found, NULL)) if is_nullable(whole) else found
