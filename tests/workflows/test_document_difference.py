"""Exact differences of two documents."""

import pytest

from orchestrator.model.json_value import Json
from orchestrator.workflows.document_difference import find_differences


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ({"a": 1}, {"a": 1.0}, []),
        ({"a": 1}, {"a": True}, ["$.a: 1 / true"]),
        ({"a": None}, {}, ["$.a: null / (absent)"]),
        ({}, {"b": [1]}, ["$.b: (absent) / [1]"]),
        ({"a": [1, {"b": "x"}, 3]}, {"a": [1, {"b": "y"}]}, ['$.a[1].b: "x" / "y"', "$.a[2]: 3 / (absent)"]),
        ([1, 2], [2, 1], ["$[0]: 1 / 2", "$[1]: 2 / 1"]),
    ],
)
def test_a_difference(left: Json, right: Json, expected: list[str]) -> None:
    assert find_differences(left, right) == expected
