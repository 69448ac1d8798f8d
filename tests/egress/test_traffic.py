"""Differential reachability: what a change does to flows."""

import pytest

from orchestrator.egress.network.build import build_network
from orchestrator.egress.traffic.compare import compare_traffic
from orchestrator.egress.traffic.flows_of_interest import find_interests
from orchestrator.model.flows import Endpoint
from tests.egress.worked_networks import build

RULE = "https:443 from * to hub.docker.com auth.docker.io"
ADDRESSES = {"hub.docker.com": ["5.5.5.5"], "auth.docker.io": ["5.5.5.6"], "new.example": ["5.5.5.7"], "mcr.microsoft.com": ["5.5.5.8"]}


def compare(before, after, expected=()):
    left, knowledge, cluster_id = build({"names": ADDRESSES, **before})
    right, _, _ = build({"names": ADDRESSES, **after})
    found = compare_traffic(build_network(left), build_network(right), knowledge, cluster_id, expected)
    return sorted(str(change) for change in found.changes)


def firewall(*rules, **more):
    return {"firewall": {"rules": list(rules), **more}}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (firewall(RULE), firewall(RULE), []),
        (
            firewall(RULE),
            firewall(RULE.removesuffix(" auth.docker.io")),
            ["pods lose https://auth.docker.io: denied by the firewall: no rule matched, seen as TLS refused"],
        ),
        (firewall(RULE), firewall(RULE, "https:443 from * to new.example"), ["pods gain https://new.example"]),
        (firewall("TCP 22 from * to 9.9.9.0/24"), firewall(), ["pods lose tcp://9.9.9.1:22: denied by the firewall: no rule matched, seen as silent drop"]),
    ],
)
def test_rules(before, after, expected):
    assert compare(before, after) == expected


def test_another_way_out():
    found = compare({"nat": ["20.100.1.1"]}, {"nat": ["20.100.1.1"], "firewall_nat": ["20.100.9.9"], **firewall("https:443 from * to *")})
    assert "pods reach https://mcr.microsoft.com with 20.100.9.9 instead of 20.100.1.1" in found


def test_an_address_that_is_not_known_yet_is_no_change_of_the_resource():
    assert compare({"nat": ["20.100.1.1"]}, {"nat": [None]}) == []
    found = compare({"nat": ["20.100.1.1"]}, {**firewall("https:443 from * to *", public=[None])})
    assert any("not known before creation: " in text and text.endswith("instead of 20.100.1.1") for text in found)


def test_the_environments_own_endpoints_are_looked_at():
    expected = [Endpoint("udp", "1.1.1.1", 53)]
    assert any(text.startswith("pods lose udp://1.1.1.1:53") for text in compare({"nat": ["20.100.1.1"]}, firewall(RULE), expected))


def test_what_a_rule_names_is_looked_at():
    snapshot, _, cluster_id = build(firewall("https:443,http:80 from * to *.b.example", "UDP 123,200-300 from * to name:ntp.example 9.0.0.0/8 8.8.8.8"))
    found = {str(one) for one in find_interests([build_network(snapshot)], cluster_id)}
    assert {"https://sample.b.example", "http://sample.b.example", "udp://ntp.example:123", "udp://9.0.0.1:200", "udp://8.8.8.8:123"} <= found
    assert "https://mcr.microsoft.com" in found


def test_tags_that_a_rule_names_are_looked_at():
    given = {
        **firewall("TCP 443 from * to AzureCloud.westeurope", "https:443 from * to tag:AzureKubernetesService", "TCP * from * to *"),
        "nsg": ["100 deny out Tcp 25 from * to Storage"],
    }
    snapshot, _, cluster_id = build(given)
    found = {str(one): one.to_tag for one in find_interests([build_network(snapshot)], cluster_id)}
    assert found["tcp://AzureCloud.westeurope:443"] is found["tcp://Storage:25"] is True
    assert found["https://nvidia.github.io"] is found["tcp://1.0.0.1:443"] is False
    assert "http://security.ubuntu.com" in found  # required itself
    assert not {"http://nvidia.github.io", "http://www.msftconnecttest.com"} & set(found)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("TCP 443 from * to AzureCloud.westeurope", "pods gain tcp://AzureCloud.westeurope:443"),
        ("UDP 1194 from * to AzureCloud.westeurope", "pods gain udp://AzureCloud.westeurope:1194"),
        ("https:443 from * to tag:AzureKubernetesService", "pods gain https://nvidia.github.io"),
        ("TCP * from * to *", "pods gain tcp://1.0.0.1:443"),
    ],
)
def test_a_rule_by_tag_shows_what_it_opens(rule, expected):
    names = {**ADDRESSES, "nvidia.github.io": ["5.5.5.9"]}
    assert expected in compare({"names": names, **firewall(RULE)}, {"names": names, **firewall(RULE, rule)})
    assert any(text.startswith(expected.replace("gain", "lose")) for text in compare(firewall(RULE, rule), firewall(RULE)))


def test_what_nobody_names_is_lost_behind_a_firewall():
    found = compare({"nat": ["20.100.1.1"]}, firewall(RULE))
    assert "pods lose https://example.com: denied by the firewall: no rule matched, seen as TLS refused" in found
    assert "pods gain http://example.com" in compare(firewall(RULE), {"nat": ["20.100.1.1"]})


def test_a_cluster_that_is_not_there():
    snapshot, knowledge, _ = build({})
    network = build_network(snapshot)
    assert compare_traffic(network, network, knowledge, "/x/y").missing == "there is no cluster y before the change"
