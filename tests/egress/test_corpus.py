"""The worked cases: network + flow -> disposition, each written down from the document that decides it."""

from pathlib import Path

import pytest
import yaml

from orchestrator.egress.dispositions import Grade, Kind
from orchestrator.egress.network.build import build_network
from orchestrator.egress.trace.flow import Flow, Origin, find_sources
from orchestrator.egress.trace.trace import trace_flow
from orchestrator.model.flows import Endpoint, Outcome
from tests.egress.worked_networks import build

CORPUS = sorted((Path(__file__).parent / "corpus").glob("*.yaml"))
PORTS = {"http": 80, "https": 443}


def load():
    for path in CORPUS:
        for section in yaml.safe_load(path.read_text()):
            for case in section["cases"]:
                yield pytest.param(section["given"], case, id=f"{path.stem}: {section['about']}: {case['flow']}")


def read_flow(text):
    """`pod https://example.com:8443`, or `node udp://tag:AzureCloud:1194`."""
    origin, url = text.split()
    protocol, _, rest = url.partition("://")
    to_tag = rest.startswith("tag:")
    rest = rest.removeprefix("tag:")
    host, _, port = rest.rpartition(":") if ":" in rest else (rest, "", "")
    return Origin(origin), Endpoint(protocol, host or rest, int(port) if port else PORTS[protocol]), to_tag


def merge(given, more):
    """A case may change the section's network; `firewall` is merged one level deeper."""
    merged = {**given, **more}
    if given.get("firewall") is not None and more.get("firewall") is not None:
        merged["firewall"] = {**given["firewall"], **more["firewall"]}
    return merged


def shown(trace):
    disposition = trace.disposition
    found = {"expect": disposition.kind.name}
    if disposition.outcome is not None:
        found["as"] = disposition.outcome.name
    if disposition.grade is not Grade.UNKNOWN:
        found["grade"] = disposition.grade.name.lower()
    if disposition.leaving is not None:
        found["addresses"] = sorted(disposition.leaving.addresses)
    return found


@pytest.mark.parametrize(("given", "case"), list(load()))
def test_case(given, case):
    snapshot, knowledge, cluster_id = build(merge(given, case.get("but", {})))
    origin, endpoint, to_tag = read_flow(case["flow"])
    network = build_network(snapshot)
    [source] = find_sources(network, cluster_id, origin)
    trace = trace_flow(network, knowledge, Flow(source, endpoint, to_tag))
    wanted = {"grade": "certain", **{key: case[key] for key in ("expect", "as", "grade", "addresses") if key in case}}
    if Kind[case["expect"]] is Kind.UNKNOWN:
        del wanted["grade"]
    found = shown(trace)
    if "addresses" not in wanted:
        found.pop("addresses", None)
    hops = [hop.text for hop in trace.hops]
    assert (found, hops) == (wanted, hops)
    rules = [str(hop.place) for ending in trace.endings for hop in ending.hops if hop.place is not None]
    assert "by" not in case or any(case["by"] in place for place in rules), rules
    assert "because" not in case or any(case["because"] in reason for reason in trace.disposition.reasons), trace.disposition.reasons
    codes = {assumption.code for assumption in trace.disposition.assumptions}
    assert codes == set(case.get("assumes", codes if case.get("grade") != "assumed" else [])), codes


def test_the_corpus_is_large_and_decided_by_every_kind():
    cases = [param.values[1] for param in load()]
    assert len(cases) >= 100
    assert {case["expect"] for case in cases} == {kind.name for kind in Kind}
    assert {Outcome[case["as"]] for case in cases if "as" in case} == {
        Outcome.DENIED_HTTP_470,
        Outcome.TLS_REFUSED,
        Outcome.SILENT_DROP,
        Outcome.INCONCLUSIVE,
        Outcome.DNS_FAILURE,
    }
