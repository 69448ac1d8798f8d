"""Which rules a log leads to: the fewest, exact, placed where they can be said."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator.egress.addresses.knowledge import lab_knowledge, make_knowledge
from orchestrator.egress.suggest import AllowList, FirewallLog, LogRecord, PresentRules, read_present_rules, suggest
from orchestrator.egress.suggest.bicep_text import render_text, render_value
from orchestrator.egress.suggest.numbering import free_name, next_priorities
from orchestrator.egress.suggest.present_rules import forbid
from orchestrator.egress.suggest.products import cover_exactly
from orchestrator.egress.suggest.records import Table
from orchestrator.model.errors import UserError
from orchestrator.model.flows import Endpoint
from orchestrator.model.suggestions import AllowListEntry, LeftOut

OWN = ({"name": "own", "priority": 300, "protocols": ["https"], "fqdns": ["a.example.com"]},)
NODES = "10.42.1.0/24"
KNOWLEDGE = make_knowledge({"time.io": ["20.1.1.1"]})


def web(host, protocol="https", port=None, line=1, **more):
    return LogRecord(line, Table.APPLICATION, False, protocol, "10.42.1.4", host, port or {"https": 443, "http": 80}[protocol], **more)


def packet(address, port, protocol="tcp", source="10.42.1.4"):
    return LogRecord(1, Table.NETWORK, False, protocol, source, address, port)


def present(entries=OWN, *, declared=True, blocked=(), judge=lambda record: None):
    collections = {"DefaultNetworkRuleCollectionGroup": (("aksfwnr", 100),)}
    allow_list = AllowList(tuple(entries), "udr.bicepparam", declared)
    return PresentRules(judge, forbid(blocked, KNOWLEDGE), allow_list, collections, (NODES, "10.42.0.0/16"))


def suggested(*records, **options):
    return suggest(FirewallLog(records), present(**options), "fw.log")


@pytest.mark.parametrize(
    ("flows", "expected"),
    [
        ([("b.io", "https"), ("c.io", "https")], [("suggested-https", 400, ("https",), ("b.io", "c.io"))]),
        (
            [("b.io", "https"), ("b.io", "http"), ("c.io", "https")],
            [("suggested-http-https", 400, ("http", "https"), ("b.io",)), ("suggested-https", 500, ("https",), ("c.io",))],
        ),
        (
            [("b.io", "https"), ("b.io", "http"), ("c.io", "https"), ("d.io", "http")],
            [("suggested-http", 400, ("http",), ("b.io", "d.io")), ("suggested-https", 500, ("https",), ("b.io", "c.io"))],
        ),
    ],
)
def test_names_are_put_together_by_protocol(flows, expected):
    found = suggested(*(web(*flow) for flow in flows), *(web(*flow, line=9) for flow in flows))
    assert found.entries == tuple(AllowListEntry(*entry) for entry in expected)
    assert {flow.lines for flow in found.flows} == {(1, 9)}


def test_the_text_is_ready_to_paste():
    assert suggested(web("b.io"), web("c.io"), web("d.io")).parameter == (
        "  {\n    name: 'suggested-https'\n    priority: 400\n    protocols: ['https']\n    fqdns: [\n      'b.io'\n      'c.io'\n      'd.io'\n    ]\n  }\n"
    )


def test_a_file_without_the_parameter_gets_all_of_it():
    text = suggested(web("b.io"), declared=False).parameter
    assert text.startswith("param allowList = [\n  {\n    name: 'own'\n    priority: 300\n")
    assert text.endswith("    fqdns: ['b.io']\n  }\n]\n")


def test_ports_of_their_own_and_addresses_are_for_the_topology():
    found = suggested(web("b.io", port=8443), packet("20.1.1.1", 5432), packet("20.1.1.2", 5432), packet("20.1.1.1", 53, "udp"), packet("9.9.9.9", 0, "icmp"))
    assert (found.entries, found.parameter) == ((), "")
    network, application = found.collections
    assert (network.group, network.name, network.priority) == ("DefaultNetworkRuleCollectionGroup", "suggested-network", 200)
    assert [(rule["ipProtocols"], rule["destinationAddresses"], rule["destinationPorts"], rule["sourceAddresses"]) for rule in network.rules] == [
        (["ICMP"], ["9.9.9.9"], ["*"], [NODES]),
        (["TCP"], ["20.1.1.1", "20.1.1.2"], ["5432"], [NODES]),
        (["UDP"], ["20.1.1.1"], ["53"], [NODES]),
    ]
    assert application.rules[0]["protocols"] == [{"protocolType": "Https", "port": 8443}]
    assert found.topology.count("ruleType: 'NetworkRule'") == 3


def test_protocols_with_the_same_ends_share_a_rule():
    (collection,) = suggested(packet("20.1.1.1", 53), packet("20.1.1.1", 53, "udp", "10.42.1.9")).collections
    assert [(rule["ipProtocols"], rule["sourceAddresses"]) for rule in collection.rules] == [(["TCP", "UDP"], [NODES])]


def test_a_source_of_no_subnet_stays_itself():
    (collection,) = suggested(packet("20.1.1.1", 53), packet("20.1.1.1", 53, "udp"), packet("20.1.1.1", 53, source="192.168.7.7")).collections
    assert [(rule["ipProtocols"], rule["sourceAddresses"]) for rule in collection.rules] == [(["TCP"], [NODES, "192.168.7.7"]), (["UDP"], [NODES])]


def test_a_request_to_an_address_becomes_a_network_rule():
    (collection,) = suggested(web("20.1.1.1", "http")).collections
    assert (collection.rules[0]["ipProtocols"], collection.rules[0]["destinationAddresses"], collection.rules[0]["destinationPorts"]) == (
        ["TCP"], ["20.1.1.1"], ["80"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("record", "why"),
    [
        (web("b.io", rule="block/social"), "denied on purpose, by the rule block/social"),
        (web("b.io", reason="Threat Intel"), "not denied for want of a rule: Threat Intel"),
        (web("", reason="SNI TLS extension was missing"), "SNI TLS extension was missing"),
        (web("", "http"), "the client said no name (Host header or SNI), and this table has no address"),
        (web("localhost"), "it is no full name, which a rule needs"),
        (web("db.io", "mssql", 1433), "no rule here can say the protocol mssql"),
        (packet("20.1.1.1", 0, "gre"), "no rule here can say the protocol gre"),
        (web("evil.io"), "it must be blocked, says the environment (mustBeBlocked)"),
        (web("now.io"), "allowed by now: the rule"),
    ],
)
def test_what_gets_no_rule(record, why):
    found = suggested(record, blocked=[Endpoint("https", "evil.io", 443)], judge=lambda one: "the rule" if one.target == "now.io" else None)
    assert (found.flows, found.entries, found.collections, found.parameter) == ((), (), (), "")
    (left,) = found.left_out
    assert (left.why, left.lines) == (why, (1,))


@pytest.mark.parametrize(
    ("address", "blocked", "forbidden"),
    [
        ("20.1.1.1", "time.io", True),
        ("20.1.1.2", "time.io", False),
        ("20.1.1.2", "unknown.io", True),
        ("20.1.1.2", "20.1.1.2", True),
        ("20.1.1.2", "9.9.9.9", False),
    ],
)
def test_an_address_that_may_be_a_forbidden_name_gets_no_rule(address, blocked, forbidden):
    found = suggested(packet(address, 123, "udp"), blocked=[Endpoint("udp", blocked, 123), Endpoint("tcp", address, 123), Endpoint("udp", address, 124)])
    assert bool(found.left_out) is forbidden
    assert bool(found.collections) is not forbidden


def test_allowed_flows_need_nothing():
    allowed = LogRecord(1, Table.APPLICATION, True, "https", "10.42.1.4", "b.io", 443, "c/r")
    found = suggested(allowed, allowed)
    assert (found.records, found.allowed, found.flows, found.left_out) == (2, 2, (), ())


def test_the_plan_says_what_is_allowed_by_now(plan):
    rules = read_present_rules(plan("udr").snapshot(), AllowList((), "udr.bicepparam"), knowledge=lab_knowledge())
    records = [
        web("auth.docker.io"),
        web("ifconfig.me", "http"),
        web("ifconfig.me"),
        web("mcr.microsoft.com"),
        packet("20.50.1.1", 9000),
        packet("20.1.1.1", 9000),
    ]
    found = suggest(FirewallLog(tuple(records)), rules, "fw.log")
    assert {str(flow) for flow in found.flows} == {"https://ifconfig.me:443", "https://mcr.microsoft.com:443", "tcp://20.1.1.1:9000"}
    assert [one.what for one in found.left_out] == ["https://auth.docker.io:443", "http://ifconfig.me:80", "tcp://20.50.1.1:9000"]
    assert isinstance(found.left_out[0], LeftOut)
    assert found.left_out[0].why.startswith("allowed by now: AllowListRuleCollectionGroup/dockerhub-registry/")
    assert rules.collections["DefaultNetworkRuleCollectionGroup"] == (("aksfwnr", 100),)
    assert "10.42.1.0/24" in rules.subnets


@given(st.sets(st.tuples(st.sampled_from("abcd"), st.integers(1, 4))))
@settings(deadline=None)
def test_rules_allow_exactly_what_was_denied(pairs):
    products = cover_exactly(pairs)
    assert sorted(pair for left, right in products for pair in itertools.product(left, right)) == sorted(pairs), "no flow more, and none twice"
    assert len(products) <= min(len({left for left, _ in pairs}), len({right for _, right in pairs}))


def test_priorities_continue_and_move_closer_where_there_is_little_room():
    assert next_priorities([], 2) == (200, 300)
    assert next_priorities([200, 350], 1) == (400,)
    assert next_priorities([64990], 2) == (64991, 64992)
    assert next_priorities([65000], 2) == (101, 102)
    with pytest.raises(UserError):
        next_priorities(range(101, 65001), 1)


def test_names_are_free():
    assert free_name("suggested-https", ["Suggested-HTTPS", "suggested-https-2"]) == "suggested-https-3"


def test_bicep_texts_hold_no_expressions():
    assert render_text("it's ${x} \\ \n") == "'it\\'s \\${x} \\\\ \\n'"
    assert render_value({"a-b": [], "c": {}, "d": [True, 1]}, 0) == "{\n  'a-b': []\n  c: {}\n  d: [\n    true\n    1\n  ]\n}"
