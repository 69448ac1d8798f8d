"""Each rule of the firewall, and of the network around it, broken once in the predictor: some case with a known outcome fails; without a change none does.

The cases: the worked cases from Microsoft's pages, the corpus of tests/egress, what packets showed in the differential comparison (stored), and the few in
cases.yaml.
"""

import importlib
import json
from pathlib import Path

import pytest
import yaml

from tests.mutations.sandbox import changed_predictor, read_patches

HERE = Path(__file__).parent
MUTATIONS = [mutation for name in ("mutations", "mutations_of_networks") for mutation in yaml.safe_load((HERE / f"{name}.yaml").read_text())]
CASES = yaml.safe_load((HERE / "cases.yaml").read_text())
WORKED = [case for path in sorted((HERE.parent / "worked").glob("*.yaml")) for case in yaml.safe_load(path.read_text())]


def failures():
    """The names of cases whose outcome is not what is known, with the predictor that is imported now."""
    engines, worlds = importlib.import_module("tests.worked.engines"), importlib.import_module("tests.worked.worlds")
    for number, case in enumerate(WORKED, start=1):
        found = engines.predict(number, case, worlds.make_bodies(number, case["network"]))
        if any(found[each["flow"]][: len(wanted)] != wanted for each in case["flows"] for wanted in [engines.expected(each)]):
            yield case["name"]
    corpus = importlib.import_module("tests.egress.test_corpus")
    for param in corpus.load():
        try:
            corpus.test_case(*param.values)
        except AssertionError:
            yield param.id
    yield from importlib.import_module("tests.mutations.stored").find_differences()
    for case in CASES:
        bodies, cluster_id = make_bodies(case["given"])
        found = engines.predict_flows(bodies, cluster_id, [case["flow"]], case["given"].get("names", {}))
        if found[case["flow"]][:2] != ("denied", case["denied"]):
            yield case["about"]


def make_bodies(given):
    """The bodies of a case in the words of tests/egress/worked_networks.py, and `dnat`."""
    networks = importlib.import_module("tests.egress.worked_networks")
    snapshot, _, cluster_id = networks.build(given)
    bodies = [json.loads(json.dumps(each.body)) for each in snapshot]
    rules = [{**networks.rule(text, "dnat"), "ruleType": "NatRule", "translatedAddress": "10.42.1.9"} for text in given["firewall"].get("dnat", [])]
    kind = "FirewallPolicyNatRuleCollection"
    collection = {"ruleCollectionType": kind, "name": "dnat", "priority": 100, "action": {"type": "Allow"}, "rules": rules}
    policy = next(each for each in bodies if each["type"].endswith("firewallPolicies"))
    bodies.append(networks.child(policy, "ruleCollectionGroups", "dnat", {"priority": 100, "ruleCollections": [collection]}))
    return bodies, cluster_id


def test_there_are_enough_and_each_names_its_rule():
    assert len(MUTATIONS) >= 40
    assert len({mutation["rule"] for mutation in MUTATIONS}) == len(MUTATIONS)


def test_without_a_change_nothing_fails():
    with changed_predictor({}):
        assert list(failures()) == []


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation["rule"])
def test_a_broken_rule_is_caught(mutation):
    with changed_predictor(read_patches(mutation)):
        assert next(failures(), None) is not None
