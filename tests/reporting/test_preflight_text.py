"""A preflight on a screen: in full, and in a few lines."""

from orchestrator.model.findings import Finding, Severity
from orchestrator.model.flows import Endpoint
from orchestrator.model.preflight import Assumed, PortBudget, PredictedEndpoint, PreflightReport
from orchestrator.reporting.preflight_text import render_preflight
from orchestrator.reporting.styled_text import plain_text

WARNING = Finding("SourceAny", Severity.WARNING, "1 allow rule has the source *", "/rule", "name them", "a page")
DENIED = Finding("BootEndpointDenied", Severity.ERROR, "nodes would not boot", "/cluster", "add a rule", "another page")


def endpoint(host: str, standing: str) -> PredictedEndpoint:
    return PredictedEndpoint("aks", "base", "boot", Endpoint("https", host, 443), "images", "node of aks/one", standing, "leaves to the internet")


def report(*findings: Finding, forced: tuple[str, ...] = ()) -> PreflightReport:
    return PreflightReport(
        "udr",
        findings,
        (endpoint("a.example", "met"), endpoint("b.example", "denied" if DENIED in findings else "met")),
        (PortBudget("aks", "firewall: 4,992 ports", 1248, None, None),),
        (("aks", "20.1.1.1"),),
        (Assumed("tag", "it covers a: so", "page"), Assumed("tag", "it covers b: so", "page"), Assumed("own", "nobody else's")),
        forced,
    )


def test_all_is_well_in_a_few_lines() -> None:
    assert plain_text(render_preflight(report(WARNING, WARNING), brief=True)) == (
        "  2 of 2 required endpoints are reached, on 3 assumptions (2 tag, 1 own); 2 warnings\n"
        "  pods of aks leave with: 20.1.1.1\n"
        "  SNAT ports, firewall: 4,992 ports\n"
        "  warning SourceAny: 1 allow rule has the source * (and 1 more: ./inv preflight)\n"
    )


def test_what_stops_a_deployment_is_whole_and_what_is_forced_is_said() -> None:
    assert plain_text(render_preflight(report(DENIED, forced=("BootEndpointDenied",)), brief=True)) == (
        "  1 of 2 required endpoints are reached, 1 denied, on 3 assumptions (2 tag, 1 own); 1 error\n"
        "  pods of aks leave with: 20.1.1.1\n"
        "  SNAT ports, firewall: 4,992 ports\n"
        "error BootEndpointDenied: nodes would not boot\n"
        "    at: /cluster\n"
        "    fix: add a rule\n"
        "    see: another page\n"
        "  forced: --force overrides BootEndpointDenied\n"
    )


def test_everything() -> None:
    assert plain_text(render_preflight(report(DENIED))) == (
        "\n"
        "standing  phase  endpoint           from             what becomes of it\n"
        "met       boot   https://a.example  node of aks/one  leaves to the internet\n"
        "denied    boot   https://b.example  node of aks/one  leaves to the internet\n"
        "\n"
        "error BootEndpointDenied: nodes would not boot\n"
        "    at: /cluster\n"
        "    fix: add a rule\n"
        "    see: another page\n"
        "  pods of aks leave with: 20.1.1.1\n"
        "  SNAT ports of aks, firewall: 4,992 ports\n"
        "  3 assumptions:\n"
        "    tag: it covers a, b: so (page)\n"
        "    own: nobody else's\n"
        "\n"
        "The preflight of udr FAILS: 1 of 2 required endpoints are reached, 1 denied, on 3 assumptions (2 tag, 1 own); 1 error.\n"
        "\n"
    )
