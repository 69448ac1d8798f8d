"""The page in a real browser: nothing overflows, nothing is asked for, keyboard and screen reader find their way. Screenshots stay in out/screenshots."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import CHROMIUM, Page, open_browser
from reports import REPORTS, hostile

from orchestrator.egress.addresses.knowledge import lab_knowledge
from orchestrator.environments.environment import load_environment
from orchestrator.model.report import EgressReport
from orchestrator.model.resources import make_snapshot
from orchestrator.model.targets import Target, TargetKind
from orchestrator.reporting.report_page import render_page
from orchestrator.workflows.egress_report import ReportFacts, make_report
from orchestrator.workflows.plan import Plan

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here; `apt-get install chromium` brings one")

ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = ROOT / "out" / "screenshots"
TOPOLOGIES = ("lb", "managed-natgw", "user-natgw", "udr")
NAMES = (*TOPOLOGIES, "disagrees", "not-known", "many", "hostile", "empty")
VIEWS = {
    "desktop-light": {"width": 1280},
    "desktop-dark": {"width": 1280, "dark": True},
    "tablet-light": {"width": 800},
    "phone-light": {"width": 390, "phone": True},
    "phone-dark": {"width": 390, "phone": True, "dark": True},
    "narrowest-light": {"width": 320, "phone": True},
}
KEPT = ("desktop-light", "desktop-dark", "phone-light", "phone-dark")

OVERFLOWING = """(() => {
  const width = document.documentElement.clientWidth
  const wide = [...document.querySelectorAll('body *')].filter(e => !e.closest('svg') && !e.closest('.skip') && e.getBoundingClientRect().right > width + 1)
  return {width, scroll: document.documentElement.scrollWidth, wide: wide.map(e => e.tagName + ' ' + e.textContent.slice(0, 60)).slice(0, 5)}
})()"""

OUTSIDE_ITS_BOX = """(() => {
  const found = []
  for (const map of document.querySelectorAll('svg.map')) {
    if (getComputedStyle(map).display === 'none') continue
    const rects = [...map.querySelectorAll('rect.box, rect.frame')].map(rect => rect.getBBox())
    for (const text of map.querySelectorAll('text:not(.text-number)')) {
      const at = text.getBBox()
      if (text.getAttribute('text-anchor')) continue
      const around = rects.filter(r => r.x <= at.x && at.x <= r.x + r.width && r.y <= at.y + at.height / 2 && at.y + at.height / 2 <= r.y + r.height)
      const box = around.sort((a, b) => a.width * a.height - b.width * b.height)[0]
      if (!box || at.x + at.width > box.x + box.width + 1) found.push(text.textContent)
    }
  }
  return found
})()"""


def make_topology(name: str) -> EgressReport:
    environment = load_environment(ROOT, name)
    snapshot = make_snapshot(json.loads((ROOT / "tests" / "egress" / "plans" / f"{name}.json").read_text()))
    target = Target(TargetKind.LOCAL, "lab")
    facts = ReportFacts(name, target, "the plan", "2026-11-23 05:00 UTC", snapshot, environment.must_reach, environment.must_be_blocked, 500, Plan((), ()))
    return make_report(facts, lab_knowledge())


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with open_browser(tmp_path_factory.mktemp("profile")) as page:
        yield page


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    reports = {**{name: make_topology(name) for name in TOPOLOGIES}, **REPORTS, "hostile": hostile()}
    for name, report in reports.items():
        (folder / f"{name}.html").write_text(render_page(report), encoding="utf-8")
    return {name: folder / f"{name}.html" for name in reports}


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", NAMES)
def test_it_fits_and_asks_for_nothing(name: str, view: str, browser: Page, files: dict[str, Path]) -> None:
    browser.look(**VIEWS[view])
    browser.open(files[name])
    found = browser.evaluate(OVERFLOWING)
    assert (found["scroll"], found["wide"]) == (found["width"], [])
    if name != "hostile":
        assert browser.evaluate(OUTSIDE_ITS_BOX) == []
    shown = browser.evaluate("[...document.querySelectorAll('svg.map')].filter(map => getComputedStyle(map).display !== 'none').length")
    assert shown == {"empty": 0, "many": 3}.get(name, 1)
    if view in KEPT and name not in ("hostile", "empty"):
        browser.screenshot(SCREENSHOTS / f"{name}-{view}.png", int(VIEWS[view]["width"]), 3000)
    said = [event for event in browser.events if event.get("method") in ("Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown")]
    asked = [event["params"]["request"]["url"] for event in browser.events if event.get("method") == "Network.requestWillBeSent"]
    assert said == []
    assert asked == [files[name].as_uri()]


def test_dark_and_light_are_told_by_the_reader(browser: Page, files: dict[str, Path]) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    browser.look(1280)
    browser.open(files["udr"])
    light = browser.evaluate(ground)
    browser.look(1280, dark=True)
    assert (light, browser.evaluate(ground)) == ("rgb(244, 246, 248)", "rgb(14, 19, 24)")


def test_the_keyboard_finds_everything(browser: Page, files: dict[str, Path]) -> None:
    browser.look(1280)
    browser.open(files["disagrees"])
    browser.press("Tab")
    where = "(() => { const e = document.activeElement; const b = e.getBoundingClientRect(); return [e.textContent, b.left >= 0] })()"
    assert browser.evaluate(where) == ["Skip to the report", True]
    assert browser.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    browser.press("Enter")
    assert browser.evaluate("location.hash") == "#main"
    browser.press("Tab")
    assert browser.evaluate("document.activeElement.tagName") == "SUMMARY"
    assert browser.evaluate("document.activeElement.parentElement.open") is False
    browser.press("Enter")
    assert browser.evaluate("document.activeElement.parentElement.open") is True


def test_a_screen_reader_is_told_the_map_and_the_tables(browser: Page, files: dict[str, Path]) -> None:
    for width in (1280, 390):  # where rows are stacked they stay rows
        browser.look(width)
        browser.open(files["disagrees"])
        nodes = browser.call("Accessibility.getFullAXTree")["nodes"]
        by_role: dict[str, list[dict[str, Any]]] = {}
        for node in nodes:
            if not node.get("ignored"):
                by_role.setdefault(str(node.get("role", {}).get("value")), []).append(node)
        (image,) = by_role["image"]
        assert image["name"]["value"].startswith("Map of the egress of env, as predicted from what is deployed")
        assert "Path 2, does not arrive" in image["name"]["value"]
        tables = [node["name"]["value"] for node in by_role["table"]]
        assert tables == ["Must be reached: 1 row", "Must be blocked: 1 row", "Required by AKS: 1 row", "Addresses and images, observed"]
        assert len(by_role["rowheader"]) >= 4
        assert len(by_role["columnheader"]) >= 3
        assert [by_role[role][0]["role"]["value"] for role in ("banner", "main", "navigation", "contentinfo")]


def test_paper_has_the_wide_map_and_no_navigation(browser: Page, files: dict[str, Path]) -> None:
    browser.look(700, media="print", dark=True)
    browser.open(files["udr"])
    shown = "(selector => getComputedStyle(document.querySelector(selector)).display)"
    assert [browser.evaluate(f"{shown}('{selector}')") for selector in (".map-wide", ".map-narrow", "nav")] == ["block", "none", "none"]
    assert browser.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
