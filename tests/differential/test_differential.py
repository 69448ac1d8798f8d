"""The prediction against the lab's packets, over a fixed part of the random cases; all 500: `python -m tests.differential.run` (docstring there)."""

from collections.abc import Iterator

import pytest

from orchestrator.model.errors import CouldNotRun
from tests.differential.cases import make_cases
from tests.differential.engines import Packets
from tests.differential.features import REQUIRED
from tests.differential.run import LEAST, count_features, find_disagreements

SEED = 1
ALL, PART, PROVEN = 500, 100, 20


@pytest.fixture(scope="module")
def packets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Packets]:
    try:
        made = Packets(tmp_path_factory.mktemp("packets"))
    except CouldNotRun as refusal:
        pytest.skip(f"no packets here: {refusal}")
    yield made
    made.close()


@pytest.mark.packets
def test_prediction_and_packets_agree(packets):
    assert [str(one) for one in find_disagreements(packets, make_cases(PART, SEED))] == []


@pytest.mark.packets
def test_they_agree_without_each_deciding_feature(packets):
    """What a case says of a feature holds for packets too: without it they see what was predicted for that."""
    assert [str(one) for one in find_disagreements(packets, make_cases(PROVEN, SEED + 1), counterfactual=True)] == []


def test_every_feature_decides_enough_cases_and_nothing_is_unknown():
    cases = make_cases(ALL, SEED)
    counts = count_features(cases)
    assert {feature: counts[feature] for feature in REQUIRED if counts[feature] < LEAST} == {}
    assert [str(case.flow) for case in cases if case.prediction.allowed is None] == []
    assert sum(bool(case.prediction.allowed) for case in cases) >= ALL / 3
