"""Functions that take a lambda: `lambda('x', body)`, whose variables are `lambdaVariables('x')`."""

from collections.abc import Callable
from functools import cmp_to_key

from orchestrator.arm.expressions import Call, Expression, String
from orchestrator.arm.functions.signature import Context, Function, Style
from orchestrator.arm.functions.values import ExpressionKey, Stay, Unknown, Value, find_key, invalid, invalid_argument, is_call, kind_of, to_expression

Lambda = Callable[..., Value]


def _get_lambda(context: Context, name: str, expression: Expression, counts: tuple[int, ...]) -> tuple[Lambda, int]:
    """A lambda as a Python function, and how many variables it takes."""
    if not (isinstance(expression, Call) and is_call(expression, "lambda")) or not expression.arguments:
        raise invalid_argument(name, "the argument must be a lambda")
    names = [argument.value for argument in expression.arguments[:-1] if isinstance(argument, String)]
    if len(names) != len(expression.arguments) - 1 or len(names) not in counts:
        raise invalid(f"Unable to evaluate template language function '{name}': its lambda must take {' or '.join(map(str, counts))} variable(s).")
    body = expression.arguments[-1]

    def run(*values: Value) -> Value:
        return context.with_lambda(dict(zip(names, values, strict=False))).evaluate(body)

    return run, len(names)


def _evaluate_items(context: Context, call: Call, kind: type = list) -> Value:
    value = context.evaluate(call.arguments[0])
    if isinstance(value, Unknown):
        raise Stay(_stay(context, call, value))
    if not isinstance(value, kind):
        wanted = "Array" if kind is list else "Object"
        raise invalid(
            f"The template language function '{call.name}' expects its first parameter to be of type '{wanted}'. The provided "
            f"value is of type '{kind_of(value)}'."
        )
    return value


def _stay(context: Context, call: Call, items: Value, *more: Value) -> Expression:
    rest = tuple(context.unevaluated(argument) for argument in call.arguments[1 + len(more) :])
    return Call(call.name, (to_expression(items), *(to_expression(value) for value in more), *rest))


def _apply(context: Context, call: Call, argument: int, items: list[Value], counts: tuple[int, ...] = (1, 2)) -> list[Value]:
    run, count = _get_lambda(context, call.name, call.arguments[argument], counts)
    return [run(item, number) if count == 2 else run(item) for number, item in enumerate(items)]


def map_(context: Context, call: Call) -> Value:
    """Each item through a lambda."""
    return _apply(context, call, 1, _evaluate_items(context, call))


def filter_(context: Context, call: Call) -> Value:
    """The items for which a lambda is true."""
    items = _evaluate_items(context, call)
    wanted = _apply(context, call, 1, items)
    if any(isinstance(value, Unknown) for value in wanted):
        raise Stay(_stay(context, call, items))
    if not all(isinstance(value, bool) for value in wanted):
        raise invalid("The lambda expression provided to language function 'filter' is expected to return a value of type 'Boolean'.")
    return [item for item, keep in zip(items, wanted, strict=True) if keep]


def sort(context: Context, call: Call) -> Value:
    """Ordered by a lambda that says whether its first argument goes before its second; stable."""
    items = _evaluate_items(context, call)
    before, _ = _get_lambda(context, "sort", call.arguments[1], (2,))

    def less(left: Value, right: Value) -> bool:
        value = before(left, right)
        if isinstance(value, Unknown):
            raise Stay(_stay(context, call, items))
        if not isinstance(value, bool):
            raise invalid(
                "The lambda expression provided to language function 'sort' is expected to return a value of type 'Boolean', "
                f"but evaluation returned a value of type '{kind_of(value)}'."
            )
        return value

    return sorted(items, key=cmp_to_key(lambda left, right: -1 if less(left, right) else 1 if less(right, left) else 0))


def reduce(context: Context, call: Call) -> Value:
    """All items to one value."""
    items = _evaluate_items(context, call)
    value = initial = context.evaluate(call.arguments[1])
    run, count = _get_lambda(context, "reduce", call.arguments[2], (2, 3))
    for number, item in enumerate(items):
        value = run(value, item, number) if count == 3 else run(value, item)
        if isinstance(value, Unknown):
            raise Stay(_stay(context, call, items, initial))
    return value


def to_object(context: Context, call: Call) -> Value:
    """An object whose keys, and values, lambdas make of the items."""
    items = _evaluate_items(context, call)
    keys = _apply(context, call, 1, items, (1,))
    values = _apply(context, call, 2, items, (1,)) if len(call.arguments) > 2 else items
    made: dict[str, Value] = {}
    for key, value in zip(keys, values, strict=True):
        text = _get_key("toObject", key)
        if find_key(made, text) is not None:
            raise invalid(
                f"The lambda expression parameter at index '1' of function 'toObject' returned a duplicate key '{text}'. Object keys "
                "must be strings that are case-insensitively unique."
            )
        made[text] = value
    return made


def _get_key(name: str, key: Value) -> str:
    if isinstance(key, Unknown):
        return ExpressionKey(key.expression)
    if not isinstance(key, str):
        raise invalid(
            f"The lambda expression provided to language function '{name}' is expected to return a value of type 'String', but "
            f"returned a value of type '{kind_of(key)}'."
        )
    return key


def group_by(context: Context, call: Call) -> Value:
    """Items by the key that a lambda gives them."""
    items = _evaluate_items(context, call)
    groups: dict[str, list[Value]] = {}
    values = _apply(context, call, 2, items) if len(call.arguments) > 2 else items
    for item, key in zip(values, _apply(context, call, 1, items, (1,)), strict=True):
        if isinstance(key, Unknown):
            raise Stay(_stay(context, call, items))
        text = _get_key("groupBy", key)
        groups.setdefault(find_key(groups, text) or text, []).append(item)
    return groups


def map_values(context: Context, call: Call) -> Value:
    """Each value of an object through a lambda."""
    entries = _evaluate_items(context, call, dict)
    run, _ = _get_lambda(context, "mapValues", call.arguments[1], (1,))
    return {key: run(value) for key, value in entries.items()}


def lambda_variables(context: Context, name: Value) -> Value:
    """A variable of the lambda around."""
    return context.lambda_variable(str(name))


def lambda_(_context: Context, _call: Call) -> Value:
    """A lambda stands only where a function takes one."""
    raise invalid("The template function 'lambda' is not valid. Please see https://aka.ms/arm-functions for usage details.")


FUNCTIONS = {
    "map": Function(map_, 2, 2, Style.SYNTAX),
    "filter": Function(filter_, 2, 2, Style.SYNTAX),
    "sort": Function(sort, 2, 2, Style.SYNTAX),
    "reduce": Function(reduce, 3, 3, Style.SYNTAX),
    "toObject": Function(to_object, 2, 3, Style.SYNTAX),
    "groupBy": Function(group_by, 2, 3, Style.SYNTAX),
    "mapValues": Function(map_values, 2, 2, Style.SYNTAX),
    "lambdaVariables": Function(lambda_variables, 1, 1, Style.CONTEXT),
    "lambda": Function(lambda_, 0, None, Style.SYNTAX),
}
