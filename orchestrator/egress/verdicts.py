"""What a probe's answer proves: the taxonomy, one function for each protocol.

curl's exit status alone decides nothing: Azure Firewall denies http with a status of its own (470) and a body, and curl exits 0; it ends https in the TLS
handshake, after a TCP handshake that it answered itself; the rest it drops without a word (learn.microsoft.com/azure/firewall/firewall-faq). So a TCP
handshake proves nothing, any other HTTP status proves that the site answered, and what fits no row is inconclusive.
"""

from orchestrator.egress.probes.answers import Answer
from orchestrator.egress.probes.script import UDP_REQUESTS
from orchestrator.model.flows import Endpoint, Observation, Outcome

FIREWALL_STATUS = 470
_PROXY_STATUS = 407
_FIREWALL_TEXT = "Action: Deny."

Judgement = tuple[Outcome, str]

_TIMEOUT, _REFUSED, _UNRESOLVED, _TLS, _UNTRUSTED, _EMPTY, _RECEIVE = 28, 7, 6, 35, 60, 52, 56
_PROXY_EXITS = frozenset({5, 97})
_TLS_ANSWERS = ("alert", "unsupported protocol", "certificate", "cipher", "unrecognized name")
"""In curl's text of exit 35: the other end spoke TLS, so nothing on the way cut the connection."""

_NO_TLS_ANSWERS = ("wrong version number", "packet length too long", "http request", "unexpected tls packet", "record layer")
"""In curl's text of exit 35: what came was no TLS (OpenSSL's words, and GnuTLS')."""


def judge(endpoint: Endpoint, answer: Answer | None, missing: str = "") -> Observation:
    """What was seen of an endpoint. `missing`: why there is no answer."""
    if answer is None:
        return Observation(endpoint, Outcome.INCONCLUSIVE, missing or "no answer")
    judges = {"http": _judge_web, "https": _judge_web, "tcp": _judge_tcp, "udp": _judge_udp}
    outcome, detail = judges[endpoint.protocol](endpoint, answer)
    return Observation(endpoint, outcome, detail, answer.http_status or None, answer.exit_code, answer.total or None, answer.body or None)


def _judge_web(endpoint: Endpoint, answer: Answer) -> Judgement:
    if answer.http_status == FIREWALL_STATUS:
        return _judge_470(answer)
    if answer.http_status == _PROXY_STATUS:
        return Outcome.PROXY, f"a proxy on the way answers in place of the site, and wants a login (HTTP {_PROXY_STATUS})"
    if answer.http_status:
        return Outcome.ALLOWED, f"HTTP {answer.http_status}"
    early = _judge_before_connection(answer)
    if early is not None:
        return early
    if endpoint.protocol == "https" and not answer.appconnect:
        return _judge_tls(endpoint, answer)
    match answer.exit_code:
        case 28:
            return Outcome.INCONCLUSIVE, f"connected, which proves nothing, then no answer within {answer.total:.0f} s"
        case 52 | 56:
            return Outcome.REFUSED, f"connected, then closed without an answer ({_said(answer)})"
        case _:
            return Outcome.INCONCLUSIVE, _said(answer)


def _judge_470(answer: Answer) -> Judgement:
    """`Action: Deny. Reason: No rule matched. ...`, or the rule that denies: `Action: Deny. Rule Collection Group: ...`."""
    if not answer.body.startswith(_FIREWALL_TEXT):
        return Outcome.INCONCLUSIVE, f"HTTP {FIREWALL_STATUS}, but not with Azure Firewall's text: {answer.body[:80]!r}"
    said = answer.body.removeprefix(_FIREWALL_TEXT).strip()
    if said.startswith("Reason: "):
        reason = said.removeprefix("Reason: ").partition(". ")[0].rstrip(".")
        said = f"{reason[:1].lower()}{reason[1:]}"
    return Outcome.DENIED_HTTP_470, f"denied by the firewall (HTTP {FIREWALL_STATUS}: {said.rstrip('.') or 'no reason said'})"


def _judge_before_connection(answer: Answer) -> Judgement | None:
    """What ends a probe before its TCP connection, for every protocol of curl; None where it was connected, or where curl says something else."""
    if answer.proxy_status or answer.exit_code in _PROXY_EXITS:
        return Outcome.PROXY, f"a proxy stands in the way ({_said(answer)})"
    if answer.exit_code == _UNRESOLVED:
        return Outcome.DNS_FAILURE, "the name is not resolved, so no rule was asked"
    if answer.exit_code == _TIMEOUT and not answer.connected:
        if "resolv" in answer.error.lower():
            return Outcome.DNS_FAILURE, f"the name was not resolved within {answer.total:.0f} s, so no rule was asked"
        return Outcome.SILENT_DROP, f"no answer within {answer.total:.0f} s (silent drop)"
    if answer.exit_code == _REFUSED:
        return Outcome.REFUSED, f"connection refused ({_said(answer)})"
    return None


def _judge_tls(endpoint: Endpoint, answer: Answer) -> Judgement:
    """A connection that never got through its TLS handshake."""
    text = answer.error.lower().replace(endpoint.host, "")
    if answer.exit_code == _UNTRUSTED:
        return Outcome.TLS_TRUST, f"the certificate is not trusted: something answers in place of the site, or its CA is missing ({_said(answer)})"
    if answer.exit_code == _TIMEOUT:
        return Outcome.SILENT_DROP, f"connected, then silence in the TLS handshake for {answer.total:.0f} s (silent drop)"
    if answer.exit_code == _TLS and any(word in text for word in _NO_TLS_ANSWERS):
        return Outcome.NO_TLS, f"something answers, but not in TLS ({_said(answer)})"
    if answer.exit_code == _TLS and any(word in text for word in _TLS_ANSWERS):
        return Outcome.INCONCLUSIVE, f"the other end answers, but not the TLS that curl speaks ({_said(answer)})"
    if answer.exit_code in (_TLS, _RECEIVE, _EMPTY):
        return Outcome.TLS_REFUSED, f"TLS refused ({_said(answer)})"
    return Outcome.INCONCLUSIVE, _said(answer)


def _judge_tcp(endpoint: Endpoint, answer: Answer) -> Judgement:
    del endpoint
    if answer.body:
        return Outcome.ALLOWED, "the other end answered"
    early = _judge_before_connection(answer)
    if early is not None:
        return early
    if answer.connected:
        return Outcome.INCONCLUSIVE, "a TCP handshake alone, which Azure Firewall completes by itself, and no word after it"
    return Outcome.INCONCLUSIVE, _said(answer)


def _judge_udp(endpoint: Endpoint, answer: Answer) -> Judgement:
    text = answer.error
    if answer.body:
        return Outcome.ALLOWED, "the other end answered"
    if "Connection refused" in text or "unreachable" in text:
        return Outcome.REFUSED, f"refused ({_last_word(text)})"
    if "not known" in text or "name resolution" in text or "No address associated" in text:
        return Outcome.DNS_FAILURE, "the name is not resolved, so no rule was asked"
    if not text.startswith("sent"):
        return Outcome.INCONCLUSIVE, f"the request was not sent: {_first_line(text) or f'exit status {answer.exit_code}'}"
    if endpoint.port in UDP_REQUESTS:
        return Outcome.SILENT_DROP, "no answer (silent drop)"
    return Outcome.INCONCLUSIVE, f"no answer; whether a service on UDP {endpoint.port} would give one to this probe is not known"


def _said(answer: Answer) -> str:
    """curl's own words, else its exit status."""
    return _first_line(answer.error) or f"curl: exit status {answer.exit_code}"


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "")


def _last_word(text: str) -> str:
    line = next((line for line in text.splitlines() if "refused" in line or "unreachable" in line), text)
    return line.rpartition(": ")[2].strip().lower()
