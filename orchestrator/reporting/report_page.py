"""The report as one page that needs nothing else: no script, no request, no file beside it. Its security policy allows its own style sheet, and no more.

Markup is made by `markup`, a hundred lines, rather than by a template language: a template is text with holes, where a forgotten escape is a hole of another
kind; here a text cannot become markup, mypy reads every part, and there is no dependency.
"""

from base64 import b64encode
from hashlib import sha256

from orchestrator.model.report import EgressReport
from orchestrator.model.targets import TargetKind
from orchestrator.reporting.markup import Element, StyleSheet, el, render_markup
from orchestrator.reporting.page_flows import make_checks, make_flows
from orchestrator.reporting.page_sections import make_assumptions, make_facts, make_findings, make_map, make_ports, make_verdict
from orchestrator.reporting.page_style import DARK, LIGHT, STYLE
from orchestrator.reporting.report_words import NOTHING_ANYWHERE, NOTHING_IN_AZURE, say_target


def render_page(report: EgressReport) -> str:
    """The file's text: HTML that is well-formed XML, too."""
    body = el(
        "body",
        el("a", "Skip to the report", href="#main", class_="skip"),
        _make_banner(report),
        _make_header(report),
        el("main", *(part for part in _make_sections(report) if part is not None), id="main", class_="wide", tabindex="-1"),
        el("footer", el("p", f"Made {report.made} by ./inv report --env {report.environment}. {say_target(report)}."), class_="wide"),
    )
    return "<!DOCTYPE html>\n" + render_markup(el("html", _make_head(report), body, lang="en")) + "\n"


def content_security_policy() -> str:
    """Nothing but the style sheet of this page, told by its hash; `data:` is for the empty icon, without which a browser asks for one."""
    digest = b64encode(sha256(STYLE.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"


def _make_head(report: EgressReport) -> Element:
    lab = " (lab)" if report.target.kind is TargetKind.LOCAL else ""
    return el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=content_security_policy()),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="color-scheme", content="light dark"),
        el("meta", name="theme-color", content=LIGHT["page"], media="(prefers-color-scheme: light)"),
        el("meta", name="theme-color", content=DARK["page"], media="(prefers-color-scheme: dark)"),
        el("meta", name="referrer", content="no-referrer"),
        el("title", f"Egress of {report.environment}{lab}: {report.status.value}"),
        el("link", rel="icon", href="data:,"),
        el("style", StyleSheet(STYLE)),
    )


def _make_banner(report: EgressReport) -> Element | None:
    """Loud: nobody shall take the lab, or a plan alone, for Azure."""
    said = {TargetKind.LOCAL: ("LAB", NOTHING_IN_AZURE), TargetKind.FILES: ("FILES", NOTHING_ANYWHERE)}.get(report.target.kind)
    return None if said is None else el("div", el("div", el("strong", said[0]), said[1], class_="wide"), class_="lab", role="note")


def _make_header(report: EgressReport) -> Element:
    names = ["verdict", "facts", "map", "findings", "endpoints", *(["checks"] if make_checks(report) is not None else []), "ports", "assumptions"]
    links = [el("li", el("a", name.capitalize(), href=f"#{name}")) for name in names]
    return el(
        "header",
        el("p", say_target(report), class_="eyebrow"),
        el("h1", f"Egress of {report.environment}"),
        el("nav", el("ul", *links), aria_label="Sections"),
        class_="top wide",
    )


def _make_sections(report: EgressReport) -> tuple[Element | None, ...]:
    return (
        make_verdict(report),
        make_facts(report),
        make_map(report),
        make_findings(report),
        make_flows(report),
        make_checks(report),
        make_ports(report),
        make_assumptions(report),
    )
