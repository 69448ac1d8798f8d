"""The rule that almost matched, and the smallest change."""

import pytest

from orchestrator.egress.network.build import build_network
from orchestrator.egress.trace.nearest_rule import find_nearest
from orchestrator.egress.trace.trace import trace_endpoint
from orchestrator.model.flows import Endpoint
from tests.egress.worked_networks import build

RULES = [
    "https:443 from 10.42.1.0/24 to a.example",
    "https:443 from 10.99.0.0/16 to b.example",
    "https:8443 from * to c.example",
    "http:80 from * to d.example",
    "UDP 123 from * to 9.9.9.9",
]


@pytest.mark.parametrize(
    ("endpoint", "change"),
    [
        (("https", "b.example", 443), "Add to the rule g200-0/c200-1/r1 (allow): source 10.42.1.0/24."),
        (("https", "c.example", 443), "Add to the rule g200-0/c200-1/r2 (allow): port 443."),
        (("https", "d.example", 443), "Add to the rule g200-0/c200-1/r3 (allow): protocol https:443."),
        (("https", "z.example", 443), "Add to the rule g200-0/c200-1/r0 (allow): name z.example."),
        (("udp", "9.9.9.9", 124), "Add to the rule g200-0/c100-0/r0 (allow): port 124."),
        (("tcp", "1.1.1.1", 22), "Add a network rule that allows TCP 22 from 10.42.1.0/24 to 1.1.1.1."),
    ],
)
def test_the_smallest_change(endpoint, change):
    snapshot, knowledge, cluster_id = build({"firewall": {"rules": RULES}})
    network = build_network(snapshot)
    [trace] = trace_endpoint(network, knowledge, cluster_id, Endpoint(*endpoint))
    assert find_nearest(network, trace).change == change


def test_a_rule_that_denies_is_named():
    snapshot, knowledge, cluster_id = build({"firewall": {"groups": [[200, [[100, "deny", ["https:443 from * to *.example"]]]]]}})
    network = build_network(snapshot)
    [trace] = trace_endpoint(network, knowledge, cluster_id, Endpoint("https", "a.example", 443))
    assert find_nearest(network, trace).place.collection == "c100-0"


def test_nothing_is_near_what_is_allowed():
    snapshot, knowledge, cluster_id = build({"nat": ["20.100.1.1"]})
    network = build_network(snapshot)
    [trace] = trace_endpoint(network, knowledge, cluster_id, Endpoint("https", "a.example", 443))
    assert find_nearest(network, trace) is None
