"""The page, read as a parser reads it: well-formed, nothing from elsewhere, landmarks, labels, and every path of the map as text."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from jsonschema import Draft202012Validator
from reports import HOSTILE, REPORTS, hostile

from orchestrator.model.report import EgressReport
from orchestrator.model.targets import TargetKind
from orchestrator.reporting import json_report
from orchestrator.reporting.json_report import JsonReporter
from orchestrator.reporting.map_parts import split_map
from orchestrator.reporting.markdown import MarkdownReporter
from orchestrator.reporting.markup import StyleSheet, el, render_markup
from orchestrator.reporting.page_style import DARK, LIGHT, PAIRS, contrast
from orchestrator.reporting.report_markdown import render_report_markdown
from orchestrator.reporting.report_page import content_security_policy, render_page
from orchestrator.reporting.report_text import render_report
from orchestrator.reporting.report_words import NOTHING_IN_AZURE, say_way
from orchestrator.reporting.styled_text import plain_text

SVG = "{http://www.w3.org/2000/svg}"
EVERY = {**REPORTS, "hostile": hostile()}
VERDICTS = {
    "predicted": "The egress of env is predicted to be as expected",
    "observed": "The egress of env is as expected: predicted, and observed",
    "on-azure": "The egress of env is as expected: predicted, and observed",
    "failed": "The egress of env is predicted NOT to be as expected",
    "disagrees": "The egress of env is NOT as expected",
    "not-known": "Whether the egress of env is as expected is not known",
    "many": "The egress of env is predicted to be as expected",
    "could-not-run": "The egress of env is predicted to be as expected, and could not be verified",
    "empty": "There is no cluster in what is deployed of env: only rules and addresses were looked at",
}


def parse(report: EgressReport) -> ElementTree.Element:
    kind, _, text = render_page(report).partition("\n")
    assert kind == "<!DOCTYPE html>"
    return ElementTree.fromstring(text)


def text_of(element: ElementTree.Element) -> str:
    return " ".join("".join(element.itertext()).split())


@pytest.mark.parametrize("name", EVERY)
def test_it_is_well_formed_with_landmarks_and_one_heading_above_all(name: str) -> None:
    page = parse(EVERY[name])
    assert page.get("lang") == "en"
    body = page.find("body")
    assert body is not None
    assert [child.tag for child in body if child.tag in ("header", "main", "footer")] == ["header", "main", "footer"]
    assert len(body.findall(".//h1")) == 1
    assert body[0].get("href") == "#main"
    assert body.find("header/nav") is not None
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    for section in body.findall("main/section"):
        heading = section.find("h2")
        assert heading is not None
        assert section.get("aria-labelledby") == heading.get("id")
    for link in body.findall(".//nav//a"):
        assert str(link.get("href")).removeprefix("#") in ids
    assert body.findall("main/section")[0].get("id") == "verdict"


@pytest.mark.parametrize("name", EVERY)
def test_it_asks_for_nothing_and_runs_nothing(name: str) -> None:
    page = parse(EVERY[name])
    assert {element.tag for element in page.iter()} & {"script", "img", "iframe", "object", "embed", "form", "base", "audio", "video", "source"} == set()
    for element in page.iter():
        assert not [name for name in element.attrib if name.startswith("on") or name == "style"], element.attrib
        for attribute in ("href", "src", "action", "data", "srcset", "{http://www.w3.org/1999/xlink}href"):
            assert re.match(r"#[a-z]+$|data:,$", element.get(attribute, "#none")), element.attrib
    style = page.find("head/style")
    assert style is not None
    assert not re.search(r"url\(|@import|expression", str(style.text))
    (policy,) = [meta.get("content") for meta in page.findall("head/meta") if meta.get("http-equiv") == "Content-Security-Policy"]
    assert policy == content_security_policy()
    assert str(policy).startswith("default-src 'none'; style-src 'sha256-")


def test_what_others_named_stays_text() -> None:
    text = render_page(hostile())
    assert "<script>" not in text
    assert "\x00" not in text
    assert "\x1b" not in text
    assert "<img" not in text
    assert text.count("</style>") == 1
    page = parse(hostile())
    assert "<script>alert(1)</script>" in text_of(page.find("body/header/h1"))  # type: ignore[arg-type]
    assert text.encode("utf-8")  # halves of surrogate pairs are gone, too


@pytest.mark.parametrize("name", REPORTS)
def test_the_verdict_comes_first_and_what_was_only_predicted_is_said_to_be(name: str) -> None:
    report = REPORTS[name]
    verdict = parse(report).find("body/main/section")
    assert verdict is not None
    assert text_of(verdict.find("h2")) == f"{'?' if 'doubt' in verdict.get('class', '') else ''}{VERDICTS[name]}."  # type: ignore[arg-type]
    assert plain_text(render_report(report)).startswith(f"{VERDICTS[name]}.\n")
    said = text_of(verdict)
    assert ("Nothing was observed" in said) is (report.verification is None)


@pytest.mark.parametrize("name", REPORTS)
def test_the_lab_is_said_loudly_and_azure_by_its_subscription(name: str) -> None:
    report = REPORTS[name]
    page = parse(report)
    banner = page.find("body/div[@class='lab']")
    if report.target.kind is TargetKind.LOCAL:
        assert banner is not None
        assert text_of(banner) == f"LAB{NOTHING_IN_AZURE}"
        assert "(lab)" in text_of(page.find("head/title"))  # type: ignore[arg-type]
    else:
        assert banner is None
        assert "Azure, subscription 11111111-2222-3333-4444-555555555555" in text_of(page.find("body/header"))  # type: ignore[arg-type]
        assert not re.search(r"\blab\b", text_of(page.find("body")), re.IGNORECASE)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", [name for name in EVERY if name != "empty"])
def test_the_map_has_a_text_for_every_path(name: str) -> None:
    report = EVERY[name]
    page = parse(report)
    pictures = [element for element in page.iter(f"{SVG}svg") if element.get("role") == "img"]
    parts = split_map(report.topology)
    assert len(pictures) == 2 * len(parts)
    for picture, part in zip(pictures, [part for part in parts for _ in range(2)], strict=True):
        ids = str(picture.get("aria-labelledby")).split()
        title, description = (picture.find(f"{SVG}{tag}") for tag in ("title", "desc"))
        assert title is not None
        assert description is not None
        assert [title.get("id"), description.get("id")] == ids
        for path in part.paths:
            assert f"Path {path.number}, {path.standing}" in text_of(description)
        # told apart by shape and dashes, not by colour alone
        shapes = {kind: [one for one in picture.iter() if f"mark-{kind}" in one.get("class", "")] for kind in ("arrives", "denied", "unknown")}
        assert {one.tag for one in shapes["arrives"]} == {f"{SVG}circle"}
        assert {one.tag for one in shapes["denied"]} == {f"{SVG}rect"}
        assert {one.tag for one in shapes["unknown"]} <= {f"{SVG}path"}
    listed = [text_of(item) for item in page.findall(".//ol[@class='paths']/li")]
    assert len(listed) == len(report.topology.paths)
    for item, path in zip(listed, report.topology.paths, strict=True):
        if name != "hostile":
            assert f"Path {path.number}" in item
            assert say_way(report.topology, path) in item
            assert all(endpoint in item for endpoint in path.endpoints)


@pytest.mark.parametrize("name", EVERY)
def test_tables_name_their_columns_and_rows(name: str) -> None:
    for table in parse(EVERY[name]).iter("table"):
        columns = [text_of(head) for head in table.findall("thead/tr/th")]
        assert all(head.get("scope") == "col" for head in table.findall("thead/tr/th"))
        assert table.find("caption") is not None or table.get("aria-labelledby")
        for row in table.findall("tbody/tr"):
            first, *cells = list(row)
            assert (first.tag, first.get("scope")) == ("th", "row")
            assert [cell.get("data-label") for cell in cells] == columns[1:]  # a phone shows them without the head


@pytest.mark.parametrize("name", REPORTS)
def test_no_two_things_to_open_have_the_same_name(name: str) -> None:
    names = [text_of(summary) for summary in parse(REPORTS[name]).iter("summary")]
    assert len(names) == len(set(names))


def test_predicted_and_observed_stand_beside_each_other_and_disagreements_first() -> None:
    page = parse(REPORTS["disagrees"])
    blocked = page.findall(".//section[@id='endpoints']/table")[1]
    (row,) = blocked.findall("tbody/tr")
    assert "does not arrive denied by the firewall: no rule matched" in text_of(row[1])
    assert "smallest change that would allow it: Add 443 to the rule." in text_of(row[1])
    assert text_of(row[2]).startswith("failed reached (HTTP 200)")
    assert "prediction and observation DISAGREE" in text_of(row[2])
    assert [text_of(step) for step in row.findall(".//ol/li/span[@class='step']")][::2] == ["source", "firewall"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair[0]}-on-{pair[1]}")
def test_contrast(pair: tuple[str, str, float], scheme: str) -> None:
    ink, ground, least = pair
    colours = LIGHT if scheme == "light" else DARK
    assert contrast(colours[ink], colours[ground]) >= least


def test_contrast_is_that_of_the_recommendation() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54  # the lightest grey that passes, as everybody quotes it


@pytest.mark.parametrize("name", REPORTS)
def test_json_is_what_its_schema_says(name: str, tmp_path: Path) -> None:
    reporter = JsonReporter("report", str(tmp_path / "r.json"))
    report = REPORTS[name]
    reporter.target(report.environment, report.target)
    reporter.report(report)
    reporter.close()
    schema = json.loads((Path(json_report.__file__).parent / "report.schema.json").read_text())
    body = json.loads((tmp_path / "r.json").read_text())
    Draft202012Validator(schema).validate(body)
    (environment,) = body["environments"]
    assert environment["report"]["status"] == report.status.value
    assert len(environment["report"]["flows"]) == len(report.flows)
    assert environment["preflight"] is not None
    assert (environment["verification"] is None) is (report.verification is None)


@pytest.mark.parametrize("name", REPORTS)
def test_markdown_has_verdict_facts_and_both_columns(name: str, tmp_path: Path) -> None:
    reporter = MarkdownReporter("report", str(tmp_path / "r.md"))
    report = REPORTS[name]
    reporter.target(report.environment, report.target)
    reporter.report(report)
    reporter.close()
    text = (tmp_path / "r.md").read_text()
    assert f"**{VERDICTS[name]}.**" in text
    assert ("| endpoint | from | demand | predicted | observed |" in text) is bool(report.flows)
    assert ("**Lab: nothing was deployed to Azure.**" in text) is (report.target.kind is TargetKind.LOCAL)


def test_markdown_makes_no_element_and_no_image_of_what_others_named() -> None:
    text = render_report_markdown(hostile())
    assert "<script" not in text
    assert "<img" not in text
    assert not re.search(r"(?<!\\)\[", text)


def test_markup_refuses_what_is_no_name_and_a_sheet_that_could_end_itself() -> None:
    assert render_markup(el("p", "a < b", el("br"), None, class_="x", aria_label='"', hidden=None)) == '<p class="x" aria-label="&quot;">a &lt; b<br /></p>'
    for tag in ("a b", "x><script", ""):
        with pytest.raises(ValueError, match="no name"):
            el(tag)
    with pytest.raises(ValueError, match="style sheet"):
        StyleSheet("</style>")
    assert HOSTILE not in render_markup(el("p", HOSTILE))
