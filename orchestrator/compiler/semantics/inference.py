"""What type an expression has. Problems found on the way are entered once, since every answer is remembered."""

from collections.abc import Callable
from typing import Any

from orchestrator.compiler.semantics import operators
from orchestrator.compiler.semantics.assignability import is_assignable
from orchestrator.compiler.semantics.call_results import length_of, range_of_text
from orchestrator.compiler.semantics.call_types import type_of_call, type_of_instance_call
from orchestrator.compiler.semantics.declared_types import type_of_parameter, type_of_syntax
from orchestrator.compiler.semantics.member_types import type_of_index, type_of_property
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.semantics.symbols import (
    AssignmentSymbol,
    LocalSymbol,
    MisplacedFunction,
    ModuleSymbol,
    NamespaceSymbol,
    ParameterSymbol,
    ResourceSymbol,
    Symbol,
    TestSymbol,
    VariableSymbol,
    WildcardSymbol,
    unaliased,
)
from orchestrator.compiler.syntax.expressions import (
    ArrayAccess,
    ArrayLiteral,
    Binary,
    BooleanLiteral,
    For,
    FunctionCall,
    If,
    InstanceCall,
    IntegerLiteral,
    Lambda,
    NonNull,
    NullLiteral,
    ObjectLiteral,
    Parenthesized,
    PropertyAccess,
    ResourceAccess,
    Skipped,
    Spread,
    StringSyntax,
    Ternary,
    Unary,
    VariableAccess,
)
from orchestrator.compiler.types.values import (
    ANY,
    ARRAY,
    ERROR,
    NULL,
    OBJECT,
    ArrayType,
    BooleanLiteralType,
    ErrorType,
    IntegerLiteralType,
    IntegerType,
    LambdaType,
    ModuleType,
    NamespaceType,
    NullType,
    ObjectType,
    Property,
    ResourceType,
    StringLiteralType,
    StringType,
    TupleType,
    Type,
    make_union,
    resolve,
    type_name,
    without_null,
)

_MOST_ITEMS = 800


class Inference:
    """Types of one file's expressions."""

    def __init__(self, model: SemanticModel) -> None:
        self.model = model

    def type_of(self, node: Any) -> Type:
        """The type of an expression; ERROR where a problem was entered."""
        known = self.model.expression_types
        if node not in known:
            known[node] = ERROR
            known[node] = _HANDLERS[type(node)](self, node)
        return known[node]

    def is_error(self, node: Any) -> bool:
        """True where an expression has no type."""
        return isinstance(resolve(self.type_of(node)), ErrorType)

    def _string(self, node: StringSyntax) -> Type:
        if not node.expressions:
            return StringLiteralType(node.segments[0])
        types = [resolve(self.type_of(part)) for part in node.expressions]
        if any(isinstance(type_, ErrorType) for type_ in types):
            return ERROR
        texts = [str(type_.value) for type_ in types if isinstance(type_, StringLiteralType | IntegerLiteralType | BooleanLiteralType)]
        if len(texts) == len(types):
            return StringLiteralType("".join(part for pair in zip(node.segments, [*texts, ""], strict=True) for part in pair))
        written = sum(map(len, node.segments))
        ranges = [range_of_text(type_) for type_ in types]
        most = [high for _, high in ranges]
        return StringType(written + sum(low or 0 for low, _ in ranges) or None, written + sum(high or 0 for high in most) if None not in most else None)

    def _array(self, node: ArrayLiteral) -> Type:
        types = [self.type_of(item.expression if isinstance(item, Spread) else item) for item in node.items]
        refused = [self._refuse_spread(item, ARRAY) for item in node.items if isinstance(item, Spread)]
        if any(refused) or any(isinstance(resolve(type_), ErrorType) for type_ in types):
            return ERROR
        if any(isinstance(item, Spread) for item in node.items):
            return ArrayType(ANY)
        return TupleType(tuple(types))

    def _refuse_spread(self, node: Spread, wanted: Type) -> bool:
        """Enter a spread of what is no object in an object, or no array in an array; True where there is one."""
        given = without_null(self.type_of(node.expression))
        if isinstance(resolve(given), NullType) or is_assignable(given, wanted):
            return False
        self.model.problems.error(node, "BCP402", f"Here only a value of type {type_name(wanted)} can be spread.")
        return True

    def _object(self, node: ObjectLiteral) -> Type:
        properties: dict[str, Property] = {}
        broken, opened = False, False
        for member in node.members:
            if isinstance(member, Spread):
                broken |= self.is_error(member.expression) or self._refuse_spread(member, OBJECT)
                opened = True
                continue
            name = member.name
            if isinstance(member.key, StringSyntax) and name is None:
                broken |= self.is_error(member.key)
                opened = True
            type_ = self.type_of(member.value)
            broken |= isinstance(resolve(type_), ErrorType)
            if name is not None:
                properties[name] = Property(type_)
        broken |= self._note_duplicates(node)
        return ERROR if broken else ObjectType(properties, ANY if opened else None, sealed=not opened)

    def _note_duplicates(self, node: ObjectLiteral) -> bool:
        """Enter the properties that stand twice: each of them."""
        names = [member.name for member in node.properties if member.name is not None]
        if len(set(names)) == len(names):
            return False
        for member in node.properties:
            if names.count(member.name or "") > 1:
                self.model.problems.error(member.key, "BCP025", f"The property '{member.name}' stands twice in this object.", "Remove one of them.")
        return True

    def _ternary(self, node: Ternary) -> Type:
        condition = self.type_of(node.condition)
        branches = (self.type_of(node.when_true), self.type_of(node.when_false))
        if any(isinstance(resolve(type_), ErrorType) for type_ in (condition, *branches)):
            return ERROR
        if not operators.is_boolean(condition):
            self.model.problems.error(node.condition, "BCP046", "A condition must be a bool.")
            return ERROR
        known = resolve(condition)
        if isinstance(known, BooleanLiteralType):
            return branches[0] if known.value else branches[1]
        return make_union(branches)

    def _name(self, node: VariableAccess | ResourceAccess) -> Type:
        bound = self.model.symbol_of(node)
        if isinstance(node, ResourceAccess):
            base = resolve(self.type_of(node.base))
            if bound is None and not isinstance(base, ErrorType) and not isinstance(self.model.symbol_of(node.base), ResourceSymbol):
                self.model.problems.error(node.name, "BCP158", f"A value of type {type_name(base)} has no nested resources.", "Name a resource before '::'.")
        symbol = unaliased(bound)
        if symbol is None:
            return ANY if isinstance(bound, Symbol) else ERROR
        match symbol:
            case NamespaceSymbol() | WildcardSymbol():
                return NamespaceType(symbol)
            case LocalSymbol():
                type_ = self._local(symbol)
                if symbol.kind == "parameter" and isinstance(resolve(type_), ErrorType):
                    self.model.problems.error(node, "BCP062", f"The declaration of '{symbol.text}' is wrong, so that it cannot be used here.")
                return type_
            case MisplacedFunction():
                return ERROR
            case _:
                pass
        type_ = self.type_of_symbol(symbol)
        if isinstance(resolve(type_), ErrorType) and symbol.model is self.model and not self._in_own_cycle(node, symbol):
            self.model.problems.error(node, "BCP062", f"The declaration of '{symbol.text}' is wrong, so that it cannot be used here.")
        return type_

    def _in_own_cycle(self, node: Any, symbol: Symbol) -> bool:
        """True where the cycle itself was reported at this very use."""
        if symbol not in self.model.cyclic:
            return False
        return any(used is node and owner in self.model.cyclic for owner, uses in self.model.references.items() for _, used in uses)

    def type_of_symbol(self, symbol: Symbol) -> Type:
        """The type of a declaration."""
        if symbol in symbol.model.cyclic:
            return ERROR
        match symbol:
            case ParameterSymbol():
                return type_of_parameter(symbol)
            case AssignmentSymbol():
                return Inference(symbol.model).type_of(symbol.declaration.value)
            case VariableSymbol():
                if symbol.declaration.type is not None:
                    return type_of_syntax(symbol.model, symbol.declaration.type)
                return Inference(symbol.model).type_of(symbol.declaration.value)
            case ModuleSymbol():
                inner: Type = ModuleType(symbol) if symbol.is_usable else ERROR
                return ArrayType(inner) if symbol.loop is not None and symbol.is_usable else inner
            case ResourceSymbol():
                one = ResourceType(symbol) if symbol.type is not None else ERROR
                return ArrayType(one) if symbol.loop is not None and symbol.type is not None else one
            case TestSymbol(target=None):
                return ERROR
            case _:
                return ANY

    def _local(self, symbol: LocalSymbol) -> Type:
        if symbol.kind == "index":
            return self._index(symbol.owner)
        if symbol.kind == "parameter":
            return type_of_syntax(self.model, symbol.declaration.type)
        if isinstance(symbol.owner, For):
            return item_type(self.type_of(symbol.owner.expression))
        return self.model.declared_types.get(symbol.declaration, ANY)

    def _index(self, owner: Any) -> Type:
        """A loop's index: below the number of items, and of what a loop may make."""
        most = length_of(self.type_of(owner.expression))[1] if isinstance(owner, For) else None
        return IntegerType(0, max(most - 1, 0) if most is not None else _MOST_ITEMS)

    def _for(self, node: For) -> Type:
        expression = self.type_of(node.expression)
        if not operators.is_array(expression):
            self.model.problems.error(node.expression, "BCP137", "A loop needs an array to run over.")
            expression = ERROR
        body = self.type_of(node.body)
        return ERROR if isinstance(resolve(expression), ErrorType) or isinstance(resolve(body), ErrorType) else ArrayType(body)

    def _if(self, node: If) -> Type:
        condition = self.type_of(node.condition)
        if not operators.is_boolean(condition):
            self.model.problems.error(node.condition, "BCP046", "A condition must be a bool.")
        return self.type_of(node.body)

    def _lambda(self, node: Lambda) -> Type:
        return ERROR if self.is_error(node.body) else LambdaType()


def item_type(type_: Type) -> Type:
    """The type of an array's items."""
    found = resolve(type_)
    match found:
        case ArrayType(item):
            return item
        case TupleType(items):
            return make_union(tuple(items)) if items else ANY
        case ErrorType():
            return ERROR
        case _:
            return ANY


_HANDLERS: dict[type, Callable[[Inference, Any], Type]] = {
    BooleanLiteral: lambda _, node: BooleanLiteralType(node.value),
    IntegerLiteral: lambda _, node: IntegerLiteralType(node.value),
    NullLiteral: lambda _self, _node: NULL,
    StringSyntax: Inference._string,
    ArrayLiteral: Inference._array,
    ObjectLiteral: Inference._object,
    Unary: operators.type_of_unary,
    Binary: operators.type_of_binary,
    Ternary: Inference._ternary,
    PropertyAccess: type_of_property,
    ArrayAccess: type_of_index,
    ResourceAccess: Inference._name,
    VariableAccess: Inference._name,
    NonNull: lambda self, node: without_null(self.type_of(node.base)),
    FunctionCall: type_of_call,
    InstanceCall: type_of_instance_call,
    Lambda: Inference._lambda,
    For: Inference._for,
    If: Inference._if,
    Parenthesized: lambda self, node: self.type_of(node.expression),
    Skipped: lambda _self, _node: ERROR,
}
