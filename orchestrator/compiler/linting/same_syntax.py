"""Whether two expressions are written alike, white space and comments aside."""

from typing import Any

from orchestrator.compiler.syntax import expressions as e
from orchestrator.compiler.syntax.children import children


def same_syntax(first: Any, second: Any) -> bool:
    """True where both have the same shape, names and literals."""
    if type(first) is not type(second) or _own(first) != _own(second):
        return False
    left, right = children(first), children(second)
    return len(left) == len(right) and all(same_syntax(one, other) for one, other in zip(left, right, strict=True))


def _own(node: Any) -> tuple[Any, ...]:
    """What a node says beside its parts."""
    match node:
        case e.StringSyntax(segments=segments):
            return segments
        case e.BooleanLiteral(value=value) | e.IntegerLiteral(value=value):
            return (value,)
        case e.VariableAccess(name=name) | e.LocalVariable(name=name):
            return (name,)
        case e.PropertyAccess(name=name, safe=safe):
            return (name.name, safe)
        case e.ArrayAccess(safe=safe, from_end=from_end):
            return (safe, from_end)
        case e.ResourceAccess(name=name) | e.FunctionCall(name=name) | e.InstanceCall(name=name):
            return (name.name,)
        case e.Unary(operator=operator) | e.Binary(operator=operator):
            return (operator,)
        case e.ObjectProperty(key=e.Identifier(name=name)):
            return (name,)
        case _:
            return ()
