"""The types of operators: what they take (BCP044, BCP045) and give."""

from typing import TYPE_CHECKING

from orchestrator.compiler.semantics.call_results import bounded_integer, value_range
from orchestrator.compiler.semantics.literal_calls import fold_call
from orchestrator.compiler.syntax.expressions import Binary, Unary
from orchestrator.compiler.types.values import (
    BOOLEAN,
    ERROR,
    INTEGER,
    AnyType,
    ArrayType,
    BooleanLiteralType,
    BooleanType,
    ErrorType,
    IntegerLiteralType,
    IntegerType,
    NullType,
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

if TYPE_CHECKING:
    from orchestrator.compiler.semantics.inference import Inference

_OPEN = (AnyType, ErrorType)
_BOOLEANS = (BooleanType, BooleanLiteralType, *_OPEN)
_INTEGERS = (IntegerType, IntegerLiteralType, *_OPEN)
_STRINGS = (StringType, StringLiteralType, *_OPEN)
_ARITHMETIC = frozenset("+-*/%")
_FUNCTIONS: dict[str, tuple[str, bool]] = {
    "+": ("add", False),
    "-": ("sub", False),
    "*": ("mul", False),
    "/": ("div", False),
    "%": ("mod", False),
    "<": ("less", False),
    "<=": ("lessOrEquals", False),
    ">": ("greater", False),
    ">=": ("greaterOrEquals", False),
    "==": ("equals", False),
    "!=": ("equals", True),
    "=~": ("equals", False),
    "!~": ("equals", True),
    "&&": ("", False),
    "||": ("", False),
}
"""The template function of an operator, and whether its answer is turned round."""


def is_boolean(type_: Type) -> bool:
    """True where a value may be a bool and nothing else."""
    return all(isinstance(member, _BOOLEANS) for member in members_of(type_))


def is_array(type_: Type) -> bool:
    """True where a value may be an array."""
    return all(isinstance(member, (ArrayType, TupleType, NullType, *_OPEN)) for member in members_of(type_))


def _all(type_: Type, kinds: tuple[type, ...]) -> bool:
    return all(isinstance(member, (*kinds, NullType)) for member in members_of(type_))


def type_of_unary(self: "Inference", node: Unary) -> Type:
    """`!` takes a bool, `-` an int."""
    operand = self.type_of(node.operand)
    if isinstance(resolve(operand), ErrorType):
        return ERROR
    wanted = _INTEGERS if node.operator == "-" else _BOOLEANS
    if not _all(operand, wanted) or isinstance(resolve(operand), NullType):
        self.model.problems.error(node, "BCP044", f"'{node.operator}' cannot be applied to a value of type {type_name(operand)}.")
        return ERROR
    found = resolve(operand)
    if node.operator == "!":
        return BooleanLiteralType(not found.value) if isinstance(found, BooleanLiteralType) else BOOLEAN
    low, high = value_range(found)
    return bounded_integer(-high if high is not None else None, -low if low is not None else None)


def type_of_binary(self: "Inference", node: Binary) -> Type:
    """Arithmetic takes ints, comparison two of one kind, logic bools."""
    left, right = self.type_of(node.left), self.type_of(node.right)
    if isinstance(resolve(left), ErrorType) or isinstance(resolve(right), ErrorType):
        return ERROR
    operator = node.operator
    if operator == "??":
        return _type_of_coalesced(left, right)
    if operator not in ("==", "!=") and not _fits(operator, left, right):
        remedy = "Join texts by interpolation: '${a}${b}'." if operator == "+" else None
        message = f"'{operator}' cannot be applied to values of types {type_name(left)} and {type_name(right)}."
        self.model.problems.error(node, "BCP045", message, remedy)
        return ERROR
    if operator == "%" and resolve(right) == IntegerLiteralType(0):
        self.model.problems.error(node, "BCP410", "Nothing can be divided by zero.")
    return _fold(self, node, left, right) or _closer(operator, left, right)


def _type_of_coalesced(left: Type, right: Type) -> Type:
    found = resolve(left)
    if isinstance(found, NullType):
        return right
    return left if isinstance(found, AnyType) or not is_nullable(found) else make_union((without_null(found), right))


def _fold(self: "Inference", node: Binary, left: Type, right: Type) -> Type | None:
    """The value of an operation on what is written out."""
    name, inverted = _FUNCTIONS[node.operator]
    types = [left, right]
    if node.operator in ("=~", "!~"):
        types = [StringLiteralType(type_.value.lower()) if isinstance(type_, StringLiteralType) else type_ for type_ in map(resolve, types)]
    known = fold_call(self.model, node, name, types) if name else _fold_logic(node.operator, resolve(left), resolve(right))
    return BooleanLiteralType(not known.value) if inverted and isinstance(known, BooleanLiteralType) else known


def _fold_logic(operator: str, left: Type, right: Type) -> Type | None:
    """One side may say it all."""
    deciding = BooleanLiteralType(operator == "||")
    if deciding in (left, right):
        return deciding
    return BooleanLiteralType(not deciding.value) if isinstance(left, BooleanLiteralType) and isinstance(right, BooleanLiteralType) else None


def _closer(operator: str, left: Type, right: Type) -> Type:
    """An int within bounds, where those of both sides say so."""
    if operator not in _ARITHMETIC:
        return BOOLEAN
    (low, high), (least, most) = value_range(left), value_range(right)
    if operator == "-":
        operator, least, most = "+", -most if most is not None else None, -least if least is not None else None
    if operator == "+":
        return IntegerType(low + least if low is not None and least is not None else None, high + most if high is not None and most is not None else None)
    if operator == "%" and least is not None and least == most:
        size = abs(least) - 1
        return IntegerType(0 if low is not None and low >= 0 else -size, size)
    return INTEGER


def _fits(operator: str, left: Type, right: Type) -> bool:
    if isinstance(resolve(left), NullType) or isinstance(resolve(right), NullType):
        return False
    if operator in _ARITHMETIC:
        return _all(left, _INTEGERS) and _all(right, _INTEGERS)
    if operator in ("&&", "||"):
        return _all(left, _BOOLEANS) and _all(right, _BOOLEANS)
    strings = _all(left, _STRINGS) and _all(right, _STRINGS)
    if operator in ("=~", "!~"):
        return strings
    return strings or (_all(left, _INTEGERS) and _all(right, _INTEGERS))
