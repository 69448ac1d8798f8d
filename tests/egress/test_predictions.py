"""Prediction beside observation, and a pool beside its own way out: a run whose probes say what a table has, as the cluster would print it."""

import base64
import copy
import json
import re

import pytest

from orchestrator.egress.addresses.knowledge import lab_knowledge, make_knowledge
from orchestrator.egress.agreement import is_contradicted
from orchestrator.egress.network.build import build_network
from orchestrator.egress.predictions import Predictor
from orchestrator.egress.probes.answers import Answer, PullStep
from orchestrator.egress.probes.cluster_proxy import read_proxy
from orchestrator.egress.probes.image_pull import check_pull
from orchestrator.egress.probes.jobs import Place, list_unprobed, plan_places
from orchestrator.egress.probes.probe import ImagePull
from orchestrator.egress.probes.script import BEGIN, END, LINE
from orchestrator.egress.runner import JobResult
from orchestrator.egress.verify import EgressDemands, verify
from orchestrator.model.flows import CheckStatus, Endpoint, Expectation, Outcome

KNOWN = make_knowledge({"a.example": ["93.184.216.34"], "echo.example": ["93.184.216.35"], "second.example": ["93.184.216.36"]})
ECHO = (Endpoint("https", "echo.example", 443), Endpoint("https", "second.example", 443))
SITE = Endpoint("https", "a.example", 443)


def said(status=0, exit_code=0, body="", error="", connect=0.1):
    facts = {"http": f"{status:03}", "connect": connect, "appconnect": 0.2 if status else 0, "total": 0.3}
    return {"exit": exit_code, "facts": facts, "body": base64.b64encode(body.encode()).decode(), "error": base64.b64encode(error.encode()).decode()}


RESET = said(exit_code=35, error="curl: (35) Recv failure: Connection reset by peer")


class Told:
    """Answers by (pool, network) and URL; a place without its own has those of None."""

    def __init__(self, answers, times=("", "")):
        self.answers = answers
        self.times = times

    def run(self, jobs, *, timeout):
        return [JobResult(self.output(job)) for job in jobs]

    def output(self, job):
        own = self.answers[None] | self.answers.get((job.place.pool, job.place.network), {})
        probes = re.findall(r"h (\d+) '?(https?)://([^:/]+)", job.command)
        lines = [LINE + json.dumps({"n": int(number), **own[f"{protocol}://{host}"]}) for number, protocol, host in probes]
        return "\n".join([f"{BEGIN} {self.times[0]}", *lines, f"{END} {self.times[1]}"])


def echoes(address):
    return {str(endpoint): said(200, body=address) for endpoint in ECHO}


def rows(found, runner, reach=(), blocked=(), knowledge=KNOWN):
    demands = EgressDemands(reach, blocked, ECHO)
    return verify("env", demands, found.snapshot(), found.cluster_id, runner, probe_seconds=2, echo_requests=4, knowledge=knowledge)


def of(verification, kind):
    return [check for check in verification.checks if check.kind == kind]


def test_what_agrees_has_its_prediction_beside_it(deployed):
    answers = {None: echoes("20.100.0.4") | {"https://a.example": said(200)}}
    verification = rows(deployed("user-natgw"), Told(answers), [SITE])
    (check,) = of(verification, "must-reach")
    assert (check.predicted, check.outcome, check.status) == ("reached", Outcome.ALLOWED, CheckStatus.PASSED)
    assert of(verification, "prediction") == []
    assert {check.predicted for check in of(rows(deployed("user-natgw"), Told(answers), [SITE], knowledge=None), "must-reach")} == {""}


def test_what_disagrees_names_what_the_prediction_rests_on(deployed):
    answers = {None: echoes("20.100.0.4") | {"https://a.example": RESET}}
    verification = rows(deployed("user-natgw"), Told(answers), [], [Expectation(SITE)])
    (blocked,) = of(verification, "must-be-blocked")
    (other,) = of(verification, "prediction")
    assert (blocked.status, other.status, verification.status) == (CheckStatus.PASSED, CheckStatus.DISAGREES, CheckStatus.DISAGREES)
    assert (other.subject, other.expected, other.predicted) == ("https://a.example", "as predicted", "reached")
    assert other.note == (
        "predicted reached, observed TLS refused (curl: (35) Recv failure: Connection reset by peer); the prediction rests on: "
        "way out: NAT gateway myNatGateway of the subnet natCluster (natGateways/myNatGateway). "
        "Is the other end up? If it is, something filters that is not among the resources, or a rule has not taken effect yet."
    )


def test_one_place_that_disagrees_is_named(deployed):
    answers = {None: echoes("20.100.0.4") | {"https://a.example": said(200)}, ("nodepool1", "node"): {"https://a.example": RESET}}
    verification = rows(deployed("user-natgw"), Told(answers), [SITE])
    assert [check.subject for check in of(verification, "must-reach")] == [
        "https://a.example from pods of nodepool1",
        "https://a.example from nodes of nodepool1",
    ]
    assert verification.status is CheckStatus.FAILED


@pytest.mark.parametrize(
    ("allowed", "outcome", "seen", "promised", "contradicted"),
    [
        (True, None, Outcome.REFUSED, True, True),
        (True, None, Outcome.REFUSED, False, False),
        (True, None, Outcome.TLS_REFUSED, False, False),
        (True, None, Outcome.DENIED_HTTP_470, False, True),
        (True, None, Outcome.NO_TLS, True, False),
        (False, Outcome.TLS_REFUSED, Outcome.ALLOWED, False, True),
        (False, Outcome.TLS_REFUSED, Outcome.SILENT_DROP, True, True),
        (False, Outcome.TLS_REFUSED, Outcome.SILENT_DROP, False, False),
        (None, None, Outcome.ALLOWED, True, False),
    ],
)
def test_whether_the_other_end_may_be_down(allowed, outcome, seen, promised, contradicted):
    assert is_contradicted(allowed, outcome, seen, promised=promised) is contradicted


@pytest.mark.parametrize(
    ("config", "endpoint", "url"),
    [
        ({}, SITE, None),
        ({"httpProxy": "http://p:3128/"}, SITE, None),
        ({"httpProxy": "http://p:3128/", "enabled": False}, Endpoint("http", "a.example", 80), None),
        ({"httpsProxy": "http://user:word@p:3128/"}, SITE, "http://p:3128/"),
        ({"httpsProxy": "http://p/"}, Endpoint("tcp", "a.example", 443), None),
        ({"httpsProxy": "http://p/", "noProxy": ["example"]}, SITE, None),
        ({"httpsProxy": "http://p/", "noProxy": [".a.example"]}, SITE, None),
        ({"httpsProxy": "http://p/", "noProxy": ["b.example", "10.0.0.0/8"]}, SITE, "http://p/"),
        ({"httpsProxy": "http://p/", "noProxy": ["10.0.0.0/8"]}, Endpoint("https", "10.1.2.3", 443), None),
        ({"httpsProxy": "http://p/", "noProxy": [], "effectiveNoProxy": ["A.Example"]}, SITE, None),
    ],
)
def test_what_goes_through_the_clusters_proxy(deployed, config, endpoint, url):
    found = deployed("user-natgw")
    found.find("cluster")["properties"]["httpProxyConfig"] = config
    proxy = read_proxy(found.snapshot().find(found.cluster_id))
    assert (None if proxy is None else proxy.find_url(endpoint)) == url


def two_ways(found):
    """A second pool in a subnet with a NAT gateway of its own."""
    network = found.find("myVnet")["properties"]
    other = found.add(found.find("myNatGateway")["id"].partition("/providers/")[0], "publicIPAddresses", "other", {"ipAddress": "20.100.0.9"})
    gateway = found.add(other.partition("/providers/")[0], "natGateways", "otherGateway", {"publicIpAddresses": [{"id": other}]})
    subnet = {"name": "other", "properties": {"addressPrefix": "172.16.4.0/24", "natGateway": {"id": gateway}}}
    network["subnets"].append(subnet)
    pools = found.find("cluster")["properties"]["agentPoolProfiles"]
    second = copy.deepcopy(pools[0]) | {"name": "second", "mode": "User", "vnetSubnetID": f"{found.find('myVnet')['id']}/subnets/other"}
    pools.append(second)
    return found


def test_a_pool_is_held_against_its_own_way_out(deployed):
    good = {None: echoes("20.100.0.4"), ("second", "pod"): echoes("20.100.0.9"), ("second", "node"): echoes("20.100.0.9")}
    found = of(rows(two_ways(deployed("user-natgw")), Told(good)), "egress-address")
    assert [(check.subject, check.observed.partition(" ")[0], check.status) for check in found] == [
        ("pods of nodepool1 of natCluster", "20.100.0.4", CheckStatus.PASSED),
        ("pods of second of natCluster", "20.100.0.9", CheckStatus.PASSED),
        ("nodes of nodepool1 of natCluster", "20.100.0.4", CheckStatus.PASSED),
        ("nodes of second of natCluster", "20.100.0.9", CheckStatus.PASSED),
    ]
    swapped = {None: echoes("20.100.0.9"), ("second", "pod"): echoes("20.100.0.4"), ("second", "node"): echoes("20.100.0.4")}
    found = of(rows(two_ways(deployed("user-natgw")), Told(swapped)), "egress-address")
    assert {check.status for check in found} == {CheckStatus.FAILED}


def test_pools_that_are_not_probed_are_listed(deployed):
    found = two_ways(deployed("user-natgw"))
    pools = found.find("cluster")["properties"]["agentPoolProfiles"]
    pools[1]["count"] = 0
    pools.append(copy.deepcopy(pools[0]) | {"name": "win1", "osType": "Windows"})
    snapshot = found.snapshot()
    assert [str(place) for place in plan_places(snapshot, found.cluster_id)] == ["pods of nodepool1", "nodes of nodepool1"]
    assert list_unprobed(snapshot, found.cluster_id) == ("second (no nodes)", "win1 (Windows)")


@pytest.mark.parametrize(
    ("times", "seconds"),
    [(("1764000000000000000", "1764000005250000000"), 5.25), (("1764000000%N", "1764000005%N"), None), (("", ""), None)],
)
def test_how_long_the_probes_took(deployed, times, seconds):
    assert rows(deployed("user-natgw"), Told({None: echoes("20.100.0.4")}, times)).probe_seconds == seconds


@pytest.mark.parametrize(
    "host", ["", ".", "a b", "[::1]:443", "[::1]", "a:b:c", "::", "a..b", "-", "é.example", "1.2.3.4.5", "300.1.1.1", "1", "x" * 300, "%0a"]
)
def test_a_host_that_a_registry_made_up_is_predicted_or_not_known(deployed, host):
    """Where blobs are redirected to is the registry's word, whatever it says."""
    step = PullStep("blob", host, Answer(3, error="curl: (3) URL rejected"))
    (pulled,) = check_pull(ImagePull(0, "mcr.microsoft.com", "x", "1"), [step])
    assert pulled.check.status is CheckStatus.INCONCLUSIVE
    for name in ("user-natgw", "udr"):
        found = deployed(name)
        for knowledge in (KNOWN, lab_knowledge()):
            predictor = Predictor(build_network(found.snapshot()), knowledge, found.cluster_id)
            prediction = predictor.predict(Place("nodepool1", "node"), pulled.observation.endpoint)
            assert prediction is not None
            assert prediction.words
