"""Holds what was predicted of a flow against what a probe saw of it: they agree, they disagree, or nothing is proven."""

from orchestrator.model.flows import PROVES_NOTHING, CheckStatus, Outcome

_NETWORKS_OWN = frozenset({Outcome.ALLOWED, Outcome.DENIED_HTTP_470})
"""What no other end can feign by being down."""


def compare_prediction(allowed: bool | None, outcome: Outcome | None, seen: Outcome) -> tuple[CheckStatus, str]:
    """PASSED where both agree, FAILED where they contradict each other, else INCONCLUSIVE; and what that means. `outcome`: how a denial was to be seen."""
    if allowed is None:
        return CheckStatus.INCONCLUSIVE, f"the prediction does not know; seen: {seen}"
    if allowed:
        if seen is Outcome.ALLOWED:
            return CheckStatus.PASSED, "prediction and packets agree: it arrives"
        if seen in PROVES_NOTHING:
            return CheckStatus.INCONCLUSIVE, f"predicted to arrive, and the answer proves nothing ({seen})"
        return CheckStatus.FAILED, f"predicted to arrive, seen: {seen}; the other end may be down, or a resource acts that the prediction does not see"
    if seen is Outcome.ALLOWED:
        return CheckStatus.FAILED, "predicted not to arrive, but it did"
    if outcome is None or seen is outcome:
        agrees = seen is not Outcome.INCONCLUSIVE or outcome is Outcome.INCONCLUSIVE
        if agrees:
            return CheckStatus.PASSED, f"prediction and packets agree: {seen}"
    if seen in PROVES_NOTHING:
        return CheckStatus.INCONCLUSIVE, f"predicted as {outcome}, and the answer proves nothing ({seen})"
    return CheckStatus.FAILED, f"predicted as {outcome}, seen as {seen}"


def is_contradicted(allowed: bool | None, outcome: Outcome | None, seen: Outcome, *, promised: bool) -> bool:
    """Whether prediction and observation exclude each other. `promised`: the other end is said to be up; else only what the network itself does counts."""
    if not promised and seen not in _NETWORKS_OWN:
        return False
    return compare_prediction(allowed, outcome, seen)[0] is CheckStatus.FAILED
