"""Worked cases from Microsoft's pages, written down before either engine saw them: the prediction and the lab's packets are both right in all of them."""

import asyncio
from pathlib import Path

import pytest
import yaml

from orchestrator.lab.dataplane.client import DataPlane
from orchestrator.model.errors import CouldNotRun
from tests.worked.engines import expected, is_shown, observe_all, predict
from tests.worked.worlds import make_bodies

CASES = [case for path in sorted(Path(__file__).parent.glob("*.yaml")) for case in yaml.safe_load(path.read_text())]
NUMBERED = [pytest.param(number, case, id=case["name"]) for number, case in enumerate(CASES, start=1)]


@pytest.mark.parametrize(("number", "case"), NUMBERED)
def test_the_prediction(number, case):
    wanted = {each["flow"]: expected(each) for each in case["flows"]}
    found = predict(number, case, make_bodies(number, case["network"]))
    assert {flow: said[: len(wanted[flow])] for flow, said in found.items()} == wanted


@pytest.fixture(scope="module")
def observations(tmp_path_factory):
    """All worlds in one data plane: {(number, flow): what was seen}."""
    with asyncio.Runner() as runner:
        try:
            plane = runner.run(DataPlane.start(tmp_path_factory.mktemp("plane")))
        except CouldNotRun as refusal:
            pytest.skip(f"no packets here: {refusal}")
        try:
            bodies = [body for number, case in enumerate(CASES, start=1) for body in make_bodies(number, case["network"])]
            runner.run(plane.apply(bodies))
            asked = [(number, each) for number, case in enumerate(CASES, start=1) for each in case["flows"]]
            found = runner.run(observe_all(plane, asked))
        finally:
            runner.run(plane.close())
    return {(number, each["flow"]): seen for (number, each), seen in zip(asked, found, strict=True)}


@pytest.mark.packets
@pytest.mark.parametrize(("number", "case"), NUMBERED)
def test_the_packets(observations, number, case):
    seen = {each["flow"]: observations[number, each["flow"]] for each in case["flows"]}
    wrong = {each["flow"]: (expected(each), seen[each["flow"]]) for each in case["flows"] if not is_shown(each, seen[each["flow"]])}
    assert wrong == {}


def test_each_case_says_where_it_comes_from_and_has_addresses_of_its_own():
    assert len(CASES) >= 25
    owners = {}
    for number, case in enumerate(CASES, start=1):
        assert case["page"].startswith("learn.microsoft.com/azure/"), case["name"]
        assert len(case["says"]) > 40, case["name"]
        for body in make_bodies(number, case["network"]):
            address = body["properties"].get("ipAddress")
            assert address is None or owners.setdefault(address, number) == number, (case["name"], address)
