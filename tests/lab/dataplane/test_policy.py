import pytest

from orchestrator.lab.dataplane.addresses import read_address_set
from orchestrator.lab.dataplane.firewall.policy import (
    NO_RULE,
    NO_SNI,
    Action,
    ApplicationRule,
    Collection,
    Decision,
    Flow,
    NamePattern,
    NetworkRule,
    Request,
    RuleSet,
    decide_flow,
    decide_request,
    matches_name,
)


def addresses(*texts):
    return read_address_set(texts, lambda tag: {"Tag": ["20.50.0.0/16"]}[tag], pytest.fail)


ANY = addresses("*")


def network(name, *destinations, ports=((443, 443),), protocols=("TCP",), names=(), sources=ANY):
    return NetworkRule(name, frozenset(protocols), sources, addresses(*destinations), tuple(names), tuple(ports))


def application(name, *patterns, protocols=(("http", 80), ("https", 443)), sources=ANY):
    return ApplicationRule(name, sources, frozenset(protocols), tuple(NamePattern(p) for p in patterns))


def collection(name, order, *, allows=True, net=(), app=()):
    return Collection(name, "g", order, allows, tuple(net), tuple(app))


def rules(*collections):
    return RuleSet(tuple(sorted(collections, key=lambda c: c.order)))


def never(name, address):
    return False


def flow(destination="20.50.1.1", port=443, protocol="TCP", source="10.42.1.4"):
    return Flow(protocol, source, destination, port)


@pytest.mark.parametrize(
    ("pattern", "host", "matched"),
    [
        ("contoso.com", "contoso.com", True),
        ("contoso.com", "www.contoso.com", False),
        ("*.contoso.com", "www.contoso.com", True),
        ("*.contoso.com", "a.b.contoso.com", True),
        ("*.contoso.com", "contoso.com", False),
        ("*contoso.com", "contoso.com", True),
        ("*contoso.com", "anycontoso.com", True),
        ("*", "anything.example", True),
        ("Contoso.COM", "contoso.com", True),
        ("con*.com", "contoso.com", False),
    ],
)
def test_a_star_counts_at_the_far_left_only(pattern, host, matched):
    assert matches_name(pattern, host) is matched


@pytest.mark.parametrize(
    ("made", "action"),
    [
        (flow(), Action.ALLOW),
        (flow("20.51.1.1"), Action.PROXY),
        (flow("20.51.1.1", 9000), Action.DENY),
        (flow(protocol="UDP"), Action.DENY),
        (flow(port=444), Action.DENY),
        (flow(source="10.9.9.9"), Action.PROXY),
    ],
)
def test_a_network_rule_matches_protocol_source_destination_and_port(made, action):
    only = rules(collection("c", (0, 200, 100), net=[network("r", "Tag", sources=addresses("10.42.0.0/16"))]))
    assert decide_flow(only, made, never).action is action


def test_network_rules_come_before_application_rules_whatever_the_priority():
    both = rules(
        collection("app", (0, 100, 100), allows=False, app=[application("a", "*")]),
        collection("net", (0, 60000, 60000), net=[network("n", "*")]),
    )
    assert decide_flow(both, flow(), never) == Decision(Action.ALLOW, "Rule Collection Group: g. Rule Collection: net. Rule: n.")


def test_the_order_is_parent_then_group_then_collection_and_the_first_match_ends():
    def deciding(*orders):
        return decide_flow(rules(*(collection(f"c{o}", o, allows=i == 0, net=[network("r", "*")]) for i, o in enumerate(orders))), flow(), never).action

    assert deciding((0, 900, 900), (1, 100, 100)) is Action.ALLOW
    assert deciding((0, 100, 900), (0, 200, 100)) is Action.ALLOW
    assert deciding((0, 100, 100), (0, 100, 200)) is Action.ALLOW
    assert deciding((0, 100, 300), (0, 100, 200)) is Action.DENY


def test_a_name_in_a_network_rule_means_what_the_dns_proxy_answered():
    named = rules(collection("c", (0, 1, 1), net=[network("time", protocols=("UDP",), ports=((123, 123),), names=("ntp.ubuntu.com",))]))
    asked = flow("91.189.94.4", 123, "UDP")
    assert decide_flow(named, asked, never) == Decision(Action.DENY, NO_RULE)
    assert decide_flow(named, asked, lambda name, address: (name, address) == ("ntp.ubuntu.com", "91.189.94.4")).action is Action.ALLOW
    assert named.learned_names == {"ntp.ubuntu.com"}


def test_any_covers_icmp_and_ports_of_application_rules_are_proxied():
    found = rules(
        collection("c", (0, 1, 1), net=[network("any", "1.1.1.1", protocols=("ANY",), ports=((0, 65535),))]),
        collection("a", (0, 2, 1), app=[application("a", "x.example", protocols=(("http", 8080),))]),
    )
    assert decide_flow(found, flow("1.1.1.1", 0, "ICMP"), never).action is Action.ALLOW
    assert decide_flow(found, flow("2.2.2.2", 0, "ICMP"), never).action is Action.DENY
    assert decide_flow(found, flow("2.2.2.2", 8080), never).action is Action.PROXY
    assert decide_flow(RuleSet(), flow(port=80), never).action is Action.PROXY


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (Request("https", "10.42.1.4", "docker.io", 443), Decision(Action.ALLOW, "Rule Collection Group: g. Rule Collection: c. Rule: r.")),
        (Request("https", "10.42.1.4", "Docker.IO.", 443), Decision(Action.ALLOW, "Rule Collection Group: g. Rule Collection: c. Rule: r.")),
        (Request("http", "10.42.1.4", "docker.io", 80), Decision(Action.DENY, NO_RULE)),
        (Request("https", "10.42.1.4", "docker.io", 8443), Decision(Action.DENY, NO_RULE)),
        (Request("https", "10.42.1.4", None, 443), Decision(Action.DENY, NO_SNI)),
        (Request("http", "10.42.1.4", None, 80), Decision(Action.DENY, NO_RULE)),
        (Request("https", "10.9.1.4", "docker.io", 443), Decision(Action.DENY, NO_RULE)),
    ],
)
def test_application_rules(request_, expected):
    rule = application("r", "docker.io", protocols=(("https", 443),), sources=addresses("10.42.0.0/16"))
    assert decide_request(rules(collection("c", (0, 1, 1), app=[rule])), request_) == expected


def test_a_denying_collection_names_its_rule():
    deny = rules(collection("no", (0, 1, 1), allows=False, app=[application("r", "*.bad.example")]), collection("all", (0, 1, 2), app=[application("a", "*")]))
    assert decide_request(deny, Request("http", "10.0.0.1", "x.bad.example", 80)) == Decision(
        Action.DENY, "Rule Collection Group: g. Rule Collection: no. Rule: r."
    )
    assert decide_request(deny, Request("http", "10.0.0.1", "good.example", 80)).action is Action.ALLOW


def test_a_tags_name_counts_only_for_its_own_protocol_and_port():
    tagged = ApplicationRule("t", ANY, frozenset({("http", 80), ("https", 443)}), (NamePattern("mcr.microsoft.com", ("https", 443)),))
    found = rules(collection("c", (0, 1, 1), app=[tagged]))
    assert decide_request(found, Request("https", "10.0.0.1", "mcr.microsoft.com", 443)).action is Action.ALLOW
    assert decide_request(found, Request("http", "10.0.0.1", "mcr.microsoft.com", 80)).action is Action.DENY
