"""What differs between two JSON values, in ARM's words."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.model.changes import PropertyChange
from orchestrator.model.json_difference import compare_json, ids_alike

A, B = {"name": "a", "v": 1}, {"name": "b", "v": 2}


def lines(changes: tuple[PropertyChange, ...], prefix: str = "") -> list[str]:
    """One line a leaf: path, kind, before, after."""
    found: list[str] = []
    for change in changes:
        path = f"{prefix}{change.path}"
        found += lines(change.children, f"{path}/") if change.children else [f"{change.type.value} {path} {change.before!r} {change.after!r}"]
    return found


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"a": 1}, {"a": 1}, []),
        ({"a": 1}, {"a": 1, "b": None}, []),
        ({"a": True}, {"a": 1}, ["Modify a True 1"]),
        ({"a": {"b": {"c": 1}}}, {"a": {"b": {"c": 2}}}, ["Modify a.b.c 1 2"]),
        ({"a": {"b": 1}}, {"a": {}}, ["Delete a.b 1 None"]),
        ({}, {"a": {"b": 1}}, ["Create a None {'b': 1}"]),
        ({"a": "x"}, {"a": ["x"]}, ["Modify a 'x' ['x']"]),
        ({"a": ["x", "y"]}, {"a": ["new", "x", "y"]}, ["Create a/0 None 'new'"]),
        ({"a": ["x", "y", "z"]}, {"a": ["x", "z"]}, ["Delete a/1 'y' None"]),
        ({"a": ["x", "y"]}, {"a": ["y", "x"]}, ["Modify a/0 'x' 'y'", "Modify a/1 'y' 'x'"]),
        ({"a": ["x", "y"]}, {"a": ["x", "z"]}, ["Modify a/1 'y' 'z'"]),
        ({"a": [A, B]}, {"a": [B, A]}, []),
        ({"a": [A, B]}, {"a": [B, {"name": "A", "v": 9}]}, ["Modify a/1/name 'a' 'A'", "Modify a/1/v 1 9"]),
        ({"a": [A]}, {"a": [A, B]}, ["Create a/1 None {'name': 'b', 'v': 2}"]),
        ({"a": [{"v": 1}, {"v": 2}]}, {"a": [{"v": 1}, {"v": 3}]}, ["Modify a/1/v 2 3"]),
        ({"a": [[1], [2]]}, {"a": [[1], [2, 3]]}, ["Create a/1/1 None 3"]),
        ({"a": "/Subscriptions/X"}, {"a": "/subscriptions/x/"}, []),
    ],
)
def test_cases(before: Any, after: Any, expected: list[str]) -> None:
    assert lines(compare_json(before, after, equal=ids_alike)) == expected


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b", "name"]), inner, max_size=3),
    max_leaves=8,
)
OBJECTS = st.dictionaries(st.sampled_from(["a", "b", "c"]), JSON, max_size=3)


@given(OBJECTS)
def test_nothing_differs_from_itself(value: dict[str, Any]) -> None:
    assert compare_json(value, value) == ()


@given(OBJECTS, OBJECTS)
def test_a_difference_is_seen_from_both_sides(left: dict[str, Any], right: dict[str, Any]) -> None:
    assert bool(compare_json(left, right)) == bool(compare_json(right, left))
