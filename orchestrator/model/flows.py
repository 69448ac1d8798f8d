"""Egress in words: endpoints that must or must not be reached, what was seen, and the verdict."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A destination. `protocol`: http, https, tcp or udp; `host`: a name or an address."""

    protocol: str
    host: str
    port: int

    def __str__(self) -> str:
        default = {"http": 80, "https": 443}.get(self.protocol)
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.protocol}://{host}" + ("" if self.port == default else f":{self.port}")


class Outcome(StrEnum):
    """What a probe saw. A denial by HTTP 470 leaves curl's exit status 0; a TCP handshake alone proves nothing (facts: aks-egress 2.4)."""

    ALLOWED = "allowed"
    DENIED_HTTP_470 = "denied by HTTP 470"
    TLS_REFUSED = "TLS refused"
    SILENT_DROP = "silent drop"
    REFUSED = "refused"
    DNS_FAILURE = "DNS failure"
    TLS_TRUST = "TLS not trusted"
    NO_TLS = "no TLS"
    PROXY = "proxy"
    INCONCLUSIVE = "inconclusive"


DENIALS = frozenset({Outcome.DENIED_HTTP_470, Outcome.TLS_REFUSED, Outcome.SILENT_DROP, Outcome.REFUSED})
"""Outcomes that count as blocked by the network; a DNS failure or an untrusted certificate does not."""

PROVES_NOTHING = frozenset({Outcome.TLS_TRUST, Outcome.NO_TLS, Outcome.PROXY, Outcome.INCONCLUSIVE})
"""Outcomes that say neither that the site was reached nor that the network denied it: something answers in its place, or nothing was learnt."""


@dataclass(frozen=True, slots=True)
class Observation:
    """One probe's answer. `detail`: what a person reads, such as `HTTP 470: no rule matched`; seconds is wall clock."""

    endpoint: Endpoint
    outcome: Outcome
    detail: str = ""
    http_status: int | None = None
    exit_code: int | None = None
    seconds: float | None = None
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Expectation:
    """An endpoint that must be blocked. `outcome`: how (one of DENIALS), where that matters; None: in any of those ways."""

    endpoint: Endpoint
    outcome: Outcome | None = None


class CheckStatus(StrEnum):
    """Passed, failed, inconclusive and could not run are kept apart. DISAGREES: seen otherwise than predicted; a failure of its own class."""

    PASSED = "passed"
    FAILED = "failed"
    DISAGREES = "disagrees"
    INCONCLUSIVE = "inconclusive"
    COULD_NOT_RUN = "could not run"


@dataclass(frozen=True, slots=True)
class Check:
    """A row of a verification: what was expected of a subject, what was observed. `kind`: egress-address, must-reach, must-be-blocked,
    firewall-address, image-pull, probe (a place where nothing could be probed), or prediction (DISAGREES). `predicted`: what the resources say of the
    flow, empty where that is not asked; `outcome`: what the probe saw, None where it is not about one flow.
    """

    kind: str
    subject: str
    expected: str
    observed: str
    status: CheckStatus
    note: str = ""
    predicted: str = ""
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Verification:
    """All rows of one environment. `probe_seconds`: from the first probe to the last result, at the slowest place."""

    environment: str
    checks: tuple[Check, ...]
    could_not_run: str | None = None
    probe_seconds: float | None = None

    @property
    def status(self) -> CheckStatus:
        """FAILED where a row failed; else DISAGREES, COULD_NOT_RUN, INCONCLUSIVE or PASSED."""
        if self.could_not_run is not None:
            return CheckStatus.COULD_NOT_RUN
        for status in (CheckStatus.FAILED, CheckStatus.DISAGREES, CheckStatus.COULD_NOT_RUN, CheckStatus.INCONCLUSIVE):
            if any(check.status is status for check in self.checks):
                return status
        return CheckStatus.PASSED if self.checks else CheckStatus.INCONCLUSIVE
