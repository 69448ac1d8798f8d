"""Arithmetic on whole numbers of 64 bits."""

from collections.abc import Callable, Sequence

from orchestrator.arm.expressions import Call
from orchestrator.arm.functions.signature import Function, Style
from orchestrator.arm.functions.strings import get_integer
from orchestrator.arm.functions.values import Stay, Value, contains_unknown, invalid, invalid_argument, to_expression

_LIMIT = 1 << 63
_RANGE_LIMIT = 10_000


def _checked(function: str, value: int) -> int:
    if not -_LIMIT <= value < _LIMIT:
        raise invalid(f"The template language function '{function}' overflows: the result does not fit into 64 bits.")
    return value


def add(left: Value, right: Value) -> int:
    """Sum."""
    return _checked("add", get_integer("add", left) + get_integer("add", right))


def sub(left: Value, right: Value) -> int:
    """Difference."""
    return _checked("sub", get_integer("sub", left) - get_integer("sub", right))


def mul(left: Value, right: Value) -> int:
    """Product."""
    return _checked("mul", get_integer("mul", left) * get_integer("mul", right))


def div(left: Value, right: Value) -> int:
    """Quotient, truncated towards zero."""
    dividend, divisor = get_integer("div", left), get_integer("div", right)
    if divisor == 0:
        raise invalid("The template language function 'div' attempted to divide by zero.")
    quotient = abs(dividend) // abs(divisor)
    return _checked("div", quotient if (dividend < 0) == (divisor < 0) else -quotient)


def mod(left: Value, right: Value) -> int:
    """Remainder, with the dividend's sign."""
    return get_integer("mod", left) - div(left, right) * get_integer("mod", right)


def range_of(start: Value, count: Value) -> list[int]:
    """Whole numbers in a row."""
    first, length = get_integer("range", start), get_integer("range", count)
    if not 0 <= length <= _RANGE_LIMIT or first + length - 1 > 0x7FFFFFFF:
        raise invalid_argument("range", f"the count must be between 0 and {_RANGE_LIMIT}, and the sum with the start at most 2147483647")
    return list(range(first, first + length))


def _extreme(name: str, choose: Callable[[Sequence[int]], int]) -> Callable[..., Value]:
    def implementation(*arguments: Value) -> Value:
        numbers = arguments[0] if len(arguments) == 1 and isinstance(arguments[0], list) else list(arguments)
        if contains_unknown(numbers):
            raise Stay(Call(name, tuple(to_expression(number) for number in numbers)))
        if not numbers or not all(isinstance(number, int | float) and not isinstance(number, bool) for number in numbers):
            raise invalid(f"The provided arguments for template language function '{name}' is not valid: all function arguments should be of numeric types.")
        for number in numbers:
            _checked(name, int(number))
        return choose(numbers)

    return implementation


FUNCTIONS = {
    "add": Function(add, 2, 2),
    "sub": Function(sub, 2, 2),
    "mul": Function(mul, 2, 2),
    "div": Function(div, 2, 2),
    "mod": Function(mod, 2, 2),
    "range": Function(range_of, 2, 2),
    "min": Function(_extreme("min", min), 1, None, Style.PARTIAL),
    "max": Function(_extreme("max", max), 1, None, Style.PARTIAL),
}
