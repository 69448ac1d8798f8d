"""Rows for endpoints that must be reached, and for those that must be blocked, and how."""

from orchestrator.model.flows import DENIALS, Check, CheckStatus, Expectation, Observation, Outcome

MUST_REACH = "must-reach"
MUST_BE_BLOCKED = "must-be-blocked"

DENIED_WORDS = {
    Outcome.DENIED_HTTP_470: "denied by the firewall (HTTP 470)",
    Outcome.TLS_REFUSED: "TLS refused",
    Outcome.SILENT_DROP: "silent drop",
    Outcome.REFUSED: "connection refused",
}
"""How a denial is to be seen, in a table."""


def check_reached(observation: Observation) -> Check:
    """Reached where the endpoint itself answered; a probe that proves nothing is inconclusive, everything else a failure."""
    statuses = {Outcome.ALLOWED: CheckStatus.PASSED, Outcome.INCONCLUSIVE: CheckStatus.INCONCLUSIVE}
    status = statuses.get(observation.outcome, CheckStatus.FAILED)
    return Check(MUST_REACH, str(observation.endpoint), "reached", say_observed(observation), status)


def check_blocked(expectation: Expectation, observation: Observation) -> Check:
    """Blocked where the network denied it, in the way that was asked for; a name that is not resolved, or a strange certificate, proves no denial."""
    wanted, seen = expectation.outcome, observation.outcome
    note = ""
    if seen in DENIALS:
        status = CheckStatus.PASSED if wanted in (None, seen) else CheckStatus.FAILED
        note = "" if status is CheckStatus.PASSED else "blocked, but otherwise than expected"
    else:
        status = CheckStatus.FAILED if seen is Outcome.ALLOWED else CheckStatus.INCONCLUSIVE
    expected = DENIED_WORDS[wanted] if wanted is not None else "blocked"
    return Check(MUST_BE_BLOCKED, str(expectation.endpoint), expected, say_observed(observation), status, note)


def say_observed(observation: Observation) -> str:
    """What was seen, in a table."""
    return f"reached ({observation.detail})" if observation.outcome is Outcome.ALLOWED else observation.detail
