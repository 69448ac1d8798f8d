"""The values of an ARM template as Bicep nodes, such that they are lowered to the same expressions again. Nodes have no place in a text."""

from collections.abc import Callable
from typing import Any

from orchestrator.arm.expressions import Access, Call, Expression, Integer, String, parse_template_string
from orchestrator.compiler.syntax import expressions as e
from orchestrator.model.json_value import Json

NOWHERE = (0, 0)
_OPERATORS = {
    "and": "&&",
    "or": "||",
    "equals": "==",
    "less": "<",
    "lessOrEquals": "<=",
    "greater": ">",
    "greaterOrEquals": ">=",
    "add": "+",
    "sub": "-",
    "mul": "*",
    "div": "/",
    "mod": "%",
    "coalesce": "??",
}


class UnreadableTemplateError(Exception):
    """Something in the template that this compiler cannot take over."""


def read_text(value: str) -> e.StringSyntax:
    """A text."""
    return e.StringSyntax(*NOWHERE, (value,))


def read_identifier(name: str) -> e.Identifier:
    """A name."""
    return e.Identifier(*NOWHERE, name)


def read_value(value: Json) -> Any:
    """A value of a template: JSON, and expressions in its strings."""
    match value:
        case None:
            return e.NullLiteral(*NOWHERE)
        case bool():
            return e.BooleanLiteral(*NOWHERE, value)
        case int():
            return _integer(value)
        case float():
            return e.FunctionCall(*NOWHERE, read_identifier("json"), (read_text(repr(value)),))
        case str():
            return read_expression(parse_template_string(value))
        case list():
            return e.ArrayLiteral(*NOWHERE, tuple(read_value(item) for item in value))
        case _:
            return _read_object(value)


def _integer(value: int) -> Any:
    return e.IntegerLiteral(*NOWHERE, value) if value >= 0 else e.Unary(*NOWHERE, "-", e.IntegerLiteral(*NOWHERE, -value))


def _read_object(value: dict[str, Json]) -> e.ObjectLiteral:
    members: list[e.ObjectProperty | e.Spread] = []
    loops = value.get("copy")
    if isinstance(loops, list):
        members += [_property(str(loop["name"]), read_loop(loop)) for loop in loops]
    for key, item in value.items():
        if key != "copy" or not isinstance(loops, list):
            parsed = parse_template_string(key)
            if isinstance(parsed, Call) and parsed == Call("string", (String("copy"),)):
                parsed = String("copy")
            if not isinstance(parsed, String):
                raise UnreadableTemplateError(f"the key '{key}'")
            members.append(_property(parsed.value, read_value(item)))
    return e.ObjectLiteral(*NOWHERE, tuple(members))


def _property(name: str, value: Any) -> e.ObjectProperty:
    return e.ObjectProperty(*NOWHERE, read_text(name), value)


def read_loop(loop: dict[str, Json]) -> e.For:
    """A `copy`: a loop over the numbers below its count."""
    name = str(loop["name"])
    numbers = e.FunctionCall(*NOWHERE, read_identifier("range"), (_integer(0), read_value(loop["count"])))
    return e.For(*NOWHERE, e.LocalVariable(*NOWHERE, f"{name} item"), e.LocalVariable(*NOWHERE, _index_name(name)), numbers, read_value(loop.get("input")))


def _index_name(loop: str) -> str:
    return f"{loop.lower()} index"


def read_expression(expression: Expression) -> Any:
    """A template expression."""
    match expression:
        case String(value=value):
            return read_text(value)
        case Integer(value=number):
            return _integer(number)
        case Access(base=base, key=String(value=name)):
            return e.PropertyAccess(*NOWHERE, read_expression(base), read_identifier(name))
        case Access(base=base, key=key):
            return e.ArrayAccess(*NOWHERE, read_expression(base), read_expression(key))
        case Call(name=name, arguments=arguments):
            reader = _CALLS.get(name)
            return reader(arguments) if reader is not None else _read_call(name, arguments)


def _read_call(name: str, arguments: tuple[Expression, ...]) -> Any:
    if name in _OPERATORS and len(arguments) > 1:
        found = read_expression(arguments[0])
        for argument in arguments[1:]:
            found = e.Binary(*NOWHERE, _OPERATORS[name], found, read_expression(argument))
        return found
    namespace, _, member = name.rpartition(".")
    if namespace not in ("", "__bicep"):
        raise UnreadableTemplateError(f"the function '{name}'")
    return e.FunctionCall(*NOWHERE, read_identifier(member), tuple(read_expression(argument) for argument in arguments))


def _read_name(arguments: tuple[Expression, ...]) -> Any:
    if len(arguments) != 1 or not isinstance(arguments[0], String):
        raise UnreadableTemplateError("a name that is computed")
    return e.VariableAccess(*NOWHERE, arguments[0].value)


def _read_index(arguments: tuple[Expression, ...]) -> Any:
    if not arguments or not isinstance(arguments[0], String):
        raise UnreadableTemplateError("copyIndex() without a name")
    index = e.VariableAccess(*NOWHERE, _index_name(arguments[0].value))
    return index if len(arguments) == 1 else e.Binary(*NOWHERE, "+", index, read_expression(arguments[1]))


def _read_lambda(arguments: tuple[Expression, ...]) -> Any:
    names = tuple(e.LocalVariable(*NOWHERE, argument.value) for argument in arguments[:-1] if isinstance(argument, String))
    return e.Lambda(*NOWHERE, names, read_expression(arguments[-1]))


def _create_object(arguments: tuple[Expression, ...]) -> Any:
    keys = arguments[::2]
    if not all(isinstance(key, String) for key in keys):
        raise UnreadableTemplateError("an object with computed keys")
    pairs = zip(keys, arguments[1::2], strict=True)
    return e.ObjectLiteral(*NOWHERE, tuple(_property(key.value, read_expression(value)) for key, value in pairs if isinstance(key, String)))


def _try_get(arguments: tuple[Expression, ...]) -> Any:
    found = read_expression(arguments[0])
    for number, key in enumerate(arguments[1:]):
        if isinstance(key, String):
            found = e.PropertyAccess(*NOWHERE, found, read_identifier(key.value), number == 0)
        else:
            found = e.ArrayAccess(*NOWHERE, found, read_expression(key), number == 0)
    return found


def _literal(node: Any) -> Callable[[tuple[Expression, ...]], Any]:
    return lambda _arguments: node


def _ternary(arguments: tuple[Expression, ...]) -> Any:
    condition, when_true, when_false = (read_expression(argument) for argument in arguments)
    return e.Ternary(*NOWHERE, condition, when_true, when_false)


def _from_end(arguments: tuple[Expression, ...]) -> Any:
    return e.ArrayAccess(*NOWHERE, read_expression(arguments[0]), read_expression(arguments[1]), False, True)


_CALLS: dict[str, Callable[[tuple[Expression, ...]], Any]] = {
    "true": _literal(e.BooleanLiteral(*NOWHERE, True)),
    "false": _literal(e.BooleanLiteral(*NOWHERE, False)),
    "null": _literal(e.NullLiteral(*NOWHERE)),
    "variables": _read_name,
    "parameters": _read_name,
    "lambdaVariables": _read_name,
    "lambda": _read_lambda,
    "copyIndex": _read_index,
    "if": _ternary,
    "not": lambda arguments: e.Unary(*NOWHERE, "!", read_expression(arguments[0])),
    "createArray": lambda arguments: e.ArrayLiteral(*NOWHERE, tuple(read_expression(argument) for argument in arguments)),
    "createObject": _create_object,
    "tryGet": _try_get,
    "indexFromEnd": _from_end,
}
