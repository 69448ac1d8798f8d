"""Template expressions as text, in the one canonical form: what we print, we can parse."""

import re
from typing import assert_never

from orchestrator.arm.expressions.nodes import Access, Call, Expression, Integer, String

_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")


def print_expression(expression: Expression) -> str:
    """The text between the outer brackets: `f(a, 'b').c['d-e'][0]`."""
    match expression:
        case String(value):
            return "'" + value.replace("'", "''") + "'"
        case Integer(value):
            return str(value)
        case Call(name, arguments):
            return f"{name}({', '.join(print_expression(argument) for argument in arguments)})"
        case Access(base, String(key)) if _IDENTIFIER.match(key):
            return f"{print_expression(base)}.{key}"
        case Access(base, key):
            return f"{print_expression(base)}[{print_expression(key)}]"
        case _:
            assert_never(expression)


def print_template_string(expression: Expression) -> str:
    """A template's string: texts as they are (a leading `[` doubled where it would read as an expression), the rest in brackets."""
    if isinstance(expression, String):
        value = expression.value
        return f"[{value}" if value.startswith("[") and value.endswith("]") else value
    return f"[{print_expression(expression)}]"
