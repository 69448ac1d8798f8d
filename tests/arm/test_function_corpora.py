"""Expressions against what Azure's engine says of them: a value, or a refusal."""

import json
from typing import Any

import pytest

from orchestrator.model.errors import ArmError
from tests.arm.harness import PARAMETERS, OfficialEngine, given_template, read_corpus, take_snapshot, value_of

CORPUS = read_corpus("corpora")
ROWS = [pytest.param(row, id=f"{family}: {row['expression']}") for family, rows in CORPUS.items() for row in rows]


@pytest.mark.parametrize("row", ROWS)
def test_expression(row: dict[str, Any]) -> None:
    template = given_template(row["expression"])
    if "error" in row:
        with pytest.raises(ArmError) as raised:
            take_snapshot(template, PARAMETERS)
        assert raised.value.code == "InvalidTemplate"
        return
    got = value_of(take_snapshot(template, PARAMETERS))
    assert json.dumps(got, sort_keys=True) == json.dumps(row["result"], sort_keys=True)


@pytest.mark.official
@pytest.mark.parametrize("family", CORPUS)
def test_azure_still_says_so(family: str, official: OfficialEngine) -> None:
    """The results of a family in one template; one refusal of each family."""
    results = [row for row in CORPUS[family] if "result" in row]
    template = given_template("null()")
    template["resources"]["r"]["properties"] = {"v": {f"k{number}": f"[{row['expression']}]" for number, row in enumerate(results)}}
    answer = official.snapshot(template, PARAMETERS)
    got = {results[int(key[1:])]["expression"]: value for key, value in value_of(answer).items()}
    assert got == {row["expression"]: row["result"] for row in results}
    refused = next(row for row in CORPUS[family] if "error" in row)
    assert official.snapshot(given_template(refused["expression"]), PARAMETERS) is None
