"""Bounds: minValue, maxValue, minLength, maxLength, patterns. What is always outside is an error, what may be outside is a warning."""

import re
from functools import cache
from typing import Any

from orchestrator.compiler.syntax.problems import Problems
from orchestrator.compiler.types.values import (
    ArrayType,
    IntegerLiteralType,
    IntegerType,
    StringLiteralType,
    StringType,
    TupleType,
    Type,
    resolve,
)

Range = tuple[int | None, int | None]


def check_bounds(problems: Problems, node: Any, source: Type, target: Type, *, warn: bool = False) -> None:
    """Enter what is wrong with a value of `source` where `target` has bounds."""
    source, target = resolve(source), resolve(target)
    match target:
        case IntegerType():
            given = _values(source)
            if given is not None:
                _check(problems, node, given, (target.min_value, target.max_value), ("BCP328", "BCP327", "BCP329", "BCP330"), "value", warn=warn)
        case StringType() | ArrayType():
            lengths = _lengths(source)
            if lengths is not None:
                _check(problems, node, lengths, (target.min_length, target.max_length), ("BCP333", "BCP332", "BCP334", "BCP335"), "length", warn=warn)
            if isinstance(target, StringType) and isinstance(source, StringLiteralType) and target.pattern is not None:
                _check_pattern(problems, node, source.value, target.pattern, warn=warn)
        case _:
            pass


def _check_pattern(problems: Problems, node: Any, text: str, pattern: str, *, warn: bool) -> None:
    expression = _compile(pattern)
    if expression is not None and len(text) <= _LONGEST and not expression.search(text):
        report = problems.warn if warn else problems.error
        report(node, "BCP416", f"'{text}' does not match the pattern {pattern}", "Write another text.")


@cache
def _compile(pattern: str) -> re.Pattern[str] | None:
    """The pattern, which is .NET's; None for one that is written in a way that Python does not know."""
    try:
        return re.compile(pattern)
    except re.error:
        return None


_LONGEST = 500
"""No pattern of the table is for longer texts; it bounds the time of matching."""


def _values(source: Type) -> Range | None:
    match source:
        case IntegerLiteralType(value):
            return value, value
        case IntegerType(low, high):
            return low, high
        case _:
            return None


def _lengths(source: Type) -> Range | None:
    match source:
        case StringLiteralType(value):
            return len(value), len(value)
        case StringType(low, high):
            return low, high
        case ArrayType(_, low, high):
            return low, high
        case TupleType(items):
            return len(items), len(items)
        case _:
            return None


def _check(problems: Problems, node: Any, given: Range, wanted: Range, codes: tuple[str, str, str, str], what: str, *, warn: bool) -> None:
    low, high = given
    least, most = wanted
    too_low, too_high, may_be_low, may_be_high = codes
    report = problems.warn if warn else problems.error
    if least is not None and high is not None and high < least:
        report(node, too_low, f"The {what} is at most {high}, and must be at least {least}.")
    elif most is not None and low is not None and low > most:
        report(node, too_high, f"The {what} is at least {low}, and must be at most {most}.")
    else:
        if least is not None and low is not None and low < least:
            problems.warn(node, may_be_low, f"The {what} may be as small as {low}, and must be at least {least}.")
        if most is not None and high is not None and high > most:
            problems.warn(node, may_be_high, f"The {what} may be as large as {high}, and must be at most {most}.")
