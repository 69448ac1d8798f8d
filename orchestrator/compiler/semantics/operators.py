"""The types of operators: what they take (BCP044, BCP045) and give."""

from typing import TYPE_CHECKING

from orchestrator.compiler.syntax.expressions import Binary, IntegerLiteral, Unary
from orchestrator.compiler.types.values import (
    ANY,
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
    if node.operator == "-" and isinstance(node.operand, IntegerLiteral):
        return IntegerLiteralType(-node.operand.value)
    return INTEGER if node.operator == "-" else BOOLEAN


def type_of_binary(self: "Inference", node: Binary) -> Type:
    """Arithmetic takes ints, comparison two of one kind, logic bools."""
    left, right = self.type_of(node.left), self.type_of(node.right)
    if isinstance(resolve(left), ErrorType) or isinstance(resolve(right), ErrorType):
        return ERROR
    operator = node.operator
    if operator == "??":
        return ANY if isinstance(resolve(left), AnyType) else make_union((without_null(left), right))
    if operator in ("==", "!="):
        return BOOLEAN
    if not _fits(operator, left, right):
        remedy = "Join texts by interpolation: '${a}${b}'." if operator == "+" else None
        message = f"'{operator}' cannot be applied to values of types {type_name(left)} and {type_name(right)}."
        self.model.problems.error(node, "BCP045", message, remedy)
        return ERROR
    return INTEGER if operator in _ARITHMETIC else BOOLEAN


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
