"""A path, hop by hop, and what the packets did."""

import json
from pathlib import Path

from jsonschema import Draft202012Validator

from orchestrator.model.explanations import ExplainedFlow, ExplainedHop, ExplainedWay, Explanation, LiveAnswer, NearestRule
from orchestrator.model.flows import CheckStatus, Endpoint, Observation, Outcome
from orchestrator.model.preflight import PreflightReport
from orchestrator.model.traffic import FlowChange, FlowChangeKind, TrafficComparison
from orchestrator.reporting import json_report
from orchestrator.reporting.explanation_text import render_explanation
from orchestrator.reporting.json_report import render_json
from orchestrator.reporting.junit import render_junit
from orchestrator.reporting.records import EnvironmentRecord
from orchestrator.reporting.styled_text import plain_text

ENDPOINT = Endpoint("https", "a.example", 443)
HOPS = (
    ExplainedHop("source", "/s/providers/Microsoft.Network/virtualNetworks/n/subnets/x", "pod of aks/one in the subnet x"),
    ExplainedHop("firewall", "/s/providers/Microsoft.Network/azureFirewalls/fw", "fw denies it: no rule matched", "group/rule (deny)"),
)
FLOW = ExplainedFlow(
    "pod of aks/one",
    ENDPOINT,
    allowed=False,
    ends="denied by the firewall",
    grade="certain",
    outcome=Outcome.TLS_REFUSED,
    leaving=None,
    ways=(ExplainedWay(HOPS, "denied"),),
    nearest=NearestRule("group/docker (allow)", ("name a.example",), "Add to the rule group/docker: name a.example."),
    reply="asymmetric: answers leave otherwise",
)
LIVE = LiveAnswer("pod of aks", Observation(ENDPOINT, Outcome.ALLOWED, "HTTP 200"), CheckStatus.FAILED, "predicted not to arrive, but it did")
EXPLANATION = Explanation("udr", "what is deployed", (FLOW,), (LIVE,))


def test_a_denied_flow_that_was_seen_to_arrive() -> None:
    assert plain_text(render_explanation(EXPLANATION)) == (
        "pod of aks/one -> https://a.example: does not arrive  (by what is deployed; certain)\n"
        "  1. source         pod of aks/one in the subnet x\n"
        "                    Microsoft.Network/virtualNetworks/n/subnets/x\n"
        "  2. firewall       fw denies it: no rule matched\n"
        "                    Microsoft.Network/azureFirewalls/fw\n"
        "  => denied by the firewall\n"
        "  nearest rule: group/docker (allow), but for name a.example\n"
        "  smallest change: Add to the rule group/docker: name a.example.\n"
        "  answers: asymmetric: answers leave otherwise\n"
        "\n"
        "live, pod of aks: DISAGREES\n"
        "  seen: allowed: HTTP 200\n"
        "  predicted not to arrive, but it did\n"
    )


def test_several_ways_are_told_where_the_end_is_not_known() -> None:
    ways = (ExplainedWay(HOPS, "denied", ("a tag is not known",)), ExplainedWay(HOPS[:1], "leaves"))
    flow = ExplainedFlow("pod of aks/one", ENDPOINT, None, "unknown (a tag is not known)", "unknown", None, None, ways)
    text = plain_text(render_explanation(Explanation("udr", "the plan", (flow,))))
    assert (
        "  2 ways are possible:\n    - denied: fw denies it: no rule matched, since a tag is not known\n    - leaves: pod of aks/one in the subnet x\n" in text
    )


def test_documents() -> None:
    change = FlowChange(FlowChangeKind.LOST, "pods of aks", ("https://a.example",), "20.1.1.1", "denied")
    record = EnvironmentRecord(
        "udr", explanation=EXPLANATION, preflight=PreflightReport("udr", (), (), (), (), ()), traffic=TrafficComparison("udr", 3, (change,))
    )
    schema = json.loads((Path(json_report.__file__).parent / "report.schema.json").read_text())
    for command in ("explain", "preflight", "deploy"):
        Draft202012Validator(schema).validate(json.loads(render_json(command, [record])))
    junit = render_junit("explain", [record])
    assert '<failure message="predicted not to arrive, but it did" type="failed">' in junit
    assert 'tests="2" failures="1" errors="0"' in junit
