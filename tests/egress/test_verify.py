"""Verification with answers as the cluster would print them; the probes themselves run for real in test_probes."""

import base64
import json
import re

import pytest

from orchestrator.egress.probes.pull_script import PULL
from orchestrator.egress.probes.script import BEGIN, END, LINE
from orchestrator.egress.runner import JobResult
from orchestrator.egress.verify import EgressDemands, verify
from orchestrator.model.errors import CouldNotRun
from orchestrator.model.flows import CheckStatus, Endpoint, Expectation, Outcome

MCR = Endpoint("https", "mcr.microsoft.com", 443)
PLAIN, TLS = Endpoint("http", "example.com", 80), Endpoint("https", "example.com", 443)
ECHO = (Endpoint("http", "ifconfig.me", 80), Endpoint("https", "api.ipify.org", 443))
DENIAL = "Action: Deny. Reason: No rule matched. Proceeding with default action."


def said(status=0, exit_code=0, body="", *, connect=0.1, error=""):
    facts = {"http": f"{status:03}", "connect": connect, "appconnect": 0.2 if status else 0, "total": 0.3}
    return {"exit": exit_code, "facts": facts, "body": base64.b64encode(body.encode()).decode(), "error": base64.b64encode(error.encode()).decode()}


RESET = said(exit_code=35, error="curl: (35) Recv failure: Connection reset by peer")
DENIED = said(470, body=DENIAL)


class Recorded:
    """Answers by URL; a list is taken in turn. The same at every place, unless `lost` says why a place's job has no output."""

    def __init__(self, lost=None, **answers):
        self.answers = {url.replace("__", "://").replace("_", "."): answer for url, answer in answers.items()}
        self.lost = lost or {}
        self.timeouts = []

    def run(self, jobs, *, timeout):
        self.timeouts.append(timeout)
        return [self.lost.get(job.place.network) or JobResult(self.output(job)) for job in jobs]

    def output(self, job):
        lines = []
        for number, protocol, host in re.findall(r"^h (\d+) '?(https?)://([^:/]+)", job.command, re.MULTILINE):
            answer = self.answers[f"{protocol}://{host}"]
            answer = answer.pop(0) if isinstance(answer, list) else answer
            lines.append(LINE + json.dumps({"n": int(number), **answer}))
        for number in re.findall(r"^p (\d+) ", job.command, re.MULTILINE):
            lines += [f"{PULL}{step} {host} " + json.dumps({"n": int(number), **self.answers.get(f"{step}://{host}", said(200))}) for step, host in PULLED]
        return "\n".join([BEGIN, *lines, END])


PULLED = (("v2", "mcr.microsoft.com"), ("manifest", "mcr.microsoft.com"), ("blob", "mcr.microsoft.com"), ("blob", "westeurope.data.mcr.microsoft.com"))


def rows(found, runner, reach=(), blocked=(), echo=ECHO, requests=4):
    verification = verify("env", EgressDemands(reach, blocked, echo), found.snapshot(), found.cluster_id, runner, probe_seconds=2, echo_requests=requests)
    return verification, {check.subject: check for check in verification.checks}


def test_udr_as_the_tutorial_ends(deployed):
    runner = Recorded(
        https__mcr_microsoft_com=said(404),
        http__example_com=DENIED,
        https__example_com=RESET,
        http__ifconfig_me=said(200, body="20.100.0.5\n"),
        https__api_ipify_org=RESET,
    )
    blocked = [Expectation(PLAIN, Outcome.DENIED_HTTP_470), Expectation(TLS, Outcome.TLS_REFUSED)]
    verification, by_subject = rows(deployed("udr"), runner, [MCR], blocked)
    assert verification.status is CheckStatus.PASSED
    address = by_subject["pods of aks-udr"]
    assert address.observed == "20.100.0.5 (publicIPAddresses/firewall-publicip)"
    assert address.note == (
        "1 of 1 address seen in 2 requests; 2 of 4 requests without an address: api.ipify.org: TLS refused (curl: (35) Recv failure: Connection reset by peer)"
        "; one host said so, and no other confirms it"
    )
    assert by_subject["http://example.com"].observed == "denied by the firewall (HTTP 470: no rule matched)"
    assert by_subject["https://example.com"].observed.startswith("TLS refused")
    assert by_subject["https://mcr.microsoft.com"].observed == "reached (HTTP 404)"
    assert runner.timeouts == [196]  # a wave of 2 + 2, six steps of a pull of 2, 60 to spare, 120 to start
    assert (by_subject["nodes of aks-udr"].status, by_subject["nodes of aks-udr"].observed) == (CheckStatus.PASSED, address.observed)


def test_both_addresses_of_a_nat_gateway(deployed):
    turns = [said(200, body=body) for body in ("20.100.0.2", "20.100.0.3", "20.100.0.2", "20.100.0.2", "20.100.0.2")]  # three for the pod, two for the node
    runner = Recorded(http__ifconfig_me=turns, https__api_ipify_org=said(200, body="20.100.0.3"))
    _, by_subject = rows(deployed("managed-natgw"), runner, requests=6)
    check = by_subject["pods of aks-natgateway"]
    assert (check.status, check.note) == (CheckStatus.PASSED, "2 of 2 addresses seen in 6 requests")
    assert check.expected == check.observed == "20.100.0.2 (publicIPAddresses/out-0), 20.100.0.3 (publicIPAddresses/out-1)"


def test_a_part_of_the_addresses_is_enough_and_said(deployed):
    runner = Recorded(http__ifconfig_me=said(200, body="20.100.0.2"), https__api_ipify_org=said(200, body="20.100.0.2"))
    check = rows(deployed("managed-natgw"), runner)[1]["pods of aks-natgateway"]
    assert (check.status, check.note) == (CheckStatus.PASSED, "1 of 2 addresses seen in 4 requests")


def test_another_address_fails_and_names_who_said_it(deployed):
    runner = Recorded(http__ifconfig_me=said(200, body="20.100.0.1"), https__api_ipify_org=said(200, body="20.100.0.77"))
    check = rows(deployed("lb"), runner)[1]["pods of aks-lb"]
    assert (check.status, check.observed) == (CheckStatus.FAILED, "20.100.0.1 (publicIPAddresses/out-0), 20.100.0.77")
    assert check.note == "1 of 1 address seen in 4 requests; 20.100.0.77 was said by api.ipify.org"


@pytest.mark.parametrize(
    ("echo", "why"),
    [
        (said(200, body="10.42.1.30"), "10.42.1.30 is no public address; something on the way wrote it into X-Forwarded-For"),
        (said(200, body="100.64.0.1"), "100.64.0.1 is no public address; something on the way wrote it into X-Forwarded-For"),
        (said(200, body="<html>"), "no address in the answer"),
        (said(429, body="slow down"), "HTTP 429"),
        (DENIED, "denied by the firewall (HTTP 470: no rule matched)"),
    ],
)
def test_no_usable_echo_is_inconclusive(deployed, echo, why):
    check = rows(deployed("udr"), Recorded(http__ifconfig_me=echo), echo=ECHO[:1])[1]["pods of aks-udr"]
    assert (check.status, check.observed) == (CheckStatus.INCONCLUSIVE, "no public address")
    assert check.note == f"0 of 1 address seen in 0 requests; 4 of 4 requests without an address: ifconfig.me: {why}"


def test_an_unknown_expectation_is_inconclusive(deployed):
    found = deployed("udr")
    found.default_route["nextHopType"] = "VirtualNetworkGateway"
    check = rows(found, Recorded(http__ifconfig_me=said(200, body="20.100.0.5")), echo=ECHO[:1])[1]["pods of aks-udr"]
    assert check.status is CheckStatus.INCONCLUSIVE
    assert check.expected.startswith("unknown: the default route of firewall-routetable leads to VirtualNetworkGateway")


@pytest.mark.parametrize(
    ("expectation", "answer", "status", "note"),
    [
        (Expectation(PLAIN), DENIED, CheckStatus.PASSED, ""),
        (Expectation(PLAIN, Outcome.SILENT_DROP), DENIED, CheckStatus.FAILED, "blocked, but otherwise than expected"),
        (Expectation(PLAIN), said(200), CheckStatus.FAILED, ""),
        (Expectation(PLAIN), said(exit_code=6), CheckStatus.INCONCLUSIVE, ""),
        (Expectation(PLAIN), said(exit_code=28, connect=0), CheckStatus.PASSED, ""),
        (Expectation(PLAIN), said(exit_code=28), CheckStatus.INCONCLUSIVE, ""),
    ],
)
def test_must_be_blocked(deployed, expectation, answer, status, note):
    runner = Recorded(http__example_com=answer, http__ifconfig_me=said(200, body="20.100.0.5"))
    check = rows(deployed("udr"), runner, blocked=[expectation], echo=ECHO[:1])[1]["http://example.com"]
    assert (check.kind, check.status, check.note) == ("must-be-blocked", status, note)


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (said(200), CheckStatus.PASSED),
        (RESET, CheckStatus.FAILED),
        (said(470, body="?"), CheckStatus.INCONCLUSIVE),
        (said(exit_code=60), CheckStatus.FAILED),
        (said(exit_code=6), CheckStatus.FAILED),
    ],
)
def test_must_reach(deployed, answer, status):
    runner = Recorded(https__mcr_microsoft_com=answer, http__ifconfig_me=said(200, body="20.100.0.5"))
    check = rows(deployed("udr"), runner, reach=[MCR], echo=ECHO[:1])[1]["https://mcr.microsoft.com"]
    assert (check.kind, check.expected, check.status) == ("must-reach", "reached", status)


def test_a_firewall_with_another_address_than_foretold(deployed):
    found = deployed("udr")
    found.find("hub-firewall")["properties"]["ipConfigurations"][0]["properties"]["privateIPAddress"] = "10.42.2.5"
    by_subject = rows(found, Recorded(http__ifconfig_me=said(200, body="20.100.0.5")), echo=ECHO[:1])[1]
    for subject in ("next hop of firewall-routetable", "DNS server of aks-vnet"):
        check = by_subject[subject]
        assert (check.status, check.expected, check.observed) == (CheckStatus.FAILED, "10.42.2.4", "10.42.2.5 (azureFirewalls/hub-firewall)")
    assert by_subject["pods of aks-udr"].status is CheckStatus.INCONCLUSIVE


def test_a_firewall_elsewhere_is_inconclusive_and_no_appliance_is_no_row(deployed):
    runner = Recorded(http__ifconfig_me=said(200, body="20.100.0.5"))
    check = rows(deployed("udr").drop("azureFirewalls"), runner, echo=ECHO[:1])[1]["next hop of firewall-routetable"]
    assert (check.status, check.observed) == (CheckStatus.INCONCLUSIVE, "no firewall in this network is among the resources")
    assert not [name for name in rows(deployed("user-natgw"), runner, echo=ECHO[:1])[1] if name.startswith(("next hop", "DNS server"))]


def test_dns_of_ones_own_is_no_foretold_address(deployed):
    found = deployed("udr")
    found.find("aks-vnet")["properties"]["dhcpOptions"]["dnsServers"] = ["10.42.9.9", "[reference('x').ip]"]
    by_subject = rows(found, Recorded(http__ifconfig_me=said(200, body="20.100.0.5")), echo=ECHO[:1])[1]
    assert [subject for subject, check in by_subject.items() if check.kind == "firewall-address"] == ["next hop of firewall-routetable"]


class Unable:
    def run(self, jobs, *, timeout):
        raise CouldNotRun("user namespaces are off on this host.", "Switch them on: sysctl user.max_user_namespaces=15000")


class Silent:
    def run(self, jobs, *, timeout):
        return [JobResult("sh: not found") for _ in jobs]


@pytest.mark.parametrize(
    ("runner", "reason"),
    [
        (Unable(), "user namespaces are off on this host. Switch them on: sysctl user.max_user_namespaces=15000"),
        (Silent(), "pods of nodepool1, nodes of nodepool1: the probes did not start: 'sh: not found'"),
    ],
)
def test_where_probes_cannot_run(deployed, runner, reason):
    verification, by_subject = rows(deployed("udr"), runner, reach=[MCR])
    assert (verification.status, verification.could_not_run) == (CheckStatus.COULD_NOT_RUN, reason)
    assert {check.kind for check in by_subject.values()} == {"firewall-address"}


def recorded(**options):
    answers = {"http__ifconfig_me": said(200, body="20.100.0.5"), "https__mcr_microsoft_com": said(404)}
    return Recorded(**{**answers, **options})


def test_a_place_where_nothing_ran_is_a_row_of_its_own(deployed):
    runner = recorded(lost={"node": JobResult("", "its pod did not start (0/3 nodes are available)")})
    verification, by_subject = rows(deployed("udr"), runner, [MCR], echo=ECHO[:1])
    check = by_subject["nodes of nodepool1"]
    assert (check.kind, check.status, check.observed) == ("probe", CheckStatus.COULD_NOT_RUN, "its pod did not start (0/3 nodes are available)")
    assert by_subject["https://mcr.microsoft.com"].status is CheckStatus.PASSED
    assert verification.status is CheckStatus.COULD_NOT_RUN
    assert "nodes of aks-udr" not in by_subject


def test_an_image_of_the_probes_that_cannot_be_pulled_is_a_failure(deployed):
    lost = JobResult("", "ErrImagePull: failed to pull and unpack image: read: connection reset by peer", image_pull=True)
    verification, by_subject = rows(deployed("udr"), recorded(lost={"pod": lost, "node": lost}), [MCR])
    check = by_subject["mcr.microsoft.com/azurelinux/base/nodejs:24 on pods of nodepool1"]
    assert (check.kind, check.status, check.observed) == ("image-pull", CheckStatus.FAILED, lost.problem)
    assert verification.status is CheckStatus.FAILED
    assert verification.could_not_run is None


def test_each_host_of_an_image_has_its_own_row(deployed):
    runner = recorded(blob__westeurope_data_mcr_microsoft_com=RESET)
    _, by_subject = rows(deployed("udr"), runner, echo=ECHO[:1])
    assert by_subject["mcr.microsoft.com (registry of azurelinux/base/nodejs:24)"].status is CheckStatus.PASSED
    check = by_subject["westeurope.data.mcr.microsoft.com (blobs of azurelinux/base/nodejs:24)"]
    assert (check.status, check.observed) == (CheckStatus.FAILED, "blob: TLS refused (curl: (35) Recv failure: Connection reset by peer)")


@pytest.mark.parametrize(
    ("answer", "status"), [(said(404), CheckStatus.FAILED), (said(503), CheckStatus.INCONCLUSIVE), (said(470, body=DENIAL), CheckStatus.FAILED)]
)
def test_a_registry_that_answers_badly(deployed, answer, status):
    _, by_subject = rows(deployed("udr"), recorded(manifest__mcr_microsoft_com=answer), echo=ECHO[:1])
    assert by_subject["mcr.microsoft.com (registry of azurelinux/base/nodejs:24)"].status is status


def test_places_that_disagree_have_rows_of_their_own(deployed):
    class Split(Recorded):
        def output(self, job):
            self.answers["https://mcr.microsoft.com"] = RESET if job.place.network == "node" else said(200)
            return super().output(job)

    _, by_subject = rows(deployed("udr"), Split(http__ifconfig_me=said(200, body="20.100.0.5")), [MCR], echo=ECHO[:1])
    assert by_subject["https://mcr.microsoft.com from pods of nodepool1"].status is CheckStatus.PASSED
    assert by_subject["https://mcr.microsoft.com from nodes of nodepool1"].status is CheckStatus.FAILED


THREE = (Endpoint("https", "a.example", 443), Endpoint("https", "b.example", 443), Endpoint("http", "c.example", 80))


@pytest.mark.parametrize(
    ("a", "b", "c", "status", "note"),
    [
        ("20.100.0.1", "20.100.0.1", "20.100.0.1", CheckStatus.PASSED, "1 of 1 address seen in 6 requests"),
        (
            "20.100.0.1",
            "20.100.0.1",
            "10.1.2.3",
            CheckStatus.PASSED,
            "2 of 6 requests without an address: c.example: 10.1.2.3 is no",
        ),
        (
            "20.100.0.1",
            "20.100.0.1",
            "20.9.9.9",
            CheckStatus.PASSED,
            "c.example: said 20.9.9.9, which the other hosts contradict",
        ),
        ("20.9.9.9", "20.9.9.9", "20.100.0.1", CheckStatus.FAILED, "20.9.9.9 was said by a.example, b.example"),
        ("20.100.0.1", "20.9.9.9", "20.100.0.1", CheckStatus.FAILED, "20.9.9.9 was said by b.example"),
        ("10.1.2.3", "10.1.2.3", "10.1.2.3", CheckStatus.INCONCLUSIVE, "0 of 1 address seen in 0 requests"),
        ("10.1.2.3", "20.100.0.1", "10.1.2.3", CheckStatus.PASSED, "one host said so, and no other confirms it"),
    ],
)
def test_the_vote_of_echo_hosts(deployed, a, b, c, status, note):
    answers = {f"{protocol}__{host}_example": said(200, body=body) for protocol, host, body in (("https", "a", a), ("https", "b", b), ("http", "c", c))}
    check = rows(deployed("lb"), Recorded(**answers), echo=THREE, requests=6)[1]["pods of aks-lb"]
    assert (check.status, note in check.note) == (status, True), check


def test_the_vote_takes_the_majority_over_https(deployed):
    hosts = [Endpoint("https", f"{name}.example", 443) for name in "abc"]
    answers = {f"https__{name}_example": said(200, body=body) for name, body in (("a", "20.100.0.1"), ("b", "20.100.0.1"), ("c", "20.9.9.9"))}
    check = rows(deployed("lb"), Recorded(**answers), echo=hosts, requests=3)[1]["pods of aks-lb"]
    assert (check.status, check.observed) == (CheckStatus.PASSED, "20.100.0.1 (publicIPAddresses/out-0)")
    assert "c.example: said 20.9.9.9, which the other hosts contradict" in check.note
