"""Whole templates against what Azure's engine says of them: loops, conditions, nested deployments, scopes, types."""

from typing import Any

import pytest

from orchestrator.model.errors import ArmError
from tests.arm.harness import OfficialEngine, by_id, read_corpus, take_snapshot

ROWS = [pytest.param(row, id=f"{name}: {row['name']}") for name, rows in read_corpus("templates").items() for row in rows]


@pytest.mark.parametrize("row", ROWS)
def test_template(row: dict[str, Any]) -> None:
    if "error" in row:
        with pytest.raises(ArmError):
            take_snapshot(row["template"], row["parameters"], row.get("scope"))
        return
    got = take_snapshot(row["template"], row["parameters"], row.get("scope"))
    assert by_id(got["predictedResources"]) == by_id(row["resources"])
    assert got["outputs"] == row["outputs"]


@pytest.mark.official
@pytest.mark.parametrize("row", ROWS)
def test_azure_still_says_so(row: dict[str, Any], official: OfficialEngine) -> None:
    answer = official.snapshot(row["template"], row["parameters"], row.get("scope"))
    if "error" in row:
        assert answer is None
        return
    assert by_id(answer["predictedResources"] or []) == by_id(row["resources"])
    assert answer["outputs"] == row["outputs"]
