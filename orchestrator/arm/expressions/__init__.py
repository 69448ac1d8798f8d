"""Template expressions: what stands between `[` and `]` in a template's strings."""

from orchestrator.arm.expressions.nodes import Access, Call, Expression, Integer, String
from orchestrator.arm.expressions.parser import ExpressionError, parse_expression, parse_template_string
from orchestrator.arm.expressions.printer import print_expression, print_template_string

__all__ = [
    "Access",
    "Call",
    "Expression",
    "ExpressionError",
    "Integer",
    "String",
    "parse_expression",
    "parse_template_string",
    "print_expression",
    "print_template_string",
]
