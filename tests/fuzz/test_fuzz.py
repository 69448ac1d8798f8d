"""A short run of the fuzz: mutated inputs and nesting bombs, each within a second of the processor and without an exception (README.md has the long one)."""

import sys
from collections.abc import Iterator

import pytest

from tests.fuzz.bombs import ARM, BICEP
from tests.fuzz.failures import failure_of
from tests.fuzz.inputs import TARGETS, Input, make_input
from tests.fuzz.targets import Target

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the processor's time cannot be bounded by a signal here")
RUNS = {"compiler": 120, "arm": 600}
DEPTHS = (90, 700)
SLOWER = 5.0
"""Seconds: other tests share the machine, and the cost of a bomb is what it is whatever the machine."""


@pytest.fixture(scope="module")
def target() -> Iterator[Target]:
    with Target() as found:
        yield found


@pytest.mark.parametrize("name", TARGETS)
def test_mutated_inputs(target: Target, name: str) -> None:
    for number in range(RUNS[name]):
        given = make_input(name, 7, number)
        error = failure_of(target, given, SLOWER)
        assert error is None, given.dump()


def test_a_number_gives_the_same_input_again() -> None:
    for name in TARGETS:
        assert [make_input(name, 1, number) for number in range(20)] == [make_input(name, 1, number) for number in range(20)]


def test_an_input_can_be_stored() -> None:
    given = make_input("compiler", 1, 5)
    assert Input.load(given.dump()) == given


@pytest.mark.parametrize("name", BICEP)
def test_a_bomb_of_bicep(target: Target, name: str) -> None:
    for depth in DEPTHS:
        error = failure_of(target, Input("bicep", BICEP[name](depth).encode(), "tests"), SLOWER)
        assert error is None, depth


@pytest.mark.parametrize("name", ARM)
def test_a_bomb_of_arm(target: Target, name: str) -> None:
    for depth in DEPTHS:
        error = failure_of(target, ARM[name](depth), SLOWER)
        assert error is None, depth
