"""Flows that change, lost ones first."""

from orchestrator.model.traffic import FlowChange, FlowChangeKind, TrafficComparison
from orchestrator.reporting.styled_text import plain_text
from orchestrator.reporting.traffic_text import render_traffic


def test_lost_gained_and_another_address() -> None:
    changes = (
        FlowChange(FlowChangeKind.LOST, "pods of aks", ("https://a.example",), "20.1.1.1", "denied", "Add a rule."),
        FlowChange(FlowChangeKind.READDRESSED, "pods of aks", tuple(f"https://{n}.example" for n in range(8)), "20.1.1.1", "20.2.2.2"),
        FlowChange(FlowChangeKind.GAINED, "nodes of aks", ("udp://b.example:123",), "denied", "20.1.1.1"),
    )
    assert plain_text(render_traffic(TrafficComparison("udr", 40, changes))) == (
        "Traffic changes: 1 lost, 8 another address out, 1 gained, of 40 flows that were compared.\n"
        "  - pods of aks lose https://a.example\n"
        "      before: 20.1.1.1\n"
        "      after:  denied\n"
        "      to keep it: Add a rule.\n"
        "  ~ pods of aks leave with another address to https://0.example, https://1.example, https://2.example, https://3.example, https://4.example, "
        "https://5.example and 2 more\n"
        "      before: 20.1.1.1\n"
        "      after:  20.2.2.2\n"
        "  + nodes of aks gain udp://b.example:123\n"
        "      after:  20.1.1.1\n"
    )


def test_nothing_changes_or_nothing_was_there() -> None:
    assert plain_text(render_traffic(TrafficComparison("udr", 40, ()))) == "Traffic changes: none, of 40 flows that were compared.\n"
    assert plain_text(render_traffic(TrafficComparison("udr", 0, (), (("aks", "20.1.1.1"),)))) == (
        "Traffic changes: nothing is deployed yet that could lose any.\n  + aks is new; its pods will leave with: 20.1.1.1\n"
    )
