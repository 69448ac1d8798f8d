"""Laws: what is told without knowledge holds with any knowledge; plan and deployment are told alike; sets of addresses are sets."""

import copy
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator.egress.addresses.knowledge import lab_knowledge, make_knowledge
from orchestrator.egress.addresses.ranges import Relation, merge_ranges
from orchestrator.egress.dispositions import Grade
from orchestrator.egress.firewall.fqdn_patterns import covers_pattern, matches_fqdn
from orchestrator.egress.logic.truth import NO, YES, all_of, any_of, choose_first, not_known
from orchestrator.egress.network.build import build_network
from orchestrator.egress.preflight.preflight import preflight as preflight_of
from orchestrator.egress.trace.trace import trace_endpoint
from orchestrator.model.flows import Endpoint
from orchestrator.model.resources import make_snapshot
from tests.egress.worked_networks import build

PLANS = Path(__file__).parent / "plans"
PAIRS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 6)).map(lambda pair: (pair[0], pair[0] + pair[1])), max_size=5)
TAGS = ("Sql", "Storage", "EventHub")
HOSTS = {"a.example": "5.5.5.5", "b.example": "6.6.6.6", "c.other": "7.7.7.7"}
TARGETS = st.sampled_from([*TAGS, "5.0.0.0/8", "6.6.6.6", "*", "name:a.example", "name:c.other"])
NETWORK_RULES = st.tuples(st.sampled_from(["TCP 443", "UDP 123", "TCP 1-1000", "ANY *"]), TARGETS).map(lambda pair: f"{pair[0]} from * to {pair[1]}")
APPLICATION_RULES = st.tuples(st.sampled_from(["https:443", "http:80", "https:443,http:80"]), st.sampled_from(["a.example", "*.example", "*", "c.other"])).map(
    lambda pair: f"{pair[0]} from 10.0.0.0/8 to {pair[1]}"
)
COLLECTIONS = st.lists(st.tuples(st.sampled_from(["allow", "deny"]), st.one_of(NETWORK_RULES, APPLICATION_RULES)), max_size=5)


def points(ranges):
    return {point for low, high in ranges for point in range(low, high + 1)}


@given(PAIRS, PAIRS)
def test_ranges_are_sets(left, right):
    a, b = merge_ranges(left), merge_ranges(right)
    assert points(a) == {point for low, high in left for point in range(low, high + 1)}
    assert points(a.union(b)) == points(a) | points(b)
    assert points(a.without(b)) == points(a) - points(b)
    assert points(merge_ranges((low, low + (1 << 32 - length) - 1) for low, length in a.blocks())) == points(a)
    assert all(low % (1 << 32 - length) == 0 for low, length in a.blocks())
    wanted = Relation.APART if not points(a) & points(b) else Relation.INSIDE if points(a) <= points(b) else Relation.PARTLY
    assert a.relation(b) is wanted


@given(st.lists(st.sampled_from([True, False, None]), max_size=6), st.data())
def test_the_first_match_is_among_those_that_are_possible(values, data):
    truths = {True: YES, False: NO, None: not_known("?")}
    possible = {choice.item for choice in choose_first(range(len(values)), lambda index: truths[values[index]])}
    settled = [value if value is not None else data.draw(st.booleans()) for value in values]
    assert next((index for index, value in enumerate(settled) if value), None) in possible
    assert len(possible) == 1 or None in values


@given(st.lists(st.sampled_from([True, False, None]), max_size=5))
def test_all_and_any(values):
    truths = [{True: YES, False: NO, None: not_known("?")}[value] for value in values]
    assert all_of(*truths).value == (False if False in values else None if None in values else True)
    assert any_of(*truths).value == (True if True in values else None if None in values else False)


NAMES = st.from_regex(r"\A\*?\.?[ab](\.[ab]){0,3}\Z")


@given(NAMES, NAMES, st.from_regex(r"\A[ab](\.[ab]){0,4}\Z"))
def test_a_wider_pattern_matches_whatever_the_narrow_one_does(wide, narrow, host):
    if covers_pattern(wide, narrow) and matches_fqdn(narrow, host):
        assert matches_fqdn(wide, host)


@settings(max_examples=150, deadline=None)
@given(COLLECTIONS, st.sampled_from(sorted(HOSTS)), st.sampled_from([("https", 443), ("http", 80), ("tcp", 443), ("udp", 123)]), st.data())
def test_what_is_told_without_knowledge_holds_with_any(collections, host, protocol, data):
    """Nothing that is not known is read as allowed, or as denied: whatever the tags turn out to be, the answer stands."""
    groups = [[200, [[100 + index, action, [text]] for index, (action, text) in enumerate(collections)]]]
    given_ = {"dns": "firewall", "firewall": {"groups": groups}}
    snapshot, _, cluster_id = build(given_)
    network, endpoint = build_network(snapshot), Endpoint(protocol[0], host, protocol[1])
    names = {name: [address] for name, address in HOSTS.items()}
    [blind] = trace_endpoint(network, make_knowledge(names), cluster_id, endpoint)
    tags = {tag: data.draw(st.lists(st.sampled_from(["5.5.0.0/16", "6.0.0.0/8", "7.7.7.7/32", "9.0.0.0/8"]), max_size=2)) for tag in TAGS}
    [told] = trace_endpoint(network, make_knowledge(names, tags), cluster_id, endpoint)
    assert told.disposition.allowed is not None
    if blind.disposition.allowed is not None:
        assert blind.disposition.allowed is told.disposition.allowed
        assert blind.disposition.outcome in (None, told.disposition.outcome)


@pytest.mark.parametrize("environment", ["lb", "managed-natgw", "user-natgw", "udr"])
def test_a_plan_and_what_was_deployed_are_told_alike(plan, deployed, environment):
    before, after = plan(environment), deployed(environment)
    for endpoint in (Endpoint("https", "mcr.microsoft.com", 443), Endpoint("http", "example.com", 80), Endpoint("udp", "time.windows.com", 123)):
        seen = []
        for found in (before, after):
            [trace] = trace_endpoint(build_network(found.snapshot()), lab_knowledge(), found.cluster_id, endpoint)
            seen.append((trace.disposition.kind, trace.disposition.outcome))
        assert seen[0] == seen[1]


def test_whatever_is_deployed_has_its_addresses(deployed):
    expected = {"lb": {"20.100.0.1"}, "managed-natgw": {"20.100.0.2", "20.100.0.3"}, "user-natgw": {"20.100.0.4"}, "udr": {"20.100.0.5"}}
    for environment, addresses in expected.items():
        found = deployed(environment)
        [trace] = trace_endpoint(build_network(found.snapshot()), lab_knowledge(), found.cluster_id, Endpoint("https", "mcr.microsoft.com", 443))
        assert (trace.disposition.leaving.addresses, trace.disposition.leaving.unknown) == (addresses, None)


HOLES = {list: [[], ["[parameters('p')]"]], dict: [{}, {"id": "[resourceId('a/b', 'c')]"}]}
"""What may stand in the place of a list or an object, beside an expression or nothing at all."""


def holes(value):
    return st.sampled_from(["[reference('x').y]", None, *HOLES.get(type(value), [])]).map(copy.deepcopy)


def spots(value, path=()):
    """Paths of everything inside a body."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield (*path, key)
        yield from spots(inner, (*path, key))


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(["lb", "udr", "user-natgw"]), st.data())
def test_whatever_stays_an_expression_the_preflight_has_an_answer(environment, data):
    """A plan may hold expressions anywhere, a saved file may lack anything: nothing raises."""
    bodies = json.loads((PLANS / f"{environment}.json").read_text())
    for _ in range(data.draw(st.integers(1, 3))):
        kept = [path for path in spots(bodies) if len(path) > 2 or path[-1:] == ("id",)]
        path = data.draw(st.sampled_from(kept))
        owner = bodies
        for key in path[:-1]:
            owner = owner[key]
        owner[path[-1]] = "[format('{0}', reference('x').id)]" if path[1:] == ("id",) else data.draw(holes(owner[path[-1]]))
    found = preflight_of(make_snapshot(bodies), lab_knowledge())
    assert all(one.trace.disposition.grade in Grade for one in found.requirements)
