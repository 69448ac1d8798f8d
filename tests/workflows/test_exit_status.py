"""One status for each kind of end."""

import pytest

from orchestrator.model.errors import ArmError, CouldNotRun, OperationFailed, OrchestratorError, UserError
from orchestrator.model.flows import Check, CheckStatus, Verification
from orchestrator.workflows.exit_status import ExitStatus, gravest, status_of_error, status_of_verification


@pytest.mark.parametrize(("error", "status"), [(UserError(), 1), (ArmError("a", "b"), 1), (OperationFailed("x"), 1), (CouldNotRun("a", "b"), 4)])
def test_errors(error: OrchestratorError, status: int) -> None:
    assert status_of_error(error) == status


@pytest.mark.parametrize(
    ("status", "expected"),
    [(CheckStatus.PASSED, 0), (CheckStatus.FAILED, 3), (CheckStatus.DISAGREES, 3), (CheckStatus.INCONCLUSIVE, 4), (CheckStatus.COULD_NOT_RUN, 4)],
)
def test_verifications(status: CheckStatus, expected: int) -> None:
    checks = (Check("k", "s", "e", "o", CheckStatus.PASSED), Check("k", "s", "e", "o", status))
    assert status_of_verification(Verification("e", checks)) == expected


def test_nothing_checked_is_not_a_pass() -> None:
    assert status_of_verification(Verification("e", ())) == 4
    assert status_of_verification(Verification("e", (), "no packets here")) == 4


def test_the_gravest_of_several() -> None:
    assert gravest([]) == 0
    assert gravest([ExitStatus.OK, ExitStatus.CHANGES]) == 2
    assert gravest([ExitStatus.COULD_NOT_RUN, ExitStatus.VERIFICATION_FAILED, ExitStatus.CHANGES]) == 3
    assert gravest([ExitStatus.VERIFICATION_FAILED, ExitStatus.FAILED]) == 1
