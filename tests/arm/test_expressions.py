"""Laws of the expression syntax: what we print, we can parse, and it is the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.arm.expressions import (
    Access,
    Call,
    Expression,
    ExpressionError,
    Integer,
    String,
    parse_expression,
    parse_template_string,
    print_expression,
    print_template_string,
)
from orchestrator.arm.functions.collation import compare_texts
from orchestrator.arm.functions.values import same, to_expression

NAMES = st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,8}(\.[A-Za-z_][A-Za-z0-9_]{0,8})?", fullmatch=True)
LEAVES = st.builds(String, st.text()) | st.builds(Integer, st.integers(-(2**63), 2**63 - 1)) | st.builds(Call, NAMES)


def deeper(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    calls = st.builds(Call, NAMES, st.lists(inner, max_size=3).map(tuple))
    return calls | st.builds(Access, calls, inner)


EXPRESSIONS = st.recursive(LEAVES, deeper, max_leaves=12)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(EXPRESSIONS)
def test_printed_expressions_parse_to_themselves(expression: Expression) -> None:
    assert parse_expression(print_expression(expression)) == expression


@given(EXPRESSIONS)
def test_printed_template_strings_parse_to_themselves(expression: Expression) -> None:
    assert parse_template_string(print_template_string(expression)) == expression


@given(VALUES)
def test_values_print_as_expressions_that_parse(value: object) -> None:
    expression = to_expression(value)
    assert parse_expression(print_expression(expression)) == expression
    assert same(value, value)


@given(st.text(), st.text())
def test_the_collation_is_an_order(left: str, right: str) -> None:
    assert compare_texts(left, right) == -compare_texts(right, left)
    assert compare_texts(left, left) == 0


@pytest.mark.parametrize(
    ("text", "position"), [("concat('a'", 10), ("'open", 0), ("f(1 2)", 4), ("1.5", 0), ("f(,)", 2), ("a", 1), ("f()[", 4), ("f().1", 4), ("", 0), ("f(%)", 2)]
)
def test_what_is_no_expression_says_where(text: str, position: int) -> None:
    with pytest.raises(ExpressionError) as raised:
        parse_expression(text)
    assert raised.value.position == position


@pytest.mark.parametrize(("text", "value"), [("[[x]", "[x]"), ("[x", "[x"), ("x]", "x]"), ("", ""), ("[[", "[[")])
def test_texts_that_are_no_expressions(text: str, value: str) -> None:
    assert parse_template_string(text) == String(value)
