"""The preflight of the four topologies, compiled and predicted here, and of what breaks them."""

from pathlib import Path

import pytest

from orchestrator.arm import snapshot
from orchestrator.compiler import compile_params
from orchestrator.egress.addresses.knowledge import NOTHING_KNOWN, lab_knowledge, make_knowledge
from orchestrator.egress.network.build import build_network
from orchestrator.egress.preflight.preflight import preflight
from orchestrator.egress.preflight.requirements import Standing
from orchestrator.egress.trace.flow import Origin
from orchestrator.egress.trace.trace import trace_endpoint
from orchestrator.model.findings import Severity
from orchestrator.model.flows import Endpoint, Outcome
from orchestrator.model.resources import make_snapshot
from tests.egress.worked_networks import build

ROOT = Path(__file__).parents[2]
TOPOLOGIES = {"lb": (13, 0), "managed-natgw": (13, 0), "user-natgw": (13, 0), "udr": (14, 15)}
"""Environment -> (required endpoints, assumptions that they rest on with the lab's knowledge)."""


def compiled(environment):
    compilation = compile_params(ROOT / "parameters" / f"{environment}.bicepparam")
    values = {name: entry["value"] for name, entry in compilation.parameters["parameters"].items() if "value" in entry}
    names = {"tenant_id": "0", "management_group_id": None, "subscription_id": "00000000-0000-0000-0000-0000000001ab", "resource_group": "rg"}
    predicted = snapshot(compilation.template, values, **names, location="westeurope", deployment_name="main")
    return make_snapshot(predicted["predictedResources"])


@pytest.fixture(scope="module")
def topologies():
    return {environment: compiled(environment) for environment in TOPOLOGIES}


@pytest.mark.parametrize("environment", TOPOLOGIES)
@pytest.mark.parametrize("knowledge", [lab_knowledge(), NOTHING_KNOWN], ids=["lab", "nothing known"])
def test_every_topology_passes(topologies, environment, knowledge):
    found = preflight(topologies[environment], knowledge, demand=500)
    rows, assumptions = TOPOLOGIES[environment]
    assert (found.refused, found.undecided, found.count(Standing.MET), len(found.requirements)) == (False, False, rows, rows)
    assert {finding.code for finding in found.findings} == ({"SourceAny"} if environment == "udr" else set())
    assert {finding.severity for finding in found.findings} <= {Severity.WARNING}
    assert len(found.assumptions) == (assumptions if knowledge is not NOTHING_KNOWN else assumptions + rows - (environment == "udr"))
    assert all(capacity.per_node for capacity in found.capacities)


def test_the_flows_of_the_udr_walk_through(topologies):
    network = build_network(topologies["udr"])
    [cluster_id] = network.clusters
    seen = {}
    for endpoint in (
        Endpoint("https", "mcr.microsoft.com", 443),
        Endpoint("http", "ifconfig.me", 80),
        Endpoint("https", "ifconfig.me", 443),
        Endpoint("http", "example.com", 80),
        Endpoint("udp", "ntp.ubuntu.com", 123),
        Endpoint("udp", "time.windows.com", 123),
    ):
        [trace] = trace_endpoint(network, lab_knowledge(), cluster_id, endpoint)
        seen[str(endpoint)] = trace.disposition.outcome
    assert seen == {
        "https://mcr.microsoft.com": None,
        "http://ifconfig.me": None,
        "https://ifconfig.me": Outcome.TLS_REFUSED,
        "http://example.com": Outcome.DENIED_HTTP_470,
        "udp://ntp.ubuntu.com:123": None,
        "udp://time.windows.com:123": Outcome.SILENT_DROP,
    }


ALL_BASE = (
    "*.hcp.westeurope.azmk8s.io mcr.microsoft.com *.data.mcr.microsoft.com mcr-0001.mcr-msedge.net management.azure.com login.microsoftonline.com "
    "packages.microsoft.com acs-mirror.azureedge.net packages.aks.azure.com snapshot.ubuntu.com"
)
UBUNTU = "http:80 from * to security.ubuntu.com azure.archive.ubuntu.com changelogs.ubuntu.com"


def hand_written(without="", more=()):
    names = " ".join(name for name in ALL_BASE.split() if name != without)
    return {"firewall": {"rules": [f"https:443 from 10.42.1.0/24 to {names}", UBUNTU.replace("*", "10.42.1.0/24"), *more]}}


def codes(given, knowledge=None):
    snapshot_, own, _ = build(given)
    found = preflight(snapshot_, knowledge or own, demand=500)
    return found, [(finding.severity.value, finding.code) for finding in found.findings]


def test_a_hand_written_rule_set_that_is_whole():
    found, listed = codes(hand_written())
    assert listed == []
    assert found.count(Standing.MET) == 13


@pytest.mark.parametrize(
    ("name", "code", "exit_code"),
    [("*.hcp.westeurope.azmk8s.io", "BootEndpointDenied", "exit code 51 "), ("mcr.microsoft.com", "BootEndpointDenied", "exit code 50 ")],
)
def test_a_missing_boot_endpoint_stops_a_deployment_and_says_the_exit_code(name, code, exit_code):
    found, listed = codes(hand_written(without=name))
    assert listed == [("error", code)]
    [finding] = found.findings
    assert exit_code in finding.message
    assert name in finding.message
    assert "nodes would not boot" in finding.message
    assert "Add to the rule g200-0/c200-0/r0 (allow): name " in finding.remedy


def test_what_may_be_cached_warns_and_what_runs_later_too():
    assert codes(hand_written(without="packages.aks.azure.com"))[1] == [("warning", "BootEndpointDeniedUnlessCached")]
    assert codes(hand_written(without="management.azure.com"))[1] == [("warning", "EndpointDenied")]
    assert codes(hand_written(without="snapshot.ubuntu.com"))[1] == [("warning", "OptionalEndpointDenied")]


def test_a_boot_endpoint_that_is_not_known_is_no_pass():
    given = hand_written(without="mcr.microsoft.com", more=["TCP 443 from 10.42.1.0/24 to MicrosoftContainerRegistry"])
    found, listed = codes(given)
    assert ("unknown", "BootEndpointUnknown") in listed
    assert found.undecided
    known = make_knowledge({"mcr.microsoft.com": ["13.107.208.9"]}, {"MicrosoftContainerRegistry": ["13.107.208.0/24"]})
    assert ("unknown", "BootEndpointUnknown") not in codes(given, known)[1]


def test_a_name_that_is_not_resolved_has_an_exit_code_of_its_own():
    found, _ = codes({**hand_written(), "dns": "firewall", "firewall": {**hand_written()["firewall"], "proxy": False}})
    assert any("exit code 52 " in finding.message for finding in found.findings)


def test_features_decide_what_is_required():
    features = {
        "addonProfiles": {"azurepolicy": {"enabled": True}, "omsagent": {"enabled": False}},
        "apiServerAccessProfile": {"enablePrivateCluster": True},
        "securityProfile": {"workloadIdentity": {"enabled": "[parameters('x')]"}},
    }
    found, listed = codes({**hand_written(without="*.hcp.westeurope.azmk8s.io"), "cluster": features})
    hosts = {requirement.row.host for requirement in found.requirements}
    assert "data.policy.core.windows.net" in hosts
    assert not any(host.startswith("*.hcp") for host in hosts)
    assert not any("opinsights" in host for host in hosts)
    assert {requirement.trace.flow.source.origin for requirement in found.requirements if requirement.row.feature == "policy"} == {Origin.POD}
    assert next(one for one in found.requirements if one.row.feature == "workload-identity").certain is False
    assert ("warning", "EndpointDenied") in listed


def test_windows_and_gpu_pools_need_more():
    found, _ = codes({**hand_written(), "pool": {"osType": "Windows", "vmSize": "Standard_NC24ads_A100_v4"}})
    assert {"windows", "gpu"} <= {requirement.row.feature for requirement in found.requirements}


def test_the_outbound_check_is_not_run_without_an_outbound_type():
    _, listed = codes({**hand_written(without="mcr.microsoft.com"), "outbound_type": "none"})
    assert ("error", "BootEndpointDenied") not in listed
    assert ("warning", "EndpointDenied") in listed


def test_an_outbound_type_that_says_something_else():
    found, listed = codes({**hand_written(), "outbound_type": "loadBalancer", "effective": ["20.100.3.1"]})
    assert listed == [("warning", "OutboundTypeDiffersFromPath")]
    assert found.findings[0].message.endswith("it leaves with 20.100.0.5")


@pytest.mark.parametrize(
    ("ranges", "expected"),
    [
        ([], []),
        (["20.100.0.5/32"], []),
        (["20.100.0.0/24", "1.2.3.4/32"], []),
        (["1.2.3.4/32"], [("error", "EgressAddressNotAuthorized")]),
        (["1.2.3.4/32", "[parameters('more')]"], [("unknown", "EgressAddressNotAuthorized")]),
    ],
)
def test_the_address_of_the_way_out_among_the_authorized_ranges(ranges, expected):
    assert codes({**hand_written(), "cluster": {"apiServerAccessProfile": {"authorizedIPRanges": ranges}}})[1] == expected


def test_a_private_subnet_without_a_way_out():
    assert ("error", "NoWayOut") in codes({"outbound_type": "userDefinedRouting", "routes": ["0.0.0.0/0 -> Internet"]})[1]


@pytest.mark.parametrize("server", ["dns.fabrikam.example", "0.0.0.0/0", "10.0.0.4/32", "[reference('x').address]"])
def test_a_dns_server_that_is_no_address_is_not_known(server):
    found, _ = codes({**hand_written(), "dns": [server]})
    assert found.undecided
    assert any("the DNS server is" in finding.message for finding in found.findings if finding.severity is Severity.UNKNOWN)
