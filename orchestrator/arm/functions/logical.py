"""Logic, comparison and the functions that leave arguments unevaluated: `if`, `and`, `or`, `coalesce`."""

from collections.abc import Callable

from orchestrator.arm.expressions import Call, Expression
from orchestrator.arm.functions.collation import compare_texts
from orchestrator.arm.functions.signature import Context, Function, Style
from orchestrator.arm.functions.values import Unknown, Value, contains_unknown, invalid, invalid_argument, same, to_expression


def if_(context: Context, call: Call) -> Value:
    """Only the branch that is taken is evaluated; where the condition is unknown both stay as they are written."""
    condition = context.evaluate(call.arguments[0])
    if isinstance(condition, Unknown):
        return Unknown(Call(call.name, (condition.expression, *(context.unevaluated(argument) for argument in call.arguments[1:]))))
    if not isinstance(condition, bool):
        raise invalid_argument("if", "the first argument must be of type 'Boolean'")
    return context.evaluate_branch(call.arguments[1 if condition else 2])


def _connective(name: str, decisive: bool) -> Callable[[Context, Call], Value]:
    def implementation(context: Context, call: Call) -> Value:
        before: list[Expression] = []
        for number, argument in enumerate(call.arguments):
            value = context.evaluate(argument)
            if isinstance(value, Unknown):
                return Unknown(Call(call.name, (*before, value.expression, *(context.unevaluated(later) for later in call.arguments[number + 1 :]))))
            if not isinstance(value, bool):
                raise invalid_argument(name, "all arguments must be of type 'Boolean'")
            if value is decisive:
                return value
            before.append(to_expression(value))
        return not decisive

    return implementation


def coalesce(context: Context, call: Call) -> Value:
    """The first argument that is not null; those behind it are not evaluated."""
    before: list[Expression] = []
    for number, argument in enumerate(call.arguments):
        value = context.evaluate_branch(argument)
        if isinstance(value, Unknown):
            return Unknown(Call(call.name, (*before, value.expression, *(context.unevaluated(later) for later in call.arguments[number + 1 :]))))
        if value is not None:
            return value
        before.append(Call("null"))
    return None


def not_(value: Value) -> bool:
    """The opposite."""
    if not isinstance(value, bool):
        raise invalid_argument("not", "the argument must be of type 'Boolean'")
    return not value


def equals(left: Value, right: Value) -> bool:
    """Equality of JSON; texts with regard to case."""
    return same(left, right)


def _comparison(name: str, holds: Callable[[int], bool]) -> Callable[[Value, Value], bool]:
    def implementation(left: Value, right: Value) -> bool:
        if isinstance(left, str) and isinstance(right, str):
            return holds(compare_texts(left, right))
        if not all(isinstance(value, int | float) and not isinstance(value, bool) for value in (left, right)):
            raise invalid(f"The provided arguments for template language function '{name}' is not valid: all function arguments should be of numeric types.")
        return holds((left > right) - (left < right))

    return implementation


def fail(message: Value) -> Value:
    """Stops with the template author's message."""
    if contains_unknown(message) or not isinstance(message, str):
        raise invalid_argument("fail", "the argument must be of type 'String'")
    raise invalid(message)


FUNCTIONS = {
    "if": Function(if_, 3, 3, Style.SYNTAX),
    "and": Function(_connective("and", decisive=False), 2, None, Style.SYNTAX),
    "or": Function(_connective("or", decisive=True), 2, None, Style.SYNTAX),
    "coalesce": Function(coalesce, 0, None, Style.SYNTAX),
    "not": Function(not_, 1, 1),
    "equals": Function(equals, 2, 2, Style.PARTIAL),
    "less": Function(_comparison("less", lambda order: order < 0), 2, 2, Style.PARTIAL),
    "lessOrEquals": Function(_comparison("lessOrEquals", lambda order: order <= 0), 2, 2, Style.PARTIAL),
    "greater": Function(_comparison("greater", lambda order: order > 0), 2, 2, Style.PARTIAL),
    "greaterOrEquals": Function(_comparison("greaterOrEquals", lambda order: order >= 0), 2, 2, Style.PARTIAL),
    "true": Function(lambda: True, 0, 0),
    "false": Function(lambda: False, 0, 0),
    "null": Function(lambda: None, 0, 0),
    "fail": Function(fail, 1, 1),
}
