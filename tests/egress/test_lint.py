"""Each rule of the lint: one network that it finds something in, and one that it does not."""

from random import Random

import pytest

from orchestrator.egress.addresses.knowledge import lab_knowledge, make_knowledge
from orchestrator.egress.addresses.ranges import Relation
from orchestrator.egress.lint import unreachable_rule
from orchestrator.egress.lint.application_groups import ApplicationGroups
from orchestrator.egress.lint.lint_rule import LintSubject
from orchestrator.egress.lint.registry import LINT_RULES, lint_firewalls
from orchestrator.egress.network.build import build_network
from orchestrator.model.findings import Severity
from tests.egress.worked_networks import build


def lint(given, **tables):
    snapshot, knowledge, _ = build(given)
    found = lint_firewalls(build_network(snapshot), make_knowledge(**tables) if tables else knowledge)
    return [(finding.code, finding.severity.value, finding.message) for finding in found if finding.code != "SourceAny"]


def rules(*texts, **more):
    return {"firewall": {"rules": list(texts), **more}}


def groups(*given):
    return {"firewall": {"groups": list(given)}}


CLOUD = {"AzureCloud.westeurope": ["20.50.0.0/16"]}

FINDS = {
    "EmptyRuleList": rules("https:443 from 10.42.1.0/24 to "),
    "InvalidWildcard": rules("https:443 from * to www.*.com"),
    "RepeatedPriority": groups([200, [[100, "allow", ["https:443 from * to a.example"]], [100, "deny", ["https:443 from * to b.example"]]]]),
    "FqdnNetworkRule": rules("UDP 123 from * to name:ntp.example", proxy=False),
    "ShadowedApplicationRules": rules("TCP 443 from * to *", "https:443 from * to a.example"),
    "UnreachableRule": rules("TCP 1-1000 from * to 5.0.0.0/8", "TCP 443 from 10.42.1.0/24 to 5.5.0.0/16"),
    "BroadWildcard": rules("https:443 from * to *contoso.com"),
    "ClassicRulesBesidePolicy": None,
    "SourceAny": None,
}


def test_the_registry_is_whole():
    assert {rule.code for rule in LINT_RULES} == set(FINDS)
    assert len({rule.code for rule in LINT_RULES}) == len(LINT_RULES)
    assert all(rule.what and rule.why and rule.remedy and rule.source.startswith("https://") for rule in LINT_RULES)


@pytest.mark.parametrize("code", [code for code, given in FINDS.items() if given])
def test_each_rule_finds_its_own(code):
    assert code in [found for found, _, _ in lint(FINDS[code])]


def test_a_rule_set_without_a_fault():
    given = rules("UDP 123 from 10.42.1.0/24 to name:ntp.example", "https:443 from 10.42.1.0/24 to a.example *.b.example")
    assert lint({**given, "dns": "firewall"}) == []


def some_rules(random):
    """Rules out of few words, so that many cover each other."""
    ends = ["*", "10.0.0.0/8", "10.42.0.0/16", "10.42.1.0/24", "5.5.0.0/16", "5.5.5.5", "5.5.5.0-5.5.6.9", "AzureCloud", "AzureCloud.westeurope"]
    names = ["*", "*.example", "a.example", "*example", "b.a.example", "*.a.example", "other.test"]

    def pick(words):
        return " ".join(random.sample(words, random.choice([1, 1, 2, 3])))

    for _ in range(random.randrange(2, 30)):
        if random.random() < 0.5:
            yield f"{random.choice(['TCP', 'ANY'])} {random.choice(['443', '80,443', '*', '400-500', '1-100'])} from {pick(ends)} to {pick(ends)}"
        else:
            yield f"{random.choice(['https:443', 'http:80,https:443'])} from {pick(ends)} to {pick(names)}"


@pytest.mark.parametrize("seed", range(60))
def test_the_indexes_find_what_a_look_at_every_pair_finds(seed):
    given = rules(*some_rules(Random(seed)))
    snapshot, _, _ = build({**given, "tags": {}})
    network, knowledge = build_network(snapshot), lab_knowledge({"a.example": ["5.5.5.5"], "other.test": ["5.5.5.5", "9.9.9.9"]})
    [firewall] = network.firewalls.values()
    subject = LintSubject(firewall, network, knowledge)
    covered = []
    for ordered, covers in ((firewall.rules.network, unreachable_rule._covers_network), (firewall.rules.application, unreachable_rule._covers_application)):
        kept = []
        for rule in ordered:
            earlier = next((one for one in kept if covers(one, rule)), None)
            covered += [(str(rule.place), str(earlier.place))] if earlier is not None else []
            kept += [] if earlier is not None else [rule]
    found = [finding.message for finding in unreachable_rule.RULE.findings(subject)]
    assert [all(place in message for place in pair) for message, pair in zip(found, covered, strict=True)] == [True] * len(covered)
    groups = ApplicationGroups(firewall.rules.application, knowledge)
    for rule in firewall.rules.network:
        wanted = {
            one.place for one in firewall.rules.application if any(rule.ports.holds(port) for _, port in one.protocols) and overlap(rule.source, one.source)
        }
        assert {one.place for group in groups.under(rule) for one in group.rules} >= wanted


def overlap(left, right):
    vague = any(one.any or one.tags or not one.ranges for one in (left, right))
    return vague or left.ranges.relation(right.ranges) is not Relation.APART


def test_sources_are_told_once_for_each_group():
    snapshot, knowledge, _ = build(rules("https:443 from * to a.example", "https:443 from * to b.example"))
    [finding] = lint_firewalls(build_network(snapshot), knowledge)
    assert (finding.code, finding.severity) == ("SourceAny", Severity.WARNING)
    assert finding.message == "2 allow rules have the source *: c200-0/r0, c200-0/r1"


def test_classic_rules_beside_a_policy():
    snapshot, knowledge, _ = build(rules("https:443 from 10.42.1.0/24 to a.example"))
    [firewall] = snapshot.of_type("Microsoft.Network/azureFirewalls")
    firewall.body["properties"]["networkRuleCollections"] = [{"name": "x"}]
    assert [finding.code for finding in lint_firewalls(build_network(snapshot), knowledge)] == ["ClassicRulesBesidePolicy"]


@pytest.mark.parametrize(
    ("network_rule", "tables", "expected"),
    [
        ("TCP 443 from * to *", {}, "certain"),
        ("ANY * from * to *", {}, "certain"),
        ("TCP 443 from * to AzureCloud.westeurope", {}, "possible"),
        ("TCP 443 from * to AzureCloud.westeurope", {"service_tags": CLOUD}, "possible"),
        (
            "TCP 443 from * to AzureCloud.westeurope",
            {"names": {"a.example": ["20.50.1.1"]}, "service_tags": CLOUD},
            "certain",
        ),
        ("TCP 443 from * to AzureCloud.westeurope", {"names": {"a.example": ["5.5.5.5"]}, "service_tags": CLOUD}, None),
        ("TCP 443 from * to 5.5.0.0/16", {"names": {"a.example": ["5.5.5.5"]}}, "certain"),
        ("TCP 443 from * to 10.1.0.0/16", {}, None),
        ("TCP 8443 from * to *", {}, None),
        ("UDP 443 from * to *", {}, None),
        ("TCP 443 from 10.99.0.0/16 to *", {}, None),
    ],
)
def test_shadowing_is_certain_only_where_addresses_are_known(network_rule, tables, expected):
    given = rules(network_rule, "https:443 from 10.42.1.0/24 to a.example")
    found = [message for code, _, message in lint(given, **(tables or {"names": {}})) if code == "ShadowedApplicationRules"]
    assert [word for message in found for word in ("certain", "possible") if word in message] == ([expected] if expected else [])


def shadowing(network_rule, *application_rules, **names):
    """What is said in the lab, where names lie in known ranges."""
    snapshot, _, _ = build(rules(network_rule, *application_rules))
    found = lint_firewalls(build_network(snapshot), lab_knowledge(names))
    return [finding.message.partition("asked")[2] for finding in found if finding.code == "ShadowedApplicationRules"]


@pytest.mark.parametrize(
    ("application_rule", "expected"),
    [
        ("https:443 from * to x.hcp.westeurope.azmk8s.io", [": x.hcp.westeurope.azmk8s.io (certain)"]),
        ("https:443 from * to mcr.microsoft.com", []),
        ("https:443 from * to *.hcp.westeurope.azmk8s.io", [": *.hcp.westeurope.azmk8s.io may be among it (possible: addresses are not known)"]),
        ("https:443 from * to tag:AzureKubernetesService", [": the tag AzureKubernetesService may be among it (possible: addresses are not known)"]),
        ("https:443 from * to two.example", [": two.example may be among it (possible: addresses are not known)"]),
    ],
)
def test_a_range_that_holds_a_names_whole_range_shadows_it_certainly(application_rule, expected):
    two = {"two.example": ["20.50.1.1", "5.5.5.5"]}
    assert shadowing("TCP 443 from * to AzureCloud.westeurope", application_rule, **two) == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("https:443 from * to *.example", "https:443 from * to a.b.example", "is never reached"),
        ("https:443 from * to *.example", "https:443 from * to example", None),
        ("https:443 from * to *example", "https:443 from * to example", "is never reached"),
        ("https:443,http:80 from * to a.example b.example", "http:80 from 10.0.0.0/8 to b.example", "is never reached"),
        ("https:443 from 10.0.0.0/8 to a.example", "https:443 from * to a.example", None),
        ("https:443 from * to a.example", "https:443 from * to a.example", "repeats"),
        ("https:443 from * to tag:AzureKubernetesService", "https:443 from * to tag:azurekubernetesservice", "repeats"),
        ("TCP 443 from * to AzureCloud", "TCP 443 from * to AzureCloud.westeurope", "is never reached"),
        ("TCP 443 from * to AzureCloud.westeurope", "TCP 443 from * to AzureCloud", None),
        ("ANY * from * to *", "UDP 53 from 10.0.0.0/8 to 8.8.8.8", "is never reached"),
        ("TCP 443 from * to 5.5.0.0/16", "UDP 443 from * to 5.5.0.0/16", None),
        ("TCP 443 from * to 5.5.0.0/16 6.6.0.0/16", "TCP 443 from * to 6.6.6.6 5.5.5.5", "is never reached"),
        ("TCP 1-65535 from * to 5.5.0.0/16", "TCP 9000-9300 from * to 5.5.5.5", "is never reached"),
        ("UDP 123 from * to name:a.example name:b.example", "UDP 123 from * to name:b.example", "is never reached"),
    ],
)
def test_rules_that_an_earlier_one_covers(first, second, expected):
    found = [message for code, _, message in lint(rules(first, second)) if code == "UnreachableRule"]
    assert [expected in message for message in found] == ([True] if expected else [])


def test_a_denial_that_comes_too_late():
    given = groups([200, [[100, "allow", ["https:443 from * to *.b.example"]], [200, "deny", ["https:443 from * to bad.b.example"]]]])
    [(_, _, message)] = lint(given)
    assert message == "the rule g200-0/c200-1/r0 (deny) never takes effect: g200-0/c100-0/r0 (allow) comes first and covers all of it"


@pytest.mark.parametrize(
    ("more", "severity"),
    [({"proxy": False}, "error"), ({"tier": "Basic"}, "error"), ({}, "warning")],
)
def test_names_in_network_rules_need_both_halves_of_dns(more, severity):
    [(code, found, _)] = lint(rules("UDP 123 from 10.42.1.0/24 to name:ntp.example", **more))
    assert (code, found) == ("FqdnNetworkRule", severity)


@pytest.mark.parametrize(("pattern", "finds"), [("*", True), ("*.com", True), ("*ubuntu.com", True), ("*.ubuntu.com", False), ("ubuntu.com", False)])
def test_broad_wildcards(pattern, finds):
    assert bool(lint(rules(f"https:443 from 10.42.1.0/24 to {pattern}"))) is finds
