import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.egress.probes.answers import Answer, read_answers
from orchestrator.egress.probes.probe import plan_reach_probes
from orchestrator.egress.probes.script import BEGIN, END, LINE, PROBLEM
from orchestrator.egress.verdicts import judge
from orchestrator.model.flows import Endpoint, Outcome

HTTP, HTTPS, TCP, NTP = (
    Endpoint("http", "a.example", 80),
    Endpoint("https", "a.example", 443),
    Endpoint("tcp", "a.example", 22),
    Endpoint("udp", "a.example", 123),
)
PROBES = plan_reach_probes([HTTP, HTTPS], [])


def line(number, **more):
    facts = {"http": "200", "proxy": "000", "dns": 0.001, "connect": 0.002, "appconnect": 0.0, "total": 0.01, "ip": "20.50.0.1"}
    return LINE + json.dumps({"n": number, "exit": 0, "facts": facts, "body": base64.b64encode(b"ok").decode(), "error": "", **more}, separators=(",", ":"))


def test_lines_between_the_marks_are_answers():
    output = "\n".join(["pod/command created", line(7), BEGIN, "noise", "x " + line(1), line(0) + "\r", line(0, exit=9), END, line(1, exit=5), ""])
    answers = read_answers(output, PROBES)
    assert answers.by_number == dict.fromkeys((1, 0), Answer(0, 200, 0, 0.001, 0.002, 0.0, 0.01, "20.50.0.1", "ok", ""))
    assert (answers.missing, answers.problem) == ({}, None)


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ([line(0), END], "the probe printed nothing"),
        ([line(0)], "the output was cut before this probe's line"),
        ([line(0), line(1)[:-30]], "the probe's line is cut or broken"),
        ([line(0), LINE + '{"n":1'], "the output was cut before this probe's line"),
        ([line(0), line(1, facts=3), END], "the probe's line has not the form that was asked for"),
        ([line(0), line(1, facts={"http": "x"}), END], "the probe's line has not the form that was asked for"),
        ([line(0), line(1, body="%%%"), END], "the probe's line has not the form that was asked for"),
        ([line(0), line(1, body=None), END], "the probe's line has not the form that was asked for"),
        ([line(0), line(1, exit=None), END], "the probe's line has not the form that was asked for"),
        ([line(0), LINE + "[]", LINE + "null", LINE, LINE + '{"n":"1"}', END], "the probe printed nothing"),
    ],
)
def test_what_has_no_answer_has_a_reason(lines, reason):
    answers = read_answers("\n".join([BEGIN, *lines]), PROBES)
    assert list(answers.by_number) == [0]
    assert answers.missing == {1: reason}
    assert judge(HTTPS, None, reason).outcome is Outcome.INCONCLUSIVE


@pytest.mark.parametrize(
    ("output", "problem"),
    [
        ("", "the probes did not start: nothing was printed"),
        ("sh: not found\n", "the probes did not start: 'sh: not found'"),
        (f"{PROBLEM} no curl where the probes run\n", "no curl where the probes run"),
    ],
)
def test_probes_that_did_not_run(output, problem):
    answers = read_answers(output, PROBES)
    assert (answers.problem, answers.missing) == (problem, {0: problem, 1: problem})


def test_a_body_that_is_no_text():
    answers = read_answers("\n".join([BEGIN, line(0, body=base64.b64encode(b"\xff\x00").decode()), END]), PROBES)
    assert answers.by_number[0].body == "\ufffd\x00"


RESET = "curl: (35) OpenSSL SSL_connect: Connection reset by peer in connection to a.example:443\n"
SYSCALL = "curl: (35) OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to a.example:443\n"
DENIAL = "Action: Deny. Reason: {}. Proceeding with default action."


@pytest.mark.parametrize(
    ("endpoint", "answer", "outcome", "detail"),
    [
        (HTTP, Answer(0, 200), Outcome.ALLOWED, "HTTP 200"),
        (HTTP, Answer(28, 200, connect=0.1, total=10), Outcome.ALLOWED, "HTTP 200"),
        (HTTPS, Answer(0, 401, connect=0.1, appconnect=0.2), Outcome.ALLOWED, "HTTP 401"),
        (HTTP, Answer(0, 470, body=DENIAL.format("No rule matched")), Outcome.DENIED_HTTP_470, "denied by the firewall (HTTP 470: no rule matched)"),
        (HTTP, Answer(0, 470, body=DENIAL.format("Rule matched")), Outcome.DENIED_HTTP_470, "denied by the firewall (HTTP 470: rule matched)"),
        (
            HTTP,
            Answer(0, 470, body="Action: Deny. Rule Collection Group: g. Rule Collection: c. Rule: r."),
            Outcome.DENIED_HTTP_470,
            "denied by the firewall (HTTP 470: Rule Collection Group: g. Rule Collection: c. Rule: r)",
        ),
        (HTTP, Answer(0, 407), Outcome.PROXY, "a proxy on the way answers in place of the site, and wants a login (HTTP 407)"),
        (HTTPS, Answer(35, error="curl: (35) x:wrong version number"), Outcome.NO_TLS, "something answers, but not in TLS (curl: (35) x:wrong version number)"),
        (HTTP, Answer(0, 470, body=""), Outcome.INCONCLUSIVE, "HTTP 470, but not with Azure Firewall's text: ''"),
        (HTTPS, Answer(35, connect=0.1, error=RESET), Outcome.TLS_REFUSED, f"TLS refused ({RESET.strip()})"),
        (HTTPS, Answer(35, connect=0.1, error=SYSCALL), Outcome.TLS_REFUSED, f"TLS refused ({SYSCALL.strip()})"),
        (
            Endpoint("https", "alert.example", 443),
            Answer(35, address="1.2.3.4", error="curl: (35) reset by alert.example"),
            Outcome.TLS_REFUSED,
            "TLS refused (curl: (35) reset by alert.example)",
        ),
        (HTTPS, Answer(56, connect=0.1), Outcome.TLS_REFUSED, "TLS refused (curl: exit status 56)"),
        (
            HTTPS,
            Answer(35, connect=0.1, error="curl: (35) error:0A000410:SSL routines::sslv3 alert handshake failure"),
            Outcome.INCONCLUSIVE,
            "the other end answers, but not the TLS that curl speaks (curl: (35) error:0A000410:SSL routines::sslv3 alert handshake failure)",
        ),
        (
            HTTPS,
            Answer(28, total=10.002, error="curl: (28) Connection timed out after 10001 milliseconds"),
            Outcome.SILENT_DROP,
            "no answer within 10 s (silent drop)",
        ),
        (
            HTTPS,
            Answer(28, total=10.002, error="curl: (28) Resolving timed out after 10001 milliseconds"),
            Outcome.DNS_FAILURE,
            "the name was not resolved within 10 s, so no rule was asked",
        ),
        (HTTPS, Answer(6, error="curl: (6) Could not resolve host: a.example"), Outcome.DNS_FAILURE, "the name is not resolved, so no rule was asked"),
        (HTTPS, Answer(7, error="curl: (7) refused"), Outcome.REFUSED, "connection refused (curl: (7) refused)"),
        (HTTPS, Answer(5, error="curl: (5) proxy"), Outcome.PROXY, "a proxy stands in the way (curl: (5) proxy)"),
        (HTTPS, Answer(97, connect=0.1), Outcome.PROXY, "a proxy stands in the way (curl: exit status 97)"),
        (HTTPS, Answer(56, proxy_status=407, connect=0.1), Outcome.PROXY, "a proxy stands in the way (curl: exit status 56)"),
        (HTTPS, Answer(77, error="curl: (77) CA"), Outcome.INCONCLUSIVE, "curl: (77) CA"),
        (HTTPS, Answer(28, connect=0.1, appconnect=0.2, total=10), Outcome.INCONCLUSIVE, "connected, which proves nothing, then no answer within 10 s"),
        (TCP, Answer(28, connect=0.1, total=2), Outcome.INCONCLUSIVE, "a TCP handshake alone, which Azure Firewall completes by itself, and no word after it"),
        (TCP, Answer(1, error="curl: (1) Protocol telnet not supported"), Outcome.INCONCLUSIVE, "curl: (1) Protocol telnet not supported"),
        (NTP, Answer(124, error="sent\n"), Outcome.SILENT_DROP, "no answer (silent drop)"),
        (NTP, Answer(0, body="\x1c", error="sent\n"), Outcome.ALLOWED, "the other end answered"),
        (NTP, Answer(1, error="-: line 1: a.example: Name or service not known\n"), Outcome.DNS_FAILURE, "the name is not resolved, so no rule was asked"),
        (
            NTP,
            Answer(127, error="timeout: failed to run command 'bash'"),
            Outcome.INCONCLUSIVE,
            "the request was not sent: timeout: failed to run command 'bash'",
        ),
        (NTP, Answer(124), Outcome.INCONCLUSIVE, "the request was not sent: exit status 124"),
        (NTP, Answer(1, error="-: connect: Network is unreachable\n"), Outcome.REFUSED, "refused (network is unreachable)"),
    ],
)
def test_the_taxonomy(endpoint, answer, outcome, detail):
    observation = judge(endpoint, answer)
    assert (observation.outcome, observation.detail, observation.exit_code) == (outcome, detail, answer.exit_code)


@given(
    st.text()
    | st.lists(st.sampled_from([BEGIN, END, LINE, PROBLEM, "\n", '{"n":', "0", "1", ",", "{", "}", '"facts":', "null", line(0), line(1)])).map("".join)
)
def test_any_output_gives_every_probe_an_answer_or_a_reason(output):
    answers = read_answers(output, PROBES)
    assert {*answers.by_number, *answers.missing} == {0, 1}
    assert not {*answers.by_number} & {*answers.missing}
    assert all(answers.missing.values())


@given(
    st.sampled_from([HTTP, HTTPS, TCP, NTP]),
    st.builds(
        Answer,
        st.integers(0, 127),
        st.sampled_from([0, 200, 407, 470]),
        st.sampled_from([0, 407]),
        st.floats(0, 1),
        st.floats(0, 1),
        body=st.text(),
        error=st.text(),
    ),
)
def test_any_answer_has_a_verdict(endpoint, answer):
    observation = judge(endpoint, answer)
    assert observation.detail
    if endpoint.protocol in ("http", "https") and answer.http_status == 200:
        assert observation.outcome is Outcome.ALLOWED
