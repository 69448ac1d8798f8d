"""Every function has a row with a result and, where it can fail, one with an error."""

import json
from collections.abc import Iterator
from typing import Any

from orchestrator.arm.expressions import ExpressionError, parse_expression, parse_template_string
from orchestrator.arm.functions import FAMILIES, FUNCTIONS
from orchestrator.arm.functions.values import walk_calls
from tests.arm.harness import given_template, read_corpus

NAMES = {name for family in FAMILIES for name in family.FUNCTIONS}
NEVER_A_RESULT = {"fail", "lambda"}
NEVER_AN_ERROR = {"toLogicalZone", "toLogicalZones", "toPhysicalZone", "toPhysicalZones"}
"""Only the cloud answers these, and Azure's engine does not look at their arguments before."""


def called(expression: str) -> list[str]:
    """Names of all functions called, the outermost first."""
    try:
        return [call.name.lower() for call in walk_calls(parse_expression(expression))]
    except ExpressionError:
        return []


def strings_of(value: Any) -> Iterator[str]:
    """All expressions in a template."""
    if isinstance(value, dict):
        for item in value.values():
            yield from strings_of(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings_of(item)
    elif isinstance(value, str) and value.startswith("[") and value.endswith("]"):
        yield value


def functions_in(template: dict[str, Any]) -> set[str]:
    """Names of all functions that a template calls."""
    found: set[str] = set()
    for text in strings_of(template):
        try:
            found.update(call.name.lower() for call in walk_calls(parse_template_string(text)))
        except ExpressionError:
            continue
    return found


def test_every_function_has_a_row_with_a_result() -> None:
    rows = [row for corpus in read_corpus("corpora").values() for row in corpus if "result" in row]
    seen = {name for row in rows for name in called(row["expression"])} | functions_in(given_template("null()"))
    for corpus in read_corpus("templates").values():
        seen.update(name for row in corpus if "error" not in row for name in functions_in(row["template"]))
    assert {name for name in NAMES - NEVER_A_RESULT if name.lower() not in seen} == set()


def test_every_function_has_a_row_with_an_error() -> None:
    rows = [row for corpus in read_corpus("corpora").values() for row in corpus if "error" in row]
    seen = {called(row["expression"])[0] for row in rows if called(row["expression"])}
    assert {name for name in NAMES - NEVER_AN_ERROR if name.lower() not in seen} == set()


def test_names_are_unique_without_regard_to_case() -> None:
    assert len(FUNCTIONS) == sum(len(family.FUNCTIONS) for family in FAMILIES)


def test_no_row_is_there_twice() -> None:
    expressions = [row["expression"] for corpus in read_corpus("corpora").values() for row in corpus]
    assert len(expressions) == len(set(expressions)), json.dumps(sorted(e for e in expressions if expressions.count(e) > 1))
