"""Exit statuses of every command; the README and `--help` say the same.

0   done; a verification or a preflight passed
1   bad input, or something failed
2   what-if with --exit-code: a deployment would change something
3   a check failed: a verification, a preflight, a prediction that disagrees with what was seen
4   inconclusive, or it could not run here: a verification that proves nothing or could not run, a preflight or an explanation that is not known
130 interrupted
"""

from collections.abc import Iterable
from enum import IntEnum

from orchestrator.model.errors import CouldNotRun, OrchestratorError
from orchestrator.model.flows import CheckStatus, Verification


class ExitStatus(IntEnum):
    """What a process ends with."""

    OK = 0
    FAILED = 1
    CHANGES = 2
    VERIFICATION_FAILED = 3
    COULD_NOT_RUN = 4
    INTERRUPTED = 130


_GRAVITY = (ExitStatus.INTERRUPTED, ExitStatus.FAILED, ExitStatus.VERIFICATION_FAILED, ExitStatus.COULD_NOT_RUN, ExitStatus.CHANGES, ExitStatus.OK)


def status_of_error(error: OrchestratorError) -> ExitStatus:
    """4 for what could not run here, else 1."""
    return ExitStatus.COULD_NOT_RUN if isinstance(error, CouldNotRun) else ExitStatus.FAILED


def status_of_verification(verification: Verification) -> ExitStatus:
    """0, 3 or 4."""
    match verification.status:
        case CheckStatus.PASSED:
            return ExitStatus.OK
        case CheckStatus.FAILED | CheckStatus.DISAGREES:
            return ExitStatus.VERIFICATION_FAILED
        case CheckStatus.INCONCLUSIVE | CheckStatus.COULD_NOT_RUN:
            return ExitStatus.COULD_NOT_RUN


def status_of_preflight(status: CheckStatus) -> ExitStatus:
    """0, 3, or 4 where something is not known."""
    match status:
        case CheckStatus.PASSED:
            return ExitStatus.OK
        case CheckStatus.FAILED:
            return ExitStatus.VERIFICATION_FAILED
        case _:
            return ExitStatus.COULD_NOT_RUN


def gravest(statuses: Iterable[ExitStatus]) -> ExitStatus:
    """Of several environments' statuses the one that the process ends with."""
    return min(statuses, key=_GRAVITY.index, default=ExitStatus.OK)
