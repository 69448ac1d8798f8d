"""Prediction beside observation: when they agree, when not, and when nothing is proven."""

import pytest

from orchestrator.model.explanations import ExplainedFlow, Explanation, LiveAnswer
from orchestrator.model.flows import CheckStatus, Endpoint, Observation, Outcome
from orchestrator.workflows.explain import status_of_explanation
from orchestrator.workflows.live import compare_live

ENDPOINT = Endpoint("https", "a.example", 443)


def flow(allowed: bool | None, outcome: Outcome | None = None) -> ExplainedFlow:
    return ExplainedFlow("pod of aks/one", ENDPOINT, allowed, "ends", "certain", outcome, None, ())


@pytest.mark.parametrize(
    ("allowed", "predicted", "seen", "status"),
    [
        (True, None, Outcome.ALLOWED, "passed"),
        (True, None, Outcome.SILENT_DROP, "failed"),
        (True, None, Outcome.DNS_FAILURE, "failed"),
        (True, None, Outcome.INCONCLUSIVE, "inconclusive"),
        (True, None, Outcome.TLS_TRUST, "inconclusive"),
        (False, Outcome.TLS_REFUSED, Outcome.TLS_REFUSED, "passed"),
        (False, Outcome.TLS_REFUSED, Outcome.SILENT_DROP, "failed"),
        (False, Outcome.TLS_REFUSED, Outcome.ALLOWED, "failed"),
        (False, Outcome.TLS_REFUSED, Outcome.PROXY, "inconclusive"),
        (False, Outcome.INCONCLUSIVE, Outcome.INCONCLUSIVE, "passed"),
        (False, None, Outcome.SILENT_DROP, "passed"),
        (False, None, Outcome.INCONCLUSIVE, "inconclusive"),
        (None, None, Outcome.ALLOWED, "inconclusive"),
    ],
)
def test_they_are_held_against_each_other(allowed: bool | None, predicted: Outcome | None, seen: Outcome, status: str) -> None:
    found, note = compare_live(flow(allowed, predicted), Observation(ENDPOINT, seen))
    assert (found, bool(note)) == (status, True)


@pytest.mark.parametrize(
    ("allowed", "live", "could_not_run", "status"),
    [
        (True, None, None, 0),
        (False, None, None, 0),
        (None, None, None, 4),
        (True, CheckStatus.PASSED, None, 0),
        (True, CheckStatus.FAILED, None, 3),
        (None, CheckStatus.FAILED, None, 3),
        (True, CheckStatus.INCONCLUSIVE, None, 4),
        (True, None, "run-command is disabled", 4),
    ],
)
def test_exit_statuses(allowed: bool | None, live: CheckStatus | None, could_not_run: str | None, status: int) -> None:
    answers = None if live is None else (LiveAnswer("pod", Observation(ENDPOINT, Outcome.ALLOWED), live, ""),)
    assert status_of_explanation(Explanation("udr", "what is deployed", (flow(allowed),), answers, could_not_run)) == status
